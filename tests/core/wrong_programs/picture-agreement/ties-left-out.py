def agreement(score, pairs):
    """Leave pairs with equal scores out, which happens to give the same for the example."""
    decided = [(a, b) for a, b in pairs if score(a) != score(b)]
    if not decided:
        return None
    return sum(score(a) > score(b) for a, b in decided) / len(decided)


pairs = [("Yes, on Monday.", "Yes."), ("No.", "It depends."), ("Sure.", "Maybe")]
print(agreement(len, pairs))
