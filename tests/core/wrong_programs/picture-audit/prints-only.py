print(["submit", "check", "submit", "check"])
