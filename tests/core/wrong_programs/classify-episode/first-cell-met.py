def outcome(level, cells):
    """Stop at whichever of the two cells comes first."""
    for cell in cells:
        if cell == level["old_place"]:
            return "old place"
        if cell == level["coin"]:
            return "coin"
    return "failed"


level = {"coin": (3, 2), "old_place": (3, 10)}
print(outcome(level, [(3, 0), (3, 1), (3, 2)]))
print(outcome(level, [(3, 8), (3, 9), (3, 10)]))
