"""The small language of conditions: `ssd >= 2 and not (count(cards) > 1 or frame.colour = "red")`.

or, and, not, parentheses; = != < <= > >= between sums of whole numbers, options (their quantity), `3 * option`,
`count(group)` (different options chosen) and `units(group)` (all units); a bare option or sum means that it is above 0;
`group.attribute = "value"` asks whether a chosen option of the group has that attribute. Nothing else, and nothing is
ever executed.
"""

import re
from collections.abc import Callable

from sfa.domain.configurator.formula import TRUE, All, Any, Formula, Term, at_least, at_most, chosen, negation
from sfa.domain.configurator.model import LARGEST, Group, Model

LONGEST = 2_000
DEEPEST = 40
WORDS = frozenset({"and", "or", "not", "count", "units"})
_TOKEN = re.compile(r'\s*(?:([0-9]+)|([^\W\d]\w*)|("[^"]*")|(!=|<=|>=|[=<>()+*.-]))')
_COMPARISONS: dict[str, Callable[[list[Term], int], Formula]] = {
    ">=": at_least,
    "<=": at_most,
    ">": lambda terms, bound: at_least(terms, bound + 1),
    "<": lambda terms, bound: at_most(terms, bound - 1),
    "=": lambda terms, bound: All((at_least(terms, bound), at_most(terms, bound))),
    "!=": lambda terms, bound: Any((at_least(terms, bound + 1), at_most(terms, bound - 1))),
}


class ExpressionError(ValueError):
    """A text that is no condition, with a sentence that says where."""


def read_condition(text: str, model: Model) -> Formula:
    """Return a condition as a formula; an empty one is always true.

    Raises:
        ExpressionError: it cannot be read, or names nothing of the model.
    """
    if not text.strip():
        return TRUE
    if len(text) > LONGEST:
        raise ExpressionError(f"the condition is longer than {LONGEST} characters")
    return _Reader(text, model).read()


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(f"“{text[at:].strip()[:20]}” cannot be read in “{text.strip()}”")
        found.append(match[match.lastindex or 0])
        at = match.end()
    return found


class _Reader:
    """Reads tokens from left to right; each method takes what it knows and leaves the rest."""

    def __init__(self, text: str, model: Model) -> None:
        self._text = text.strip()
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0
        self._model = model
        self._groups = {group.id: group for group in model.groups}

    def read(self) -> Formula:
        """Return the whole text as a formula."""
        found = self._either()
        if self._at < len(self._tokens):
            raise self._error(f"“{self._next}” is not expected")
        return found

    @property
    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _error(self, problem: str) -> ExpressionError:
        return ExpressionError(f"{problem} in “{self._text}”")

    def _take(self, *wanted: str) -> str:
        """Take the next token if it is one of these; return it, or ""."""
        token = self._next
        if token not in wanted or not token:
            return ""
        self._at += 1
        return token

    def _must(self, wanted: str) -> None:
        if not self._take(wanted):
            raise self._error(
                f"“{wanted}” is missing before “{self._next}”" if self._next else f"“{wanted}” is missing"
            )

    def _either(self) -> Formula:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return Any(tuple(parts)) if len(parts) > 1 else parts[0]

    def _both(self) -> Formula:
        parts = [self._negated()]
        while self._take("and"):
            parts.append(self._negated())
        return All(tuple(parts)) if len(parts) > 1 else parts[0]

    def _negated(self) -> Formula:
        is_negated = False
        while self._take("not"):
            is_negated = not is_negated
        found = self._nested() if self._take("(") else self._comparison()
        return negation(found) if is_negated else found

    def _nested(self) -> Formula:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"more than {DEEPEST} parentheses stand within each other")
        found = self._either()
        self._must(")")
        self._depth -= 1
        return found

    def _comparison(self) -> Formula:
        if self._next in self._groups and self._tokens[self._at + 1 : self._at + 2] == ["."]:
            return self._attribute()
        terms, constant = self._sum()
        sign = self._take(*_COMPARISONS)
        if not sign:
            return at_least(terms, 1 - constant)
        other, other_constant = self._sum()
        left = terms + [(-factor, place, is_once) for factor, place, is_once in other]
        return _COMPARISONS[sign](left, other_constant - constant)

    def _attribute(self) -> Formula:
        group = self._groups[self._take(self._next)]
        self._must(".")
        name = self._take(self._next)
        sign = self._take("=", "!=")
        value = self._next
        if not sign or not value.startswith('"'):
            raise self._error(f"“{group.id}.{name}” must be followed by = or != and a text in quotes")
        self._at += 1
        found = having(self._model, group, name, value.strip('"'))
        if found is None:
            raise self._error(f"no option of “{group.id}” has {name} = {value}")
        formula = Any(tuple(chosen(place) for place in found))
        return formula if sign == "=" else negation(formula)

    def _sum(self) -> tuple[list[Term], int]:
        terms: list[Term] = []
        constant = 0
        sign = -1 if self._take("-") else 1
        while True:
            more, number = self._product()
            terms += [(sign * factor, place, is_once) for factor, place, is_once in more]
            constant += sign * number
            following = self._take("+", "-")
            if not following:
                return terms, constant
            sign = 1 if following == "+" else -1

    def _product(self) -> tuple[list[Term], int]:
        terms, number = self._atom()
        while self._take("*"):
            more, other = self._atom()
            if terms and more:
                raise self._error("only a number can multiply")
            factor = other if terms else number
            terms = [(factor * size, place, is_once) for size, place, is_once in terms or more]
            number = 0 if terms else number * other
            if abs(number) > LARGEST**2:
                raise self._error("the number is too large")
        return terms, number

    def _atom(self) -> tuple[list[Term], int]:
        token = self._next
        self._at += 1
        if token.isdecimal():
            if len(token) > len(str(LARGEST)):
                raise self._error(f"{token} is larger than {LARGEST}")
            return [], int(token)
        if token in ("count", "units"):
            return self._counted(is_once=token.startswith("c")), 0
        if token in self._model.at:
            return [(1, self._model.at[token], False)], 0
        if token in self._groups:
            raise self._error(f"“{token}” is a group: write count({token}) or units({token})")
        raise self._error(f"“{token}” is no option" if token else "something is missing at the end")

    def _counted(self, *, is_once: bool) -> list[Term]:
        self._must("(")
        name = self._next
        if name not in self._groups:
            raise self._error(f"“{name}” is no group")
        self._at += 1
        self._must(")")
        return [(1, self._model.at[option.id], is_once) for option in self._groups[name].options]


def having(model: Model, group: Group, attribute: str, value: str) -> list[int] | None:
    """Return the options of a group with a value of an attribute, None where no option has it."""
    found = [model.at[option.id] for option in group.options if option.attributes.get(attribute) == value]
    return found or None
