"""How the tables of words are written down: phrases parted by commas, under what they mean."""


def listed(line: str) -> frozenset[str]:
    """Return the phrases of a line."""
    return frozenset(line.split(", "))


def by_meaning(**meanings: str) -> dict[str, str]:
    """Return what each phrase means; the arguments are lines of phrases, under their meaning."""
    return {phrase: meaning for meaning, line in meanings.items() for phrase in line.split(", ")}
