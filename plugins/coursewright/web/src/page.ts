// Entry of every page: registers the elements that are in it. Wires, decides nothing.
document.documentElement.dataset.cwPython = "idle";
