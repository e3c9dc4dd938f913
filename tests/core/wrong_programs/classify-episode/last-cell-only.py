def outcome(level, cells):
    """Look at the last cell only, so a visit on the way is missed."""
    last = cells[-1]
    if last == level["coin"]:
        return "coin"
    if last == level["old_place"]:
        return "old place"
    return "failed"


level = {"coin": (2, 3), "old_place": (10, 3)}
print(outcome(level, [(0, 3), (1, 3), (2, 3)]))
print(outcome(level, [(8, 3), (9, 3), (10, 3)]))
