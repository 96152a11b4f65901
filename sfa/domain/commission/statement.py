"""A statement: lines, what they come to, balances, and the chain of hashes that closes it (domain.md 1.9 to 1.11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from hashlib import sha256

from sfa.domain.commission.case import DrawTerms, Opening
from sfa.domain.commission.events import Given, Line, LineKind
from sfa.domain.commission.periods import Period
from sfa.domain.commission.settlement import Balances, Draw, Settlement, Terms, settle
from sfa.domain.commission.sums import do, rounded

HOLDING = frozenset({LineKind.HOLDBACK_WITHHOLD, LineKind.HOLDBACK_RELEASE})


@dataclass(frozen=True, slots=True)
class Balance:
    """How what is owed or held moves in a period; `opening + increase − decrease = closing`."""

    kind: str
    opening: int
    increase: int
    decrease: int

    @property
    def closing(self) -> int:
        """Return what is left."""
        return self.opening + self.increase - self.decrease


@dataclass(frozen=True, slots=True)
class Statement:
    """What one participant gets for one period, in minor units of the currency.

    Attributes:
        hashes: of its head and of each line; each includes the one before it, across statements.
        forgiven_minor: what of a draw is not asked back.
    """

    participant: str
    period: Period
    currency: str
    lines: Sequence[Line]
    balances: Sequence[Balance]
    earned_minor: int
    clawed_back_minor: int
    payable_minor: int
    forgiven_minor: int
    periods: Sequence[Period]
    hashes: Sequence[str]

    @property
    def keys(self) -> list[str]:
        """Return what each line is known by in any run."""
        return [key_of(line, self.periods) for line in self.lines]

    @property
    def hash(self) -> str:
        """Return the hash that stands for the whole statement and all before it."""
        return self.hashes[-1]

    def total(self, kinds: Iterable[LineKind]) -> int:
        """Return what lines of some kinds come to."""
        wanted = frozenset(kinds)
        return sum(line.amount_minor for line in self.lines if line.kind in wanted)


@dataclass(slots=True)
class Account:
    """Carries one participant's balances and hashes from statement to statement."""

    participant: str
    currency: str
    opening: Opening
    draws: Sequence[DrawTerms]
    previous: str = ""
    owed: Balances = field(init=False)
    held: int = field(init=False)

    def __post_init__(self) -> None:
        self.owed, self.held = self.opening.owed, self.opening.holdback_minor

    def close(
        self, number: int, period: Period, lines: Sequence[Line], forfeited: int, periods: Sequence[Period]
    ) -> Statement:
        """Return the statement of a period, and move the balances on."""
        clawed = -sum(line.amount_minor for line in lines if _is_taken(line))
        total = sum(line.amount_minor for line in lines if not line.is_memo)
        earned = total + clawed
        terms = _terms(self.draws, period)
        done = settle(earned, clawed, self.owed, terms)
        settled = [*lines, *_settling(self.participant, number, period, done, self.owed, terms)]
        balances = _balances(self.owed, done, self.held, lines, forfeited)
        self.owed, self.held = done.closing, balances[-1].closing
        hashes = _chain(self.previous, f"{self.participant}|{period.id}", settled, periods)
        self.previous = hashes[-1]
        return Statement(
            self.participant,
            period,
            self.currency,
            settled,
            balances,
            earned,
            clawed,
            done.payable_minor,
            done.forgiven_minor,
            periods,
            hashes,
        )


def _is_taken(line: Line) -> bool:
    return line.kind in {LineKind.CLAWBACK, LineKind.RESTATEMENT} and line.amount_minor < 0


def _terms(draws: Sequence[DrawTerms], period: Period) -> Terms:
    """Return the draw of a period, prorated by its days; behind its term what is owed is recovered as it said."""
    last = period.end - timedelta(1)
    for row in draws:
        start, end = max(row.starts, period.start), min(row.ends, period.end)
        if start < end:
            guarantee = rounded(Fraction(row.guarantee_minor * (end - start).days, (period.end - period.start).days))
            is_end = row.ends <= period.end
            has_begun = row.recovery_from <= last
            return Terms(guarantee, row.draw, row.recovery_ppm, row.draw_recovery_ppm, has_begun, is_end)
    past = [row for row in draws if row.ends <= period.start and row.draw != Draw.FORGIVEN]
    last_row = max(past, key=lambda row: row.ends, default=None)
    return Terms(0, last_row.draw, last_row.recovery_ppm, last_row.draw_recovery_ppm) if last_row else Terms()


def _settling(
    participant: str, number: int, period: Period, done: Settlement, owed: Balances, terms: Terms
) -> list[Line]:
    last = period.end - timedelta(1)
    facts: dict[str, object] = {
        "opening_overpaid_minor": owed.overpaid_minor,
        "opening_draw_minor": owed.draw_minor,
        "guarantee_minor": terms.guarantee_minor,
        "recovery_ppm": terms.recovery_ppm,
        "draw_recovery_ppm": terms.draw_recovery_ppm,
    }
    sums = {
        LineKind.OVERPAY_BALANCE: do("minus", done.closing.overpaid_minor, owed.overpaid_minor),
        LineKind.DRAW_ADVANCE: do("sum", done.draw_advance_minor),
        LineKind.DRAW_RECOVERY: do("minus", 0, done.draw_recovery_minor),
    }
    amounts = (done.overpay_balance_minor, done.draw_advance_minor, -done.draw_recovery_minor)
    return [
        Line(participant, "", "", "", kind, amount, last, number, number, Given(sums[kind], facts))
        for kind, amount in zip(sums, amounts, strict=True)
        if amount
    ]


def _balances(owed: Balances, done: Settlement, held: int, lines: Sequence[Line], forfeited: int) -> list[Balance]:
    moved = done.overpay_balance_minor
    draw_up = max(0, done.closing.draw_minor + done.forgiven_minor + done.draw_recovery_minor - owed.draw_minor)
    held_up = -sum(line.amount_minor for line in lines if line.kind == LineKind.HOLDBACK_WITHHOLD)
    let_go = sum(line.amount_minor for line in lines if line.kind == LineKind.HOLDBACK_RELEASE)
    return [
        Balance("overpaid", owed.overpaid_minor, max(0, moved), max(0, -moved)),
        Balance("draw", owed.draw_minor, draw_up, done.draw_recovery_minor + done.forgiven_minor),
        Balance("holdback", held, held_up, let_go + forfeited),
    ]


def key_of(line: Line, periods: Sequence[Period]) -> str:
    """Return what a line is known by in any run: sha256 of who, by which rule, for what, earned when."""
    return sha256(_text(line, periods).encode()).hexdigest()


def _text(line: Line, periods: Sequence[Period]) -> str:
    earning = periods[line.earning].id
    return f"{line.participant}|{line.rule}|{line.component}|{line.event_id}|{line.kind}|{earning}"


def _chain(previous: str, head: str, lines: Sequence[Line], periods: Sequence[Period]) -> list[str]:
    """Return the hash of a statement's head, and behind it that of each line."""
    last = sha256(f"{previous}|{head}".encode()).hexdigest()
    hashes = [last]
    days: dict[object, str] = {}
    for line in lines:
        day = days.get(line.on) or days.setdefault(line.on, line.on.isoformat())
        text = f"{last}|{_text(line, periods)}|{line.amount_minor}|{line.posting}|{day}"
        last = sha256(text.encode()).hexdigest()
        hashes.append(last)
    return hashes
