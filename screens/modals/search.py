"""Finds any record by any word of it, as one types."""

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.modals.base import DeskModal, move_highlight
from screens.safe import safe
from sfa.services.search import Hit, search

HITS_SHOWN = 20


class SearchModal(DeskModal[tuple[str, str]]):
    """A field and the records that fit; the answer is noun and id of one."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._asked = 0

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
    async def look(self, event: Input.Changed) -> None:
        """Search for what stands in the field now; answers that come late are dropped."""
        self._asked += 1
        asked, words = self._asked, event.value.strip()
        hits = await self.ask(lambda desk: search(desk, words, limit=HITS_SHOWN)) if words else []
        if asked == self._asked and hits is not None:
            self._show(hits, words)

    def _show(self, hits: list[Hit], words: str) -> None:
        self._hits = hits
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(_line(hit), id=str(index)) for index, hit in enumerate(hits))
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


def _line(hit: Hit) -> Text:
    return Text.assemble(
        safe(f"{hit.noun:<12}", "dim"), safe(hit.title, "bold"), "  ", safe(hit.detail), "  ", safe(hit.ref, "dim")
    )
