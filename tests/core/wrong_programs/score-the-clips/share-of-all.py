def clip_scores(comparisons):
    """Divide by all comparisons instead of those of the clip."""
    scores = {}
    for better, worse in comparisons:
        scores[better] = scores.get(better, 0) + 1 / len(comparisons)
        scores.setdefault(worse, 0)
    return scores


print(clip_scores([("flip", "fall"), ("flip", "hop"), ("hop", "flip"), ("flip", "fall")]))
