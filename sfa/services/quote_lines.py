"""The lines of a quote: added, changed, moved, removed; every change prices the whole version anew."""

import re
from collections.abc import Sequence
from typing import Any

from db.queries import quotes as queries
from db.store import UnitOfWork
from sfa.domain.figures import from_dec6
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.quote_editing import begin_edit
from sfa.services.quote_line_text import LineText, columns_of
from sfa.services.quote_sheet import Meant, Row, Sheet, load, told
from sfa.services.quote_totals import recalculate

_SPAN = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")
LONGEST = 2000
"""So many lines are the most that one version has."""


def add(
    desk: Desk,
    meant: Meant,
    text: LineText,
    *,
    at: int | None = None,
    part_of: int | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Add a line, at the end or at a place, or as a part of a bundle.

    Raises:
        UsageError: it names nothing, has no price, or its numbers cannot be read.
        NotFoundError: there is no such product, or no line of that number.
        ConflictError: the version was sent, or a name means several products.
    """
    with desk.store.write("quote.line", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        begin_edit(desk, work, sheet)
        if len(sheet.lines) >= LONGEST:
            raise UsageError(f"{sheet.number} has {LONGEST:,} lines: that is the most.")
        head = _line_at(sheet, part_of) if part_of else None
        row = {**columns_of(desk, sheet, text), "version_id": sheet.version_id, "ordinal": len(sheet.lines) + 1}
        if head:
            row["parent_line_id"] = head["id"]
        line_id = work.insert("quote_line", row)
        place = _end_of(sheet, head) + 1 if head else at
        if place is not None and place <= len(sheet.lines):
            _insert_at(work, sheet, line_id, place, is_part=head is not None)
        recalculate(desk, work, sheet)
        work.summary = f"Added {_named(sheet, line_id)} to {sheet.number}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def edit(desk: Desk, meant: Meant, positions: Sequence[int], text: LineText, *, is_dry_run: bool = False) -> Saved:
    """Change lines, all in the same way; the parts of a bundle keep their proportion to its quantity.

    Raises:
        UsageError: nothing to change was named, or as for `add`.
        NotFoundError: there is no line of that number.
        ConflictError: the version was sent.
    """
    with desk.store.write("quote.line", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        begin_edit(desk, work, sheet)
        for line in [_line_at(sheet, position) for position in positions]:
            row = columns_of(desk, sheet, text, line)
            if not row:
                raise UsageError("Nothing to change was named.", hint="Such as --qty 5, --discount 10%, --optional.")
            work.update("quote_line", line["id"], row)
            _scale_parts(work, sheet, line, row)
        recalculate(desk, work, sheet)
        work.summary = f"Changed {_all_named(sheet, positions)} of {sheet.number}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def remove(desk: Desk, meant: Meant, positions: Sequence[int], *, is_dry_run: bool = False) -> Saved:
    """Take lines out, bundles with their parts.

    Raises:
        NotFoundError: there is no line of that number.
        ConflictError: the version was sent.
    """
    with desk.store.write("quote.line", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        begin_edit(desk, work, sheet)
        chosen = {_line_at(sheet, position)["id"] for position in positions}
        words = _all_named(sheet, positions)
        gone = [line for line in sheet.lines if line["id"] in chosen or line["parent_line_id"] in chosen]
        ids = {line["id"] for line in gone}
        for row in sheet.allowances:
            if row["line_id"] in ids:
                work.remove("quote_allowance", row["id"])
        for line in reversed(gone):
            work.remove("quote_line", line["id"])
        _number(work, sheet, [line for line in sheet.lines if line["id"] not in ids])
        recalculate(desk, work, sheet)
        work.summary = f"Took {words} out of {sheet.number}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def move(desk: Desk, meant: Meant, position: int, to: int, *, is_dry_run: bool = False) -> Saved:
    """Put a line at another place, a bundle with its parts; a part stays within its bundle.

    Raises:
        NotFoundError: there is no line of that number.
        UsageError: the place lies outside, or within another bundle.
        ConflictError: the version was sent.
    """
    with desk.store.write("quote.move", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        begin_edit(desk, work, sheet)
        line = _line_at(sheet, position)
        _line_at(sheet, to)
        words = _named(sheet, line["id"])
        own = {line["id"], *(part["id"] for part in sheet.lines if part["parent_line_id"] == line["id"])}
        rest = [one for one in sheet.lines if one["id"] not in own]
        moved = [one for one in sheet.lines if one["id"] in own]
        place = min(to - 1, len(rest))
        ordered = [*rest[:place], *moved, *rest[place:]]
        _refuse_torn(ordered)
        _number(work, sheet, ordered)
        recalculate(desk, work, sheet)
        work.summary = f"Moved {words} of {sheet.number} to place {to}"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def line_at(sheet: Sheet, position: int) -> Row:
    """Return the line of a number.

    Raises:
        NotFoundError: there is none.
    """
    return _line_at(sheet, position)


def _line_at(sheet: Sheet, position: int) -> Row:
    found = next((line for line in sheet.lines if line["ordinal"] == position), None)
    if found is None:
        count = len(sheet.lines)
        hint = f"Its lines are 1 to {count}." if count else f"Add one: sfa quote line add {sheet.number} PRODUCT"
        raise NotFoundError(f"{sheet.number} has no line {position}.", hint=hint)
    return found


def _end_of(sheet: Sheet, head: Row) -> int:
    parts: list[int] = [line["ordinal"] for line in sheet.lines if line["parent_line_id"] == head["id"]]
    return max([int(head["ordinal"]), *parts])


def _insert_at(work: UnitOfWork, sheet: Sheet, line_id: str, place: int, *, is_part: bool) -> None:
    if place < 1:
        raise UsageError(f"There is no place {place}.", hint="The first one is 1.")
    if next(line for line in sheet.lines if line["ordinal"] == place)["parent_line_id"] and not is_part:
        raise UsageError("A bundle and its parts stay together.", hint="Choose a place before or behind it.")
    ids: list[Row] = [line for line in sheet.lines if line["ordinal"] < place]
    fresh: Row = {"id": line_id, "ordinal": len(sheet.lines) + 1, "parent_line_id": None}
    _number(work, sheet, [*ids, fresh, *(line for line in sheet.lines if line["ordinal"] >= place)])


def _number(work: UnitOfWork, sheet: Sheet, ordered: Sequence[Row]) -> None:
    places = [(line["id"], place) for place, line in enumerate(ordered, 1) if line["ordinal"] != place]
    if places:
        queries.shift_lines(work, sheet.version_id, places)


def _refuse_torn(ordered: Sequence[Row]) -> None:
    """The parts of a bundle follow it without a stranger between them."""
    head: Any = None
    for line in ordered:
        if line["parent_line_id"] is None:
            head = line["id"]
        elif line["parent_line_id"] != head:
            raise UsageError("A part stays within its bundle.", hint="Move the bundle, or choose a place within it.")


def _scale_parts(work: UnitOfWork, sheet: Sheet, line: Row, row: Row) -> None:
    new, old = row.get("quantity_dec6"), line["quantity_dec6"]
    if not new or not old or new == old:
        return
    for part in sheet.lines:
        if part["parent_line_id"] != line["id"] or part["quantity_dec6"] is None:
            continue
        scaled, rest = divmod(part["quantity_dec6"] * new, old)
        if rest:
            raise UsageError(
                f"Line {part['ordinal']} cannot follow: {from_dec6(part['quantity_dec6'])} times"
                f" {from_dec6(new)} / {from_dec6(old)} has too many decimals.",
                hint="Change its quantity by hand first.",
            )
        work.update("quote_line", part["id"], {"quantity_dec6": scaled})


def _named(sheet: Sheet, line_id: str) -> str:
    line = next(one for one in sheet.lines if one["id"] == line_id)
    words = str(line["product_name"] or line["description"] or "").split("\n")[0]
    amount = f"{from_dec6(line['quantity_dec6'])} x " if line["kind"] == "product" else ""
    return f"{amount}{words} (line {line['ordinal']})"


def _all_named(sheet: Sheet, positions: Sequence[int]) -> str:
    if len(positions) == 1:
        return _named(sheet, _line_at(sheet, positions[0])["id"])
    return f"{len(positions)} lines"


def positions(desk: Desk, meant: Meant, text: str) -> list[int]:
    """Return the numbers of lines that a text means: `3`, `1-4`, `1,3,5`, or `all`.

    Raises:
        UsageError: it is no such text.
        NotFoundError: there is no line of a number.
    """
    sheet = load(desk, meant)
    if text.strip().casefold() == "all":
        return [line["ordinal"] for line in sheet.lines]
    found: list[int] = []
    for part in text.replace(" ", "").split(","):
        span = _SPAN.fullmatch(part)
        if not span:
            raise UsageError(f"“{text}” are no lines.", hint="Such as 3, 1-4, 1,3,5 or all.")
        found += range(int(span[1]), int(span[2] or span[1]) + 1)
    return [_line_at(sheet, position)["ordinal"] for position in dict.fromkeys(found)]
