"""What is done to the lines of a quote, at the sheet: add, type cells, reorder, choose, configure, remove."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import BindingType
from textual.widgets import Input

from screens.base import DeskScreen, bindings
from screens.modals.choose import ChooseModal
from screens.quotes.cell import CellLine
from screens.quotes.dialogs import AddLinesDialog
from screens.quotes.typed import free_line
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.errors import ConflictError
from sfa.services import quote_headers, quote_lines
from sfa.services.desk import Desk, Saved
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_reading import LineView, QuoteView
from sfa.services.quote_sheet import Meant

LINE_VERBS = (
    Command("line.add", "Add products", "add_lines", "a", "Type quantity and part of a name: 12 pressure", is_shown=True, label="Add"),
    Command("line.quantity", "Quantity", "cell('quantity')", "n", "Of this line, or of the marked ones", is_shown=True, label="Qty"),
    Command("line.discount", "Discount", "cell('discount')", "d", "10%, 5 EUR a unit; empty for none", is_shown=True, label="Discount"),
    Command("line.price", "Net price", "cell('price')", "p", "To arrive at; empty for the usual one", is_shown=True, label="Price"),
    Command("line.whole", "Discount of the whole quote", "cell('header')", "percent_sign", "5%, or 120 EUR; none takes it away"),
    Command("line.charge", "Charge on the whole quote", "cell('charge')", "F", "Freight, say: 40 EUR"),
    Command("line.insert", "Insert products here", "insert_lines", "i", "Behind this line, in its section"),
    Command("line.free", "Line without a product", "cell('free')", "f", "2 Installation = 250"),
    Command("line.text", "Words between lines", "cell('text')", "t", "A line of text behind this one"),
    Command("line.section", "Section", "cell('section')", "h", "A heading with a subtotal behind this line"),
    Command("line.more", "More of the line", "more", "m", "Description, delivery, periods, tax, note"),
    Command("line.role", "Optional, alternative, chosen", "role", "o", "Whether the line counts"),
    Command("line.up", "Move up", "move(-1)", "K,shift+up", "One place up; a bundle with its parts"),
    Command("line.down", "Move down", "move(1)", "J,shift+down", "One place down"),
    Command("line.configure", "Configure a bundle", "configure", "c", "A new one, or the one on this line"),
    Command("line.remove", "Take lines out", "remove_lines", "delete,D,x", "This line, or the marked ones"),
)  # fmt: skip
CELLS: Final = {
    "quantity": ("Quantity", "12, or 2.5"),
    "discount": ("Discount", "10%, or 5 EUR a unit, or 10%+5%; empty takes it away"),
    "price": ("Net price", "the price to arrive at; empty for the usual one"),
    "header": ("Discount of the whole quote", "5%, or 120 EUR; none takes it away"),
    "charge": ("Charge on the whole quote", "40 EUR; none takes it away"),
    "free": ("Line without a product", "2 Installation = 250"),
    "text": ("Text", "words between the lines"),
    "section": ("Section", "the heading; a subtotal follows it"),
    "description": ("Description", "words on the line"),
    "delivery": ("Delivery", "a day, such as +14d"),
    "periods": ("Periods", "12 months"),
    "tax": ("Tax", "the code of a tax"),
    "unit": ("Unit", "of the quantity"),
    "partner": ("Partner's discount", "10%"),
    "choice": ("Alternative for", "what it is one of several for, such as Colour"),
    "note": ("Note", "for ourselves; not printed"),
}
OF_LINES: Final = (
    "quantity",
    "discount",
    "price",
    "description",
    "delivery",
    "periods",
    "tax",
    "unit",
    "partner",
    "note",
)
OF_NEW: Final = ("free", "text", "section")
MORE: Final = ("description", "delivery", "periods", "tax", "unit", "partner", "note")
ROLES: Final = (
    ("normal", "Normal: it counts"),
    ("optional", "Optional: it counts once the customer takes it"),
    ("alternative", "Alternative: one of several"),
    ("chosen", "Chosen: an optional or alternative line counts"),
    ("left", "Not chosen"),
)


class LineVerbs(DeskScreen):
    """A sheet with lines; subclasses hold what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LINE_VERBS)
    shown: QuoteView | None = None

    def quote_meant(self) -> Meant:
        """Return the version that is edited."""
        raise NotImplementedError

    @property
    def lines_table(self) -> RecordTable:
        """The lines."""
        return self.query_one("#lines", RecordTable)

    @property
    def line(self) -> LineView | None:
        """The line under the cursor."""
        key = self.lines_table.cursor_key
        return next((one for one in self.shown.lines if one.id == key), None) if self.shown and key else None

    def positions(self) -> list[int]:
        """Return the numbers of the lines that a verb is for: the marked ones, else the one under the cursor."""
        marks = self.lines_table.marks
        marked = [one.position for one in self.shown.lines if one.id in marks] if self.shown and marks else []
        return marked or ([self.line.position] if self.line else [])

    def may_edit(self) -> bool:
        """Tell whether the version can be changed; where it cannot, say what can be done."""
        found = self.shown
        if found is not None and "edit" in found.possible:
            return True
        if found is not None:
            way = "Press > to revise or copy it." if found.state != "accepted" else "Press > to order or copy it."
            self.show_error(
                ConflictError(f"{found.number} is {found.state.replace('_', ' ')}: it stays as it is.", hint=way)
            )
        return False

    @work(group="dialog")
    async def action_add_lines(self) -> None:
        """Add products at the end by typing."""
        await self._add_at(None)

    @work(group="dialog")
    async def action_insert_lines(self) -> None:
        """Add products behind the line under the cursor."""
        await self._add_at(self._behind())

    async def _add_at(self, place: int | None) -> None:
        if not self.may_edit():
            return
        before = self.lines_table.row_count
        await self.finish(await self.app.push_screen_wait(AddLinesDialog(self.quote_meant(), place)))
        added = self.lines_table.row_count - before
        if added:
            self.lines_table.move_to((place or before + 1) + added - 2)

    def _behind(self) -> int | None:
        """Return the place behind the line under the cursor and its parts; None at the end."""
        line, found = self.line, self.shown
        if line is None or found is None:
            return None
        head = line.part_of or line.position
        last = max(one.position for one in found.lines if head in (one.position, one.part_of))
        return last + 1 if last < len(found.lines) else None

    def action_cell(self, what: str) -> None:
        """Type one cell of the line, or what is new behind it."""
        if not self.may_edit():
            return
        if what in OF_LINES and self.line is None:
            self.desk_app.tell("There is no line here. Press a to add one.", severity="warning")
            return
        label, hint = CELLS[what]
        if what in OF_LINES and self.line is not None:
            count = len(self.positions())
            label += f" of {count} lines" if count > 1 else f" of line {self.line.position}"
        self.query_one(CellLine).open(what, label, self._value(what), hint)

    def _value(self, what: str) -> str:
        """Return what stands in a cell at first."""
        line = self.line
        if what == "header":
            whole = (
                [one for one in self.shown.allowances if one.line is None and not one.is_charge] if self.shown else []
            )
            return _allowance(whole[0].percent_ppm, str(whole[0].amount or "")) if whole else ""
        if line is None or what not in ("quantity", "description", "unit", "note", "delivery"):
            return ""
        return str(getattr(line, what) or "")

    def action_close_cell(self) -> None:
        """Leave the cell as it was."""
        self.query_one(CellLine).close()
        self.lines_table.focus()

    @on(Input.Submitted, "#cell")
    async def save_cell(self, event: Input.Submitted) -> None:
        """Save what was typed; what cannot be stays in the field, with the reason."""
        cell = self.query_one(CellLine)
        what, text, meant = cell.what, event.value.strip(), self.quote_meant()
        places, behind = self.positions(), self._behind()
        saved = await self.save(lambda desk: _typed(desk, meant, what, text, (places, behind)))
        if saved is not None:
            self.action_close_cell()

    @work(group="dialog")
    async def action_more(self) -> None:
        """Choose another cell of the line, and type it."""
        if self.may_edit() and self.line is not None:
            choices = [(name, f"{CELLS[name][0]}: {CELLS[name][1]}") for name in MORE]
            chosen = await self.app.push_screen_wait(ChooseModal("More of the line", choices))
            if chosen:
                self.call_later(self.action_cell, chosen)

    @work(group="dialog")
    async def action_role(self) -> None:
        """Choose whether lines count."""
        places = self.positions()
        if not places or not self.may_edit():
            return
        chosen = await self.app.push_screen_wait(ChooseModal("The line is", ROLES))
        if chosen == "alternative":
            self.call_later(self.query_one(CellLine).open, "choice", *_of("choice"))
        elif chosen:
            is_chosen = {"chosen": True, "left": False}.get(chosen)
            text = LineText(role=chosen if is_chosen is None else None, is_chosen=is_chosen)
            await self._edit(places, text)

    async def _edit(self, places: Sequence[int], text: LineText) -> None:
        meant = self.quote_meant()
        await self.save(lambda desk: quote_lines.edit(desk, meant, places, text))

    async def action_move(self, step: int) -> None:
        """Move the line past its neighbour; a bundle goes with its parts, past whole bundles."""
        line, found = self.line, self.shown
        if line is None or found is None or not self.may_edit():
            return
        place = place_after_move(found.lines, line, step)
        if place is not None:
            meant = self.quote_meant()
            await self.save(lambda desk: quote_lines.move(desk, meant, line.position, place))

    async def action_remove_lines(self) -> None:
        """Take lines out; u brings them back."""
        places = self.positions()
        if places and self.may_edit():
            meant = self.quote_meant()
            if await self.save(lambda desk: quote_lines.remove(desk, meant, places)):
                self.lines_table.action_clear_marks()

    @work(group="dialog")
    async def action_configure(self) -> None:
        """Configure the bundle on the line anew, or choose a bundle and put it at the end."""
        from screens.quotes.bundles import configure  # noqa: PLC0415 - opened by key

        if self.may_edit():
            line = self.line
            head = line.part_of or line.position if line else None
            await self.finish(await configure(self, self.quote_meant(), head))


def _of(what: str) -> tuple[str, str, str]:
    label, hint = CELLS[what]
    return label, "", hint


def _allowance(share_ppm: int | None, amount: str) -> str:
    from sfa.domain.figures import from_dec6  # noqa: PLC0415 - for one cell

    return amount if share_ppm is None else f"{from_dec6(share_ppm * 100)}%"


def place_after_move(lines: Sequence[LineView], line: LineView, step: int) -> int | None:
    """Return the place that a line is moved to, one up (-1) or down (1) among its peers; None where it is at the end.

    A part moves among the parts of its bundle, everything else past its neighbour with all of its parts.
    """
    peers = [one for one in lines if one.part_of == line.part_of]
    at = peers.index(line) + step
    if not 0 <= at < len(peers):
        return None
    other = peers[at]
    if step < 0:
        return other.position
    return line.position + sum(1 for one in lines if other.position in (one.position, one.part_of))


def _typed(desk: Desk, meant: Meant, what: str, text: str, where: tuple[Sequence[int], int | None]) -> Saved:
    """Do what was typed into a cell; `where` are the lines that it is for, and the place behind them."""
    places, behind = where
    if what in ("header", "charge"):
        is_charge = what == "charge"
        return quote_headers.put(desk, meant, Header(text or "none", "Freight" if is_charge else "", is_charge))
    if what == "free":
        return quote_lines.add(desk, meant, free_line(text), at=behind)
    if what in OF_NEW:
        return quote_lines.add(desk, meant, LineText(kind=what, description=text), at=behind)
    if what == "choice":
        return quote_lines.edit(desk, meant, places, LineText(role="alternative", choice=text))
    given: dict[str, Any] = {what: text}
    return quote_lines.edit(desk, meant, places, LineText(**given))
