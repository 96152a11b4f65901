"""Statements as people read them: closed ones as they were kept, open ones as they stand this minute; lines explained."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, Final, overload

from db.queries import commission as queries
from db.queries.records import Row
from sfa.domain.commission.events import Line, LineKind
from sfa.domain.commission.periods import Period
from sfa.domain.commission.statement import HOLDING, Statement, key_of
from sfa.errors import ConflictError, NotFoundError
from sfa.services import commission_periods
from sfa.services.commission_access import require_pay
from sfa.services.commission_book import HINT, NO_PLAN, Book
from sfa.services.commission_result import line_data
from sfa.services.commission_runs import Calculation, calculate, said
from sfa.services.desk import Desk
from sfa.services.references import resolve

SHORT: Final = 8


@dataclass(frozen=True)
class LineView:
    """A line of a statement; how it comes about is told when it is asked for.

    Attributes:
        key: what it is known by in any calculation; the first characters of it are enough.
        event: what people call the sale; "" where it comes of none.
        tell: returns the line in words, and all that it was calculated from.
    """

    ordinal: int
    key: str
    on: str
    component: str
    plan: str
    event_id: str
    event: str
    kind: str
    amount_minor: int
    is_memo: bool
    earning_period: str
    posting_period: str
    hash: str
    tell: Callable[[], tuple[str, Mapping[str, Any]]]
    is_deal: bool = False

    @cached_property
    def _told(self) -> tuple[str, Mapping[str, Any]]:
        return self.tell()

    @property
    def sentence(self) -> str:
        """Return the line in words."""
        return self._told[0]

    @property
    def explain(self) -> Mapping[str, Any]:
        """Return all that it was calculated from; `explain["sum"]` alone comes to its amount."""
        return self._told[1]

    @property
    def noun(self) -> str:
        """Return what record the sale is, where it can be shown: a deal; "" for another."""
        return "opportunity" if self.is_deal else ""

    @property
    def ref(self) -> str:
        """Return what people call it by."""
        return self.key[:SHORT]


@dataclass(frozen=True, slots=True)
class BalanceView:
    """How a balance moved in a period, in minor units."""

    kind: str
    opening_minor: int
    increase_minor: int
    decrease_minor: int
    closing_minor: int


@dataclass(frozen=True, slots=True)
class StatementView:
    """What somebody is paid for a period.

    Attributes:
        status: `open` where it is calculated this minute and not kept as it is.
        sums: what the lines of each kind come to.
    """

    person_id: str
    person: str
    period: Period
    status: str
    currency: str
    lines: Sequence[LineView]
    sums: Mapping[str, int]
    balances: Sequence[BalanceView]
    earned_minor: int
    clawed_back_minor: int
    forgiven_minor: int
    payable_minor: int
    hash: str

    def total(self, *kinds: LineKind) -> int:
        """Return what lines of some kinds come to."""
        return sum(self.sums.get(kind, 0) for kind in kinds)

    @property
    def totals(self) -> dict[str, int]:
        """Return the totals by name, in minor units (domain.md 1.11)."""
        return {
            "earned_minor": self.earned_minor,
            "clawed_back_minor": self.clawed_back_minor,
            "withheld_and_released_minor": self.total(*HOLDING),
            "recovered_and_carried_minor": self.total(LineKind.OVERPAY_BALANCE),
            "draws_minor": self.total(LineKind.DRAW_ADVANCE, LineKind.DRAW_RECOVERY),
            "forgiven_minor": self.forgiven_minor,
            "payable_minor": self.payable_minor,
        }


def person_of(desk: Desk, user: str | None) -> str:
    """Return whose pay is meant: somebody's by name, or one's own.

    Raises:
        NotFoundError: nobody is called so, or nobody sits here yet.
        NotAllowedError: it is not for the eyes of who sits here.
    """
    if not user and desk.user_id is None:
        raise NotFoundError(NO_PLAN, hint=HINT)
    person = resolve(desk, "user", user or "me").id
    require_pay(desk, person)
    return person


def statement(desk: Desk, period: str = "", user: str | None = None) -> StatementView:
    """Return somebody's statement of a period; of the one that holds today, and one's own, where nothing is named.

    Raises:
        NotFoundError: nobody is called so, there is no such period, or nobody is paid by a plan.
        NotAllowedError: it is not for the eyes of who sits here.
        ConflictError: the facts do not fit together.
    """
    person = person_of(desk, user)
    found = commission_periods.find(commission_periods.known(desk), period, desk.today)
    if found.is_closed:
        return _kept(desk, person, found)
    return open_statement(desk, calculate(desk, [person]), person, found.id)


def open_statement(desk: Desk, found: Calculation, person: str, period: str) -> StatementView:
    """Return a statement of a calculation.

    Raises:
        NotFoundError: that person is paid by no plan.
    """
    for one in found.statements:
        if one.participant == person and one.period.id == period:
            return view_of(desk, found, one)
    raise NotFoundError(f"{found.book.name(person)} is paid by no plan.", hint=HINT)


def view_of(desk: Desk, found: Calculation, one: Statement) -> StatementView:
    """Return a calculated statement as people read it; its status is that of the kept one where both are the same."""
    kept = queries.statements(
        desk.store, "s.participant_id = ? AND s.period_code = ?", (one.participant, one.period.id)
    )
    is_kept = bool(kept) and kept[0]["output_hash"] == one.hash
    return StatementView(
        one.participant,
        found.book.name(one.participant),
        one.period,
        kept[0]["status"] if is_kept else "open",
        one.currency,
        _Lines(found.book, one),
        _sums((line.kind, line.amount_minor) for line in one.lines),
        [BalanceView(row.kind, row.opening, row.increase, row.decrease, row.closing) for row in one.balances],
        one.earned_minor,
        one.clawed_back_minor,
        one.forgiven_minor,
        one.payable_minor,
        one.hash,
    )


class _Lines(Sequence[LineView]):
    """The lines of a calculated statement, each made ready when somebody looks at it."""

    def __init__(self, book: Book, one: Statement) -> None:
        self._book, self._one = book, one

    def __len__(self) -> int:
        return len(self._one.lines)

    @overload
    def __getitem__(self, at: int) -> LineView: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LineView]: ...
    def __getitem__(self, at: int | slice) -> LineView | Sequence[LineView]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        book, one, index = self._book, self._one, range(len(self))[at]
        line, periods = one.lines[index], one.periods
        return LineView(
            index + 1,
            key_of(line, periods),
            line.on.isoformat(),
            line.component,
            line.rule,
            line.event_id,
            book.label(line.event_id),
            line.kind.value,
            line.amount_minor,
            line.is_memo,
            periods[line.earning].id,
            periods[line.posting].id,
            one.hashes[index + 1],
            partial(_tell, book, line, one.currency),
            line.event_id in book.sales.deals,
        )


def _tell(book: Book, line: Line, currency: str) -> tuple[str, Mapping[str, Any]]:
    data = line_data(book.case, line, currency, book.sales.by_id)
    named = {**data["explain"], "event": book.label(line.event_id) or line.event_id}
    return said(book, data["sentence"], line.event_id), named


def _kept(desk: Desk, person: str, period: Period) -> StatementView:
    rows = queries.statements(desk.store, "s.participant_id = ? AND s.period_code = ?", (person, period.id))
    if not rows:
        name = queries.people(desk.store)[person]["name"]
        raise NotFoundError(
            f"{name} has no statement for {period.id}.", hint="It is closed; they were paid by no plan then."
        )
    row = rows[0]
    lines = [kept_line(line) for line in queries.lines(desk.store, row["id"])]
    return StatementView(
        person,
        row["person"],
        period,
        row["status"],
        row["currency"],
        lines,
        _sums((line.kind, line.amount_minor) for line in lines),
        [
            BalanceView(one["kind"], one["opening"], one["increase"], one["decrease"], one["closing"])
            for one in queries.balances(desk.store, person, period.id)
        ],
        row["earned_minor"],
        row["clawed_back_minor"],
        row["forgiven_minor"],
        row["payable_minor"],
        row["output_hash"],
    )


def _sums(amounts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for kind, amount in amounts:
        found[kind] += amount
    return found


def kept_line(row: Row) -> LineView:
    """Return a line as it was kept."""
    explain = json.loads(row["explain"])
    return LineView(
        row["ordinal"],
        row["line_key"],
        row["on_day"],
        row["component_code"] or "",
        row["rule"] or "",
        row["event_id"] or "",
        explain.get("label", ""),
        row["kind"],
        row["amount_minor"],
        bool(row["is_memo"]),
        row["earning_period"],
        row["posting_period"],
        row["hash"],
        partial(_told_then, explain),
    )


def _told_then(explain: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return explain["sentence"], {name: value for name, value in explain.items() if name != "sentence"}


def line(desk: Desk, text: str, user: str | None = None) -> tuple[StatementView, LineView]:
    """Return the line that a text names: the number in the present statement, or the beginning of its key in any.

    Raises:
        NotFoundError: there is none.
        ConflictError: several keys begin so.
    """
    wanted = text.strip().lower()
    person = person_of(desk, user)
    is_key = len(wanted) >= SHORT // 2
    rows = queries.lines_by_key(desk.store, wanted) if is_key else []
    closed = [row for row in rows if row["participant_id"] == person and row["status"] in ("closed", "paid")]
    calculation = calculate(desk, [person])
    own = [one for one in calculation.statements if one.participant == person]
    hits = [
        (one, ordinal, key)
        for one in own
        for ordinal, key in enumerate(one.keys, 1)
        if (is_key and key.startswith(wanted)) or (wanted == str(ordinal) and _is_now(one.period, desk.today))
    ]
    keys = {key for _, _, key in hits} | {row["line_key"] for row in closed}
    if not keys:
        raise NotFoundError(f"There is no line {text}.", hint="The lines, with their numbers: sfa commission statement")
    if len(keys) > 1:
        raise ConflictError(f"{text} means several lines.", candidates=sorted(key[:SHORT] for key in keys))
    if hits:
        one, ordinal, _ = hits[-1]
        view = view_of(desk, calculation, one)
        return view, view.lines[ordinal - 1]
    view = statement(desk, closed[-1]["period_code"], person)
    return view, view.lines[closed[-1]["ordinal"] - 1]


def _is_now(period: Period, today: date) -> bool:
    return period.start <= today < period.end
