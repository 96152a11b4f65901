"""Products: what is sold, with its price per unit."""

from typing import Final

from sfa.services.records import RecordVerbs

VERBS: Final = RecordVerbs("product")
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
