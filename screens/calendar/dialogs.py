"""The calendar's dialogs: which of a series is meant, a few fields, the form of an appointment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from screens.calendar.cursor import of_series
from screens.modals.base import DeskModal
from screens.modals.form import FormModal, FormSpec
from screens.safe import safe
from sfa.domain.fields import NOUNS
from sfa.errors import NotAllowedError
from sfa.services import consent, event_changes
from sfa.services.agenda import Appointment
from sfa.services.desk import Desk, Saved
from sfa.services.event_entry import add_event
from sfa.services.event_targets import Scope

CHOICES = ((Scope.THIS, "t", "This one"), (Scope.FOLLOWING, "f", "This and following"), (Scope.ALL, "a", "All of them"))
SHOWN = (
    "subject", "starts", "ends", "kind", "account", "contact", "opportunity", "place", "repeats", "reminders",
    "attendees", "zone", "url", "busy", "privacy", "note",
)  # fmt: skip
EXAMPLES = {
    "starts": "tue 10:00, 12 march 9-10:30, every monday 9:00",
    "ends": "11:30, 90 min, friday",
    "repeats": "every monday, monthly, RRULE:...",
    "reminders": "1 day, 15min",
    "attendees": "Jane Doe (accepted), bob@acme.com",
    "zone": "Europe/Berlin; empty: yours",
}
ADD_HINT = "or all of it, as for quick entry: demo at Acme tue 10:00"


class ScopeModal(DeskModal[Scope]):
    """Asks how much of a series is meant, one key each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"take('{scope}')", words, tooltip=words, id=f"scope.{scope}") for scope, key, words in CHOICES
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = safe(self._question)
            dialog.border_subtitle = "one key, or enter · esc leaves"
            yield OptionList(*(Option(f"{key}  {words}", id=scope.value) for scope, key, words in CHOICES))

    def action_take(self, scope: str) -> None:
        """Answer."""
        self.dismiss(Scope(scope))

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Answer with the line taken."""
        self.dismiss(Scope(event.option_id or Scope.THIS))


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a dialog: its name, what stands before it, what may be typed."""

    name: str
    label: str
    hint: str = ""
    choices: Sequence[str] = ()


class FieldsModal(DeskModal[Saved]):
    """A few lines, written together; what cannot be read says why, and what was typed stays.

    Args:
        title: what stands in the border.
        fields: what is asked.
        work: writes what was typed, by name, the empty ones left out.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "Next field", show=False, tooltip="Go to the next field", id="fields.next"),
        Binding("up", "app.focus_previous", "Before", show=False, tooltip="Go to the field before", id="fields.before"),
    ]
    DEFAULT_CSS = """
    FieldsModal {
        & .row { height: auto; }
        & .row Label { width: 12; color: $text-muted; }
        & .row Input { width: 1fr; }
    }
    """

    def __init__(self, title: str, fields: Sequence[Asked], work: Callable[[Desk, Mapping[str, str]], Saved]) -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._work = work

    def compose(self) -> ComposeResult:
        """Lay out a line for each field."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = safe(self._title)
            dialog.border_subtitle = "enter saves · tab next · esc leaves"
            for asked in self._fields:
                suggester = SuggestFromList(asked.choices, case_sensitive=False) if asked.choices else None
                with Horizontal(classes="row"):
                    yield Label(asked.label)
                    yield Input(placeholder=asked.hint, suggester=suggester, id=f"field-{asked.name}")
            yield Static("", id="problem", classes="problem")

    @on(Input.Submitted)
    async def answer(self) -> None:
        """Do the work with what was typed."""
        typed = {asked.name: self.query_one(f"#field-{asked.name}", Input).value.strip() for asked in self._fields}
        given = {name: text for name, text in typed.items() if text}
        saved = await self.ask(lambda desk: self._work(desk, given))
        if saved is not None:
            self.dismiss(saved)

    @on(Input.Changed)
    def forget_problem(self) -> None:
        """What was wrong is being mended."""
        self.show_problem("")


class EventForm(FormModal):
    """The form of an appointment that is there: of a series, of the part that is meant."""

    def __init__(self, item: Appointment, scope: Scope) -> None:
        only = [name for name in SHOWN if scope is not Scope.THIS or name != "repeats" or not item.is_repeating]
        super().__init__(FormSpec("event", [item.id], "Edit appointment", only))
        self._item = item
        self._scope = scope

    async def on_mount(self) -> None:
        """Fill in what the record holds; where one instance is meant, its own times."""
        await super().on_mount()
        _put_examples(self)
        if of_series(self._item) and self._scope is not Scope.ALL:
            item = self._item
            for name, moment in (("starts", item.starts), ("ends", item.ends)):
                text = str(moment.date()) if item.is_all_day else f"{moment:%Y-%m-%dT%H:%M}"
                self._put(name, text)
                self._before[name] = text

    def _write(self, desk: Desk, values: Mapping[str, object]) -> Saved:
        try:
            consent.heed_change(desk, "event", [self._item.id], values)
        except NotAllowedError as error:
            raise NotAllowedError(error.message, hint="To insist: sfa event edit --force and the reason.") from error
        return event_changes.change(desk, self._item.id, values, on=of_series(self._item), scope=self._scope)


class NewEventForm(FormModal):
    """The form of a new appointment; its first line takes the words of quick entry, too."""

    def __init__(self, starts: str, presets: Mapping[str, str]) -> None:
        only = [name for name in SHOWN if name not in ("privacy", "busy")]
        super().__init__(FormSpec("event", (), "New appointment", only, {"starts": starts, **presets}))
        self._starts = starts

    async def on_mount(self) -> None:
        """Say what may be typed."""
        await super().on_mount()
        _put_examples(self)
        self.query_one("#field-subject", Input).placeholder = ADD_HINT

    def _changed(self) -> dict[str, object]:
        return {**super()._changed(), "starts": self._typed("starts").strip()}

    def _write(self, desk: Desk, values: Mapping[str, object]) -> Saved:
        return add_event(desk, values, slot=self._starts)


def _put_examples(form: FormModal) -> None:
    for name, words in EXAMPLES.items():
        for place in form.query(f"#field-{name}").results(Input):
            place.placeholder = words


def done_fields() -> tuple[Asked, ...]:
    """Return what is asked when an appointment was held, and nothing else."""
    outcomes = NOUNS["activity"].fields["outcome"].choices
    return (
        Asked("outcome", "Outcome", ", ".join(outcomes), outcomes),
        Asked("note", "Note", "what was said"),
        Asked("next_step", "Next step", "with its day: send the quote friday"),
    )
