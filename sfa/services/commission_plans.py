"""Plans in the book: checked, published as versions that never change, and assigned to people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import Row
from sfa.domain.commission.plan import Component, Kind, Plan, PlanError
from sfa.domain.commission.plan_text import read_plan
from sfa.domain.commission.settlement import Draw
from sfa.domain.figures import AmountError
from sfa.domain.money import parse_amount
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.commission_access import require_keeper
from sfa.services.desk import Desk, Saved
from sfa.services.moments import read_day
from sfa.services.references import resolve

MOST_BYTES: Final = 65536


@dataclass(frozen=True, slots=True)
class PlanView:
    """A version of a plan, with those whom it pays.

    Attributes:
        valid_to: the day behind the last one; None while no later version takes its place.
    """

    code: str
    version: int
    name: str
    currency: str
    status: str
    valid_from: str
    valid_to: str | None
    people: Sequence[str]
    plan: Plan
    text: str


def check(path: str) -> tuple[str, Plan]:
    """Return the text of a file and the plan that it says.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is no plan; the sentence names the line and the reason.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise NotFoundError(f"{path} cannot be read: {error.strerror}.", hint="Look at its path.") from error
    if len(raw) > MOST_BYTES:
        raise UsageError(f"{path} is longer than a plan may be, {MOST_BYTES} bytes.")
    try:
        text = raw.decode("utf-8-sig")
        return text, read_plan(text)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8.", hint="Save it as UTF-8.") from error
    except PlanError as error:
        raise UsageError(f"{path}: {error}", hint="How plans are written: docs/commission.md") from error


def publish(desk: Desk, path: str, *, is_dry_run: bool = False) -> Saved:
    """Publish a file as a version of its plan; the version before it ends where this one begins.

    Raises:
        NotAllowedError: somebody else publishes plans.
        NotFoundError, UsageError: as `check`.
        ConflictError: that version is published with another text, or does not follow the one before it.
    """
    require_keeper(desk, "Publishing a plan")
    text, plan = check(path)
    found = [row for row in queries.plan_versions(desk.store, only_published=False) if row["code"] == plan.code]
    mark = sha256(text.encode()).hexdigest()
    same = next((row for row in found if row["no"] == plan.version), None)
    if same is not None:
        if same["content_hash"] == mark:
            return Saved(f"{plan.code} version {plan.version} is published already")
        raise ConflictError(
            f"{plan.code} version {plan.version} is published, and stays as it is.",
            hint=f"Give the file version = {max(row['no'] for row in found) + 1} and a valid_from.",
        )
    last = found[-1] if found else None
    _refuse_before(plan, last)
    start, end = _days(plan)
    with desk.store.write("commission.publish", is_dry_run=is_dry_run) as work:
        if last is None:
            head = {"code": plan.code, "name": plan.name or plan.code, "currency": plan.currency}
            plan_id = work.insert("comp_plan", head)
        else:
            plan_id = last["plan_id"]
            if last["valid_to"] is None or last["valid_to"] > start:
                work.update("comp_plan_version", last["id"], {"valid_to": start})
        values: dict[str, Any] = {
            "plan_id": plan_id,
            "no": plan.version,
            "valid_from": start,
            "valid_to": end,
            "terms": text,
            "status": "published",
            "content_hash": mark,
            "published_at": work.at,
        }
        version_id = work.insert("comp_plan_version", values)
        work.summary = f"Published {plan.code} version {plan.version}, {len(plan.components)} components"
    return Saved(work.summary, None if is_dry_run else work.operation_id, version_id, is_dry_run=is_dry_run)


def _days(plan: Plan) -> tuple[str, str | None]:
    end = None if plan.valid_to == date.max else plan.valid_to.isoformat()
    return plan.valid_from.isoformat(), end


def _refuse_before(plan: Plan, last: Row | None) -> None:
    if last is None:
        return
    if plan.currency != last["currency"]:
        raise ConflictError(f"{plan.code} pays in {last['currency']}; a version cannot change that.")
    if plan.version < last["no"] or plan.valid_from.isoformat() <= last["valid_from"]:
        raise ConflictError(
            f"{plan.code} version {plan.version} must follow version {last['no']}, which holds from {last['valid_from']}.",
            hint="Give the file a higher version and a later valid_from.",
        )


def plans(desk: Desk) -> list[PlanView]:
    """Return all versions of all plans, the oldest first."""
    assigned: dict[str, list[str]] = {}
    for row in queries.assignments(desk.store):
        assigned.setdefault(row["code"], []).append(row["person"])
    return [
        PlanView(
            row["code"],
            row["no"],
            row["name"],
            row["currency"],
            row["status"],
            row["valid_from"],
            row["valid_to"],
            list(dict.fromkeys(assigned.get(row["code"], ()))),
            read_plan(row["terms"]),
            row["terms"],
        )
        for row in queries.plan_versions(desk.store, only_published=False)
    ]


def plan(desk: Desk, code: str, version: int | None = None) -> PlanView:
    """Return a version of a plan, the newest where none is named.

    Raises:
        NotFoundError: there is none.
    """
    every = plans(desk)
    found = [one for one in every if one.code.casefold() == code.strip().casefold()]
    found = [one for one in found if version is None or one.version == version]
    if not found:
        known = ", ".join(dict.fromkeys(one.code for one in every)) or "none is published yet"
        raise NotFoundError(
            f"There is no plan {code}{f' version {version}' if version else ''}.", hint=f"Plans: {known}."
        )
    return found[-1]


def describe(component: Component) -> str:
    """Return what a component pays for, in few words."""
    what = "" if component.kind == Kind.EARNINGS else f"{component.kind.value.replace('_', ' ')}, "
    rates = [f"{tier.rate_ppm / 10_000:g} %" for tier in component.tiers if tier.rate_ppm]
    told = (
        f"{what}{component.measure.value.replace('_', ' ')} at {component.trigger.value}, by {component.window.value}"
    )
    return f"{told}: {', '.join(rates)}" if rates else told


def assign(desk: Desk, code: str, user: str, start: str | None, end: str | None = None, *, guarantee: str | None = None,
           draw: str = Draw.RECOVERABLE.value, is_dry_run: bool = False) -> Saved:  # fmt: skip
    """Let a plan pay somebody from a day on, until before another; a draw guarantees so much of each period.

    Raises:
        NotAllowedError: somebody else assigns plans.
        NotFoundError: there is no such plan or person.
        ConflictError: the plan pays them on some of these days already.
        UsageError: the days or the draw cannot be.
    """
    require_keeper(desk, "Assigning a plan")
    view = plan(desk, code)
    person = resolve(desk, "user", user)
    first = read_day(desk, start) if start else desk.today.replace(month=1, day=1)
    last = read_day(desk, end) if end else None
    if last is not None and last <= first:
        raise UsageError(f"{last} is not behind {first}.", hint="--to is the day behind the last one.")
    rows = [row for row in queries.assignments(desk.store) if row["participant_id"] == person.id]
    for row in rows:
        overlaps = (
            row["valid_from"] < (last or date.max).isoformat() and (row["valid_to"] or "9999") > first.isoformat()
        )
        if row["code"] == view.code and overlaps:
            raise ConflictError(
                f"{view.code} pays {person.label} from {row['valid_from']} on already.",
                hint=f"End that first: sfa commission plan end {view.code} {person.label} --on DAY",
            )
    values: dict[str, Any] = {"valid_from": first.isoformat(), "valid_to": last.isoformat() if last else None}
    if guarantee:
        if draw not in [one.value for one in Draw]:
            raise UsageError(f"A draw is one of {', '.join(one.value for one in Draw)}.")
        amount = money(guarantee, view.currency)
        values["draw"] = f'{{"guarantee_minor": {amount}, "type": "{draw}"}}'
    with desk.store.write("commission.assign", is_dry_run=is_dry_run) as work:
        plan_id = next(row["plan_id"] for row in queries.plan_versions(desk.store) if row["code"] == view.code)
        row_id = work.insert("comp_assignment", {"participant_id": person.id, "plan_id": plan_id, **values})
        work.summary = f"{view.code} pays {person.label} from {first} on"
    return Saved(work.summary, None if is_dry_run else work.operation_id, row_id, is_dry_run=is_dry_run)


def end(desk: Desk, code: str, user: str, on: str, *, is_dry_run: bool = False) -> Saved:
    """Let a plan pay somebody until before a day.

    Raises:
        NotAllowedError: somebody else assigns plans.
        NotFoundError: the plan does not pay them.
        UsageError: the day is none, or comes before the first one.
    """
    require_keeper(desk, "Ending a plan")
    view = plan(desk, code)
    person = resolve(desk, "user", user)
    day = read_day(desk, on).isoformat()
    rows = queries.assignments(desk.store)
    own = [row for row in rows if (row["participant_id"], row["code"]) == (person.id, view.code)]
    if not own:
        raise NotFoundError(f"{view.code} does not pay {person.label}.", hint="sfa commission plan list")
    if day <= own[-1]["valid_from"]:
        raise UsageError(f"It pays from {own[-1]['valid_from']} on; {day} is no later day.")
    with desk.store.write("commission.assign", is_dry_run=is_dry_run) as work:
        work.update("comp_assignment", own[-1]["id"], {"valid_to": day})
        work.summary = f"{view.code} pays {person.label} until before {day}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, own[-1]["id"], is_dry_run=is_dry_run)


def money(text: str, currency: str) -> int:
    """Return an amount as typed, in minor units of a currency.

    Raises:
        UsageError: it is no amount, or one in another currency.
    """
    try:
        found = parse_amount(text, currency)
    except AmountError as error:
        raise UsageError(str(error)) from error
    if found.currency != currency:
        raise UsageError(f"It is paid in {currency}, not in {found.currency}.")
    return found.amount_minor
