"""Leads: people who may become customers and are nobody's account yet."""

from typing import Final

from sfa.services.contacts import complete_name
from sfa.services.drafts import Draft
from sfa.services.records import RecordVerbs


def _complete(draft: Draft) -> None:
    """A lead without a person's name goes by its company's."""
    complete_name(draft)
    draft.fill("name", draft.row.get("company"))


VERBS: Final = RecordVerbs("lead", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
