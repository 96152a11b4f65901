"""Products: what is sold, with its price per unit."""

from typing import Final

from sfa.errors import UsageError
from sfa.services.drafts import Draft
from sfa.services.prices_reading import tidy_category
from sfa.services.records import RecordVerbs

ALWAYS = 1_000_000


def _complete(draft: Draft) -> None:
    """Keep the category as a path, and refuse a margin that no price could reach."""
    if draft.row.get("category"):
        draft.row["category"] = tidy_category(draft.row["category"])
    if (draft.row.get("min_margin_ppm") or 0) >= ALWAYS:
        raise UsageError("The least margin must be below 100 %: no price would do.", hint="Such as --min-margin 15%")


VERBS: Final = RecordVerbs("product", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
