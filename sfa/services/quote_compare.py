"""What two versions of a quote differ in, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.quote_sheet import Meant, Row, Sheet, load

_HEAD: Final = ("valid_until", "payment_terms_days", "terms", "cover", "tax_method", "rounding")
_SUMS: Final = ("line_sum_minor", "net_minor", "tax_minor", "gross_minor", "payable_minor")
_FIELDS: Final = (
    "quantity_dec6", "unit", "list_dec6", "net_dec6", "net_minor", "role", "choice_of", "is_chosen", "periods",
    "tax_rate_ppm", "delivery_on", "description",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Attributes:
        what: a line by its name and place, or what of the whole version.
        field: which of it; "" where the line itself came or went.
    """

    what: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and what they differ in, lines first, totals last."""

    before: str
    after: str
    differences: tuple[Difference, ...]


def compare(desk: Desk, quote_id: str, revisions: Sequence[int] = ()) -> Comparison:
    """Return what differs between two revisions; between the newest two where none is named, or it and the one named.

    Raises:
        UsageError: there is only one, or more than two are named.
        NotFoundError: there is no such revision.
    """
    newest = load(desk, Meant(quote_id))
    wanted = sorted(set(revisions)) if len(revisions) > 1 else [*revisions, newest.version["revision"]]
    if not revisions:
        wanted = [newest.version["revision"] - 1, newest.version["revision"]]
    if len(wanted) != 2 or wanted[0] == wanted[1] or wanted[0] < 1:  # noqa: PLR2004 - two are compared
        raise UsageError(
            f"{newest.quote['number']} has {newest.version['revision']} revision(s); two different ones are compared.",
            hint=f"sfa quote compare {newest.quote['number']} 1 2",
        )
    before, after = (load(desk, Meant(quote_id, revision)) for revision in wanted)
    return between(before, after)


def between(before: Sheet, after: Sheet) -> Comparison:
    """Return what differs between two versions of any quotes."""
    return Comparison(before.number, after.number, (*_lines(before, after), *_heads(before, after)))


def _lines(before: Sheet, after: Sheet) -> list[Difference]:
    """Pair lines of the same thing in their order; what has no pair came or went."""
    left = list(after.lines)
    found: list[Difference] = []
    for line in before.lines:
        twin = next((one for one in left if _thing(one) == _thing(line)), None)
        if twin is None:
            found.append(Difference(_name(line), "", _words(line, before.currency), ""))
            continue
        left.remove(twin)
        found += [
            Difference(_name(twin), _label(field), _text(line, field, before), _text(twin, field, after))
            for field in _FIELDS
            if line[field] != twin[field]
        ]
    return found + [Difference(_name(line), "", "", _words(line, after.currency)) for line in left]


def _thing(line: Row) -> tuple[str, str]:
    return str(line["kind"]), str(line["product_id"] or (line["description"] or "").casefold())


def _name(line: Row) -> str:
    return f"{line['ordinal']}. {line['product_name'] or line['description']}"


def _words(line: Row, currency: str) -> str:
    if line["kind"] != "product":
        return str(line["kind"])
    return f"{from_dec6(line['quantity_dec6'])} x {from_dec6(line['net_dec6'] or 0)} = {Money(line['net_minor'] or 0, currency)}"


def _heads(before: Sheet, after: Sheet) -> list[Difference]:
    return [
        Difference("total" if name in _SUMS else "quote", _label(name), _of(before, name), _of(after, name))
        for name in (*_HEAD, *_SUMS)
        if before.version[name] != after.version[name]
    ]


def _label(field: str) -> str:
    bare = field.removesuffix("_dec6").removesuffix("_minor").removesuffix("_ppm")
    names = {
        "list": "list price",
        "net": "net price" if field == "net_dec6" else "net",
        "choice_of": "choice",
        "line_sum": "lines",
    }
    return names.get(bare, bare.removeprefix("is_").replace("_", " "))


def _text(line: Row, field: str, sheet: Sheet) -> str:
    return _shown(field, line[field], sheet.currency)


def _of(sheet: Sheet, name: str) -> str:
    return _shown(name, sheet.version[name], sheet.currency)


def _shown(field: str, value: object, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        if field.endswith("_minor"):
            return str(Money(value, currency))
        if field.endswith("_dec6"):
            return from_dec6(value)
        if field.endswith("_ppm"):
            return f"{from_dec6(value * 100)} %"
        if field.startswith("is_"):
            return "yes" if value else "no"
    return str(value)
