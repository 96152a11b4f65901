"""One deal: a record with the verbs of the pipeline."""

from typing import ClassVar

from textual.binding import BindingType

from screens.pipeline.deal_verbs import DEAL_VERBS, DealVerbs
from screens.records.screen import VERBS, RecordScreen
from sfa.commands import Command

_BY_ID = {command.id: command for command in (*DEAL_VERBS, *VERBS)}
_FIRST = (
    "opportunity.move", "record.log", "opportunity.step", "record.edit", "opportunity.win", "opportunity.lose",
    "record.back", "record.task",
)  # fmt: skip


class DealScreen(RecordScreen, DealVerbs):
    """A deal, which may be moved, won, lost and planned where it is looked at."""

    VERBS: ClassVar[tuple[Command, ...]] = (
        *(_BY_ID[name] for name in _FIRST),
        *(command for name, command in _BY_ID.items() if name not in _FIRST),
    )
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, record_id: str) -> None:
        super().__init__("opportunity", record_id)

    async def all_targets(self) -> list[str]:
        """Return the deal."""
        return [self.record_id]
