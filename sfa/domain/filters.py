"""The filter language of commands and screens: `stage=Negotiation amount>10k (owner=me or tag=key) -type=renewal`."""

import re
from dataclasses import dataclass

LONGEST = 2000
DEEPEST = 50
OPERATORS = ("!=", "<=", ">=", "=", "<", ">", "~")
_TOKEN = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<quoted>\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<field>[A-Za-z_][\w.]*)(?P<operator>!=|<=|>=|=|<|>|~)"
    r"|(?P<minus>-(?=[\w\"(]))|(?P<word>[^\s()\"]+))"
)
_VALUE = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|([^\s,()\"]+)")
_PLAIN = re.compile(r"[^\s,()\"\\]+")


class FilterError(ValueError):
    """A filter that cannot be read, with the column and a remedy."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field compared with any of the values; no values: the field is empty (or, with `!=`, is not)."""

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
    """Read a filter; whitespace means and.

    Raises:
        FilterError: it cannot be read, is too long or too deep.
    """
    if len(text) > LONGEST:
        raise FilterError(f"The filter has {len(text)} characters, {LONGEST} are the most.")
    reader = _Reader(text)
    expression = reader.any_of(0)
    reader.expect_end()
    return expression


class _Reader:
    """Reads from left to right; `or` binds weaker than and."""

    def __init__(self, text: str) -> None:
        self._text = text.rstrip()
        self._at = 0

    def _next(self) -> re.Match[str] | None:
        if self._at >= len(self._text):
            return None
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            raise FilterError(f"The filter cannot be read at column {self._at + 1}: a quote is not closed.")
        return match

    def expect_end(self) -> None:
        """Refuse what is left over."""
        if self._at < len(self._text):
            raise FilterError(f"The filter has a ) too many at column {self._at + 1}.")

    def any_of(self, depth: int) -> Expression:
        """Read parts joined by `or`."""
        if depth > DEEPEST:
            raise FilterError(f"The filter is nested deeper than {DEEPEST} levels.")
        parts = [self._all_of(depth)]
        while (match := self._next()) is not None and (match["word"] or "").lower() == "or":
            self._at = match.end()
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else Any_(tuple(parts))

    def _all_of(self, depth: int) -> Expression:
        parts: list[Expression] = []
        while (match := self._next()) is not None:
            word = (match["word"] or "").lower()
            if match["close"] or word == "or":
                break
            self._at = match.end()
            if word != "and":
                parts.append(self._part(match, depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self, match: re.Match[str], depth: int) -> Expression:
        if match["open"]:
            return self._group(match, depth)
        if match["minus"] or (match["word"] or "").lower() == "not":
            return self._negated(match, depth)
        if match["field"]:
            return Comparison(match["field"].lower(), match["operator"], self._values())
        return Words(_unquote(match["quoted"]) if match["quoted"] else match["word"])

    def _group(self, match: re.Match[str], depth: int) -> Expression:
        inner = self.any_of(depth + 1)
        closing = self._next()
        if closing is None or not closing["close"]:
            raise FilterError(f"The ( at column {match.start('open') + 1} is not closed.")
        self._at = closing.end()
        return inner

    def _negated(self, match: re.Match[str], depth: int) -> Expression:
        following = self._next()
        if depth >= DEEPEST:
            raise FilterError(f"The filter is nested deeper than {DEEPEST} levels.")
        if following is None or following["close"]:
            raise FilterError(f"Something must follow the “not” at column {match.end()}.")
        self._at = following.end()
        return Not(self._part(following, depth + 1))

    def _values(self) -> tuple[str, ...]:
        """Read what stands right behind an operator: values joined by commas, or nothing."""
        values: list[str] = []
        while match := _VALUE.match(self._text, self._at):
            values.append(_unescape(match[1]) if match[1] is not None else match[2])
            self._at = match.end()
            if self._text[self._at : self._at + 1] != ",":
                break
            self._at += 1
        if values == ["none"]:
            return ()
        return tuple(values)


def _unquote(text: str) -> str:
    return _unescape(text[1:-1])


def _unescape(text: str) -> str:
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
    return text if _PLAIN.fullmatch(text) and text != "none" else _quote(text)


def _quote(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'
