print((1, 1))
print((2, 1))
