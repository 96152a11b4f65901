"""Reads a whole line of quick entry: clauses, what each tells, tags, and where in the line it stands."""

from sfa.domain.phrase.acts import read_clause
from sfa.domain.phrase.clause import Clause, Context
from sfa.domain.phrase.scan import HAN, Scan
from sfa.domain.phrase.splitting import cut
from sfa.domain.phrase.values import Line, PhraseError, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from sfa.domain.phrase.values import Act, Book

LONGEST = 2000
_LONGEST_SHOWN = 40
_FORMS = (
    "called Jane at Acme 15min, wants a quote; send quote friday",
    "met Jane Doe at Acme yesterday, 40 seats, 40k by end of march #renewal",
    "demo Acme tue 10:00",
    "send quote to Jane friday !high",
    "won Acme renewal 40k",
    "Jane Doe at Acme +49 30 1234567 jane@acme.com",
)
_HAN_FORMS = (
    "打电话给 远东仪器 王经理 半小时 谈续约；下周二发报价",
    "明天下午3点 拜访 远东仪器 王经理 谈续约 20万",
    "王经理来电 要报价",
    "周五前发合同 !高",
)


def forms(*, is_chinese: bool | None = None) -> tuple[str, ...]:
    """Return example lines for help; of both languages, or of one."""
    return _HAN_FORMS if is_chinese else _FORMS if is_chinese is False else (*_FORMS, *_HAN_FORMS)


def read_line(text: str, *, now: "datetime", book: "Book", order: str = "dmy", language: str = "auto") -> Line:
    """Read one line of quick entry.

    Args:
        text: as typed; control characters in it are read as spaces.
        now: naive local wall time.
        book: what the grammar may ask of the book of business.
        order: of dates in figures: dmy, mdy or ymd.
        language: of dates: auto, en or zh.

    Raises:
        PhraseError: it is empty or too long, nothing in it was understood, or something in it cannot be.
    """
    inert = _inert(text)
    if not inert.strip():
        raise PhraseError(f"There is nothing to read: type what you did or will do, as in “{_FORMS[0]}”.")
    if len(inert.strip()) > LONGEST:
        raise PhraseError(
            f"The line has {len(inert.strip())} characters, and {LONGEST} are the most:"
            " keep what was said for a note, and enter the rest line by line."
        )
    scan = Scan(inert)
    acts: list[Act] = []
    tags: list[str] = []
    spans: list[Span] = []
    for clause in cut(Context(scan, book, now, order, language)):
        told = read_clause(clause, acts, tags)
        first, after = clause.trimmed(clause.first, clause.after)
        if told is None and (after > first or clause.has("who") or clause.has("account")):
            raise PhraseError(_nothing(clause))
        acts += told or ()
        spans += clause.spans
    if not acts:
        raise PhraseError(
            f"There is nothing to do in “{_short(inert.strip())}”: begin with what you did or will do, as in “{_FORMS[0]}”."
        )
    return Line(inert, acts, tuple(dict.fromkeys(tags)), sorted(spans, key=_place))


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _nothing(clause: Clause) -> str:
    """Return a sentence that says which words tell nothing, and the form that comes nearest."""
    is_chinese = HAN in clause.scan.kinds[clause.first : clause.after]
    names = [span.value for span in clause.spans if span.kind in ("who", "account")]
    words = _short(clause.scan.typed(clause.first, clause.after))
    column = clause.column(clause.first)
    if names:
        near = f"打电话给 {names[0]}" if is_chinese else f"called {names[0]}"
        return f"“{words}” at column {column} names “{names[0]}”, but not what was done or is to be done: try “{near}”."
    return (
        f"Nothing was understood of “{words}” at column {column}: begin with what you did or will do,"
        f" as in “{forms(is_chinese=is_chinese)[0]}”."
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _inert(text: str) -> str:
    """Return the text with spaces for what is no part of a line: controls, marks of direction, halves of characters."""
    if text.isprintable():
        return text
    signs = {ord(character): " " for character in "\u00ad\u200b\u200e\u200f\u2028\u2029\u2060\u061c\ufeff"}
    signs |= dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")
    signs |= dict.fromkeys((*range(0xD800, 0xE000), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)), "\ufffd")
    return text.translate(signs)
