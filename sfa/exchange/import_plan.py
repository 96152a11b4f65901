"""What an import is asked to do, and how a file is understood before a row is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sfa.errors import UsageError
from sfa.exchange.headers import guess_noun
from sfa.exchange.mapping import Mapping, check_mapping, merged_columns, parse_map, parse_values
from sfa.exchange.records import Evidence, Record, RowReader, look_at
from sfa.exchange.sheets import SheetRow, open_sheet
from sfa.exchange.writers import Rejected
from sfa.services.desk import Desk

CREATABLE = ("account", "contact", "user", "product")
DATE_ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked.

    Attributes:
        noun: what the rows are; None to guess from header and file name.
        columns: `Column=field,...` over the guess.
        values: `field:Old=new,...`.
        date_order: how dates in figures are meant; None to go by the file's own evidence.
        create: nouns whose missing records may be made on the way.
        source: which system the external ids are of.
        profile: a saved mapping to begin with.
    """

    path: Path
    noun: str | None = None
    columns: str = ""
    values: str = ""
    date_order: str | None = None
    create: frozenset[str] = frozenset()
    source: str = "import"
    currency: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    profile: str | None = None


@dataclass(slots=True)
class Plan:
    """A file understood: its rows, how its columns are meant, and what must be asked first."""

    request: Request
    noun: str
    header: tuple[str, ...]
    rows: list[SheetRow]
    mapping: Mapping
    evidence: Evidence
    notes: list[str] = field(default_factory=list)

    @property
    def questions(self) -> dict[str, str]:
        """Return the columns of dates that read in two ways, each with a sentence."""
        return self.evidence.questions

    def records(self, desk: Desk) -> list[Record]:
        """Read all rows.

        Raises:
            UsageError: a date can be read in two ways and nobody said which.
        """
        for column, words in self.questions.items():
            raise UsageError(
                f"{self.request.path.name}: the dates in {column} are ambiguous: {words}",
                hint="Say which comes first: --dates dmy or --dates mdy",
            )
        reader = RowReader(
            self.mapping,
            self.header,
            currency=self.request.currency or desk.currency,
            zone=desk.store.clock.zone(),
            evidence=self.evidence,
        )
        return [reader.read(row) for row in self.rows]


@dataclass(slots=True)
class Result:
    """What an import did."""

    noun: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    without_account: int = 0
    created: dict[str, int] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    operation_id: str | None = None


def make_plan(desk: Desk, request: Request) -> Plan:
    """Open a file and understand it.

    Raises:
        UsageError: it is no table, or a column, field, noun or profile is unknown.
        NotFoundError: there is no such file.
    """
    _check(request)
    with open_sheet(request.path, delimiter=request.delimiter, encoding=request.encoding, sheet=request.sheet) as sheet:
        rows = list(sheet.rows)
        mapping = _mapping(desk, request, sheet.header)
        return Plan(
            request, mapping.noun, sheet.header, rows, mapping, look_at(mapping, sheet.header, rows), list(sheet.notes)
        )


def _check(request: Request) -> None:
    if request.date_order is not None and request.date_order not in DATE_ORDERS:
        raise UsageError(f"{request.date_order} is no order of a date.", hint="Use dmy, mdy or ymd.")
    unknown = sorted(request.create - set(CREATABLE))
    if unknown:
        raise UsageError(f"{unknown[0]} cannot be created on the way.", hint=f"These can: {', '.join(CREATABLE)}.")


def _mapping(desk: Desk, request: Request, header: Sequence[str]) -> Mapping:
    saved = _profile(desk, request.profile) if request.profile else None
    noun = request.noun or (saved.noun if saved else guess_noun(header, request.path.name))
    if noun is None:
        raise UsageError(
            f"{request.path.name}: it cannot be told what the rows are.",
            hint="Say it: --as account (or contact, lead, opportunity, product, user, activity, task)",
        )
    given = parse_map(request.columns, header, noun) if request.columns else {}
    base = saved.for_header(header).columns if saved else {}
    columns = merged_columns(noun, header, {**base, **given})
    values = {**(saved.values if saved else {}), **(parse_values(request.values, noun) if request.values else {})}
    order = request.date_order or (saved.date_order if saved else None)
    mapping = Mapping(noun, columns, values, order, request.currency or (saved.currency if saved else None))
    check_mapping(mapping)
    return mapping


def _profile(desk: Desk, name: str) -> Mapping:
    text = desk.store.value("SELECT mapping FROM import_profile WHERE name = ?", (name,))
    if text is None:
        known = ", ".join(str(row[0]) for row in desk.store.rows("SELECT name FROM import_profile ORDER BY name"))
        raise UsageError(f"There is no saved profile {name}.", hint=f"Saved: {known or 'none yet'}.")
    return Mapping.from_json(str(text))


def save_profile(desk: Desk, name: str, mapping: Mapping) -> None:
    """Keep a mapping under a name, for the next file of its kind."""
    with desk.store.write("import.profile") as work:
        work.execute("INSERT OR REPLACE INTO import_profile (name, mapping) VALUES (?, ?)", (name, mapping.to_json()))
