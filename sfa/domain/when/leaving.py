"""The words that are left of a line when those that tell its time are taken out."""

_LOOSE_ENDS = frozenset(
    ("on", "at", "by", "in", "from", "until", "till", "due", "is", "are", "was", "were", "@", "and")
)
_EDGES = " \t\n.,;:!?-–—~()[]|@、，。；：！？"


def rest_of(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the text without the spans, single spaces between words, no loose punctuation or preposition at its ends."""
    if not spans:
        return " ".join(text.split())
    pieces = []
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        pieces.append(text[at:start])
        at = end
    words = " ".join(" ".join(pieces).split())
    words = words.replace(" ,", ",").replace("( )", "").replace("()", "").strip(_EDGES)
    while True:
        head, _, last = words.rpartition(" ")
        if not head or last.casefold() not in _LOOSE_ENDS:
            return words
        words = head.rstrip(_EDGES)
