"""A small book of business, a fixed morning, and lines read with them into plain values that tests compare."""

from datetime import datetime

from sfa.domain.phrase.lines import read_line
from sfa.domain.phrase.values import Act, Book, Line, Sum
from sfa.domain.when import When

NOW = datetime(2026, 3, 10, 10, 0)  # noqa: DTZ001 - wall time on a Tuesday
PLAIN = {"direction": "out", "priority": "normal"}


class SmallBook(Book):
    """A book of a desk that counts in euros; it counts how often it was asked."""

    currency = "EUR"
    stages = {  # noqa: RUF012 - never changed
        "qualified": "Qualified", "qualification": "Qualified", "proposal": "Proposal", "报价": "Proposal",
        "negotiation": "Negotiation", "谈判": "Negotiation",
    }  # fmt: skip
    names = {  # noqa: RUF012 - never changed
        "acme": "account", "globex": "account", "initech": "account", "远东仪器": "account", "jane doe": "contact",
        "acme renewal": "opportunity", "王经理": "contact",
    }  # fmt: skip

    def __init__(self) -> None:
        self.asked = 0

    def name_at(self, text: str) -> tuple[int, str] | None:
        """Return the longest name that the text begins with, up to the end of a word."""
        self.asked += 1
        lowered = text.lower()
        found = [name for name in self.names if lowered.startswith(name) and _is_word_end(lowered, len(name))]
        name = max(found, key=len, default=None)
        return (len(name), self.names[name]) if name else None


def _is_word_end(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at].isascii() and text[at].isalnum())


def read(text: str, *, now: datetime = NOW) -> Line:
    """Read a line with a book of its own."""
    return read_line(text, now=now, book=SmallBook())


def plain(line: Line) -> dict[str, object]:
    """Return what a line means as text and lists; what is not told is left out."""
    told: dict[str, object] = {"acts": [plain_act(act) for act in line.acts]}
    return told | ({"tags": list(line.tags)} if line.tags else {})


def plain_act(act: Act) -> dict[str, object]:
    """Return what an act holds beyond the usual."""
    held = {
        name: getattr(act, name)
        for name in ("what", "kind", *(slot for slot in Act.__slots__ if slot not in ("what", "kind")))
    }
    return {
        name: _shown(value)
        for name, value in held.items()
        if value not in (None, "", (), False) and PLAIN.get(name) != value
    }


def _shown(value: object) -> object:
    if isinstance(value, Sum):
        return f"{value.value} {value.currency}" if value.currency else value.value
    if isinstance(value, When):
        return day(value)
    return list(value) if isinstance(value, tuple) else value


def day(when: When) -> str:
    """Return a date as `2026-03-13`, `2026-03-17 10:00/11:30`, with its rule."""
    form = "%Y-%m-%d" if when.all_day else "%Y-%m-%d %H:%M"
    end = ""
    if when.end is not None:
        same_day = when.end.date() == when.start.date()
        end = "/" + when.end.strftime("%H:%M" if same_day else form)
    return when.start.strftime(form) + end + (f" {when.rule}" if when.rule else "")
