"""The documents of quotes as files, each kept with its hash: pages, proposals, and the mail that sends one."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.queries import quotes as queries
from db.store import UnitOfWork
from sfa.errors import StorageError, UsageError
from sfa.services import quote_states
from sfa.services.desk import Desk, Saved
from sfa.services.quote_acceptance import DRAFT_PAPER
from sfa.services.quote_page import language_of, paper_of
from sfa.services.quote_sheet import Meant, Sheet, load, told

if TYPE_CHECKING:
    from sfa.documents.paper import Paper
    from sfa.documents.render import Rendered

FORMS: Final = ("pdf", "md", "html", "txt", "eml")
TEMPLATES: Final = "templates"
LIBRARY: Final = "library"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a proposal is told beside the quote.

    Attributes:
        facts: words that the conditions of chapters ask for, such as `new-customer`.
    """

    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The page of a version as Markdown."""

    number: str
    language: str
    text: str


def preview(desk: Desk, meant: Meant, language: str = "") -> Preview:
    """Return the page as text, to be read before anything is sent; nothing is written.

    Raises:
        NotFoundError: there is no such quote or revision.
        TemplateError: the company's template has an error.
    """
    sheet = load(desk, meant)
    tongue = language_of(desk, sheet, language)
    return Preview(sheet.number, tongue, _rendered(desk, paper_of(desk, sheet, tongue), "md").data.decode())


def file_of(desk: Desk, meant: Meant, form: str = "pdf") -> Path:
    """Return where a document of a version is put where nothing else is said."""
    return _usual(desk, load(desk, meant), form)


def _usual(desk: Desk, sheet: Sheet, form: str, kind: str = "") -> Path:
    return desk.store.workspace.documents / f"{sheet.number}{kind}.{form}"


def make_as(desk: Desk, meant: Meant, file: Path, language: str = "") -> Saved:
    """Make the document whose form the name of a file ends in; see `make`.

    Raises:
        UsageError: it ends in no form.
        StorageError: the file cannot be written.
    """
    form = file.suffix.removeprefix(".").lower()
    if form not in FORMS:
        raise UsageError(
            f"{file.name} does not say what is to be made.", hint=f"It ends in one of: {', '.join(FORMS)}."
        )
    return make(desk, meant, form, file, language)


def make(
    desk: Desk,
    meant: Meant,
    form: str = "pdf",
    target: Path | None = None,
    language: str = "",
    *,
    proposal: Proposal | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Make the document of a version as a file, and keep what it was: an acceptance is bound to its hash.

    Args:
        desk: the desk.
        meant: which quote.
        form: one of FORMS.
        target: the file; one in the folder of documents where none is given.
        language: as for `paper_of`.
        proposal: the chapters that it gets; without it, the document is the quote alone.
        is_dry_run: whether only to say what would be done.

    Raises:
        UsageError: there is no such form.
        StorageError: the file cannot be written.
    """
    with desk.store.write("quote.paper", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        file = target or _usual(desk, sheet, form, "-proposal" if proposal else "")
        made = _make_within(desk, work, sheet, _Wanted(form, file, language, proposal))
        if not is_dry_run:
            write_file(file, made.data)
        warnings = "".join(f"; {one}" for one in made.warnings)
        work.summary = f"Made {file} of {sheet.number}, SHA-256 {made.sha256}{warnings}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A document as it is asked for."""

    form: str
    file: Path
    language: str = ""
    proposal: Proposal | None = None


def _make_within(desk: Desk, work: UnitOfWork, sheet: Sheet, wanted: _Wanted) -> "Rendered":
    """Keep what a document is, inside an operation; the caller writes the file."""
    paper = _paper(desk, sheet, wanted)
    made = _rendered(desk, paper, wanted.form)
    work.insert(
        "paper_file",
        {
            "table_name": "quote_version",
            "record_id": sheet.version_id,
            "kind": DRAFT_PAPER if paper.is_draft else str(paper.kind),
            "template": str(paper.kind),
            "template_sha256": made.template or None,
            "media_type": made.media_type,
            "sha256": made.sha256,
            "language": str(paper.language),
            "name": wanted.file.name,
            "made_at": work.at,
        },
    )
    return made


def _paper(desk: Desk, sheet: Sheet, wanted: _Wanted) -> "Paper":
    """Return the quote as a document, with its chapters where a proposal is asked for."""
    paper = paper_of(desk, sheet, wanted.language)
    if wanted.proposal is None:
        return paper
    from dataclasses import replace  # noqa: PLC0415 - for proposals alone

    from sfa.documents.library import read_library, with_chapters  # noqa: PLC0415 - as above
    from sfa.documents.paper import Kind  # noqa: PLC0415 - as above

    folder = desk.store.workspace.folder / LIBRARY
    made = with_chapters(replace(paper, kind=Kind.PROPOSAL), read_library(folder), wanted.proposal.facts)
    if not made.chapters:
        raise UsageError(
            f"The library has no chapter for this proposal in {paper.language}.",
            hint=f"Chapters are files such as {folder / 'about-us.md'}; see docs/documents.md",
        )
    return made


def _rendered(desk: Desk, paper: "Paper", form: str) -> "Rendered":
    from sfa.documents.render import render  # noqa: PLC0415 - documents alone

    templates = desk.store.workspace.folder / TEMPLATES
    return render(paper, form, templates if templates.is_dir() else None)


def address_of(desk: Desk, meant: Meant) -> str | None:
    """Return the address that a quote would be sent to: that of its contact, else of its account."""
    quote = load(desk, meant).quote
    return queries.mail_of(desk.store, quote["contact_id"], quote["account_id"])


def send_mail(
    desk: Desk, meant: Meant, to: str | None = None, target: Path | None = None, *, is_dry_run: bool = False
) -> Saved:
    """Send a version as `quote_states.send` does, and make the mail with its PDF, which the user sends: one operation.

    Args:
        desk: the desk.
        meant: which quote.
        to: e-mail address; that of its contact or account where none is given.
        target: the file of the mail draft; one in the folder of documents where none is given.
        is_dry_run: whether only to say what would be done.

    Raises:
        ConflictError, UsageError: as for `send`.
        StorageError: the file cannot be written; nothing is sent then.
    """
    with desk.store.write("quote.send", is_dry_run=is_dry_run) as work:
        sheet = quote_states.send_within(desk, work, meant, to)
        file = target or _usual(desk, sheet, "eml")
        pdf = file.with_suffix(".pdf")
        for wanted in (_Wanted("eml", file), _Wanted("pdf", pdf)):  # an acceptance goes by the newest, the PDF
            made = _make_within(desk, work, sheet, wanted)
            if not is_dry_run:
                write_file(wanted.file, made.data)
        work.summary = f"{work.summary}. Its mail to send: {file}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def write_file(file: Path, data: bytes) -> None:
    """Write a document.

    Raises:
        StorageError: it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written: {error.strerror or error}.", hint="Choose another place."
        ) from error
