"""What a line of quick entry means while it is typed: read only, by index only."""

from __future__ import annotations

from sfa.errors import NotFoundError, SfaError
from sfa.services import quick_entry
from sfa.services.entry_legend import pieces
from sfa.services.entry_plan import UnknownCompanyError
from sfa.services.matching import AmbiguousNameError, IndexMatcher, Matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store import Store
    from sfa.domain.phrase.values import Line
    from sfa.services.entry_about import About
    from sfa.services.entry_legend import Piece
    from sfa.services.entry_values import Plan
    from sfa.services.quick_entry import Choices


class Preview:
    """What a line means so far.

    Attributes:
        text: as typed.
        pieces: what was understood, by place.
        records: noun and words of each record that would be saved.
        notes: sentences about what more than the words decided, or what enter will ask.
        candidates: lines of records that a name may mean, where it means several.
        problem: why it cannot be saved as it is; empty where it can.
        is_about: whether it hangs on the record that was looked at.
    """

    __slots__ = ("candidates", "is_about", "notes", "pieces", "problem", "records", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: Sequence[Piece] = ()
        self.records: Sequence[tuple[str, str]] = ()
        self.notes: Sequence[str] = ()
        self.candidates: Sequence[str] = ()
        self.problem = ""
        self.is_about = False

    def take(self, plan: Plan) -> None:
        """Tell what a plan would write."""
        made = [("account", f"{plan.new_account} (new)")] if plan.new_account else []
        self.records = [*made, *((entry.noun, entry.words) for entry in plan.entries)]
        self.notes = plan.notes
        self.is_about = plan.is_about


def preview(store: Store, text: str, about: About | None = None, choices: Choices | None = None) -> Preview:
    """Return what a line means so far; nothing is written, and a problem is told, never raised.

    Args:
        store: the open book.
        text: as typed.
        about: what it is about where it names nobody.
        choices: references for names that mean several records, by noun and name.
    """
    seen = Preview(text)
    matcher = IndexMatcher(store, choices)
    try:
        line = quick_entry.read(store, text, matcher)
        seen.pieces = _placed(store, line, text, matcher.currency if _has_amount(line) else "")
        plan = _plan(store, line, matcher, about, seen)
        if any(entry.target and "amount" in entry.values for entry in plan.entries):
            seen.pieces = _placed(store, line, text, "")  # it is in the currency of its deal
    except AmbiguousNameError as error:
        seen.notes = [f"{error.message} Enter asks which one."]
        seen.candidates = [words for _, words in error.choices]
    except SfaError as error:
        seen.problem = problem_of(error)
    return seen


def _plan(store: Store, line: Line, matcher: IndexMatcher, about: About | None, seen: Preview) -> Plan:
    """Plan as far as the indexes know; a company that is asked for is taken as made."""
    try:
        plan = quick_entry.plan(store, line, matcher, about=about)
        seen.take(plan)
    except UnknownCompanyError as error:
        if not error.is_new:
            raise
        plan = quick_entry.plan(store, line, matcher, about=about, is_creating=True)
        seen.take(plan)
        seen.notes = [f"{error.name} is new: enter asks before it is made.", *seen.notes]
    return plan


def settle(
    store: Store, text: str, about: About | None = None, choices: Choices | None = None, *, is_creating: bool = False
) -> tuple[Plan, bool]:
    """Return what a line means, and whether a name was only like one of the book and should be shown before it is saved.

    Raises:
        UsageError: the line cannot be read, or says nothing to save.
        NotFoundError: a name is not in the book.
        AmbiguousNameError: a name means several records.
    """
    known = IndexMatcher(store, choices)
    line = quick_entry.read(store, text, known)
    try:
        return quick_entry.plan(store, line, known, about=about), False
    except NotFoundError:
        every = Matcher(store, choices)
        return quick_entry.plan(store, line, every, about=about, is_creating=is_creating), not is_creating


def problem_of(error: SfaError) -> str:
    """Return a sentence and its remedy, in the words of the bar."""
    if isinstance(error, UnknownCompanyError):
        near = (error.hint or "").replace("Add --create to make it.", "").strip()
        return " ".join(part for part in (error.message, near, f"Write @{error.name} to make it.") if part)
    return f"{error.message} {error.hint or ''}".strip()


def _has_amount(line: Line) -> bool:
    return any(span.kind == "amount" for span in line.spans)


def _placed(store: Store, line: Line, text: str, currency: str) -> list[Piece]:
    """Return the pieces where they stand in what was typed; none of a text that had to be made inert."""
    if quick_entry.inert(text) != text:
        return []
    return pieces(line, len(text) - len(text.lstrip()), store.clock.today().year, currency)
