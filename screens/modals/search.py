"""Finds any record by any word of it, as one types."""

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.modals.base import DeskModal, move_highlight
from screens.safe import safe
from sfa.services.desk import Desk
from sfa.services.search import Finder, Hit, search

HITS_SHOWN = 20
NOUN_WIDTH = 12
FOUND = "bold underline"


class SearchModal(DeskModal[tuple[str, str]]):
    """A field and the records that fit; the answer is noun and id of one."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._words = ""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = "Search everything"
            dialog.border_subtitle = "↑↓ choose · enter opens · esc leaves"
            yield Input(placeholder="a name, a phone number, a word, a reference")
            yield OptionList()
            yield Static("", id="problem", classes="hint")

    def on_mount(self) -> None:
        """Wait for words."""
        self._show([], "")

    @on(Input.Changed)
    def note_words(self, event: Input.Changed) -> None:
        """Search for what stands in the field now."""
        self._words = event.value.strip()
        self._look(self._words)

    @work(exit_on_error=False, group="search")
    async def _look(self, words: str) -> None:
        """Show what fits; a search that another key has overtaken is not begun, and a late answer not shown."""
        hits = await self.ask(lambda desk: self._search(desk, words)) if words else []
        if words == self._words and hits is not None and self.is_attached:
            self._show(hits, words)

    def _search(self, desk: Desk, words: str) -> list[Hit]:
        return search(desk, words, limit=HITS_SHOWN) if words == self._words else []

    def _show(self, hits: list[Hit], words: str) -> None:
        self._hits = hits
        finder = Finder(words)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(_line(hit, finder), id=str(index)) for index, hit in enumerate(hits))
        options.display = bool(hits)
        if hits:
            options.highlighted = 0
        self.show_problem(f"Nothing found for {words}." if words and not hits else "")

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move in the list while the field has the focus."""
        move_highlight(event, self.query_one(OptionList))

    @on(Input.Submitted)
    def open_highlighted(self) -> None:
        """Open the highlighted record."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None and highlighted < len(self._hits):
            self._open(highlighted)

    @on(OptionList.OptionSelected)
    def open_clicked(self, event: OptionList.OptionSelected) -> None:
        """Open the record clicked."""
        self._open(event.option_index)

    def _open(self, index: int) -> None:
        hit = self._hits[index]
        self.dismiss((hit.noun, hit.id))


def _line(hit: Hit, finder: Finder) -> Text:
    """Return a hit as it is listed: kind, name, what tells it apart; below it the text where the words are."""
    noun, ref, title, told, snippet = hit.cells()
    line = Text.assemble(
        safe(f"{noun:<{NOUN_WIDTH}}", "dim"), _marked(title, "bold", finder), "  ", safe(told), "  ", safe(ref, "dim")
    )
    if snippet:
        line.append_text(Text.assemble("\n" + " " * NOUN_WIDTH, _marked(snippet, "dim", finder)))
    return line


def _marked(text: str, style: str, finder: Finder) -> Text:
    """Return clean text with the words marked that were searched for."""
    marked = safe(text, style)
    for start, end in finder.spans(marked.plain):
        marked.stylize(FOUND, start, end)
    return marked
