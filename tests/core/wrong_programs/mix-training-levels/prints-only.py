print(["random", "end", "end", "random", "random", "random", "end", "end"])
