"""What a form asks before it adds a record: whether it is there already, and why against somebody's word."""

from collections.abc import Mapping
from dataclasses import dataclass

from sfa.errors import NotAllowedError
from sfa.services import consent
from sfa.services.desk import Desk
from sfa.services.similar import similar

SAVE, BACK = "save", "back"


@dataclass(frozen=True, slots=True)
class Doubts:
    """What speaks against adding a record; all empty where nothing does.

    Attributes:
        doubles: (id, name, reference and reasons) of records that look like it.
        refusal: what somebody said who forbade to be reached so.
        warnings: what others said who would rather not.
    """

    doubles: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be done about doubles, as (key, words): open one, save anyway, back."""
        opening = [(record_id, f"Open {words}") for record_id, words in self.doubles]
        return [*opening, (SAVE, "Save it all the same: it is another one"), (BACK, "Back to the form")]


def doubts(desk: Desk, noun: str, values: Mapping[str, object]) -> Doubts:
    """Return what speaks against adding a record with these values; what is logged in a form took place already.

    Raises:
        UsageError, NotFoundError, ConflictError: a value cannot be read.
    """
    found = similar(desk, noun, values)
    doubles = tuple((item.id, f"{item.label} ({item.ref}): {', '.join(item.reasons)}") for item in found)
    try:
        warnings = consent.heed(desk, noun, values, is_fact=noun == "activity")
    except NotAllowedError as error:
        return Doubts(doubles, refusal=error.message)
    return Doubts(doubles, warnings=tuple(warnings))
