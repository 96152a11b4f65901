"""Which column fills which field, and what its values mean: guessed, given, saved and read again."""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Self

from sfa.errors import UsageError
from sfa.exchange.fields import ADDITIVE, fields_of
from sfa.exchange.headers import guess_mapping, normalise


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table becomes records of one noun.

    Attributes:
        columns: column -> field.
        values: field -> text in the file -> text to read instead; an empty one means nothing.
        date_order: "dmy", "mdy" or "ymd" for days written in figures; None to go by each column's own evidence.
        currency: ISO code of amounts that don't say theirs; None for the workspace's.
    """

    noun: str
    columns: dict[str, str]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    date_order: str | None = None
    currency: str | None = None

    def to_json(self) -> str:
        """Return the mapping as JSON, for a saved profile."""
        return json.dumps(
            {
                "noun": self.noun,
                "columns": self.columns,
                "values": self.values,
                "date_order": self.date_order,
                "currency": self.currency,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a saved profile; raises UsageError where it is none, or names a field that isn't there."""
        try:
            data = json.loads(text)
            noun, columns = str(data["noun"]), _texts(data["columns"])
            values = {str(name): _texts(entries) for name, entries in data.get("values", {}).items()}
            order, currency = data.get("date_order"), data.get("currency")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError("The saved profile can't be read.", "Map the columns anew and save it again.") from error
        for name in [*columns.values(), *values]:
            _field_named(noun, name)
        return cls(noun, columns, values, _order(order), str(currency) if currency else None)

    def for_header(self, header: Sequence[str]) -> Self:
        """Return the mapping without the columns that this file lacks."""
        columns = {column: name for column, name in self.columns.items() if column in header}
        return type(self)(self.noun, columns, self.values, self.date_order, self.currency)


def _texts(entries: MappingOf[str, str]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entries.items()}


def _order(text: object) -> str | None:
    if text is None or text in {"dmy", "mdy", "ymd"}:
        return str(text) if text else None
    raise UsageError(f"{text} is no order of a date.", "Use dmy, mdy or ymd.")


def parse_map(text: str, header: Sequence[str], noun: str) -> dict[str, str]:
    """Read "Column=field,..." as column -> field; an empty field drops the column.

    A column's name may hold commas and equals signs. Raises UsageError for a column or a field that isn't there, naming
    the nearest, and for a field that is given twice.
    """
    given: dict[str, str] = {}
    for pair in _pairs(text):
        column_text, equals, field_text = pair.rpartition("=")
        if not equals:
            raise UsageError(f"{pair!r} in --map isn't Column=field.", 'For example: --map "Company=name,Town=city".')
        name = _field_named(noun, field_text.strip()) if field_text.strip() else ""
        column = _column_named(column_text.strip(), header)
        if name in given.values() and name and name not in ADDITIVE:
            raise UsageError(f"--map gives two columns to {name}.", "A field is filled by one column.")
        given[column] = name
    return given


def _pairs(text: str) -> Iterable[str]:
    pending = ""
    for piece in text.split(","):
        pending = f"{pending},{piece}" if pending else piece
        if "=" in piece:
            yield pending.strip()
            pending = ""
    if pending.strip():
        yield pending.strip()


def _column_named(text: str, header: Sequence[str]) -> str:
    if text in header:
        return text
    same = [column for column in header if normalise(column) == normalise(text)]
    if len(same) == 1:
        return same[0]
    near = get_close_matches(text.casefold(), [column.casefold() for column in header], n=1, cutoff=0.5)
    meant = next((column for column in header if near and column.casefold() == near[0]), None)
    hint = f"Did you mean {meant}?" if meant else f"Its columns: {', '.join(header)}."
    raise UsageError(f"The file has no column {text}.", hint)


def _field_named(noun: str, text: str) -> str:
    fields = fields_of(noun)
    name = text.casefold().replace(" ", "_").replace("-", "_")
    if name in fields:
        return name
    near = get_close_matches(name, fields, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Its fields: {', '.join(fields)}."
    article = "An" if noun[0] in "aeiou" else "A"
    raise UsageError(f"{article} {noun} has no field {text}.", hint)


def parse_values(text: str, noun: str) -> dict[str, dict[str, str]]:
    """Read "stage:Engaging=Qualification,Won=Won;status:A=open" as field -> text in the file -> text to read instead.

    Raises UsageError where it isn't written so, or a field isn't there.
    """
    found: dict[str, dict[str, str]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, colon, pairs = part.partition(":")
        if not colon or "=" not in pairs:
            raise UsageError(
                f"{part!r} in --values isn't field:Old=new.",
                'For example: --values "stage:Engaging=Qualification,Won=Won".',
            )
        entries = found.setdefault(_field_named(noun, name.strip()), {})
        for pair in _pairs(pairs):
            old, equals, new = pair.partition("=")
            if not equals:
                raise UsageError(
                    f"{pair!r} in --values isn't Old=new.", 'For example: --values "stage:Open=Qualification".'
                )
            entries[old.strip()] = new.strip()
    return found


def merged_columns(noun: str, header: Sequence[str], given: MappingOf[str, str]) -> dict[str, str]:
    """Return the guess with the given pairs laid over it.

    A column that isn't given keeps its guess unless its field is given to another one.
    """
    taken = {name for name in given.values() if name and name not in ADDITIVE}
    guess = {
        column: name
        for column, name in guess_mapping(noun, header).items()
        if column not in given and name not in taken
    }
    columns = {**guess, **{column: name for column, name in given.items() if name}}
    return {column: columns[column] for column in header if column in columns}


def check_mapping(mapping: Mapping) -> None:
    """Raise UsageError where nothing is mapped, or no column holds what every record needs."""
    mapped = set(mapping.columns.values())
    if not mapped:
        raise UsageError("No column of the file is known.", 'Name them: --map "Column=field,...".')
    if mapping.noun in {"contact", "lead", "user"} and mapped & {
        "given_name",
        "family_name",
        "name",
        "email",
        "company",
    }:
        return
    missing = [name for name, spec in fields_of(mapping.noun).items() if spec.is_required and name not in mapped]
    if missing:
        raise UsageError(
            f"No column holds the {missing[0]} of the {mapping.noun}.", f'Name it: --map "Column={missing[0]}".'
        )
