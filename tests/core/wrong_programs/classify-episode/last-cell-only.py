def outcome(level, cells):
    """Look at the last cell only, so a visit on the way is missed."""
    last = cells[-1]
    if last == level["coin"]:
        return "coin"
    if last == level["old_place"]:
        return "old place"
    return "failed"


level = {"coin": (3, 2), "old_place": (3, 10)}
print(outcome(level, [(3, 0), (3, 1), (3, 2)]))
print(outcome(level, [(3, 8), (3, 9), (3, 10)]))
