"""How a noun and its fields are described."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "text",
    "multiline",
    "money",
    "decimal",
    "percent",
    "integer",
    "day",
    "instant",
    "bool",
    "choice",
    "reference",
    "phone",
    "email",
    "url",
    "tags",
    "currency",
    "people",
    "reminders",
]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a noun.

    Attributes:
        name: snake_case, as in commands, JSON, CSV and filters.
        kind: what its text means; "reference" names a record of `target`.
        column: the column that holds it, or None where it lives in rows of its own (phones, tags, addresses...).
        hint: what to write there, where its name and kind don't say it.
    """

    name: str
    kind: Kind = "text"
    label: str = ""
    target: str | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = False
    column: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NounSpec:
    """A kind of record: what people call it, the table that holds it, its fields in the order of forms."""

    name: str
    table: str
    plural: str
    fields: dict[str, FieldSpec] = field(default_factory=dict)


_SUFFIX = {"reference": "_id", "money": "_minor", "decimal": "_dec6", "percent": "_ppm"}
_APART = frozenset(
    {
        "tags", "external_id", "phone", "mobile", "home_phone", "email", "email_2", "street", "city", "region",
        "postal_code", "country", "coordinates",
    }
)  # fmt: skip


def a_field(
    name: str,
    kind: Kind = "text",
    *,
    target: str | None = None,
    choices: tuple[str, ...] = (),
    required: bool = False,
    column: str | None = "",
    hint: str = "",
) -> FieldSpec:
    """Return a field; its column is its name with the suffix of its kind, unless another or none is named."""
    label = name.replace("_", " ").capitalize()
    if column == "":
        column = None if name in _APART else name + _SUFFIX.get(kind, "")
    return FieldSpec(name, kind, label, target, choices, required, column, hint)


def a_noun(name: str, *fields: FieldSpec, table: str = "", plural: str = "") -> NounSpec:
    """Return a noun; its table is called as it is, its plural ends with an s, unless others are named."""
    return NounSpec(name, table or name, plural or name.replace("_", " ") + "s", {spec.name: spec for spec in fields})


def a_reference(name: str, target: str = "", *, column: str | None = "") -> FieldSpec:
    """Return a field that names a record of a noun."""
    return a_field(name, "reference", target=target or name, column=column)
