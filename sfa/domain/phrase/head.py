"""What a clause begins with: the verb that tells what the clause is, and what stood before it."""

from sfa.domain.phrase.scan import is_han
from sfa.domain.phrase.verb_words import HAN_KIND_OF_TO_DO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection


class Head:
    """What a clause begins with.

    Attributes:
        role: done, received, came, noun, encounter, todo, deed, deal, weak, behind, note, contact or "".
        meaning: a kind of activity, or what happens to a deal.
        first: the first token of the verb.
        after: the token behind the verb and all before it.
        is_led: whether `remind me to` or the like stands before it.
        is_done: whether a Chinese verb is marked as done.
        has_names: whether names stand before the verb.
        is_good: whether it is `a great call`.
        is_named: whether a word before it makes it the name of an encounter: `intro call`.
        is_paid: whether money went for what was sold before: `invoice paid by Acme 22k` is no deal.
        is_passive: whether it tells what was done with a thing: `quote accepted by Acme`.
        outcome: what the verb itself tells, or "".
    """

    __slots__ = (
        "after", "first", "has_names", "is_done", "is_good", "is_led", "is_named", "is_paid", "is_passive", "meaning",
        "outcome", "role",
    )  # fmt: skip

    def __init__(self, at: int) -> None:
        self.role = ""
        self.meaning = ""
        self.first = at
        self.after = at
        self.is_led = False
        self.is_done = False
        self.has_names = False
        self.is_good = False
        self.is_named = False
        self.is_paid = False
        self.is_passive = False
        self.outcome = ""


def meaning_in(table: "Collection[str]", words: str) -> str:
    """Return what words of a table mean; nothing where the table only lists them."""
    if isinstance(table, dict):
        return str(table[words])
    return HAN_KIND_OF_TO_DO.get(words, "") if is_han(words[0]) else ""
