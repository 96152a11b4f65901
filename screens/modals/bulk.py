"""One field for many records."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from screens.modals.base import DeskModal
from screens.safe import safe
from screens.widgets.columns import fit
from sfa.domain.fields import NOUNS
from sfa.services import bulk
from sfa.services.bulk import PlannedChange

NAME_CELLS = 30
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What is to be written, and what that would change."""

    values: dict[str, object]
    preview: Sequence[PlannedChange]


class BulkModal(DeskModal[BulkEdit]):
    """Asks for `field=value`; what cannot be written says why, and what was typed stays."""

    def __init__(self, noun: str, ids: Sequence[str]) -> None:
        super().__init__()
        self._noun = NOUNS[noun]
        self._ids = ids

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        fields = self._noun.fields
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = f"Change {len(self._ids):,} {self._noun.plural}"
            dialog.border_subtitle = "enter shows what would change · esc leaves"
            suggester = SuggestFromList([f"{name}=" for name in fields], case_sensitive=False)
            yield Input(placeholder="field=value, such as owner=me; nothing after = clears", suggester=suggester)
            yield Static("", id="problem", classes="problem")
            yield Static(f"Fields: {', '.join(fields)}", classes="hint")

    @on(Input.Submitted)
    async def answer(self, event: Input.Submitted) -> None:
        """Try the change and answer with what it would do."""
        typed, sign, value = event.value.partition("=")
        name = typed.strip().lower().replace(" ", "_")
        if not sign:
            self.show_problem("Write field=value, such as owner=me.")
        elif name not in self._noun.fields:
            self.show_problem(f"There is no field “{typed.strip()}”. Take one of those below.")
        else:
            await self._try({name: value.strip() or None})

    async def _try(self, values: dict[str, object]) -> None:
        found = await self.ask(lambda desk: bulk.preview(desk, self._noun.name, self._ids, values))
        if found is not None and not found:
            self.show_problem("All of them have that already.")
        elif found:
            self.dismiss(BulkEdit(values, found))

    @staticmethod
    def words(change: PlannedChange) -> str:
        """Return a planned change in one line."""
        name = fit(safe(change.label).plain, NAME_CELLS)
        return f"{name}  {safe(f'{change.field}: {change.old or NOTHING} → {change.new or NOTHING}').plain}"
