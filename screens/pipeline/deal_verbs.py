"""What is done to deals, on the pipeline and on a deal's own screen: move, win, lose, plan."""

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.modals.choose import ChooseModal
from screens.modals.form import FormModal, FormSpec
from screens.modals.prompt import PromptModal
from sfa.commands import Command
from sfa.domain.fields import LOSS_REASONS
from sfa.services import board as board_service
from sfa.services import opportunities

DEAL_VERBS = (
    Command("opportunity.move", "Move to a stage", "move", "m", "This deal, or the marked ones", is_shown=True, label="Move"),
    Command("opportunity.win", "Win", "win", "w", "What decided it helps the next one", is_shown=True, label="Win"),
    Command("opportunity.lose", "Lose", "lose", "x", "The reason is needed", is_shown=True, label="Lose"),
    Command("opportunity.step", "Next step", "next_step", "n", "What happens next, and when", is_shown=True, label="Next step"),
    Command("opportunity.next", "Move to the next stage", "next_stage", "greater_than_sign,L", "One stage on"),
    Command("opportunity.back", "Move a stage back", "stage_back", "less_than_sign,H", "One stage back"),
    Command("opportunity.close", "Close date", "close_date", "c", "When it will be decided"),
    Command("opportunity.amount", "Amount", "amount", "dollar_sign", "What it is worth"),
)  # fmt: skip
OTHER = "other"


class DealVerbs(DeskScreen):
    """A screen with deals on it; it says which ones a verb is for."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DEAL_VERBS)

    async def all_targets(self) -> list[str]:
        """Return the ids of the deals that a verb is for."""
        raise NotImplementedError

    @work(group="dialog")
    async def action_move(self) -> None:
        """Ask for the stage and move."""
        ids = await self.all_targets()
        if not ids:
            self.say_nothing_there()
            return
        stages = await self.ask(board_service.stage_choices) or []
        chosen = await self.app.push_screen_wait(ChooseModal("Move to", [(item.name, item.name) for item in stages]))
        kind = next((item.type for item in stages if item.name == chosen), None)
        if kind == "lost":
            await self._lose(ids)
        elif chosen:
            await self.save(lambda desk: opportunities.move(desk, ids, chosen))

    async def action_next_stage(self) -> None:
        """Move one stage on."""
        await self._move("next")

    async def action_stage_back(self) -> None:
        """Move one stage back."""
        await self._move("back")

    async def _move(self, stage: str) -> None:
        ids = await self.all_targets()
        if ids:
            await self.save(lambda desk: opportunities.move(desk, ids, stage))
        else:
            self.say_nothing_there()

    @work(group="dialog")
    async def action_win(self) -> None:
        """Ask for a reason, which may stay empty, and win."""
        ids = await self.all_targets()
        if not ids:
            self.say_nothing_there()
            return
        dialog = PromptModal(
            "Won: what decided it?",
            lambda desk, reason: opportunities.win(desk, ids, reason=reason or None),
            hint="May stay empty.",
            is_required=False,
        )
        await self.finish(await self.app.push_screen_wait(dialog))

    @work(group="dialog")
    async def action_lose(self) -> None:
        """Ask for the reason, which is needed, and lose."""
        ids = await self.all_targets()
        if ids:
            await self._lose(ids)
        else:
            self.say_nothing_there()

    async def _lose(self, ids: Sequence[str]) -> None:
        choices = [(reason, reason.capitalize()) for reason in LOSS_REASONS]
        reason = await self.app.push_screen_wait(ChooseModal("Lost: why?", choices))
        if reason == OTHER:
            dialog = PromptModal(
                "Lost: what was the reason?", lambda desk, note: opportunities.lose(desk, ids, OTHER, note=note)
            )
            await self.finish(await self.app.push_screen_wait(dialog))
        elif reason:
            await self.save(lambda desk: opportunities.lose(desk, ids, reason))

    async def action_next_step(self) -> None:
        """Ask for the next step and its day."""
        await self._edit_fields("Next step", "next_step", "next_step_on")

    async def action_close_date(self) -> None:
        """Ask for the close date."""
        await self._edit_fields("Close date", "close_date")

    async def action_amount(self) -> None:
        """Ask for the amount."""
        await self._edit_fields("Amount", "amount")

    async def _edit_fields(self, title: str, *fields: str) -> None:
        ids = await self.all_targets()
        if not ids:
            self.say_nothing_there()
            return
        words = title if len(ids) == 1 else f"{title} of {len(ids):,} deals"
        self.app.push_screen(FormModal(FormSpec("opportunity", ids, words, fields)), self.finish)

    def say_nothing_there(self) -> None:
        """Say why a verb did nothing."""
        self.desk_app.tell("There is no deal here. Press a to add one.", severity="warning")
