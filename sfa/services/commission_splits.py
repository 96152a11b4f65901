"""Who shares in a deal or an order: shares that add up to the whole, overlays on top, each time as recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import record
from sfa.domain.commission.credit import CreditError, check_shares
from sfa.domain.commission.events import Share
from sfa.domain.figures import PPM, AmountError, ppm
from sfa.errors import NotFoundError, UsageError
from sfa.services.commission_access import require_keeper
from sfa.services.desk import Desk, Saved
from sfa.services.references import resolve

HINT: Final = 'Write each as NAME SHARE: sfa commission split "Acme renewal" "Ann 70%" "Bob 30%"'


@dataclass(frozen=True, slots=True)
class ShareView:
    """Somebody's share in a sale."""

    person: str
    commission_ppm: int
    quota_ppm: int
    is_overlay: bool
    recorded_at: str


def source_of(desk: Desk, text: str) -> tuple[str, str, str]:
    """Return table, id and name of the order or deal that a text means; an order by its number.

    Raises:
        NotFoundError: nothing is called so.
        ConflictError: several deals are.
    """
    row = desk.store.row(
        "SELECT id, number FROM sales_order WHERE number = ? AND deleted_at IS NULL", (text.strip().upper(),)
    )
    if row is not None:
        return "sales_order", row[0], row[1]
    found = resolve(desk, "opportunity", text)
    return "opportunity", found.id, found.label


def shares(desk: Desk, text: str) -> list[ShareView]:
    """Return who shares in a sale; its owner alone where nobody does.

    Raises:
        NotFoundError, ConflictError: as `source_of`.
    """
    table, source_id, _ = source_of(desk, text)
    people = queries.people(desk.store)
    rows = [row for row in queries.shares(desk.store) if row["source_id"] == source_id]
    if not rows:
        owner = (record(desk.store, table, source_id) or {}).get("owner_id")
        return [ShareView(people[owner]["name"], PPM, PPM, is_overlay=False, recorded_at="")] if owner else []
    last = rows[-1]["recorded_at"]
    return [
        ShareView(
            people[row["participant_id"]]["name"],
            row["commission_ppm"],
            row["quota_ppm"],
            row["type"] == "overlay",
            last,
        )
        for row in rows
        if row["recorded_at"] == last
    ]


def split(
    desk: Desk, text: str, primary: Sequence[str], overlays: Sequence[str] = (), reason: str = "", *, is_dry_run: bool = False
) -> Saved:  # fmt: skip
    """Say who shares in a sale; what was said before stays for the statements that are closed.

    Args:
        desk: the desk.
        text: the deal or the order.
        primary: `Ann 70%`, or `Ann 70%/50%` where commission and quota credit differ; they add up to 100 %.
        overlays: likewise, on top.
        reason: why.
        is_dry_run: whether only to say what would be done.

    Raises:
        NotFoundError: the sale or a person is not there.
        NotAllowedError: somebody else's sale, and somebody else keeps commissions.
        UsageError: a share cannot be read, or they do not add up.
    """
    table, source_id, label = source_of(desk, text)
    owner = (record(desk.store, table, source_id) or {}).get("owner_id")
    if owner is None or owner != desk.user_id:
        require_keeper(desk, "Sharing somebody else's sale")
    rows = [
        *(_share(desk, one, is_overlay=False) for one in primary),
        *(_share(desk, one, is_overlay=True) for one in overlays),
    ]
    try:
        check_shares(label, [share for share, _ in rows])
    except CreditError as error:
        raise UsageError(str(error).removeprefix("Event "), hint=HINT) from error
    with desk.store.write("commission.split", is_dry_run=is_dry_run) as work:
        for share, _ in rows:
            values: dict[str, Any] = {
                "source_type": table,
                "source_id": source_id,
                "participant_id": share.participant,
                "type": "overlay" if share.is_overlay else "direct",
                "commission_ppm": share.commission_ppm,
                "quota_ppm": share.quota_ppm,
                "recorded_at": work.at,
                "reason": reason or None,
            }
            work.insert("comp_credit", values)
        told = ", ".join(f"{name} {share.commission_ppm / 10_000:g} %" for share, name in rows)
        work.summary = f"Shared {label}: {told}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, source_id, is_dry_run=is_dry_run)


def _share(desk: Desk, text: str, *, is_overlay: bool) -> tuple[Share, str]:
    name, _, figures = text.strip().replace("=", " ").rpartition(" ")
    pay, _, quota = figures.partition("/")
    if not name.strip():
        raise UsageError(f"“{text}” names nobody, or no share.", hint=HINT)
    try:
        part = ppm(pay if pay.endswith("%") else f"{pay}%")
        counted = ppm(quota if quota.endswith("%") else f"{quota}%") if quota else part
    except AmountError as error:
        raise UsageError(f"“{text}”: {error}", hint=HINT) from error
    if not 0 <= part <= PPM or not 0 <= counted <= PPM:
        raise UsageError(f"“{text}”: a share lies between 0 and 100 %.", hint=HINT)
    try:
        person = resolve(desk, "user", name)
    except NotFoundError as error:
        raise NotFoundError(error.message, hint=HINT) from error
    return Share(person.id, part, counted, is_overlay), person.label
