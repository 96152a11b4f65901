"""What an import is asked to do, and how a file is understood before a row is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from db.queries import imports as queries
from sfa.domain.currencies import is_currency
from sfa.domain.fields import IMPORTABLE, NOUNS
from sfa.errors import NotFoundError, UsageError
from sfa.exchange.fields import ADDITIVE, fields_of
from sfa.exchange.headers import guess_noun
from sfa.exchange.mapping import Mapping, check_mapping, merged_columns, parse_map, parse_values
from sfa.exchange.records import Evidence, RowReader, look_at
from sfa.exchange.sheets import SheetRow, open_sheet
from sfa.exchange.writers import Rejected
from sfa.services.desk import Desk

CREATABLE = ("account", "contact", "user", "product")
DATE_ORDERS = ("dmy", "mdy", "ymd")
LONGEST_SOURCE = 80


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

    def require_answers(self) -> None:
        """Refuse to guess.

        Raises:
            UsageError: a date can be read in two ways and nobody said which.
        """
        for column, words in self.questions.items():
            raise UsageError(
                f"{self.request.path.name}: the dates in {column} are ambiguous: {words}",
                hint="Say what comes first: --dates dmy, --dates mdy or --dates ymd",
            )

    def reader(self, desk: Desk) -> RowReader:
        """Return what reads the rows."""
        return RowReader(
            self.mapping, self.header, currency=desk.currency, zone=desk.store.clock.zone(), evidence=self.evidence
        )


@dataclass(slots=True)
class Result:
    """What an import did.

    Attributes:
        without_account: new deals that have none.
        created: how many records of other nouns were made on the way.
        notes: sentences on how the file was read; the first `notes_before` were known before.
    """

    noun: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    without_account: int = 0
    created: dict[str, int] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    notes_before: int = 0
    operation_id: str | None = None

    @property
    def taken(self) -> int:
        """Return how many rows are in the book now."""
        return self.new + self.changed + self.unchanged


def make_plan(desk: Desk, request: Request) -> Plan:
    """Open a file and understand it.

    Raises:
        UsageError: it is no table, or a column, field, noun or currency is unknown.
        NotFoundError: there is no such file or profile.
    """
    _check(request)
    with open_sheet(request.path, delimiter=request.delimiter, encoding=request.encoding, sheet=request.sheet) as sheet:
        rows = list(sheet.rows)
    mapping = _mapping(desk, request, sheet.header)
    evidence = look_at(mapping, sheet.header, rows)
    notes = list(sheet.notes)
    own = desk.config.text("workspace.dates")
    if evidence.questions and own in DATE_ORDERS:
        notes.append(f"Dates of {', '.join(evidence.questions)} are read as {own}, as set in workspace.dates.")
        mapping = replace(mapping, date_order=own)
        evidence = look_at(mapping, sheet.header, rows)
    return Plan(request, mapping.noun, sheet.header, rows, mapping, evidence, notes)


def _check(request: Request) -> None:
    path = request.path
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", hint="Name the files in it that are to be imported.")
    if not path.exists():
        raise NotFoundError(f"There is no file {path}.", hint=_near(path))
    if request.date_order is not None and request.date_order not in DATE_ORDERS:
        raise UsageError(f"{request.date_order} is no order of a date.", hint="Use dmy, mdy or ymd.")
    if request.currency is not None and not is_currency(request.currency):
        raise UsageError(f"{request.currency} is no currency.", hint="Write its code of three letters, such as EUR.")
    if not 0 < len(request.source.strip()) <= LONGEST_SOURCE:
        raise UsageError(f"A source has a name of 1 to {LONGEST_SOURCE} characters.")
    unknown = sorted(request.create - set(CREATABLE))
    if unknown:
        raise UsageError(f"{unknown[0]} cannot be created on the way.", hint=f"These can: {', '.join(CREATABLE)}.")


def _near(path: Path) -> str | None:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return f"There is no folder {path.parent} either."
    near = get_close_matches(path.name, names, n=3)
    return f"Did you mean {' or '.join(near)}?" if near else None


def _mapping(desk: Desk, request: Request, header: Sequence[str]) -> Mapping:
    saved = _profile(desk, request.profile) if request.profile else None
    noun = _noun(request, saved, header)
    given = parse_map(request.columns, header, noun) if request.columns else {}
    if saved:
        known = {**_without_given(saved.for_header(header).columns, given), **given}
        columns = {column: known[column] for column in header if known.get(column)}
    else:
        columns = merged_columns(noun, header, given)
    values = {name: dict(words) for name, words in (saved.values if saved else {}).items()}
    for name, words in (parse_values(request.values, noun) if request.values else {}).items():
        values.setdefault(name, {}).update(words)
    order = request.date_order or (saved.date_order if saved else None)
    mapping = Mapping(noun, columns, values, order, request.currency or (saved.currency if saved else None))
    check_mapping(mapping)
    return mapping


def _noun(request: Request, saved: Mapping | None, header: Sequence[str]) -> str:
    if request.noun is not None:
        fields_of(request.noun)
        if saved and saved.noun != request.noun:
            raise UsageError(
                f"The profile {request.profile} is for {NOUNS[saved.noun].plural}.", hint="Leave out --as."
            )
        return request.noun
    found = saved.noun if saved else guess_noun(header, request.path.name)
    if found is None:
        raise UsageError(
            f"{request.path.name}: it cannot be told what the rows are.", hint=f"Say it: --as {', '.join(IMPORTABLE)}."
        )
    return found


def _without_given(saved: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    """Return the saved columns whose field was not given to another column now."""
    taken = {name for name in given.values() if name not in ADDITIVE}
    return {column: name for column, name in saved.items() if name not in taken}


def _profile(desk: Desk, name: str) -> Mapping:
    text = queries.profile(desk.store, name)
    if text is None:
        known = ", ".join(queries.profile_names(desk.store))
        raise NotFoundError(f"There is no saved profile {name}.", hint=f"Saved: {known or 'none yet'}.")
    return Mapping.from_json(text)


def save_profile(desk: Desk, name: str, mapping: Mapping) -> None:
    """Keep a mapping under a name, for the next file of its kind."""
    with desk.store.write("import.profile") as work:
        queries.save_profile(work, name, mapping.to_json())
