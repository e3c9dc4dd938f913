print((["summarize the page"], ["praise this shop"]))
