"""Reads a file in which records may stand twice: columns by the importer's own guesses, rows as what is compared."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sfa.domain.duplicates import formula, people
from sfa.domain.duplicates.formula import Profile
from sfa.domain.duplicates.normal import code_form, date_form, email_form, phone_digits
from sfa.domain.duplicates.pairs import Pair, Progress
from sfa.domain.duplicates.people import Field, People, Value
from sfa.errors import NotFoundError, UsageError
from sfa.exchange.headers import normalise
from sfa.exchange.mapping import merged_columns, parse_map
from sfa.exchange.sheets import SheetRow, open_sheet
from sfa.exchange.values import EMPTY
from sfa.services.identity import EMAILS, PHONES
from sfa.services.normal_forms import name_parts, normaliser, profile

PERSONAL: Final = frozenset({"birthday", "street", "postal_code"})
"""Fields that make a file one of people: its own weights are learnt, where it has one of them."""
_NUMBERS: Final = frozenset(
    {"street number", "house number", "street no", "house no", "housenumber", "hausnummer", "nr", "no", "门牌号"}
)
_LINES: Final = frozenset(
    {"address 2", "address line 2", "street 2", "address2", "addr 2", "unit", "apartment", "zusatz"}
)
_MOST_FURTHER: Final = 6
_UNLIKE_SHARE: Final = 0.15
_DIGIT_SHARE: Final = 0.8
_NOUNS: Final = ("account", "contact")


@dataclass(slots=True)
class Table:
    """A file read.

    Attributes:
        columns: column -> field, as understood.
        further: columns that no field is for, and that tell people apart nevertheless.
        notes: sentences on what was left out.
    """

    noun: str
    ids: list[str] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)
    header: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    number: str | None = None
    line: str | None = None
    further: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_of_people(self) -> bool:
        """Tell whether the rows are compared as people with their addresses and birthdays."""
        return self.noun == "contact" and not PERSONAL.isdisjoint(self.columns.values())


def read_table(path: Path, noun: str, id_column: str = "", given: str = "") -> Table:
    """Read a file.

    Args:
        path: CSV or XLSX.
        noun: account or contact.
        id_column: whose cells name the rows in pairs; the id that the guess finds, else the line, where not given.
        given: `Column=field,...` over the guess.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is no table, has no such column, or no column is understood.
    """
    if noun not in _NOUNS:
        raise UsageError(f"Duplicates of {noun} are not looked for.", hint="Use --as account or --as contact.")
    if not path.exists():
        raise NotFoundError(f"There is no file {path}.")
    with open_sheet(path) as sheet:
        table = Table(noun, header=sheet.header)
        rows = list(sheet.rows)
        table.notes += sheet.notes
    table.columns = merged_columns(noun, table.header, parse_map(given, table.header, noun) if given else {})
    place = _id_place(table, id_column)
    for row in rows:
        if row.problem:
            table.notes.append(f"Line {row.line:,} is left out: {row.problem}.")
            continue
        table.rows.append(row)
        table.ids.append((row.cells[place].strip() if place is not None else "") or f"line {row.line}")
    table.columns = {name: kind for name, kind in table.columns.items() if kind not in ("external_id", "account_key")}
    _find_further(table, place)
    if not table.columns:
        raise UsageError(f"{path.name}: no column is known to tell a {noun}.", 'Name them: --map "Column=field,...".')
    return table


def _id_place(table: Table, column: str) -> int | None:
    if column:
        same = [name for name in table.header if name == column] or [
            name for name in table.header if normalise(name) == normalise(column)
        ]
        if not same:
            raise UsageError(f"The file has no column {column}.", f"Its columns: {', '.join(table.header)}.")
        table.columns.pop(same[0], None)
        return table.header.index(same[0])
    guessed = next((name for name, kind in table.columns.items() if kind == "external_id"), None)
    return None if guessed is None else table.header.index(guessed)


def _find_further(table: Table, place: int | None) -> None:
    """Find columns without a field: a house number, a second line, and numbers of which most are unlike."""
    rest = [(at, name) for at, name in enumerate(table.header) if name not in table.columns and at != place]
    for at, name in rest:
        words = normalise(name)
        if words in _NUMBERS and table.number is None:
            table.number = name
        elif words in _LINES and table.line is None:
            table.line = name
        elif len(table.further) < _MOST_FURTHER and _is_telling([row.cells[at].strip() for row in table.rows]):
            table.further.append(name)


def _is_telling(cells: Sequence[str]) -> bool:
    """Tell whether a column holds numbers that name their row: most unlike, some of them twice."""
    filled = [cell for cell in cells if cell not in EMPTY]
    numbers = sum(any(character.isdigit() for character in cell) and " " not in cell for cell in filled)
    unlike = len(set(filled))
    return numbers >= _DIGIT_SHARE * max(len(filled), 1) and _UNLIKE_SHARE * len(filled) <= unlike < len(filled)


def find_pairs(table: Table, above: float, on_progress: Progress | None = None) -> list[Pair]:
    """Return the pairs of a file that score at least so much, the surest first."""
    if table.is_of_people:
        return people.find_pairs(as_people(table), above, on_progress)
    return formula.find_pairs(table.noun, list(as_profiles(table)), above, on_progress)


def as_profiles(table: Table) -> Iterator[Profile]:
    """Yield what the formula compares."""
    for record_id, texts in zip(table.ids, _texts(table), strict=True):
        yield profile(table.noun, record_id, texts)


def _texts(table: Table) -> Iterator[dict[str, list[str]]]:
    places = [(table.header.index(name), kind) for name, kind in table.columns.items()]
    for row in table.rows:
        found: dict[str, list[str]] = {}
        for at, kind in places:
            cell = row.cells[at].strip()
            if cell not in EMPTY:
                found.setdefault(kind, []).append(cell)
        yield found


def as_people(table: Table) -> People:
    """Return what is compared field by field; fields that no column is for are left out."""
    kinds = set(table.columns.values())
    made: list[tuple[Field, str]] = [
        (Field("given name", "given", 1), "given"),
        (Field("family name", "family", 0), "family"),
    ]
    optional = (
        (Field("address", "house"), "house", kinds & {"street"} or table.number),
        (Field("town", "place"), "place", kinds & {"city", "postal_code"}),
        (Field("birthday", "date"), "birthday", kinds & {"birthday"}),
        (Field("e-mail", "reach"), "emails", kinds & set(EMAILS)),
        (Field("phone", "reach"), "phones", kinds & set(PHONES)),
        (Field("employer", "text"), "employer", kinds & {"account"}),
    )
    made += [(spec, name) for spec, name, is_there in optional if is_there]
    made += [(Field(normalise(column), "code"), column) for column in table.further]
    found = People(tuple(spec for spec, _ in made), table.ids)
    further = [(table.header.index(name), name) for name in table.further]
    for row, texts in zip(table.rows, _texts(table), strict=True):
        values = _values(table, row, texts)
        values |= {name: code_form(row.cells[at]) for at, name in further}
        found.rows.append(tuple(values[name] for _, name in made))
    return found


def _values(table: Table, row: SheetRow, texts: dict[str, list[str]]) -> dict[str, Value]:
    forms = normaliser()
    first = {name: found[0] for name, found in texts.items()}
    given, family = name_parts(texts)
    number, line = (_cell(table, row, name) for name in (table.number, table.line))
    return {
        "given": given,
        "family": family,
        "house": _any((code_form(number), forms.street(first.get("street", "")), forms.street(line))),
        "place": _any(
            (
                forms.folded(first.get("city", "")),
                code_form(first.get("postal_code", "")),
                forms.folded(first.get("region", "")),
            )
        ),
        "birthday": date_form(first.get("birthday", "")),
        "emails": _several(texts, EMAILS, email_form),
        "phones": _several(texts, PHONES, phone_digits),
        "employer": forms.company(first.get("account", "")),
    }


def _cell(table: Table, row: SheetRow, column: str | None) -> str:
    cell = row.cells[table.header.index(column)].strip() if column else ""
    return "" if cell in EMPTY else cell


def _any(values: tuple[str, ...]) -> Value:
    return values if any(values) else ""


def _several(texts: dict[str, list[str]], names: Sequence[str], form: Callable[[str], str]) -> Value:
    return tuple(found for name in names for text in texts.get(name, ()) if (found := form(text)))
