print({"flip": 0.75, "fall": 0.0, "hop": 0.5})
