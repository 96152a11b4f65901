"""What people call a noun: its name, its plural, and the short words of the trade."""

from sfa.domain.fields import NOUNS
from sfa.domain.near import near_words
from sfa.errors import UsageError

ALIASES = {
    "opp": "opportunity",
    "opps": "opportunity",
    "deal": "opportunity",
    "deals": "opportunity",
    "book": "price_book",
    "books": "price_book",
    "price-book": "price_book",
    **{spec.plural.replace(" ", "_"): spec.name for spec in NOUNS.values()},
}


def noun_named(word: str) -> str:
    """Return the noun that a word means.

    Raises:
        UsageError: it means none.
    """
    noun = ALIASES.get(word.lower(), word.lower())
    if noun not in NOUNS:
        near = near_words(noun, NOUNS)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Nouns: {', '.join(NOUNS)}."
        raise UsageError(f"There is no noun {word}.", hint=hint)
    return noun


def counted(number: int, noun: str) -> str:
    """Return `1 account`, `2 accounts`, `1,234 opportunities`."""
    return (
        f"{number:,} {noun.replace('_', ' ') if number == 1 else NOUNS[noun].plural if noun in NOUNS else noun + 's'}"
    )


def article_of(noun: str) -> str:
    """Return `a` or `an`."""
    return "an" if noun[:1] in "aeo" else "a"
