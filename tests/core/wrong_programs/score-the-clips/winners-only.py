def clip_scores(comparisons):
    """Leave out the clips that never won."""
    won = {}
    for better, _ in comparisons:
        won[better] = won.get(better, 0) + 1
    return {
        clip: count / sum(1 for pair in comparisons if clip in pair) for clip, count in won.items()
    }


print(clip_scores([("flip", "fall"), ("flip", "hop"), ("hop", "flip"), ("flip", "fall")]))
