"""A form over any noun: one line per field, completion of names, errors beside what is wrong."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.suggester import SuggestFromList, Suggester
from textual.widgets import Input, Label, Static

from screens.modals.base import DeskModal
from screens.safe import safe
from sfa.domain.fields import NOUNS, FieldSpec
from sfa.services import listing, references
from sfa.services.desk import Desk, Saved
from sfa.services.records import verbs_of

SUGGESTED = 1
FIRST = ("name", "subject", "body")


class ReferenceSuggester(Suggester):
    """Completes the name of a record of one noun."""

    def __init__(self, modal: "FormModal", noun: str) -> None:
        super().__init__(use_cache=False, case_sensitive=False)
        self._modal = modal
        self._noun = noun

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins with what was typed."""
        found = await self._modal.ask(lambda desk: references.candidates(desk, self._noun, value, SUGGESTED))
        if not found or not found[0].label.casefold().startswith(value.casefold()):
            return None
        return value + found[0].label[len(value) :]


class FormModal(DeskModal[Saved]):
    """Adds a record, or edits one; only fields that were changed are written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", tooltip="Save the record", id="form.save"),
        Binding("down", "app.focus_next", "Next field", show=False, id="form.next"),
        Binding("up", "app.focus_previous", "Field before", show=False, id="form.previous"),
    ]
    DEFAULT_CSS = """
    FormModal {
        & .row { height: 1; }
        & .row Label { width: 20; color: $text-muted; }
        & .row Input { width: 1fr; }
        & VerticalScroll { height: auto; max-height: 24; }
    }
    """

    def __init__(self, noun: str, record_id: str | None = None, presets: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._noun = NOUNS[noun]
        self._record_id = record_id
        self._before: dict[str, str] = dict(presets or {})

    def compose(self) -> ComposeResult:
        """Lay out a line for each field."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = f"{'Edit' if self._record_id else 'Add'} {self._noun.name}"
            dialog.border_subtitle = "ctrl+s or enter saves · tab next · esc leaves"
            with VerticalScroll():
                for spec in self._noun.fields.values():
                    with Horizontal(classes="row"):
                        yield Label(spec.label + (" *" if spec.is_required else ""))
                        yield self._input(spec)
            yield Static("", id="problem", classes="problem")

    def _input(self, spec: FieldSpec) -> Input:
        hints = {"day": "friday, 12 march, 2026-12-31", "money": "40k, 12,500 EUR", "percent": "60 %"}
        if spec.target:
            suggester: Suggester | None = ReferenceSuggester(self, spec.target)
        elif spec.choices:
            suggester = SuggestFromList(spec.choices, case_sensitive=False)
        else:
            suggester = None
        hint = hints.get(spec.kind) or ", ".join(spec.choices) or (f"name of a {spec.target}" if spec.target else "")
        return Input(self._before.get(spec.name, ""), placeholder=hint, suggester=suggester, id=f"field-{spec.name}")

    async def on_mount(self) -> None:
        """Fill in what the record holds."""
        if self._record_id is None:
            return
        record_id = self._record_id
        before = await self.ask(lambda desk: listing.editable(desk, self._noun.name, record_id))
        for name, text in (before or {}).items():
            if name in self._noun.fields:
                self._before[name] = text
                self.query_one(f"#field-{name}", Input).value = text

    @on(Input.Submitted)
    async def submit(self) -> None:
        """Save on enter, from any field."""
        await self.action_save()

    async def action_save(self) -> None:
        """Write what was changed, or say what is wrong; what was typed stays."""
        values = self._changed()
        if not values and self._record_id:
            self.dismiss(None)
            return
        saved = await self.ask(lambda desk: self._write(desk, values))
        if saved is not None:
            self.dismiss(saved)

    def _changed(self) -> dict[str, object]:
        values: dict[str, object] = {}
        for name in self._noun.fields:
            text = self.query_one(f"#field-{name}", Input).value.strip()
            is_preset = self._record_id is None and bool(text)
            if is_preset or text != self._before.get(name, "").strip():
                values[name] = text or None
        return values

    def _write(self, desk: Desk, values: Mapping[str, object]) -> Saved:
        if self._record_id is None:
            return verbs_of(self._noun.name).add(desk, values)
        return verbs_of(self._noun.name).edit(desk, [self._record_id], values)
