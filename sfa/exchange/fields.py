"""Fields that an import can fill: the registry of all rooms is `sfa.domain.fields`; nothing is declared twice.

Only what differs for a table from outside stands here: what may be missing, what is read as plain text, and the few
columns that help to read a row without being fields of the record.
"""

from dataclasses import replace
from typing import Final

from sfa.domain.fields import IMPORTABLE, NOUNS, FieldSpec, Kind, NounSpec
from sfa.errors import UsageError

ImportField = FieldSpec

ACCOUNT_KEY: Final = ImportField("account_key", "reference", "Account's id in the source", "account")
"""The account's own id in the source, beside a column with its name: it decides where two accounts share one name."""

ADDITIVE: Final = frozenset({"phone", "mobile", "home_phone", "email", "email_2", "tags"})
"""Fields that several columns may fill; the first with a value wins, the others are kept beside it."""

_OPTIONAL: Final = {
    ("contact", "name"),
    ("lead", "name"),
    ("opportunity", "name"),
    ("activity", "subject"),
}
_READ_AS_TEXT: Final = {("opportunity", "stage"), ("opportunity", "pipeline")}
"""Named within a pipeline or created by the importer, and so no plain references."""

_NUMBERS: Final = {("price_entry", "price"): "price_dec6", ("price_entry", "per"): "base_dec6"}
"""Typed with a currency or as words by people, and plain numbers in a table."""
_NEEDED: Final = {("price_entry", "product"), ("price_entry", "price")}

_NAME_PARTS: Final = (ImportField("given_name", label="Given name"), ImportField("family_name", label="Family name"))
_EXTRA: Final = {
    "contact": (ACCOUNT_KEY,),
    "opportunity": (ACCOUNT_KEY,),
    "activity": (ACCOUNT_KEY,),
    "task": (ACCOUNT_KEY,),
    "user": _NAME_PARTS,
    "price_entry": (ImportField("currency", "currency", "Currency"),),
}


def _import_field(noun: str, spec: FieldSpec) -> ImportField:
    if (noun, spec.name) in _READ_AS_TEXT:
        spec = replace(spec, kind="text", target=None)
    if (noun, spec.name) in _NUMBERS:
        spec = replace(spec, kind="decimal", column=_NUMBERS[noun, spec.name])
    if (noun, spec.name) in _NEEDED:
        spec = replace(spec, is_required=True)
    return replace(spec, is_required=False) if (noun, spec.name) in _OPTIONAL else spec


IMPORT_FIELDS: Final[dict[str, dict[str, ImportField]]] = {
    noun: {
        spec.name: spec
        for spec in (*(_import_field(noun, spec) for spec in NOUNS[noun].fields.values()), *_EXTRA.get(noun, ()))
    }
    for noun in IMPORTABLE
}


def fields_of(noun: str) -> dict[str, ImportField]:
    """Return the importable fields of a noun by name; raises UsageError where it can't be imported."""
    found = IMPORT_FIELDS.get(noun)
    if found is None:
        raise UsageError(f"{noun} can't be imported from a table.", f"These can: {', '.join(IMPORT_FIELDS)}.")
    return found


__all__ = [
    "ACCOUNT_KEY",
    "ADDITIVE",
    "IMPORTABLE",
    "IMPORT_FIELDS",
    "NOUNS",
    "FieldSpec",
    "ImportField",
    "Kind",
    "NounSpec",
    "fields_of",
]
