"""The dialog that configures a bundle: groups, their options, and what comes of the choices."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.configure.words import group_line, option_line, outcome
from screens.modals.base import DeskModal
from screens.safe import safe
from sfa.domain.configurator.advice import exchangeable, taken
from sfa.domain.configurator.configuration import Choice, Configuration, Prices
from sfa.domain.configurator.wording import bounds_words, consequence, price_words
from sfa.services import configuring
from sfa.services.configuring import Bundle
from sfa.services.desk import Desk

REPAIRS = "abcde"
DIGITS = 4
"""As many as the largest quantity has."""


class ConfigureDialog(DeskModal[Configuration]):
    """Asks for the options of a bundle; the answer is the configuration, valid or not.

    Args:
        bundle: its rules.
        choices: what is chosen at first, by option.
        prices: what products cost, given the desk.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose", tooltip="Choose or take back", id="configure.choose"),
        Binding("right,tab", "turn(1)", "Next group", tooltip="Go to the next group", id="configure.next"),
        Binding("left,shift+tab", "turn(-1)", "Before", tooltip="Go to the group before", id="configure.before"),
        Binding("f", "complete", "Fill up", tooltip="Add what makes it valid", id="configure.complete"),
        Binding("ctrl+s", "take", "Take it", tooltip="Take the parts as they are", id="configure.take"),
        Binding("pagedown", "scroll(1)", "Down", priority=True, tooltip="Parts further down", id="configure.down"),
        Binding("pageup", "scroll(-1)", "Up", priority=True, tooltip="Parts further up", id="configure.up"),
        *(
            Binding(key, f"repair({at})", f"Repair {key}", tooltip=f"Do repair {key}", id=f"configure.repair-{key}")
            for at, key in enumerate(REPAIRS)
        ),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-broad")]  # noqa: RUF012 - as Textual declares it
    CSS = """
    ConfigureDialog {
        & .dialog { width: 100%; max-width: 140; height: 100%; max-height: 40; padding: 0 1; }
        & #choosing { width: 3fr; }
        & #groups { width: 22; max-height: 100%; margin: 0 1 0 0; height: 100%; }
        & #options { width: 1fr; max-height: 100%; margin: 0; height: 100%; }
        & #body { height: 1fr; }
        & #outcome { width: 2fr; height: 100%; max-height: 100%; border-left: solid $border-blurred; padding: 0 1; }
        & #about { margin: 0; height: 2; }
        &.-narrow #body { layout: vertical; }
        &.-narrow #choosing { width: 100%; height: 1fr; }
        &.-narrow #groups { width: 20; }
        &.-narrow #outcome {
            width: 100%; height: 1fr; border-left: none; border-top: solid $border-blurred; padding: 0;
        }
    }
    """

    def __init__(
        self,
        bundle: Bundle,
        choices: Mapping[str, int] | None = None,
        prices: Callable[[Desk], Prices] = configuring.book_prices,
    ) -> None:
        super().__init__()
        self._bundle = bundle
        self._choices = dict(choices or {})
        self._prices = prices
        self._group = 0
        self._typed = ("", "")
        self._swaps: set[str] = set()
        self._made: Configuration | None = None

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = safe(self._bundle.model.name)
            dialog.border_subtitle = "enter chooses · 2 sets 2 · ←→ group · f fills up · ctrl+s takes"
            with Horizontal(id="body"):
                with Horizontal(id="choosing"):
                    groups = OptionList(id="groups")
                    groups.can_focus = False
                    yield groups
                    yield OptionList(id="options")
                with VerticalScroll(id="outcome", can_focus=False):
                    yield Static("", id="result")
            yield Static("", id="about", classes="hint")
            yield Static("", id="problem", classes="problem")

    async def on_mount(self) -> None:
        """Show the first group."""
        self.show_problem("")
        self.query_one("#options", OptionList).focus()
        await self._follow(self._choices)

    async def _follow(self, choices: dict[str, int]) -> None:
        """Take over choices and show what follows from them; what cannot be read changes nothing."""
        group = self._bundle.model.groups[self._group]

        def work(desk: Desk) -> tuple[Configuration, set[str]]:
            made = configuring.configure(self._bundle, choices, self._prices(desk))
            return made, exchangeable(self._bundle, made.choices, group.id)

        found = await self.ask(work)
        if found is not None:
            self._choices = choices
            self._made, self._swaps = found
            self._show(self._made)

    def _show(self, made: Configuration) -> None:
        model = self._bundle.model
        groups, options = self.query_one("#groups", OptionList), self.query_one("#options", OptionList)
        with self.prevent(OptionList.OptionHighlighted):
            groups.clear_options()
            groups.add_options(Option(safe(group_line(group, made))) for group in model.groups)
            groups.highlighted = self._group
            at = options.highlighted or 0
            options.clear_options()
            options.add_options(
                Option(safe(option_line(choice, self._swaps)), id=choice.option) for choice in self._shown(made)
            )
        options.highlighted = min(at, options.option_count - 1) if options.option_count else None
        bounds = bounds_words(model.groups[self._group])
        options.border_title = safe(bounds)
        self.query_one("#result", Static).update(outcome(made, REPAIRS))

    def _shown(self, made: Configuration) -> list[Choice]:
        group = self._bundle.model.groups[self._group].id
        return [choice for choice in made.remaining if choice.group == group and not choice.is_hidden]

    @property
    def _choice(self) -> Choice | None:
        """The option under the cursor."""
        at = self.query_one("#options", OptionList).highlighted
        shown = self._shown(self._made) if self._made else []
        return shown[at] if at is not None and at < len(shown) else None

    @on(OptionList.OptionHighlighted, "#options")
    async def tell_about(self) -> None:
        """Say what the option under the cursor costs, and what it would rule out or why it cannot be had."""
        made, choice, swaps = self._made, self._choice, self._swaps
        if made is None or choice is None:
            return

        def work(desk: Desk) -> str:
            price = price_words(self._bundle, choice, self._prices(desk))
            return " · ".join(filter(None, [price, consequence(self._bundle, made, choice, swaps)]))

        words = await self.ask(work)
        if self.is_attached:
            self.query_one("#about", Static).update(safe(words or ""))

    @on(OptionList.OptionSelected, "#options")
    async def choose_selected(self) -> None:
        """Choose the option, or take it back."""
        await self.action_choose()

    @on(OptionList.OptionSelected, "#groups")
    async def go_to_group(self, event: OptionList.OptionSelected) -> None:
        """Show the group that was clicked."""
        await self.action_turn(event.option_index - self._group)

    async def action_choose(self) -> None:
        """Choose the option under the cursor, or take it back."""
        if choice := self._choice:
            usual = self._bundle.model.options[self._bundle.model.at[choice.option]].usual
            await self._set(choice, 0 if choice.quantity else usual)

    async def _set(self, choice: Choice, quantity: int) -> None:
        await self._follow(taken(self._bundle.model, self._choices, choice.option, quantity))

    async def action_turn(self, steps: int) -> None:
        """Go to another group."""
        self._group = (self._group + steps) % len(self._bundle.model.groups)
        self.query_one("#options", OptionList).highlighted = 0
        await self._follow(self._choices)

    async def on_key(self, event: events.Key) -> None:
        """Digits set the quantity of the option under the cursor; backspace takes the last one back."""
        choice = self._choice
        if choice is None:
            return
        before = self._typed[1] if self._typed[0] == choice.option else ""
        if not (event.key.isdecimal() or (event.key == "backspace" and before)):
            return
        event.stop()
        typed = before[:-1] if event.key == "backspace" else (before + event.key)[-DIGITS:]
        self._typed = (choice.option, typed)
        await self._set(choice, int(typed or "0"))

    async def action_repair(self, number: int) -> None:
        """Do a repair of the first violation."""
        repairs = self._made.violations[0].repairs if self._made and self._made.violations else ()
        if number < len(repairs):
            repair = repairs[number]
            await self._follow({**self._choices, repair.option: repair.quantity})

    async def action_complete(self) -> None:
        """Add what makes the list valid, or say why nothing does."""
        made = await self.ask(lambda _desk: configuring.complete(self._bundle, self._choices))
        if made is not None:
            await self._follow(made)

    def action_scroll(self, pages: int) -> None:
        """Show more of the parts."""
        panel = self.query_one("#outcome", VerticalScroll)
        panel.scroll_relative(y=pages * panel.size.height, animate=False)

    def action_take(self) -> None:
        """Answer with what is configured."""
        self.dismiss(self._made)
