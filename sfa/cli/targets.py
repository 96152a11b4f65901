"""Which records the words of a command mean."""

from collections.abc import Sequence

from sfa.domain.fields import command_of
from sfa.errors import NotFoundError, UsageError
from sfa.services import references
from sfa.services.desk import Desk


def one(desk: Desk, noun: str, words: Sequence[str]) -> str:
    """Return the id of the one record that all words together mean: `Acme renewal` needs no quotes.

    Raises:
        NotFoundError: nothing is called so.
        ConflictError: several are.
    """
    return references.resolve(desk, noun, " ".join(words)).id


def each(desk: Desk, noun: str, words: Sequence[str]) -> list[str]:
    """Return the ids of the records that the words mean, one each.

    Raises:
        NotFoundError: nothing is called so.
        ConflictError: several are.
    """
    return list(dict.fromkeys(references.resolve(desk, noun, word).id for word in words))


def fitting(desk: Desk, noun: str, words: Sequence[str], where: str) -> list[str]:
    """Return the ids that references, names or a filter mean.

    Raises:
        UsageError: neither is given.
        NotFoundError: nothing fits.
    """
    if not words and not where:
        raise UsageError(
            f"Which {noun}?", hint=f"Give a reference or name, or --where; see: sfa {command_of(noun)} list"
        )
    found = each(desk, noun, words)
    if where:
        from sfa.services import listing  # noqa: PLC0415 - only for filters

        found += listing.ids(desk, noun, where)
    if not found:
        raise NotFoundError(f"No {noun} fits {where}.", hint=f"List them with: sfa {command_of(noun)} list")
    return list(dict.fromkeys(found))
