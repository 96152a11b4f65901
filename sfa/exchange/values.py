"""Turns the text of a cell into a value of its field, or says why it can't."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Final, TypeAlias

from sfa.domain.dates import OrderGuess, guess_order, parse_day, parse_instant
from sfa.domain.money import Money, dec6, parse_amount
from sfa.domain.text import clean, fold
from sfa.exchange.choice_words import BOOLEANS, CHOICE_WORDS
from sfa.exchange.fields import ImportField

Value: TypeAlias = str | int | bool | date | datetime | Money | list[str] | None

EMPTY: Final = frozenset({"", "NULL", "null", "None", "N/A", "n/a", "#N/A", "-", "–", "—"})
MAX_TEXT: Final = 200
MAX_URL: Final = 500
MAX_MULTILINE: Final = 65_536

_SPREADSHEET_ERROR: Final = re.compile(r"#(REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_WHOLE: Final = re.compile(r"([+-]?)(\d{1,3}(?:([.,' \u00a0\u202f’])\d{3})(?:\3\d{3})*|\d{1,15})(?:[.,]0{1,6})?(?!\d)")
_UNIT: Final = re.compile(
    r"^net\s*|\s*(days?|tage?|jours?|d[ií]as?|min(ute)?[ns]?\.?|天|日|分钟|分)( net)?$", re.IGNORECASE
)
_THREE_PLACES: Final = re.compile(r"([^.,]*\d([.,])\d{3})(\D*)")
_DECIMALS: Final = re.compile(r"[^.,]*(?:\d{1,3}(?:[.,]\d{3})+)?([.,])(?:\d{1,2}|\d{4,})\D*")
_CLOCK: Final = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_CURRENCY_MARK: Final = re.compile(r"\b[A-Z]{3}\b|[A-Z]{0,2}\$|[€£¥₩₹₽]|\bzł|\bKč|元|円")
_MAILBOX: Final = re.compile(r"[^<>]*<([^<>]+)>")
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")
_DEC6: Final = 1_000_000
_PERCENT_PPM: Final = 100
_LONGEST_CACHE: Final = 20_000
_ALL_PPM: Final = 1_000_000


class ValueProblem(ValueError):  # noqa: N818 - a reason against a row, not a failure
    """A cell that can't be read as its field, with the reason in words that follow the field's name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells are to be read.

    Attributes:
        currency: ISO code of amounts that don't say theirs.
        date_order: "dmy", "mdy" or "ymd"; None to refuse a day that reads in two orders.
        zone: the clock by which instants without an offset were written.
        is_fraction: whether percentages are written as fractions: 0.1 for 10 %.
        decimal_sign: "." or "," where the column shows that it is one; "" where it doesn't.
        values: folded text in the file -> text to read instead.
    """

    currency: str
    date_order: str | None = None
    zone: tzinfo = UTC
    is_fraction: bool = False
    decimal_sign: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def convert(spec: ImportField, text: str, reading: Reading) -> Value:
    """Return the value of a cell: Money, a date, a UTC datetime, int, bool, list of tags or text; None if it is empty.

    Decimals come as integers of 10^-6, percentages as ppm, references and stages as the text that names them.

    Raises:
        ValueProblem: with the reason.
    """
    stripped = text.strip()
    if reading.values:
        stripped = reading.values.get(fold(stripped), stripped)
    if stripped in EMPTY:
        return None
    if _SPREADSHEET_ERROR.fullmatch(stripped):
        raise ValueProblem(f"{stripped} is an error of the spreadsheet")
    try:
        return _CONVERTERS[spec.kind](spec, stripped, reading)
    except ValueProblem:
        raise
    except (ValueError, OverflowError) as error:
        raise ValueProblem(str(error).rstrip(".") or f"{_quoted(stripped)} can't be read") from error


def _quoted(text: str) -> str:
    shown = clean(text[:40]).replace("\n", " ")
    return f"“{shown}…”" if len(text) > len(shown) else f"“{shown}”"


def _text(spec: ImportField, text: str, reading: Reading) -> str | None:
    del reading
    line = " ".join(clean(text).split())
    limit = MAX_URL if spec.kind == "url" else MAX_TEXT
    if len(line) > limit:
        raise ValueProblem(f"{_quoted(line)} is longer than {limit} characters")
    return line or None


def _multiline(spec: ImportField, text: str, reading: Reading) -> str | None:
    del spec, reading
    lines = clean(text.replace("\r\n", "\n").replace("\r", "\n"), multiline=True).strip()
    if len(lines) > MAX_MULTILINE:
        raise ValueProblem(f"{_quoted(lines)} is longer than {MAX_MULTILINE:,} characters")
    return lines or None


def _money(spec: ImportField, text: str, reading: Reading) -> Money:
    del spec
    return parse_amount(_unambiguous(text, reading.decimal_sign), reading.currency)


def _decimal(spec: ImportField, text: str, reading: Reading) -> int:
    del spec
    return dec6(_unambiguous(_CURRENCY_MARK.sub("", text).strip(), reading.decimal_sign))


def _unambiguous(text: str, sign: str) -> str:
    """Return "1.2340" for "1.234" where the point is known to part decimals, as it could part thousands."""
    match = _THREE_PLACES.fullmatch(text) if sign else None
    return f"{match[1]}0{match[3]}" if match and match[2] == sign else text


def _percent(spec: ImportField, text: str, reading: Reading) -> int:
    has_sign = text.endswith(("%", "％"))
    value = dec6(_unambiguous(text.rstrip("%％ \u00a0\u202f"), reading.decimal_sign or "."))
    if not reading.is_fraction or has_sign:
        value, rest = divmod(value, _PERCENT_PPM)
        if rest:
            raise ValueProblem(f"{_quoted(text)} has more than four decimals of a percent")
    if not 0 <= value <= _ALL_PPM:
        raise ValueProblem(f"{_quoted(text)} isn't between 0 and 100 percent")
    del spec
    return value


def _integer(spec: ImportField, text: str, reading: Reading) -> int:
    del reading
    clock = _CLOCK.fullmatch(text) if spec.name == "duration_min" else None
    if clock:
        hours, minutes, seconds = clock.groups()
        return int(hours) * 60 + int(minutes) + (int(seconds or 0) >= 30)  # noqa: PLR2004 - half a minute counts as one
    match = _WHOLE.fullmatch(_UNIT.sub("", text))
    if not match:
        raise ValueProblem(f"{_quoted(text)} isn't a whole number")
    number = int(re.sub(r"\D", "", match[2]))
    if match[1] == "-" and number:
        raise ValueProblem(f"{_quoted(text)} is below zero")
    return number


def _day(spec: ImportField, text: str, reading: Reading) -> date:
    del spec
    return parse_day(text, reading.date_order)


def _instant(spec: ImportField, text: str, reading: Reading) -> datetime:
    del spec
    return parse_instant(text, reading.date_order, reading.zone)


def _bool(spec: ImportField, text: str, reading: Reading) -> bool:
    del spec, reading
    found = BOOLEANS.get(fold(text))
    if found is None:
        raise ValueProblem(f"{_quoted(text)} is neither yes nor no")
    return found


def _choice(spec: ImportField, text: str, reading: Reading) -> str:
    del reading
    word = fold(" ".join(clean(text).replace("_", " ").replace("-", " ").split()))
    for choice in spec.choices:
        if word in {choice, choice.replace("_", " ")}:
            return choice
    found = CHOICE_WORDS.get(spec.name, {}).get(word)
    if found in spec.choices:
        return found
    raise ValueProblem(
        f"{_quoted(text)} is none of {', '.join(spec.choices)}; say what it means with "
        f'--values "{spec.name}:{clean(text[:40])}={spec.choices[0]}"'
    )


def _phone(spec: ImportField, text: str, reading: Reading) -> str | None:
    line = _text(spec, text, reading)
    if line is not None and sum(character.isdigit() for character in line) < 3:  # noqa: PLR2004 - emergency numbers have three
        raise ValueProblem(f"{_quoted(line)} isn't a phone number")
    return line


def _email(spec: ImportField, text: str, reading: Reading) -> str:
    line = _text(spec, text.removeprefix("mailto:"), reading) or ""
    mailbox = _MAILBOX.fullmatch(line)
    address = mailbox[1].strip() if mailbox else line
    if not _ADDRESS.fullmatch(address):
        raise ValueProblem(f"{_quoted(address)} isn't an e-mail address")
    return address


def _tags(spec: ImportField, text: str, reading: Reading) -> list[str]:
    del spec, reading
    words = (" ".join(clean(word).split()) for word in re.split(r":::|[;,|\n]", text))
    return list(dict.fromkeys(word[:80] for word in words if word and not word.startswith("*")))


def _currency(spec: ImportField, text: str, reading: Reading) -> str:
    del spec, reading
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueProblem(f"{_quoted(text)} isn't the code of a currency, such as EUR")
    return code


_CONVERTERS: Final[dict[str, Callable[[ImportField, str, Reading], Value]]] = {
    "text": _text,
    "multiline": _multiline,
    "money": _money,
    "decimal": _decimal,
    "percent": _percent,
    "integer": _integer,
    "day": _day,
    "instant": _instant,
    "bool": _bool,
    "choice": _choice,
    "reference": _text,
    "phone": _phone,
    "email": _email,
    "url": _text,
    "tags": _tags,
    "currency": _currency,
}


class ColumnReader:
    """Reads the cells of one column, each text once: columns repeat themselves."""

    def __init__(self, spec: ImportField, reading: Reading) -> None:
        self.spec = spec
        self._reading = reading
        self._known: dict[str, Value | ValueProblem] = {}

    def read(self, text: str) -> Value:
        """Return the cell's value; raises ValueProblem as `convert` does."""
        try:
            value = self._known[text]
        except KeyError:
            value = self._remember(text)
        if isinstance(value, ValueProblem):
            raise value
        return value

    def _remember(self, text: str) -> Value | ValueProblem:
        value: Value | ValueProblem
        try:
            value = convert(self.spec, text, self._reading)
        except ValueProblem as problem:
            value = problem.with_traceback(None)
        if len(self._known) < _LONGEST_CACHE:
            self._known[text] = value
        return value


def date_orders(columns: Mapping[str, Iterable[str]]) -> dict[str, OrderGuess]:
    """Return, for each day column, the order of day, month and year that its cells show.

    A guess that isn't certain ("03/04/2024" throughout) is for the caller to ask about; a column without any day is
    left out.
    """
    found = {}
    for column, cells in columns.items():
        samples = [cell for cell in dict.fromkeys(cells) if cell.strip() not in EMPTY]
        if samples:
            found[column] = guess_order(samples)
    return found


def decimal_sign(cells: Iterable[str]) -> str:
    """Return the sign before the decimals of a column of numbers, "" where no cell shows it or cells contradict."""
    found = {match[1] for match in map(_DECIMALS.fullmatch, cells) if match}
    return found.pop() if len(found) == 1 else ""


def are_fractions(spec: ImportField, cells: Iterable[str]) -> bool:
    """Return whether a column of percentages is written as fractions: none over 1, and some between 0 and 1.

    A probability of 1 alone is taken for a fraction as well, any other 1 for one percent.
    """
    found = {cell.strip().replace(",", ".") for cell in cells} - EMPTY
    numbers = {cell for cell in found if re.fullmatch(r"\d{1,9}(\.\d+)?", cell)}
    if not numbers or numbers != found:
        return False
    is_small = all(re.fullmatch(r"0*[01](\.0*)?|0*\.\d+", cell) for cell in numbers)
    return is_small and (spec.name == "probability" or any(re.fullmatch(r"0*\.\d*[1-9]\d*", cell) for cell in numbers))
