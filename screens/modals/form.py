"""A form over any noun, or over some of its fields: completion of names, errors beside what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.suggester import Suggester, SuggestFromList
from textual.widgets import Input, Label, Static, TextArea

from screens.modals.base import DeskModal
from screens.modals.choose import ChooseModal
from screens.modals.form_questions import BACK, SAVE, doubts
from screens.modals.prompt import PromptModal
from screens.safe import safe
from sfa.domain.fields import NOUNS, FieldSpec
from sfa.domain.text import clean
from sfa.errors import SfaError
from sfa.services import listing, references
from sfa.services.consent import with_reason
from sfa.services.desk import Desk, Saved
from sfa.services.records import verbs_of

SUGGESTED = 1
WIDEST = 110
FRAME = 34
"""Cells of a dialog that no field has: borders, padding, labels."""

EXAMPLES = {"day": "friday, +3d, 12 march, eom, 2026-12-31", "money": "40k, 12,500 EUR, 20万", "percent": "60 %"}


@dataclass(frozen=True, slots=True)
class FormSpec:
    """What a form is about.

    Attributes:
        noun: whose fields it shows.
        ids: the records that it edits; none, and it adds one.
        title: what stands in its border.
        only: the fields shown, in this order; none, and all are.
        presets: what stands in the fields at first.
        fixed: values that are written along and not shown.
    """

    noun: str
    ids: Sequence[str] = ()
    title: str = ""
    only: Sequence[str] = ()
    presets: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, object] = field(default_factory=dict)

    @property
    def fields(self) -> list[FieldSpec]:
        """The fields shown."""
        known = NOUNS[self.noun].fields
        return [known[name] for name in self.only or known]

    @property
    def words(self) -> str:
        """The title."""
        return self.title or f"{'Edit' if self.ids else 'Add'} {self.noun.replace('_', ' ')}"


class ReferenceSuggester(Suggester):
    """Completes the name of a record of one noun."""

    def __init__(self, modal: "FormModal", noun: str) -> None:
        super().__init__(use_cache=False, case_sensitive=False)
        self._modal = modal
        self._noun = noun

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins with what was typed."""
        found = await self._modal.ask(lambda desk: references.candidates(desk, self._noun, value, SUGGESTED))
        label = clean(found[0].label) if found else ""
        if not label.casefold().startswith(value.casefold()):
            return None
        return value + label[len(value) :]


class FormModal(DeskModal[Saved]):
    """Adds a record, or edits some; only fields that were changed are written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", tooltip="Save the record", id="form.save"),
        Binding("down", "app.focus_next", "Next field", show=False, tooltip="Go to the next field", id="form.next"),
        Binding("up", "app.focus_previous", "Before", show=False, tooltip="Go to the field before", id="form.previous"),
    ]
    DEFAULT_CSS = """
    FormModal {
        & #fields { layout: grid; grid-size: 2; grid-columns: 20 1fr; grid-rows: auto; }
        & #fields Label { color: $text-muted; }
        & #fields TextArea { height: 4; min-height: 4; border: none; border-left: outer $border-blurred; padding: 0 1; }
        & #fields TextArea:focus { border-left: outer $border; background: $boost; }
    }
    """

    def __init__(self, spec: FormSpec) -> None:
        super().__init__()
        self._spec = spec
        self._before: dict[str, str] = {}
        self._warnings: tuple[str, ...] = ()
        self.is_filled = len(spec.ids) != 1

    def compose(self) -> ComposeResult:
        """Lay out a line for each field."""
        with Vertical(classes="dialog -wide -form") as dialog:
            dialog.border_title = safe(self._spec.words)
            dialog.border_subtitle = "ctrl+s or enter saves · tab next · esc leaves"
            with VerticalScroll(id="fields", can_focus=False):
                for spec in self._spec.fields:
                    yield Label(spec.label + (" *" if spec.is_required else ""))
                    yield self._field(spec)
            yield Static("", id="problem", classes="problem")

    def _field(self, spec: FieldSpec) -> Input | TextArea:
        preset = self._spec.presets.get(spec.name, "")
        if spec.kind == "multiline":
            return TextArea(preset, id=f"field-{spec.name}", tab_behavior="focus", soft_wrap=True)
        hint = spec.hint or EXAMPLES.get(spec.kind) or self._choices(spec) or _names_of(spec.target)
        return Input(preset, placeholder=hint, suggester=self._suggester(spec), id=f"field-{spec.name}")

    def _choices(self, spec: FieldSpec) -> str:
        """Return as many whole choices as the field has room for; a wrong one is answered with all of them."""
        room = min(self.app.size.width, WIDEST) - FRAME
        shown = list(spec.choices)
        while shown and cell_len(", ".join(shown)) > room - 3 * (len(shown) < len(spec.choices)):
            shown.pop()
        return ", ".join(shown) + (", …" if len(shown) < len(spec.choices) else "")

    def _suggester(self, spec: FieldSpec) -> Suggester | None:
        if spec.target:
            return ReferenceSuggester(self, spec.target)
        return SuggestFromList(spec.choices, case_sensitive=False) if spec.choices else None

    async def on_mount(self) -> None:
        """Fill in what the record holds; of several, nothing: they differ."""
        if self.is_filled:
            return
        before = await self.ask(lambda desk: listing.editable(desk, self._spec.noun, self._spec.ids[0]))
        for spec in self._spec.fields:
            self._put(spec.name, (before or {}).get(spec.name, ""))
            self._before[spec.name] = self._typed(spec.name)
        self.is_filled = True

    def _put(self, name: str, text: str) -> None:
        place = self.query_one(f"#field-{name}")
        if isinstance(place, TextArea):
            place.load_text(text)
        elif isinstance(place, Input):
            place.value = text

    def _typed(self, name: str) -> str:
        place = self.query_one(f"#field-{name}")
        return place.text if isinstance(place, TextArea) else place.value if isinstance(place, Input) else ""

    @on(Input.Submitted)
    async def submit(self) -> None:
        """Save on enter, from any field of one line."""
        await self.action_save()

    async def action_save(self) -> None:
        """Write what was changed, or say what is wrong; what was typed stays."""
        if missing := self._missing():
            self.show_problem(f"{missing.label} is needed.")
            self.query_one(f"#field-{missing.name}").focus()
            return
        values = self._changed()
        if not values and self._spec.ids:
            self.dismiss(None)
            return
        if not self._spec.ids and not await self._is_unquestioned({**self._spec.fixed, **values}):
            return
        await self._save(values)

    async def _save(self, values: Mapping[str, object]) -> None:
        saved = await self.ask(lambda desk: self._write(desk, values))
        if saved is not None:
            said = "; ".join([saved.summary, *self._warnings]).rstrip(".")
            self.dismiss(replace(saved, summary=said))

    async def _is_unquestioned(self, values: Mapping[str, object]) -> bool:
        """Tell whether nothing speaks against adding the record; where something does, ask."""
        found = await self.ask(lambda desk: doubts(desk, self._spec.noun, values))
        if found is None:
            return False
        self._warnings = found.warnings
        if found.doubles:
            self.app.push_screen(ChooseModal("It looks like one that is there", found.choices), self._take_choice)
        elif found.refusal:
            asking = PromptModal("Why, against their word?", self._write_with_reason, hint=found.refusal)
            self.app.push_screen(asking, self._take_saved)
        return not (found.doubles or found.refusal)

    async def _take_choice(self, choice: str | None) -> None:
        """Open the record that is there, save this one all the same, or go back to the form."""
        if choice == SAVE:
            await self._save(self._changed())
        elif choice and choice != BACK:
            self.dismiss(None)
            self.desk_app.open_hit((self._spec.noun, choice))

    def _write_with_reason(self, desk: Desk, reason: str) -> Saved:
        return self._write(desk, with_reason(self._changed(), reason))

    def _take_saved(self, saved: Saved | None) -> None:
        if saved is not None:
            self.dismiss(saved)

    def _missing(self) -> FieldSpec | None:
        """Return the first field that must not be empty and is; of several records, none need be given."""
        needed = (spec for spec in self._spec.fields if spec.is_required and len(self._spec.ids) <= 1)
        return next((spec for spec in needed if not self._typed(spec.name).strip()), None)

    def words_for(self, error: SfaError) -> str:
        """Go to the field at fault, which a sentence about it begins with."""
        for spec in self._spec.fields:
            if error.message.startswith(f"{spec.label}:"):
                self.query_one(f"#field-{spec.name}").focus()
        return super().words_for(error)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def forget_problem(self) -> None:
        """What was wrong is being mended."""
        self.show_problem("")

    def _changed(self) -> dict[str, object]:
        typed = {spec.name: self._typed(spec.name) for spec in self._spec.fields}
        return {
            name: text.strip() or None
            for name, text in typed.items()
            if text != self._before.get(name, "") and (text.strip() or self._spec.ids)
        }

    def _write(self, desk: Desk, values: Mapping[str, object]) -> Saved:
        verbs = verbs_of(self._spec.noun)
        if self._spec.ids:
            return verbs.edit(desk, self._spec.ids, values)
        return verbs.add(desk, {**self._spec.fixed, **values})


def _names_of(noun: str | None) -> str:
    if noun is None:
        return ""
    return f"name of {'an' if noun[0] in 'aeiou' and noun != 'user' else 'a'} {noun.replace('_', ' ')}"
