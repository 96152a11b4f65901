"""The deal of a quote: its amount is that of its primary quote, and an acceptance may win it."""

from db.queries import quotes as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.quoting.states import OPEN
from sfa.errors import ConflictError
from sfa.services.desk import Desk, Saved
from sfa.services.quote_sheet import Meant, Row, Sheet, load, told


def make_primary(desk: Desk, meant: Meant, *, is_dry_run: bool = False) -> Saved:
    """Let a deal's amount follow this quote, and no other of the deal.

    Raises:
        NotFoundError: there is no such quote.
        ConflictError: it belongs to no deal.
    """
    with desk.store.write("quote.primary", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        if sheet.quote["opportunity_id"] is None:
            raise ConflictError(
                f"{sheet.number} belongs to no deal.", hint=f"sfa quote edit {sheet.quote['number']} --opportunity DEAL"
            )
        for row in queries.siblings(desk.store, sheet.quote["opportunity_id"]):
            work.update("quote", row["id"], {"is_primary": int(row["id"] == sheet.id)})
        sheet.quote["is_primary"] = 1
        follow(desk, work, sheet)
        work.summary = f"{sheet.quote['number']} is the primary quote of its deal"
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def is_first(desk: Desk, opportunity_id: str) -> bool:
    """Tell whether a deal has no primary quote yet."""
    return not any(row["is_primary"] for row in queries.siblings(desk.store, opportunity_id))


def follow(desk: Desk, work: UnitOfWork, sheet: Sheet) -> None:
    """Let an open deal have the net total of its primary quote's newest version, once that has lines."""
    deal = deal_of(desk, sheet)
    net = sheet.version["net_minor"]
    if deal is None or deal["closed_on"] or not sheet.quote["is_primary"] or not net:
        return
    newest = queries.versions(desk.store, sheet.id)[-1]
    if newest["id"] != sheet.version_id and sheet.version["state"] in OPEN:
        return
    if (deal["amount_minor"], deal["currency"]) != (net, sheet.currency):
        work.update("opportunity", deal["id"], {"amount_minor": net, "currency": sheet.currency})


def deal_of(desk: Desk, sheet: Sheet) -> Row | None:
    """Return the living deal of a quote, None where it has none."""
    found = record(desk.store, "opportunity", sheet.quote["opportunity_id"] or "")
    return found if found and not found["deleted_at"] else None
