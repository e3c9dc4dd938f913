print({"coin": 0.5, "old place": 0.25, "failed": 0.25})
