def hand_over(cases, threshold):
    """Count every error, even those that a person gets to see."""
    handed = sum(1 for confidence, _ in cases if confidence < threshold)
    errors = sum(1 for _, right in cases if not right)
    return handed, errors


cases = [(0.95, True), (0.60, False), (0.99, False), (0.70, True)]
print(hand_over(cases, 0.7))
print(hand_over(cases, 0.9))
