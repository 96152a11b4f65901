"""How a column is declared: its SQLite type, its rule, and the words that keep both in one place.

Every helper returns a SQLModel field whose column carries a CHECK, so that no door
can write what the type does not say.
"""

from typing import Any

from sqlalchemy import Integer, Text
from sqlmodel import Field

INSTANT_RULE = "strftime('%Y-%m-%dT%H:%M:%fZ', {0}) IS {0}"
DAY_RULE = "date({0}) IS {0}"


def _field(type_: Any, rule: str | None, *, null: bool, **extra: Any) -> Any:  # noqa: ANN401 - SQLModel's own Field is untyped
    info = {"rule": rule, "local": extra.pop("local", False)}
    server_default = extra.pop("server_default", None)
    kwargs: dict[str, Any] = {"info": info}
    if server_default is not None:
        kwargs["server_default"] = server_default
    default = None if null else ...
    return Field(default=default, sa_type=type_, nullable=null, sa_column_kwargs=kwargs, **extra)


def text(*, null: bool = True, longest: int = 200, **extra: Any) -> Any:  # noqa: ANN401 - as above
    """Return a text column of at most `longest` characters; an obligatory one is never blank."""
    rule = f"length({{0}}) <= {longest}"
    return _field(Text, rule if null else f"{rule} AND trim({{0}}) <> ''", null=null, **extra)


def prose(*, null: bool = True) -> Any:  # noqa: ANN401 - as above
    """Return a column for notes: up to 64 kB."""
    return _field(Text, "length({0}) <= 65536", null=null)


def kept() -> Any:  # noqa: ANN401 - as above
    """Return a column for what other programs' files said beyond our columns, pictures among it: up to a million characters."""
    return text(longest=1_000_000)


def choice(*values: str, null: bool = False, default: str | None = None) -> Any:  # noqa: ANN401 - as above
    """Return a text column that holds one of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return _field(Text, f"{{0}} IN ({listed})", null=null, server_default=default)


def integer(*, null: bool = True, least: int | None = None, most: int | None = None, **extra: Any) -> Any:  # noqa: ANN401 - as above
    """Return a whole number, with limits."""
    rules = [f"{{0}} >= {least}" if least is not None else "", f"{{0}} <= {most}" if most is not None else ""]
    return _field(Integer, " AND ".join(rule for rule in rules if rule) or None, null=null, **extra)


def money(*, null: bool = True) -> Any:  # noqa: ANN401 - as above
    """Return an amount in minor units of the currency beside it; NULL means not known."""
    return integer(null=null, least=-(10**15), most=10**15)


def amount() -> Any:  # noqa: ANN401 - as above
    """Return an amount that is never below nothing, in minor units of the currency beside it."""
    return integer(least=0, most=10**15)


def rating() -> Any:  # noqa: ANN401 - as above
    """Return what a person gave from 1 to 5."""
    return integer(least=1, most=5)


def ppm(*, null: bool = True, least: int = 0, **extra: Any) -> Any:  # noqa: ANN401 - as above
    """Return a share in parts per million: 10 % is 100,000."""
    return integer(null=null, least=least, most=1_000_000, **extra)


def currency(*, null: bool = True) -> Any:  # noqa: ANN401 - as above
    """Return an ISO 4217 code."""
    return _field(Text, "{0} GLOB '[A-Z][A-Z][A-Z]'", null=null)


def flag(*, default: bool = False) -> Any:  # noqa: ANN401 - as above
    """Return a truth value, kept as 0 or 1."""
    return _field(Integer, "{0} IN (0, 1)", null=False, server_default="1" if default else "0")


def day(*, null: bool = True) -> Any:  # noqa: ANN401 - as above
    """Return a calendar date, `YYYY-MM-DD`."""
    return _field(Text, DAY_RULE, null=null)


def instant(*, null: bool = True, **extra: Any) -> Any:  # noqa: ANN401 - as above
    """Return a moment in UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`."""
    return _field(Text, INSTANT_RULE, null=null, **extra)


def json_object(*, null: bool = True) -> Any:  # noqa: ANN401 - as above
    """Return a JSON object, for fields that a company declares itself."""
    return _field(Text, "json_valid({0}) AND json_type({0}) = 'object'", null=null)


def json_list(*, null: bool = True) -> Any:  # noqa: ANN401 - as above
    """Return a JSON list."""
    return _field(Text, "json_valid({0}) AND json_type({0}) = 'array'", null=null)


def link(target: str, *, null: bool = True, index: bool = True) -> Any:  # noqa: ANN401 - as above
    """Return a foreign key to the `id` of the target table, indexed unless a longer index begins with it."""
    return _field(Text, None, null=null, foreign_key=f"{target}.id", index=index)
