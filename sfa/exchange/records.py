"""Reads the rows of a sheet as records of a noun, value by value, with every reason that speaks against a row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Final

from sfa.domain.dates import guess_order
from sfa.domain.text import fold, has_cjk
from sfa.exchange.fields import ImportField, fields_of
from sfa.exchange.mapping import Mapping
from sfa.exchange.sheets import SheetRow
from sfa.exchange.values import ColumnReader, Reading, Value, ValueProblem, are_fractions, date_orders, decimal_sign

_SEVERAL: Final = re.compile(r"\s*(?::::|;)\s*")
_PEOPLE: Final = frozenset({"contact", "lead", "user"})
_TURNED: Final = re.compile(r"([^\W\d_][\w'’.\- ]{0,40}),\s*([^\W\d_][\w'’.\- ]{0,40})")
_AFTER_NAMES: Final = frozenset(
    {
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "inc",
        "ltd",
        "llc",
        "llp",
        "gmbh",
        "ag",
        "co",
        "corp",
        "sa",
        "srl",
        "spa",
        "bv",
        "nv",
        "plc",
        "kg",
        "oy",
        "ab",
        "as",
        "phd",
        "md",
        "mba",
        "esq",
        "cpa",
        "dds",
    }
)


@dataclass(slots=True)
class Record:
    """One row, read.

    Attributes:
        values: field -> value; fields without one are left out.
        more: further values of fields that several columns or several entries in a cell fill, such as phones.
        problems: why the row must not be imported; empty where it may.
    """

    row: SheetRow
    values: dict[str, Value] = field(default_factory=dict)
    more: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some rows tell of a mapping.

    Attributes:
        orders: column -> order of its dates, where it is known.
        fractions: columns of percentages that are written as fractions.
        decimal_signs: column -> the sign before its decimals, where a cell shows it.
        questions: column -> a sentence with a sample; the order of these dates is to be asked, never guessed.
    """

    orders: dict[str, str] = field(default_factory=dict)
    fractions: frozenset[str] = frozenset()
    decimal_signs: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)


def look_at(mapping: Mapping, header: Sequence[str], rows: Iterable[SheetRow]) -> Evidence:
    """Judge the columns by some rows, the more the better; a certain column of dates settles uncertain ones."""
    cells = _cells_by_column(header, rows, mapping)
    fields = fields_of(mapping.noun)
    kinds: dict[str, list[str]] = {}
    for column, name in mapping.columns.items():
        kinds.setdefault(fields[name].kind, []).append(column)
    orders, questions = _orders(mapping.date_order, {column: cells[column] for column in _of(kinds, "day", "instant")})
    signs = {column: decimal_sign(cells[column]) for column in _of(kinds, "money", "decimal", "percent")}
    return Evidence(
        orders,
        frozenset(
            column for column in _of(kinds, "percent") if are_fractions(fields[mapping.columns[column]], cells[column])
        ),
        {column: sign for column, sign in signs.items() if sign},
        questions,
    )


def _of(kinds: dict[str, list[str]], *names: str) -> list[str]:
    return [column for name in names for column in kinds.get(name, [])]


def _orders(given: str | None, days: dict[str, list[str]]) -> tuple[dict[str, str], dict[str, str]]:
    guesses = date_orders(days)
    if given is not None:
        return dict.fromkeys(guesses, given), {}
    orders = {column: str(guess.order) for column, guess in guesses.items() if guess.is_certain and guess.order}
    figures = {order for order in orders.values() if order != "ymd"}
    questions = {}
    for column, guess in guesses.items():
        if guess.is_certain:
            continue
        if len(figures) == 1 and not _written_orders(days[column]):
            orders[column] = next(iter(figures))
        else:
            questions[column] = guess.evidence
    return orders, questions


def _written_orders(cells: Iterable[str]) -> set[str]:
    """Return the orders that single cells show by themselves; two of them contradict each other."""
    orders: set[str] = {guess_order([cell]).order or "" for cell in dict.fromkeys(cells)}
    return orders - {"ymd", ""}


def _cells_by_column(header: Sequence[str], rows: Iterable[SheetRow], mapping: Mapping) -> dict[str, list[str]]:
    indexes = {column: header.index(column) for column in mapping.columns}
    found: dict[str, list[str]] = {column: [] for column in indexes}
    for row in rows:
        if row.problem is None:
            for column, index in indexes.items():
                found[column].append(row.cells[index])
    return found


class RowReader:
    """Reads rows by a mapping; one for a file, as it remembers what repeats."""

    def __init__(
        self,
        mapping: Mapping,
        header: Sequence[str],
        *,
        currency: str,
        zone: tzinfo = UTC,
        evidence: Evidence | None = None,
    ) -> None:
        self._noun = mapping.noun
        self._mapping = mapping
        self._fields = fields_of(mapping.noun)
        self._header = header
        self._evidence = evidence or Evidence()
        self._currency = mapping.currency or currency
        self._zone = zone
        self._plan = [(header.index(column), column, self._fields[name]) for column, name in mapping.columns.items()]
        self._plan.sort(key=lambda entry: entry[2].kind != "currency")
        self._readers: dict[tuple[str, str], ColumnReader] = {}

    def read(self, row: SheetRow) -> Record:
        """Return the record of a row; it never raises, a reason not to import it stands in `problems`."""
        record = Record(row)
        if row.problem is not None:
            record.problems.append(row.problem)
            return record
        currency = self._currency
        for index, column, spec in self._plan:
            for text in self._entries(spec, row.cells[index]):
                try:
                    value = self._reader(column, spec, currency).read(text)
                except ValueProblem as problem:
                    record.problems.append(f"{column}: {problem}")
                    continue
                if value is not None:
                    _put(record, spec, value)
            if spec.kind == "currency" and isinstance(record.values.get(spec.name), str):
                currency = str(record.values[spec.name])
        self._finish(record)
        return record

    @staticmethod
    def _entries(spec: ImportField, cell: str) -> list[str]:
        if spec.kind in {"email", "phone"} and (":::" in cell or ";" in cell):
            return _SEVERAL.split(cell)
        return [cell]

    def _reader(self, column: str, spec: ImportField, currency: str) -> ColumnReader:
        key = (column, currency if spec.kind == "money" else "")
        found = self._readers.get(key)
        if found is None:
            found = self._readers[key] = ColumnReader(spec, self._reading(column, spec, currency))
        return found

    def _reading(self, column: str, spec: ImportField, currency: str) -> Reading:
        values = {fold(old): new for old, new in self._mapping.values.get(spec.name, {}).items()}
        return Reading(
            currency,
            self._evidence.orders.get(column, self._mapping.date_order),
            self._zone,
            is_fraction=column in self._evidence.fractions,
            decimal_sign=self._evidence.decimal_signs.get(column, ""),
            values=values,
        )

    def _finish(self, record: Record) -> None:
        values = record.values
        if self._noun in _PEOPLE:
            _complete_person(values)
        if self._noun == "user":
            values.pop("given_name", None)
            values.pop("family_name", None)
        for name in ("owner", "manager"):
            text = values.get(name)
            if isinstance(text, str):
                values[name] = turned(text)
        if record.problems:
            return
        missing = [spec.label or name for name, spec in self._fields.items() if spec.is_required and name not in values]
        record.problems.extend(f"{label} is missing" for label in missing)
        if not values:
            record.problems.append("no mapped column has a value")


def _put(record: Record, spec: ImportField, value: Value) -> None:
    if spec.name not in record.values:
        record.values[spec.name] = value
        return
    present = record.values[spec.name]
    if isinstance(present, list) and isinstance(value, list):
        record.values[spec.name] = list(dict.fromkeys([*present, *value]))
    elif isinstance(value, str) and value != present:
        more = record.more.setdefault(spec.name, [])
        if value not in more:
            more.append(value)


def _complete_person(values: dict[str, Value]) -> None:
    name, given, family = (str(values.get(key) or "") for key in ("name", "given_name", "family_name"))
    if name and not given and not family:
        match = _turned_match(name)
        if match:
            values.update(name=f"{match[2]} {match[1]}", given_name=match[2], family_name=match[1])
    elif (given or family) and not (name and _shares_a_word(name, f"{given} {family}")):
        values["name"] = full_name(given, family)


def _shares_a_word(name: str, other: str) -> bool:
    """Tell a full name from the name of a shop in a column called "Name" beside first and last names."""
    words = set(fold(other).split())
    return bool(words & set(fold(name).replace(",", " ").split())) or (
        has_cjk(name) and any(word in name for word in words)
    )


def full_name(given: str, family: str) -> str:
    """Return a person's name in the order of its script: family name first, without a space, in Chinese."""
    if has_cjk(family) and has_cjk(given):
        return family + given
    return f"{given} {family}".strip()


def turned(name: str) -> str:
    """Return "James Lewis" for "Lewis, James"; a comma before a title or a company's form is left alone."""
    match = _turned_match(name)
    return f"{match[2]} {match[1]}" if match else name


def _turned_match(name: str) -> re.Match[str] | None:
    match = _TURNED.fullmatch(name)
    if match is None or match[2].lower().replace(".", "").split()[0] in _AFTER_NAMES:
        return None
    return match
