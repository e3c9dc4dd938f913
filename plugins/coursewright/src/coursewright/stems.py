"""Words of English text, cut back to what their forms have in common.

`web/src/tutor/stems.ts` does the same to a reader's question, rule for rule: the cases in
`tests/contract/tutor/stems.json` hold both to it. Pure text; knows nothing of lessons.
"""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019][^\W\d_]+)?")

_STOP = """
a about above after again all also although always am an and another any are aren as at be
because been before being below between both but by can cannot could couldn did didn do does
doesn doing don done down during each either else ever every for from further get gets had hadn
has hasn have haven having he her here hers him his how however i if in into is isn it its
itself just let like ll made make makes many may me might more most much must my myself neither
never no nor not now of off on once one only onto or other others our ours out over own per
quite rather re same shall she should so some still such than that the their them then there
therefore these they this those though through thus to too under until up upon us use used uses
using ve very was wasn we well were weren what when where whether which while who whom whose why
will with within without would wouldn yes yet you your yours
"""
STOP_WORDS = frozenset(_STOP.split())
"""Words that say nothing about what a text is about."""

_FORMS = """
bought buy, broke break, broken break, built build, came come, chose choose, chosen choose, died
die, drawn draw, drew draw, dying die, fallen fall, fell fall, forgot forget, forgotten forget,
found find, gave give, given give, gone go, grew grow, grown grow, heard hear, held hold, hid
hide, hidden hide, kept keep, knew know, known know, laid lay, lain lie, learnt learn, led lead,
lost lose, lying lie, meant mean, met meet, paid pay, ran run, risen rise, rose rise, said say,
saw see, seen see, sent send, shown show, sought seek, spent spend, stuck stick, taken take,
taught teach, thought think, told tell, took take, understood understand, went go, won win,
written write, wrote write
"""
IRREGULAR: dict[str, str] = dict(pair.split() for pair in _FORMS.split(","))
"""Forms that no ending explains, and the word that they are forms of."""

# Of each group the first ending that fits is replaced: ending, replacement, letters left before it.
RULES: tuple[tuple[tuple[str, str, int], ...], ...] = (
    (("our", "or", 3), ("ours", "ors", 3)),
    (
        ("sses", "ss", 2),
        ("ches", "ch", 2),
        ("shes", "sh", 2),
        ("xes", "x", 2),
        ("ies", "y", 2),
        ("ss", "ss", 0),
        ("us", "us", 0),
        ("is", "is", 0),
        ("s", "", 2),
    ),
    (("ness", "", 3), ("ment", "", 4)),
    (("fully", "ful", 3), ("ly", "", 3)),
    (("ful", "", 3),),
    (("ied", "y", 2), ("ing", "", 3), ("ed", "", 3)),
    (("ication", "i", 3), ("ization", "iz", 2), ("isation", "iz", 2), ("er", "", 4)),
    (("sion", "s", 3), ("tion", "t", 3)),
    (("e", "", 3), ("y", "i", 2)),
    (("alis", "aliz", 2), ("imis", "imiz", 2), ("aris", "ariz", 2), ("enc", "ens", 3)),
)
VOWEL = re.compile(r"[aeiouy]")
DOUBLE = re.compile(r"([bdfglmnprstz])\1$")


def words(text: str) -> list[str]:
    """Return the words and numbers of a text: small letters, no accents, no 's, no 1,000s comma."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return [_tidy(match) for match in WORD.findall(bare)]


def stem(word: str) -> str:
    """Return what forms of a word share; numbers stay as they are."""
    if word[0].isdigit():
        return word
    word = IRREGULAR.get(word, word)
    for group in RULES:
        for ending, replacement, least in group:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                rest = word[: len(word) - len(ending)]
                word = rest + replacement if VOWEL.search(rest) else word
                break
    return DOUBLE.sub(r"\1", word)


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text that say what it is about, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def _tidy(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    before, _, after = word.replace("\u2019", "'").partition("'")
    return "not" if before.endswith("n") and after == "t" else before
