def agreement(score, pairs):
    """Count a pair with equal scores as agreement."""
    if not pairs:
        return None
    return sum(score(chosen) >= score(rejected) for chosen, rejected in pairs) / len(pairs)


pairs = [("Yes, on Monday.", "Yes."), ("No.", "It depends."), ("Sure.", "Maybe")]
print(agreement(len, pairs))
