"""Compiles the filter language to SQL with bound parameters: no text from outside ever becomes SQL."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from db.queries.nouns import READ_NOUNS, ReadField, ReadNoun
from db.store import Store
from sfa.domain.dates import DateError, resolve_day
from sfa.domain.filters import All, Any_, Comparison, Expression, FilterError, Not, Words, parse_filter
from sfa.domain.money import AmountError, dec6, parse_amount, ppm
from sfa.domain.near import near_words
from sfa.errors import UsageError

NEAR = 3
_NUMERIC = frozenset({"money", "integer", "percent", "dec6", "bool"})
_NEGATED = {"!=": "="}
SearchWords = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class FilterContext:
    """What a filter depends on beside its text.

    Attributes:
        store: to look names up.
        today: for `close<eom`.
        currency: for `amount>10k`.
        user_id: for `owner=me`; None where nobody is known yet.
    """

    store: Store
    today: date
    currency: str
    user_id: str | None


@dataclass(slots=True)
class Condition:
    """SQL that stands after WHERE, and its parameters in order."""

    sql: str = "1"
    parameters: list[object] = field(default_factory=list)


def compile_filter(context: FilterContext, noun: ReadNoun, text: str) -> Condition:
    """Return the condition that a filter means for a noun.

    Raises:
        UsageError: it cannot be read, names an unknown field, or a value that the field cannot hold.
    """
    if not text.strip():
        return Condition()
    try:
        expression = parse_filter(text)
    except FilterError as error:
        raise UsageError(str(error), hint='Write it as: stage=Negotiation amount>10k "words of a name"') from error
    return _Compiler(context, noun).compile(expression)


class _Compiler:
    def __init__(self, context: FilterContext, noun: ReadNoun) -> None:
        self._context = context
        self._noun = noun

    def compile(self, expression: Expression) -> Condition:
        match expression:
            case All(parts):
                return self._join(" AND ", parts)
            case Any_(parts):
                return self._join(" OR ", parts)
            case Not(part):
                inner = self.compile(part)
                return Condition(f"NOT COALESCE({inner.sql}, 0)", inner.parameters)
            case Words(words):
                return self._words(words)
            case Comparison():
                return self._comparison(expression)

    def _join(self, sign: str, parts: tuple[Expression, ...]) -> Condition:
        conditions = [self.compile(part) for part in parts]
        if not conditions:
            return Condition()
        sql = sign.join(condition.sql for condition in conditions)
        return Condition(f"({sql})", [value for condition in conditions for value in condition.parameters])

    def _words(self, words: str) -> Condition:
        """Return a search of the index, which knows names, contents, phones and references."""
        from db.search_shapes import SHIFT, TABLES, first_entry  # noqa: PLC0415 - only where words are asked for
        from db.search_terms import match_query  # noqa: PLC0415 - as above

        query = match_query(words)
        if query is None or self._noun.table not in TABLES:
            return Condition("0")
        first = first_entry(self._noun.table)
        sql = (
            f"{self._noun.alias}.id IN (SELECT n.row_id FROM search_index JOIN search_entry n ON n.id = search_index.rowid"
            f" WHERE search_index MATCH ? AND search_index.rowid BETWEEN {first} AND {first + (1 << SHIFT) - 1})"
        )
        return Condition(sql, [query])

    def _comparison(self, part: Comparison) -> Condition:
        found = self._noun.field(part.field)
        if found is None:
            near = near_words(part.field, [*self._noun.fields, *self._noun.aliases], NEAR)
            hint = f"Did you mean {' or '.join(near)}?" if near else f"Fields: {', '.join(self._noun.fields)}."
            raise UsageError(f"{self._noun.name.capitalize()} has no field {part.field}.", hint=hint)
        if found.among and part.operator in ("=", "!="):
            return self._among(found, part)
        if not part.values:
            return self._empty(found, part)
        if found.name == "tags":
            return self._tags(part)
        if found.name == "status" and self._noun.name == "opportunity" and part.operator == "=":
            return _deal_status(part)
        other = self._noun.field(part.values[0].lower())
        if other is not None and len(part.values) == 1 and other.kind == found.kind and found.kind != "text":
            return Condition(f"{found.sql} {part.operator} {other.sql}")
        if found.target and part.operator in ("=", "!="):
            return self._reference(found, part)
        if part.operator == "~":
            return self._contains(found, part)
        return self._typed(found, part)

    def _among(self, found: ReadField, part: Comparison) -> Condition:
        """Return whether one of a record's several values is among those asked for."""
        values = [one for value in part.values for one in (self._named(found, value) if found.target else [value])]
        sought = f"COLLATE NOCASE IN ({', '.join('?' * len(values))})" if values else "IS NULL"
        return Condition(f"{'NOT ' if part.operator == '!=' else ''}EXISTS ({found.among} {sought})", list(values))

    def _empty(self, found: ReadField, part: Comparison) -> Condition:
        if part.operator not in ("=", "!="):
            raise UsageError(f"{part.field}{part.operator} needs a value behind it.", hint=f"Such as {part.field}=…")
        sql = found.id_sql or found.sql
        return Condition(f"{sql} IS {'NOT ' if part.operator == '!=' else ''}NULL")

    def _tags(self, part: Comparison) -> Condition:
        marks = ", ".join("?" * len(part.values))
        sql = (
            "EXISTS (SELECT 1 FROM record_tag rt JOIN tag tg ON tg.id = rt.tag_id WHERE rt.table_name = ?"
            f" AND rt.row_id = {self._noun.alias}.id AND tg.name COLLATE NOCASE IN ({marks}))"
        )
        negation = "NOT " if part.operator == "!=" else ""
        return Condition(negation + sql, [self._noun.table, *part.values])

    def _contains(self, found: ReadField, part: Comparison) -> Condition:
        patterns = [f"%{_escaped(value)}%" for value in part.values]
        sql = " OR ".join(f"{found.sql} LIKE ? ESCAPE '\\'" for _ in patterns)
        return Condition(f"({sql})", list(patterns))

    def _reference(self, found: ReadField, part: Comparison) -> Condition:
        ids = [record_id for value in part.values for record_id in self._named(found, value)]
        marks = ", ".join("?" * len(ids))
        if part.operator == "!=":
            return Condition(f"({found.id_sql} IS NULL OR {found.id_sql} NOT IN ({marks}))", list(ids))
        return Condition(f"{found.id_sql} IN ({marks})", list(ids))

    def _named(self, found: ReadField, value: str) -> list[str]:
        """Return the ids that a name means: exact in any case, else all that begin with it, or a reference or id."""
        if found.target == "user" and value.lower() == "me":
            return [self._context.user_id] if self._context.user_id else []
        target = READ_NOUNS[found.target]
        name = "name" if "name" in target.fields else "subject"
        column = f"{target.alias}.{name}"
        base = f"SELECT {target.alias}.id FROM {target.table} {target.alias} WHERE "
        rows = self._context.store.rows(
            f"{base}{column} = ? COLLATE NOCASE OR {target.alias}.ref = ? OR {target.alias}.id = ?", (value,) * 3
        ) or self._context.store.rows(f"{base}{column} LIKE ? ESCAPE '\\' LIMIT 1000", (f"{_escaped(value)}%",))
        if not rows:
            raise UsageError(
                f"No {found.target} is called {value}.",
                hint=self._near(
                    f"SELECT {column} FROM {target.table} {target.alias}",
                    value,
                    f"List them with: sfa {target.name} list",
                ),
            )
        return [str(row[0]) for row in rows]

    def _near(self, sql: str, value: str, otherwise: str | None = None) -> str | None:
        names = [str(row[0]) for row in self._context.store.rows(f"{sql} LIMIT 5000")]
        near = near_words(value, names, NEAR)
        return f"Did you mean {' or '.join(near)}?" if near else otherwise

    def _typed(self, found: ReadField, part: Comparison) -> Condition:
        conditions = [self._one(found, part.operator, value) for value in part.values]
        sign = " AND " if part.operator == "!=" else " OR "
        sql = sign.join(condition.sql for condition in conditions)
        return Condition(f"({sql})", [value for condition in conditions for value in condition.parameters])

    def _one(self, found: ReadField, operator: str, value: str) -> Condition:
        try:
            if found.kind == "day":
                return _compare(found, operator, resolve_day(value, self._context.today).isoformat())
            if found.kind == "instant":
                return self._instant(found, operator, value)
            if found.kind in _NUMERIC:
                return self._number(found, operator, value)
        except (AmountError, DateError) as error:
            hint = f"Such as {found.name}{operator}{_SUCH_AS.get(found.kind, '12')}."
            raise UsageError(f"{part_text(found.name, operator, value)}: {error}", hint=hint) from error
        comparison = _compare(found, operator, value)
        return Condition(f"({comparison.sql} COLLATE NOCASE)" if operator != "!=" else _differs(found), [value])

    def _instant(self, found: ReadField, operator: str, value: str) -> Condition:
        """Compare whole days: `started=today` is any time of it."""
        first = resolve_day(value, self._context.today)
        start, end = first.isoformat(), (first + timedelta(days=1)).isoformat()
        if operator in ("=", "!="):
            negation = "NOT " if operator == "!=" else ""
            return Condition(f"{negation}({found.sql} >= ? AND {found.sql} < ?)", [start, end])
        return Condition(
            f"{found.sql} {'>=' if '>' in operator else '<'} ?", [end if operator in (">", "<=") else start]
        )

    def _number(self, found: ReadField, operator: str, value: str) -> Condition:
        if found.kind == "money":
            return self._money(found, operator, value)
        if found.kind == "bool":
            return _compare(found, operator, int(value.lower() in ("1", "yes", "true", "y")))
        if found.kind == "percent":
            return _compare(found, operator, ppm(value))
        number = dec6(value)
        if found.kind == "dec6":
            return _compare(found, operator, number)
        return Condition(f"{found.sql} * 1000000 {operator} ?", [number])

    def _money(self, found: ReadField, operator: str, value: str) -> Condition:
        """Compare amounts; a value that names a currency asks for that currency, another takes the digits as they are."""
        amount = parse_amount(value, self._context.currency)
        condition = _compare(found, operator, amount.amount_minor)
        if amount.currency == self._context.currency:
            return condition
        return Condition(f"({condition.sql} AND {found.currency_sql} = ?)", [*condition.parameters, amount.currency])


_SUCH_AS = {"money": "40k", "percent": "60%", "day": "2026-12-31", "instant": "2026-12-31"}
_STATES = {"open": "o.closed_on IS NULL", "won": "o.is_won = 1", "lost": "o.is_won = 0"}


def _deal_status(part: Comparison) -> Condition:
    """Return a condition that partial indexes answer."""
    unknown = [value for value in part.values if value.lower() not in _STATES]
    if unknown:
        raise UsageError(f"A deal is never {unknown[0]}.", hint=f"Choose from: {', '.join(_STATES)}.")
    sql = " OR ".join(_STATES[value.lower()] for value in part.values)
    return Condition(sql if len(part.values) == 1 else f"({sql})")


def part_text(name: str, operator: str, value: str) -> str:
    """Return a comparison as it was written."""
    return f"{name}{operator}{value}"


def _compare(found: ReadField, operator: str, value: object) -> Condition:
    if operator == "!=":
        return Condition(_differs(found), [value])
    return Condition(f"{found.sql} {operator} ?", [value])


def _differs(found: ReadField) -> str:
    return f"({found.sql}) IS NOT ?"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
