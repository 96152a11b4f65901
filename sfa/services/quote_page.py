"""What a version of a quote says as a document: parties, sections, lines, totals, words."""

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from db.queries.records import Row, linked, record
from sfa.domain.figures import from_dec6
from sfa.domain.pricing.amounts import part_ppm, share
from sfa.domain.pricing.documents import Role, Tax, TaxMethod
from sfa.domain.pricing.totals import LineTotal, Totals, total
from sfa.domain.quoting.states import EDITABLE, last_day
from sfa.domain.quoting.totals import document_of, is_counted
from sfa.services.desk import Desk
from sfa.services.quote_sheet import Sheet

if TYPE_CHECKING:
    from sfa.documents.paper import LineAdjustment, Paper, PaperLine, Party, Section, Seller

_PERIODS_EN: Final = {"half": "half-year"}
_PERIODS_ZH: Final = {"day": "天", "month": "个月", "quarter": "个季度", "half": "个半年", "year": "年", "period": "期"}


def paper_of(desk: Desk, sheet: Sheet, language: str = "") -> "Paper":
    """Return a version as a document, every amount as it is stored; it depends on nothing else but the settings.

    Args:
        desk: the desk, for its company.
        sheet: the version.
        language: `en` or `zh`; that of the quote, then of the company, where none is given.
    """
    from sfa.documents import paper  # noqa: PLC0415 - documents alone

    version, quote, config = sheet.version, sheet.quote, desk.config
    totals = total(document_of(sheet))
    days = version["payment_terms_days"]
    contact = record(desk.store, "contact", quote["contact_id"] or "") or {}
    owner = record(desk.store, "app_user", quote["owner_id"] or "") or {}
    last = last_day(version["valid_until"], None)
    tongue = language_of(desk, sheet, language)
    return paper.Paper(
        kind=paper.Kind.QUOTE,
        language=paper.Language(tongue),
        number=quote["number"],
        issued_on=date.fromisoformat(version["quoted_on"]),
        seller=seller_of(desk, owner),
        buyer=buyer_of(desk, quote["account_id"], quote["contact_id"], version["sent_to"]),
        sections=_sections(sheet, totals, tongue),
        totals=totals,
        revision=version["revision"],
        valid_until=date.fromisoformat(last) if last else None,
        subject=quote["name"],
        cover=version["cover"] or "",
        payment_terms="" if days is None else spelled(days, "day", tongue),
        terms=(paper.Clause("", version["terms"]),) if version["terms"] else (),
        signature=paper.Signature(seller_name=owner.get("name") or "", buyer_name=contact.get("name") or ""),
        page_size=paper.PageSize(config.text("company.page_size")),
        is_tax_inclusive=bool(version["is_tax_inclusive"]),
        tax_method=TaxMethod(version["tax_method"]),
        is_draft=version["state"] in EDITABLE,
    )


def language_of(desk: Desk, sheet: Sheet, language: str = "") -> str:
    """Return the language of a document: the one wanted, that of the quote, or the company's."""
    return str(language or sheet.quote["language"] or desk.config.text("company.language"))


def spelled(count: int, period: str, language: str) -> str:
    """Return so many days, months or years in words: `1 year`, `12 months`, `12 个月`."""
    if language == "zh":
        return f"{count} {_PERIODS_ZH[period]}"
    return f"{count} {_PERIODS_EN.get(period, period)}{'' if count == 1 else 's'}"


def _parts(text: str) -> tuple[str, ...]:
    """Return the lines of a setting; semicolons part them."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def seller_of(desk: Desk, owner: Row | None = None) -> "Seller":
    """Return the company with its letterhead, as the settings have it; a desk without one goes by its owner."""
    from sfa.documents.paper import Seller  # noqa: PLC0415 - as above

    def said(key: str) -> str:
        return desk.config.text(f"company.{key}")

    same = ("email", "phone", "tax_id", "city", "postal_code", "website", "logo", "iban")
    return Seller(
        name=said("name") or desk.config.text("user.name") or (owner or {}).get("name") or "—",
        address=_parts(said("address")),
        bank=_parts(said("bank")),
        legal=_parts(said("legal")),
        country=desk.config.text("workspace.country"),
        **{name: said(name) for name in same},
    )


def buyer_of(desk: Desk, account_id: str, contact_id: str | None = None, email: str | None = None) -> "Party":
    """Return a customer with the address for bills."""
    from sfa.documents.paper import Party  # noqa: PLC0415 - as above

    account = record(desk.store, "account", account_id) or {}
    contact = record(desk.store, "contact", contact_id or "") or {}
    places = linked(desk.store, "address", "account_id", account_id)
    place = min(places, key=lambda row: row["kind"] != "billing", default=None) or {}
    town = " ".join(filter(None, (place.get("postal_code"), place.get("city"))))
    return Party(
        name=account.get("legal_name") or account["name"],
        address=tuple(filter(None, (place.get("street"), town, place.get("region"), place.get("country")))),
        contact=contact.get("name") or "",
        email=email or "",
        tax_id=account.get("tax_id") or "",
        city=place.get("city") or "",
        postal_code=place.get("postal_code") or "",
        country=place.get("country") or "",
    )


def _sections(sheet: Sheet, totals: Totals, tongue: str) -> "tuple[Section, ...]":
    """Group lines by headings; words alone stand beneath the line before them, or beneath the heading."""
    from sfa.documents.paper import Section  # noqa: PLC0415 - as above

    amounts = {line.id: line for line in totals.lines}
    groups: list[tuple[Row | None, list[Row]]] = [(None, [])]
    for line in sheet.lines:
        if line["kind"] == "section":
            groups.append((line, []))
        else:
            groups[-1][1].append(line)
    count, found = 0, []
    for head, rows in groups:
        texts, lines, count = _lines(sheet, rows, amounts, count, tongue)
        if head is None and not lines and not texts:
            continue
        worth = sum(line.amount_minor for line in lines if line.is_counted)
        heading = str(head["description"]) if head else ""
        found.append(Section(lines, heading, "\n".join(texts), worth if head else None))
    return tuple(found)


def _lines(
    sheet: Sheet, rows: list[Row], amounts: dict[str, LineTotal], count: int, tongue: str
) -> "tuple[list[str], tuple[PaperLine, ...], int]":
    """Return texts before the first line, the lines, and how many have a number by now; parts count within theirs."""
    heads: list[tuple[str, Row, list[str]]] = []
    texts: list[str] = []
    below: dict[str, tuple[str, int]] = {}
    for line in rows:
        own = heads[-1][2] if heads else texts
        if line["kind"] == "text":
            own.append(str(line["description"]))
        elif line["id"] not in amounts:
            own.append(f"{from_dec6(line['quantity_dec6'])} x {_called(line)}")
        else:
            parent = below.get(line["parent_line_id"] or "")
            if parent:
                position = f"{parent[0]}.{parent[1] + 1}"
                below[line["parent_line_id"]] = (parent[0], parent[1] + 1)
            else:
                count += 1
                position = str(count)
            below[line["id"]] = (position, 0)
            heads.append((position, line, []))
    made = tuple(_line(sheet, line, amounts[line["id"]], (place, more), tongue) for place, line, more in heads)
    return texts, made, count


def _called(line: Row) -> str:
    return str(line["product_name"] or line["description"]).split("\n")[0]


def _line(sheet: Sheet, line: Row, amount: LineTotal, place: tuple[str, list[str]], tongue: str) -> "PaperLine":
    """Return a line; `place` is its position with the words that stand beneath it."""
    from sfa.documents.paper import PaperLine  # noqa: PLC0415 - as above

    position, more = place
    own = line["description"] if line["product_name"] else "\n".join(str(line["description"]).split("\n")[1:])
    is_blended = len(json.loads(line["slices"])) > 1
    listed = line["list_minor"]
    return PaperLine(
        position=position,
        description=_called(line),
        quantity_dec6=line["quantity_dec6"],
        amount_minor=amount.amount_minor,
        net_minor=amount.net_minor,
        taxes=(Tax(line["tax_category"], line["tax_rate_ppm"], reason=line["tax_reason"] or ""),),
        unit=line["unit"] or "",
        code=line["product_code"] or "",
        details="\n".join(filter(None, [own, *more])),
        list_price_dec6=line["list_dec6"] if line["list_dec6"] != line["net_dec6"] else None,
        net_price_dec6=None if is_blended else line["net_dec6"],
        base_dec6=line["base_dec6"],
        discount_ppm=_share(listed, amount.amount_minor),
        adjustments=_adjustments(sheet, line, amount),
        role=Role(line["role"]),
        is_counted=is_counted(line),
        period="" if line["periods"] is None else spelled(line["periods"], line["period"] or "period", tongue),
    )


def _share(listed: int, worth: int) -> int:
    return max(0, part_ppm(listed - worth, listed) or 0)


def _adjustments(sheet: Sheet, line: Row, amount: LineTotal) -> "tuple[LineAdjustment, ...]":
    from sfa.documents.paper import LineAdjustment  # noqa: PLC0415 - as above

    rows = [row for row in sheet.allowances if row["line_id"] == line["id"]]
    base = amount.amount_minor
    return tuple(
        LineAdjustment(
            bool(row["is_charge"]),
            row["reason"],
            row["amount_minor"] if row["percent_ppm"] is None else share(row["base_minor"] or base, row["percent_ppm"]),
            row["percent_ppm"],
            row["base_minor"],
        )
        for row in rows
    )
