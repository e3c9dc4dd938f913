print("coin")
print("old place")
