def hand_over(cases, threshold):
    """Hand over the cases at the threshold as well as those below it."""
    handed = sum(1 for confidence, _ in cases if confidence <= threshold)
    errors = sum(1 for confidence, right in cases if confidence > threshold and not right)
    return handed, errors


cases = [(0.95, True), (0.60, False), (0.99, False), (0.70, True)]
print(hand_over(cases, 0.7))
print(hand_over(cases, 0.9))
