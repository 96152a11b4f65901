"""The filter language of commands and screens: `stage=Negotiation amount>10k (owner=me or tags=key) -type=partner`."""

import re
from dataclasses import dataclass

LONGEST = 2000
DEEPEST = 50
OPERATORS = ("!=", "<=", ">=", "=", "<", ">", "~")
_EQUALITY = ("=", "!=")
_SINGLE = ("<", "<=", ">", ">=")
_QUOTED = r'(?:[^"\\]|\\(?s:.))*'
_TOKEN = re.compile(
    rf"\s*(?:(?P<open>\()|(?P<close>\))|\"(?P<quoted>{_QUOTED})\""
    r"|(?P<field>[^\W\d][\w.]*)(?P<space>\s*)(?P<operator>!=|<=|>=|=|<|>|~)"
    r"|(?P<minus>-(?=[\w\"(]))|(?P<word>[^\s()\"]+))"
)
_LISTED = re.compile(rf'"({_QUOTED})"|([^\s,()"]+)')
_ALONE = re.compile(rf'"({_QUOTED})"|([^\s()"]+)')
_COMMA = re.compile(r"\s*,\s*")
_PLAIN = re.compile(r"(?!=)[^\s,()\"\\]+")
"""What needs no quotes as a value; one that begins with `=` would make `<` into `<=`."""


class FilterError(ValueError):
    """A filter that cannot be read, with a remedy.

    Attributes:
        column: where, from 1.
    """

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field compared with any of the values; no values: the field is empty (or, with `!=`, is not).

    A value that is the name of a field is left to whoever knows the fields. `<`, `<=`, `>`, `>=` have one value.
    """

    field: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found anywhere in the record."""

    text: str


@dataclass(frozen=True, slots=True)
class All:
    """All parts hold; without parts everything fits."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - `Any` is taken
    """One part holds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Expression"


Expression = Comparison | Words | All | Any_ | Not


def parse_filter(text: str) -> Expression:
    """Read a filter; whitespace means and, which binds closer than `or`.

    Raises:
        FilterError: it cannot be read, has over 2,000 characters or over 50 levels.
    """
    if len(text) > LONGEST:
        raise FilterError(f"The filter has {len(text):,} characters: shorten it to {LONGEST:,}.", LONGEST + 1)
    reader = _Reader(text)
    expression = reader.everything()
    reader.expect_end()
    return expression


class _Reader:
    """Reads from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text.rstrip()
        self._at = 0

    def everything(self) -> Expression:
        """Read the whole; nothing at all fits every record."""
        return self._any_of(0) if self._text.strip() else All(())

    def expect_end(self) -> None:
        """Refuse what is left over."""
        match = self._next()
        if match is not None:
            column = match.start("close") + 1
            raise FilterError(f"The ) at column {column} closes nothing: take it away or open it before.", column)

    def _next(self) -> re.Match[str] | None:
        if self._at >= len(self._text):
            return None
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            column = self._text.index('"', self._at) + 1
            raise FilterError(f"The quote at column {column} is not closed: put another one behind the words.", column)
        return match

    def _next_word(self) -> str:
        match = self._next()
        return (match["word"] or "").lower() if match is not None else ""

    def _any_of(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise FilterError(f"The filter is nested too deeply: {DEEPEST} levels are the most.", self._at + 1)
        parts = [self._all_of(depth)]
        while self._next_word() == "or":
            self._skip()
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else Any_(tuple(parts))

    def _all_of(self, depth: int) -> Expression:
        parts = [self._part(depth)]
        while (match := self._next()) is not None and not match["close"] and self._next_word() != "or":
            if self._next_word() == "and":
                self._skip()
            parts.append(self._part(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _skip(self) -> re.Match[str]:
        match = self._next()
        if match is None:
            column = len(self._text) + 1
            raise FilterError(f"Something is missing at column {column}: write what is to be found.", column)
        self._at = match.end()
        return match

    def _part(self, depth: int) -> Expression:
        match = self._skip()
        word = (match["word"] or "").lower()
        if match["open"]:
            return self._group(match.start("open") + 1, depth)
        if match["minus"] or word == "not":
            if depth >= DEEPEST:
                raise FilterError(f"The filter is nested too deeply: {DEEPEST} levels are the most.", self._at)
            return Not(self._part(depth + 1))
        if match["field"]:
            return Comparison(match["field"].lower(), match["operator"], self._values(match))
        if match["quoted"] is not None:
            return Words(_unescaped(match["quoted"]))
        if match["close"] or word in ("or", "and"):
            column = len(self._text[: self._at]) - len(match[0].strip()) + 1
            raise FilterError(f"Something is missing at column {column}, before “{match[0].strip()}”.", column)
        return self._word(match)

    def _word(self, match: re.Match[str]) -> Words:
        """Return a bare word; one with an operator in it was meant for something else."""
        if re.search("[=<>~]", match["word"]):
            column = match.start("word") + 1
            text = match["word"]
            raise FilterError(f"“{text}” at column {column} compares no field: put it in quotes to find it.", column)
        return Words(match["word"])

    def _group(self, column: int, depth: int) -> Expression:
        following = self._next()
        inner = All(()) if following is not None and following["close"] else self._any_of(depth + 1)
        closing = self._next()
        if closing is None:
            raise FilterError(f"The ( at column {column} is not closed: put a ) behind the last part.", column)
        self._at = closing.end()
        return inner

    def _values(self, match: re.Match[str]) -> tuple[str, ...]:
        """Read what stands behind an operator: values joined by commas, or nothing; `a= b` has none."""
        operator = match["operator"]
        if operator not in _EQUALITY or match["space"]:
            self._at += len(self._text[self._at :]) - len(self._text[self._at :].lstrip())
        values: list[tuple[str, bool]] = []
        has_more = True
        while has_more:
            value = (_ALONE if operator in _SINGLE else _LISTED).match(self._text, self._at)
            if value is None:
                self._expect_no_value(operator, is_first=not values)
                break
            values.append((value[2], True) if value[1] is None else (_unescaped(value[1]), False))
            self._at = value.end()
            comma = None if operator in _SINGLE else _COMMA.match(self._text, self._at)
            has_more = comma is not None
            self._at = comma.end() if comma is not None else self._at
        self._expect_end_of_value()
        return _settled(values, operator, match.start("field") + 1)

    def _expect_no_value(self, operator: str, *, is_first: bool) -> None:
        if is_first and operator in _EQUALITY:
            return
        column = self._at + 1
        what = f"“{operator}”" if is_first else "the comma"
        raise FilterError(f"A value is missing at column {column}: write one behind {what}.", column)

    def _expect_end_of_value(self) -> None:
        follower, column = self._text[self._at : self._at + 1], self._at + 1
        if follower and follower != ")" and not follower.isspace():
            raise FilterError(
                f"“{follower}” at column {column} cannot stand in a value: put the value in quotes.", column
            )


def _settled(values: list[tuple[str, bool]], operator: str, column: int) -> tuple[str, ...]:
    """Return the values; a bare `none` alone means that there is none."""
    is_none = [is_bare and text.lower() == "none" for text, is_bare in values]
    if operator in _EQUALITY and any(is_none):
        if len(values) > 1:
            raise FilterError(
                f"“none” at column {column} stands alone: write (stage=none or stage=Won), or put it in quotes.", column
            )
        return ()
    return tuple(text for text, _ in values)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def render(expression: Expression) -> str:
    """Return a text that reads as the expression."""
    match expression:
        case Comparison(field, operator, values):
            return f"{field}{operator}{','.join(_value(value) for value in values)}"
        case Words(text):
            return _quote(text)
        case Not(part):
            return f"not ({render(part)})"
        case All(parts):
            return f"({' '.join(render(part) for part in parts)})"
        case Any_(parts):
            return f"({' or '.join(render(part) for part in parts)})"


def _value(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() != "none" else _quote(text)


def _quote(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'
