"""A version of a quote as a document: what it says, made into a file that is kept with its hash."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.queries.records import Row, linked, record
from sfa.domain.figures import from_dec6
from sfa.domain.pricing.amounts import part_ppm, share
from sfa.domain.pricing.documents import Role, Tax, TaxMethod
from sfa.domain.pricing.totals import LineTotal, Totals, total
from sfa.domain.quoting.states import EDITABLE, last_day
from sfa.errors import StorageError
from sfa.services.desk import Desk, Saved
from sfa.services.quote_sheet import Meant, Sheet, load, told
from sfa.services.quote_totals import document_of, is_counted

if TYPE_CHECKING:
    from sfa.documents.paper import LineAdjustment, Paper, PaperLine, Party, Section, Seller
    from sfa.documents.render import Rendered

FORMS: Final = ("pdf", "md", "html", "txt", "eml")
TEMPLATES: Final = "templates"


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
    return paper.Paper(
        kind=paper.Kind.QUOTE,
        language=paper.Language(language or quote["language"] or config.text("company.language")),
        number=quote["number"],
        issued_on=date.fromisoformat(version["quoted_on"]),
        seller=_seller(desk),
        buyer=_buyer(desk, sheet, contact),
        sections=_sections(sheet, totals),
        totals=totals,
        revision=version["revision"],
        valid_until=date.fromisoformat(last) if last else None,
        subject=quote["name"],
        cover=version["cover"] or "",
        payment_terms="" if days is None else f"{days} days",
        terms=(paper.Clause("", version["terms"]),) if version["terms"] else (),
        signature=paper.Signature(seller_name=owner.get("name") or "", buyer_name=contact.get("name") or ""),
        page_size=paper.PageSize(config.text("company.page_size")),
        is_tax_inclusive=bool(version["is_tax_inclusive"]),
        tax_method=TaxMethod(version["tax_method"]),
        is_draft=version["state"] in EDITABLE,
    )


def _parts(text: str) -> tuple[str, ...]:
    """Return the lines of a setting; semicolons part them."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _seller(desk: Desk) -> "Seller":
    from sfa.documents.paper import Seller  # noqa: PLC0415 - as above

    def said(key: str) -> str:
        return desk.config.text(f"company.{key}")

    same = ("email", "phone", "tax_id", "city", "postal_code", "website", "logo", "iban")
    return Seller(
        name=said("name") or desk.config.text("user.name") or "—",
        address=_parts(said("address")),
        bank=_parts(said("bank")),
        legal=_parts(said("legal")),
        country=desk.config.text("workspace.country"),
        **{name: said(name) for name in same},
    )


def _buyer(desk: Desk, sheet: Sheet, contact: Row) -> "Party":
    from sfa.documents.paper import Party  # noqa: PLC0415 - as above

    account = record(desk.store, "account", sheet.quote["account_id"]) or {}
    places = linked(desk.store, "address", "account_id", sheet.quote["account_id"])
    place = min(places, key=lambda row: row["kind"] != "billing", default=None) or {}
    town = " ".join(filter(None, (place.get("postal_code"), place.get("city"))))
    return Party(
        name=account.get("legal_name") or account["name"],
        address=tuple(filter(None, (place.get("street"), town, place.get("region"), place.get("country")))),
        contact=contact.get("name") or "",
        email=sheet.version["sent_to"] or "",
        tax_id=account.get("tax_id") or "",
        city=place.get("city") or "",
        postal_code=place.get("postal_code") or "",
        country=place.get("country") or "",
    )


def _sections(sheet: Sheet, totals: Totals) -> "tuple[Section, ...]":
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
        texts, lines, count = _lines(sheet, rows, amounts, count)
        if head is None and not lines and not texts:
            continue
        worth = sum(line.amount_minor for line in lines if line.is_counted)
        heading = str(head["description"]) if head else ""
        found.append(Section(lines, heading, "\n".join(texts), worth if head else None))
    return tuple(found)


def _lines(
    sheet: Sheet, rows: list[Row], amounts: dict[str, LineTotal], count: int
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
    return texts, tuple(_line(sheet, line, amounts[line["id"]], place, more) for place, line, more in heads), count


def _called(line: Row) -> str:
    return str(line["product_name"] or line["description"]).split("\n")[0]


def _line(sheet: Sheet, line: Row, amount: LineTotal, position: str, more: list[str]) -> "PaperLine":
    from sfa.documents.paper import PaperLine  # noqa: PLC0415 - as above

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
        period=f"{line['periods']} {line['period'] or 'period'}s" if line["periods"] is not None else "",
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


def make(
    desk: Desk,
    meant: Meant,
    form: str = "pdf",
    target: Path | None = None,
    language: str = "",
    *,
    is_dry_run: bool = False,
) -> Saved:
    """Make the document of a version as a file, and keep what it was: an acceptance is bound to its hash.

    Args:
        desk: the desk.
        meant: which quote.
        form: one of FORMS.
        target: the file; one in the folder of documents where none is given.
        language: as for `paper_of`.
        is_dry_run: whether only to say what would be done.

    Raises:
        UsageError: there is no such form.
        StorageError: the file cannot be written.
    """
    from sfa.documents.render import render  # noqa: PLC0415 - documents alone

    workspace = desk.store.workspace
    sheet = load(desk, meant)
    templates = workspace.folder / TEMPLATES
    made = render(paper_of(desk, sheet, language), form, templates if templates.is_dir() else None)
    file = target or workspace.documents / f"{sheet.number}.{form}"
    with desk.store.write("quote.paper", is_dry_run=is_dry_run) as work:
        kept = {"language": language or sheet.quote["language"], "name": file.name, "made_at": work.at}
        work.insert("paper_file", {**_kept(sheet, made), **kept})
        if not is_dry_run:
            _write(file, made.data)
        work.summary = (
            f"Made {file} of {sheet.number}, SHA-256 {made.sha256}{''.join(f'; {one}' for one in made.warnings)}"
        )
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def _kept(sheet: Sheet, made: "Rendered") -> dict[str, object]:
    return {
        "table_name": "quote_version",
        "record_id": sheet.version_id,
        "kind": "quote",
        "template": "quote",
        "template_sha256": made.template or None,
        "media_type": made.media_type,
        "sha256": made.sha256,
    }


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written: {error.strerror or error}.", hint="Choose another place: --out"
        ) from error
