"""The page of a quote as the customer gets it, to be read in the terminal; the PDF opens beside it."""

from pathlib import Path
from typing import ClassVar

from rich.markdown import Markdown
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from screens.base import DeskScreen, bindings
from screens.modals.prompt import PromptModal
from screens.safe import safe
from sfa.commands import Command
from sfa.services import quote_papers
from sfa.services.desk import Desk, Saved
from sfa.services.quote_sheet import Meant

VERBS = (
    Command("page.back", "Back", "back", "escape,backspace", "To the quote", is_shown=True, label="Back"),
    Command("page.open", "Open the PDF", "open", "o", "In the program that shows PDFs", is_shown=True, label="Open PDF"),
    Command("page.save", "Save as", "save_as", "s", "PDF, Markdown, HTML, text or mail draft, by the name", is_shown=True, label="Save as"),
    Command("page.language", "English or Chinese", "language", "l", "The page in the other language", is_shown=True, label="Language"),
)  # fmt: skip
LANGUAGES = ("en", "zh")


class PreviewScreen(DeskScreen):
    """A quote as a page of text."""

    TITLE = "the page"
    AREA = "quotes"
    AUTO_FOCUS = "#page"
    VERBS: ClassVar[tuple[Command, ...]] = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    PreviewScreen #page {
        border: round $border-blurred; padding: 0 2; height: 1fr; scrollbar-size-vertical: 1;
        border-title-color: $foreground; border-subtitle-color: $text-muted;
    }
    PreviewScreen #page:focus { border: round $border; }
    PreviewScreen #text { width: 1fr; max-width: 96; height: auto; }
    """

    def __init__(self, meant: Meant) -> None:
        super().__init__()
        self._meant = meant
        self._language = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="page", can_focus=True):
            yield Static("", id="text")

    def looked_at(self) -> tuple[str, str]:
        """Return the quote."""
        return "quote", self._meant.id

    async def refresh_data(self) -> None:
        """Make the page anew."""
        meant, language = self._meant, self._language
        found = await self.ask(lambda desk: quote_papers.preview(desk, meant, language))
        if found is None:
            return
        page = self.query_one("#page", VerticalScroll)
        page.border_title = safe(found.number)
        page.border_subtitle = f"{found.language} · as it is printed"
        self._language = found.language
        self.query_one("#text", Static).update(Markdown(found.text, hyperlinks=False))

    def action_back(self) -> None:
        """Return to the quote."""
        if self.is_current:
            self.app.pop_screen()

    async def action_open(self) -> None:
        """Make the PDF and open it."""
        await open_pdf(self, self._meant, self._language)

    async def action_language(self) -> None:
        """Show the page in the other language."""
        self._language = LANGUAGES[(LANGUAGES.index(self._language) + 1) % len(LANGUAGES)]
        await self.refresh_data()

    @work(group="dialog")
    async def action_save_as(self) -> None:
        """Ask for a file, and write the form that its name ends in."""
        meant, language = self._meant, self._language

        def made(desk: Desk, text: str) -> Saved:
            return quote_papers.make_as(desk, meant, Path(text).expanduser(), language)

        hint = f"Its ending says what is made: {', '.join(f'.{form}' for form in quote_papers.FORMS)}."
        await self.finish(
            await self.app.push_screen_wait(
                PromptModal("Save as", made, value="offer.pdf", hint=hint, enter="writes it")
            )
        )


async def open_pdf(screen: DeskScreen, meant: Meant, language: str = "") -> None:
    """Make the PDF in the folder of documents, and open it in the program that shows PDFs."""
    made: list[Path] = []

    def work_on(desk: Desk) -> Saved:
        made.append(quote_papers.file_of(desk, meant, "pdf"))
        return quote_papers.make(desk, meant, "pdf", made[0], language)

    saved = await screen.save(work_on)
    if saved is not None:
        screen.run_worker(lambda: _open(made[0]), thread=True, exit_on_error=False, group="viewer")


def _open(file: Path) -> None:
    """Open a file as a double click would; a machine without such a program has been told where the file is."""
    from contextlib import suppress  # noqa: PLC0415 - opened by key

    import typer  # noqa: PLC0415 - opened by key

    with suppress(OSError):
        typer.launch(str(file))
