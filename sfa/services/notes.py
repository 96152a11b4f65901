"""Notes: what is worth keeping, on one or several records."""

from typing import Final

from sfa.services.links import fill_account
from sfa.services.records import RecordVerbs

VERBS: Final = RecordVerbs("note", complete=fill_account)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
