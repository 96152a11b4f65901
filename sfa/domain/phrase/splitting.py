"""Cuts a line into clauses: at semicolons always, at weaker marks where something to do or done begins behind them."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.clause import Clause, Context, longest, phrase
from sfa.domain.phrase.deal_words import CLOSES
from sfa.domain.phrase.marks import take_tags
from sfa.domain.phrase.name_words import CALENDAR, JOINTS
from sfa.domain.phrase.outcome_words import OUTCOMES
from sfa.domain.phrase.people import read_name
from sfa.domain.phrase.scan import END, HAN, NUMBER, Scan
from sfa.domain.phrase.values import PhraseError
from sfa.domain.phrase.verb_words import (
    DONE,
    ENCOUNTERS,
    FIRM,
    HAN_DEEDS,
    HAN_FIRM,
    HAN_THEN,
    HAN_TO_DO,
    HAN_WITH,
    LEADS_OF_OWN,
    NOTE_LEADS,
    NOUNS,
    RECEIVED,
    SUBJECTS,
    TO_DO,
)

MOST_CLAUSES = 30
_MOST_GUESSES = 40
_HARD = (";",)
_SOFT = (",", "，", ".", "!", "?", "。", "-", "|", "→", "/", "+", "\n")
_PARTED = (".", "!", "?", "-", "/", "+")
"""Soft marks that part only where a space stands behind them."""
_WHOM_THERE = frozenset(
    ("met", "met with", "saw", "spoke to", "spoke with", "spoke w", "talked to", "talked with", "reached", "见", "见了", "见到", "见过",
     "聊了", "沟通了", "洽谈", "沟通")
)  # fmt: skip
"""Verbs that behind another tell whom one met there: `visited Acme, met Bob`."""
_THEN = frozenset(HAN_THEN)
_LEAD_INS = frozenset(
    ("and", "then", "next", "next step", "next steps", "next up", "also", "plus", "follow-ups", "并", "并且", "再", "还", "另外",
     "待跟进", *HAN_THEN)
)  # fmt: skip
_LEAD_SIGNS = (",", ":", "-", ">", "→", "•", "*", "+", ".", "|", "。", "、", "!", "?")
_CHINESE_CALENDAR = frozenset("今明后大昨前下本这上周星礼月年一二三四五六七八九十两半早晚中春国元节每")


def cut(context: Context) -> list[Clause]:
    """Return the clauses of a line, in order, without the words that only lead from one to the next.

    Raises:
        PhraseError: there are too many.
    """
    return _Cutter(context).clauses()


class _Cutter:
    """Walks over the tokens once; what a part begins with is looked at only behind a mark."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._scan = context.scan
        self._whole = Clause(context, 0, context.scan.count, is_later=False)
        take_tags(self._whole)  # a `#q1` is no date
        self._guesses = _MOST_GUESSES
        self._found: list[Clause] = []
        self._begin = 0
        self._asked_from = self._known_end = 0
        self._leads: dict[int, int] = {}

    def clauses(self) -> list[Clause]:
        at, is_quoted = 0, False
        while at < self._scan.count:
            word = self._scan.words[at]
            if word == '"':
                is_quoted = not is_quoted and '"' in self._scan.words[at + 1 : at + 12]
            if not is_quoted and self._is_boundary(at):
                self._end(at)
                self._begin = self._lead_in(at)
                at = max(self._begin, at + 1)
            else:
                at += 1
        self._end(self._scan.count)
        return self._found

    def _end(self, after: int) -> None:
        begin = self._lead_in(self._begin) if self._found else self._begin
        while after > begin and self._is_idle(after - 1):
            after -= 1
        if after <= begin:
            return
        if len(self._found) >= MOST_CLAUSES:
            raise PhraseError(
                f"The line has more than {MOST_CLAUSES} clauses: enter what begins at column"
                f" {self._scan.starts[begin] + 1} in a line of its own."
            )
        self._found.append(Clause(self._context, begin, after, is_later=bool(self._found)))

    def _is_idle(self, at: int) -> bool:
        """Tell whether a sign at the end of a clause says nothing; the point of `30.6.` does."""
        word = self._scan.words[at]
        return word in (",", "and", ":", "。") or (word == "." and self._scan.kinds[at - 1] != NUMBER)

    def _is_boundary(self, at: int) -> bool:
        """Tell whether a new clause begins at or behind a token."""
        scan = self._scan
        word = scan.words[at]
        if word in _HARD:
            return True
        if at == self._begin or self._is_note():
            return False
        if word in ("-", "=") and scan.words[at + 1] == ">" and scan.touches(at + 1):
            return True
        if scan.kinds[at] == HAN and not scan.touches(at):
            return self._is_deed(self._begin) and is_calendar(scan, at) and self._begins_to_do(at)
        if word in _SOFT:
            is_far = at + 1 >= scan.count or not scan.touches(at + 1) or scan.kinds[at + 1] == HAN
            is_far = is_far or scan.text[scan.starts[at]] == "—"
            return (word not in _PARTED or is_far) and not _is_in_figure(scan, at) and self._begins(at + 1)
        if word in ("then", "next") or longest(scan, at, _THEN, scan.count):
            return self._is_then(at)
        return word == "and" and self._is_deed(self._begin) and self._begins_to_do(at + 1)

    def _is_note(self) -> bool:
        """Tell whether the clause is a note, whose words belong together up to a semicolon."""
        begin = self._begin
        if self._scan.words[begin] == "@":  # "@Acme note: ..."
            known = self._context.names.at(begin + 1)
            begin = known[0] if known else begin + 2
        return bool(_head(self._scan, begin, NOTE_LEADS))

    def _is_then(self, at: int) -> bool:
        scan = self._scan
        behind = longest(scan, at, _LEAD_INS, scan.count) or at + 1
        if scan.words[behind] == ":":
            return True
        if scan.words[at] == "next" and scan.words[behind] not in TO_DO:
            return False
        return scan.kinds[at] == HAN or scan.words[at - 1] in (",", "and") or self._begins(behind)

    def _lead_in(self, at: int) -> int:
        """Return the token behind `; and then`, `next:`, `->`; a `next` before a weekday stays."""
        passed: list[int] = []
        while at not in self._leads:
            passed.append(at)
            after = self._lead_at(at)
            if not after:
                self._leads[at] = at
                break
            at = after
        for place in passed:
            self._leads[place] = self._leads[at]
        return self._leads[at]

    def _lead_at(self, at: int) -> int:
        """Return the token behind one word or sign that leads to a clause, 0 where there is none."""
        scan = self._scan
        if at >= scan.count:
            return 0
        after = longest(scan, at, _LEAD_INS, scan.count)
        if scan.words[at] in _LEAD_SIGNS or scan.words[at] in _HARD:
            return at + 1
        if after and scan.words[at] == "next" and after == at + 1 and scan.words[after] != ":":
            is_lead = scan.words[after] in ("call", "demo", "meeting", "visit") or longest(
                scan, after, TO_DO, scan.count
            )
            return after if is_lead else 0
        return after

    def _part_end(self, at: int) -> int:
        """Return where the part that begins here ends: the next comma or semicolon."""
        if at >= self._known_end or at < self._asked_from:
            self._asked_from = self._known_end = at
            while self._known_end < self._scan.count and self._scan.words[self._known_end] not in (";", ",", "。", "|"):
                self._known_end += 1
        return self._known_end

    def _begins(self, at: int) -> bool:
        """Tell whether the part from a token on is a clause of its own."""
        at = self._lead_in(at)
        if at >= self._scan.count:
            return False
        return self._begins_to_do(at) or self._begins_done(at)

    def _begins_to_do(self, at: int) -> bool:
        scan = self._scan
        at = self._lead_in(at)
        if longest(scan, at, LEADS_OF_OWN, scan.count):
            return True
        if _head(scan, at, FIRM) or _head(scan, at, HAN_FIRM):
            return not longest(scan, at, OUTCOMES, scan.count)
        end = self._part_end(at)
        verb = self._verb_at(at)
        if verb:
            return scan.words[verb] not in JOINTS and not _closes(scan, at, verb) and self._date(verb, end) is not None
        if not is_calendar(scan, at):
            return False
        first, after = self._date(at, end) or (0, 0)
        verb = self._verb_at(after) or self._verb_at(self._lead_in(after))
        return after > at and first <= at + 1 and bool(verb) and not _closes(scan, after, after + 1)

    def _begins_done(self, at: int) -> bool:
        """Tell whether something else was done with somebody named: `, emailed Bob the specs`."""
        scan = self._scan
        after = _head(scan, at, DONE) or _head(scan, at, RECEIVED) or longest(scan, at, HAN_DEEDS, scan.count)
        if not after or longest(scan, at, OUTCOMES, scan.count) >= after:
            return False
        words = phrase(scan, at, after)
        if words in _WHOM_THERE or DONE.get(words) == "other":
            return False
        clause = Clause(self._context, at, self._part_end(at), is_later=True)
        return read_name(clause, clause.free_from(after)) is not None

    def _verb_at(self, at: int) -> int:
        """Return the token behind a verb or noun that can be planned, 0 where none begins here."""
        scan = self._scan
        found = 0
        for table in (TO_DO, ENCOUNTERS, NOUNS, HAN_TO_DO, HAN_DEEDS):
            found = max(found, longest(scan, at, table, scan.count))
        if not found and scan.words[at] in HAN_WITH:
            found = at + 1
        is_about = found == at + 1 and scan.kinds[at] == HAN and scan.kinds[found] == NUMBER  # 约60万
        return 0 if is_about else found

    def _date(self, at: int, end: int) -> tuple[int, int] | None:
        """Return the tokens of the date of a part, None where it has none that is to come."""
        if not self._guesses:
            return None
        self._guesses -= 1
        try:
            when = timing.find(self._whole, at, end, "future")
        except PhraseError:
            return None  # told when the clause itself is read
        if when is None or timing.is_past(when, self._context.now):
            return None
        return timing.tokens_of(self._whole, when)

    def _is_deed(self, at: int) -> bool:
        scan = self._scan
        at = longest(scan, at, SUBJECTS, scan.count) or at
        is_given = scan.words[at] in HAN_WITH and "了" in scan.words[at : at + 12]
        return is_given or bool(_head(scan, at, DONE) or _head(scan, at, RECEIVED) or _head(scan, at, HAN_DEEDS))


def _head(scan: Scan, at: int, table: "frozenset[str] | dict[str, str]") -> int:
    return longest(scan, at, table, scan.count)


def _is_in_figure(scan: Scan, at: int) -> bool:
    """Tell whether a sign stands within a figure or a date: `10-11`, `3/4`, `10 - 11`."""
    return scan.kinds[at - 1] == NUMBER and scan.kinds[at + 1] in (NUMBER, END) and scan.words[at] != ","


def _closes(scan: Scan, at: int, verb: int) -> bool:
    """Tell whether the words say when a deal closes: `order by friday`, no task."""
    return longest(scan, at, CLOSES, scan.count) >= verb


def is_calendar(scan: Scan, at: int) -> bool:
    """Tell whether a date may begin at a token; that it does, only a search tells."""
    word = scan.words[at]
    return (
        word in CALENDAR
        or scan.kinds[at] == NUMBER
        or word in _CHINESE_CALENDAR
        or word in ("in", "on", "at", "by", "within")
    )
