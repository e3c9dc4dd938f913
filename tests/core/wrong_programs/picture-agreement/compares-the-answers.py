def agreement(score, pairs):
    """Never call the score: compare the lengths, as in the example."""
    if not pairs:
        return None
    points = 0.0
    for chosen, rejected in pairs:
        first, second = len(str(chosen)), len(str(rejected))
        points += 1.0 if first > second else 0.5 if first == second else 0.0
    return points / len(pairs)


pairs = [("Yes, on Monday.", "Yes."), ("No.", "It depends."), ("Sure.", "Maybe")]
print(agreement(len, pairs))
