"""What is done to the appointment under the cursor: move, stretch, copy, complete, call off, remove."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.calendar.blocks import is_whole_day
from screens.calendar.cursor import Cursor, of_series
from screens.calendar.words import subject
from sfa.commands import Command
from sfa.services.agenda import Appointment
from sfa.services.calendar_page import DueTask
from sfa.services.desk import Desk, Saved

if TYPE_CHECKING:
    from sfa.services.event_targets import Scope

ONE_DAY = timedelta(days=1)
EVENT_VERBS = (
    Command("event.new", "New appointment", "new_event", "n", "Here; words as for quick entry, too", is_shown=True, label="New"),
    Command("event.done", "Held: what came of it", "done", "D", "Outcome, note, next step; ticks a task off", is_shown=True, label="Done"),
    Command("event.edit", "Edit", "edit", "e", "In a form", is_shown=True, label="Edit"),
    Command("event.later", "Later", "shift(15)", "shift+down,J", "By 15 minutes"),
    Command("event.earlier", "Earlier", "shift(-15)", "shift+up,K", "By 15 minutes"),
    Command("event.day_on", "A day later", "shift_day(1)", "shift+right,L", "At the same time"),
    Command("event.day_back", "A day earlier", "shift_day(-1)", "shift+left,H", "At the same time"),
    Command("event.move", "Move to a time in words", "move", "r", "thu 14:00, and why: it is counted"),
    Command("event.longer", "Longer", "stretch(15)", "greater_than_sign", "By 15 minutes"),
    Command("event.shorter", "Shorter", "stretch(-15)", "less_than_sign", "By 15 minutes"),
    Command("event.copy", "Copy", "copy", "c", "Then go to the place and press enter"),
    Command("event.missed", "It did not take place", "missed", "M", "Why may be told"),
    Command("event.cancel", "Call off", "cancel", "X", "Why may be told; u takes it back"),
    Command("event.remove", "Remove", "remove", "delete,R", "Into the trash; u brings it back"),
)  # fmt: skip
NOTHING = "There is no appointment here. n makes one."


class EventVerbs(DeskScreen):
    """A screen with a cursor among appointments."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(EVENT_VERBS)

    def __init__(self) -> None:
        super().__init__()
        self.cursor = Cursor(date.min)
        self._carried: Appointment | None = None

    def target(self) -> Appointment | DueTask | None:
        """Return what a verb is for."""
        raise NotImplementedError

    def _event(self) -> Appointment | None:
        """Return the appointment that a verb is for, or say that there is none."""
        found = self.target()
        if isinstance(found, Appointment):
            return found
        self.desk_app.tell(NOTHING, severity="warning")
        return None

    async def _scope(self, item: Appointment, question: str) -> "Scope | None":
        """Ask how much of a series is meant; nothing of an appointment that stands for itself."""
        from screens.calendar.dialogs import ScopeModal  # noqa: PLC0415 - each verb imports its own
        from sfa.services.event_targets import Scope  # noqa: PLC0415 - each verb imports its own

        if of_series(item) is None:
            return Scope.THIS
        return await self.app.push_screen_wait(ScopeModal(f"{question} {subject(item)}?"))

    async def _save_moved(self, saved: Saved | None, item: Appointment, starts: datetime) -> None:
        """Let the cursor go along with an appointment, to its new beginning in the viewer's wall time."""
        if saved is None:
            return
        minute = None if is_whole_day(item) else starts.hour * 60 + starts.minute
        self.cursor.day, self.cursor.minute, self.cursor.pick = starts.date(), minute, saved.id
        await self.finish(saved)

    def _wall(self, item: Appointment) -> datetime:
        zone = self.desk_app.clerk.desk.store.clock.zone()
        return item.starts.astimezone(zone).replace(tzinfo=None)

    def action_shift(self, minutes: int) -> None:
        """Move by minutes; what lasts whole days by days."""
        item = self._event()
        if item is not None:
            by = timedelta(minutes=minutes)
            self._shift(item, by if not item.is_all_day else ONE_DAY if minutes > 0 else -ONE_DAY)

    def action_shift_day(self, days: int) -> None:
        """Move by days."""
        item = self._event()
        if item is not None:
            self._shift(item, days * ONE_DAY)

    @work(group="dialog")
    async def _shift(self, item: Appointment, by: timedelta) -> None:
        from sfa.services import event_changes  # noqa: PLC0415 - each verb imports its own

        scope = await self._scope(item, "Move")
        if scope is None:
            return
        saved = await self.ask(lambda desk: event_changes.shift(desk, item.id, by=by, on=of_series(item), scope=scope))
        await self._save_moved(saved, item, self._wall(item) + by)

    @work(group="dialog")
    async def action_stretch(self, minutes: int) -> None:
        """Make it longer, or shorter."""
        from sfa.services import event_changes  # noqa: PLC0415 - each verb imports its own

        item = self._event()
        if item is None:
            return
        by = timedelta(minutes=minutes) if not item.is_all_day else ONE_DAY if minutes > 0 else -ONE_DAY
        scope = await self._scope(item, "Longer:" if minutes > 0 else "Shorter:")
        if scope is None:
            return
        saved = await self.ask(
            lambda desk: event_changes.shift(desk, item.id, longer=by, on=of_series(item), scope=scope)
        )
        await self._save_moved(saved, item, self._wall(item))

    @work(group="dialog")
    async def action_move(self) -> None:
        """Ask for a time in words, and why."""
        from screens.calendar.dialogs import Asked, FieldsModal  # noqa: PLC0415 - each verb imports its own
        from sfa.services import event_changes  # noqa: PLC0415 - each verb imports its own

        item = self._event()
        scope = await self._scope(item, "Move") if item else None
        if item is None or scope is None:
            return
        fields = (Asked("to", "When", "thu 14:00, 15:30, next monday"), Asked("reason", "Why", "may stay empty"))

        def move(desk: Desk, typed: Mapping[str, str]) -> Saved:
            reason = typed.get("reason")
            return event_changes.move(
                desk, item.id, typed.get("to", ""), on=of_series(item), scope=scope, reason=reason
            )

        await self.finish(await self.app.push_screen_wait(FieldsModal(f"Move {subject(item)}", fields, move)))

    def action_copy(self) -> None:
        """Take the appointment up; enter puts a copy down where the cursor is then."""
        if self._carried is not None:
            self.put_down()
            return
        self._carried = self._event()
        if self._carried is not None:
            self.carry_changed()

    def carry_changed(self) -> None:
        """Show what is being carried, or that nothing is."""

    @work(group="dialog")
    async def put_down(self) -> None:
        """Put the copy down at the cursor."""
        from sfa.services import event_changes  # noqa: PLC0415 - each verb imports its own

        item, day, minute = self._carried, self.cursor.day, self.cursor.minute
        self._carried = None
        self.carry_changed()
        if item is None:
            return
        kept = self._wall(item).time()
        starts = datetime.combine(day, kept if minute is None else time(minute // 60, minute % 60))
        if item.is_all_day:
            starts = datetime.combine(day, time())
        saved = await self.ask(lambda desk: event_changes.copy(desk, item.id, _typed(desk, item, starts)))
        await self._save_moved(saved, item, starts)

    @work(group="dialog")
    async def action_done(self) -> None:
        """Ask what came of it; a task is ticked off."""
        from screens.calendar.dialogs import FieldsModal, done_fields  # noqa: PLC0415 - each verb imports its own
        from sfa.services import event_outcomes  # noqa: PLC0415 - each verb imports its own

        found = self.target()
        if isinstance(found, DueTask):
            await self._tick(found)
            return
        item = self._event()
        if item is None:
            return

        def complete(desk: Desk, typed: Mapping[str, str]) -> Saved:
            return event_outcomes.complete(
                desk,
                item.id,
                on=of_series(item),
                outcome=typed.get("outcome"),
                note=typed.get("note"),
                next_step=typed.get("next_step"),
            )

        await self.finish(
            await self.app.push_screen_wait(FieldsModal(f"Held: {subject(item)}", done_fields(), complete))
        )

    async def _tick(self, task: DueTask) -> None:
        from sfa.services import tasks  # noqa: PLC0415 - only for tasks

        await self.save(lambda desk: (tasks.reopen if task.is_done else tasks.complete)(desk, [task.id]))

    @work(group="dialog")
    async def action_missed(self) -> None:
        """Ask why it did not take place, which may stay empty."""
        from sfa.services.event_targets import Scope  # noqa: PLC0415 - each verb imports its own

        item = self._event()
        if item is not None:
            await self._set_status(item, Scope.THIS, "not_held", "Did not take place")

    @work(group="dialog")
    async def action_cancel(self) -> None:
        """Ask why it is called off, which may stay empty."""
        item = self._event()
        scope = await self._scope(item, "Call off") if item else None
        if item is not None and scope is not None:
            await self._set_status(item, scope, "cancelled", "Call off")

    async def _set_status(self, item: Appointment, scope: "Scope", status: str, title: str) -> None:
        from screens.calendar.dialogs import Asked, FieldsModal  # noqa: PLC0415 - each verb imports its own
        from sfa.services import event_outcomes  # noqa: PLC0415 - each verb imports its own

        def change(desk: Desk, typed: Mapping[str, str]) -> Saved:
            why = typed.get("reason")
            return event_outcomes.set_status(desk, item.id, status, on=of_series(item), scope=scope, reason=why)

        fields = (Asked("reason", "Why", "may stay empty"),)
        await self.finish(await self.app.push_screen_wait(FieldsModal(f"{title}: {subject(item)}", fields, change)))

    @work(group="dialog")
    async def action_remove(self) -> None:
        """Put it, or a part of the series, into the trash; a task, too."""
        from sfa.services import event_changes  # noqa: PLC0415 - each verb imports its own
        from sfa.services.event_targets import Scope  # noqa: PLC0415 - each verb imports its own

        found = self.target()
        if isinstance(found, DueTask):
            await self.remove_records("task", [found.id])
            return
        item = self._event()
        scope = await self._scope(item, "Remove") if item else None
        if item is None or scope is None:
            return
        # An instance that is a record of its own is called off, so that the series does not bring it back.
        whole = scope if item.is_repeating else Scope.ALL
        await self.save(lambda desk: event_changes.remove(desk, item.id, on=of_series(item), scope=whole))

    @work(group="dialog")
    async def action_edit(self) -> None:
        """Edit it in a form."""
        from screens.calendar.dialogs import EventForm  # noqa: PLC0415 - each verb imports its own

        found = self.target()
        if isinstance(found, DueTask):
            from screens.modals.form import FormModal, FormSpec  # noqa: PLC0415 - only for tasks

            await self.finish(await self.app.push_screen_wait(FormModal(FormSpec("task", [found.id]))))
            return
        item = self._event()
        scope = await self._scope(item, "Edit") if item else None
        if item is not None and scope is not None:
            await self.finish(await self.app.push_screen_wait(EventForm(item, scope)))

    @work(group="dialog")
    async def action_new_event(self) -> None:
        """Open an empty form with the time of the cursor."""
        from screens.calendar.dialogs import NewEventForm  # noqa: PLC0415 - each verb imports its own

        minute = self.cursor.minute
        day = self.cursor.day.isoformat()
        starts = day if minute is None else f"{day}T{minute // 60:02d}:{minute % 60:02d}"
        await self.finish(await self.app.push_screen_wait(NewEventForm(starts, {})))


def _typed(desk: Desk, item: Appointment, starts: datetime) -> str:
    """Return a beginning in the viewer's wall time as the appointment's own zone has it."""
    if item.is_all_day:
        return str(starts.date())
    own = starts.replace(tzinfo=desk.store.clock.zone()).astimezone(item.starts.tzinfo)
    return f"{own:%Y-%m-%dT%H:%M}"
