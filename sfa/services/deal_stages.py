"""How a deal's stage decides its probability, category and closing (domain.md 3.1)."""

from datetime import date

from db.queries import stages as queries
from sfa.domain.fields import LOSS_REASONS
from sfa.errors import ConflictError, UsageError
from sfa.services import stages
from sfa.services.coercion import read_choice
from sfa.services.drafts import Draft
from sfa.services.stages import Stage

_FORECAST = ("probability_ppm", "category")


def complete(draft: Draft) -> None:
    """Put a deal into its stage and let what follows from it follow."""
    before = None if draft.is_new else stages.stage(draft.desk, draft.before["stage_id"])
    target = _target(draft, before)
    if before is None or target["id"] != before["id"]:
        _enter(draft, before, target)
    else:
        draft.row.pop("stage_id", None)
        draft.row.pop("pipeline_id", None)
    _follow(draft, target)
    _check_closing(draft, target)


def _target(draft: Draft, before: Stage | None) -> Stage:
    """Return the stage that the user means, by name, by outcome or by pipeline."""
    desk = draft.desk
    pipeline = draft.value("pipeline_id") or stages.default_pipeline(desk)
    text = draft.row.get("stage_id")
    if text:
        return stages.find(desk, pipeline, text, before)
    outcome = draft.parts.get("outcome")
    if outcome in stages.CLOSED:
        return before if before and before["type"] == outcome else stages.closing(desk, pipeline, outcome)
    if before is None or before["pipeline_id"] != pipeline:
        return stages.first_open(desk, pipeline)
    if outcome == "open" and before["type"] in stages.CLOSED:
        stood = queries.stage_before_closing(desk.store, draft.id)
        return stages.stage(desk, stood) if stood else stages.first_open(desk, pipeline)
    return before


def _enter(draft: Draft, before: Stage | None, target: Stage) -> None:
    """Write what a change of stage changes; on a move the schema's trigger adds probability and category."""
    row = draft.row
    row["stage_id"], row["pipeline_id"] = target["id"], target["pipeline_id"]
    if target["type"] in stages.CLOSED:
        row["is_won"] = int(target["type"] == "won")
        row["closed_on"] = row.get("closed_on") or draft.desk.today.isoformat()
        # The closed stage has the last word: an estimate of the rep's own is spent.
        row |= {"is_probability_overridden": 0, "is_category_overridden": 0}
        _take_reason(draft, target)
    elif before and before["type"] in stages.CLOSED:
        row |= {"is_won": None, "closed_on": None, "is_probability_overridden": 0, "is_category_overridden": 0}
        row |= {"win_reason": None, "loss_reason": None, "loss_note": None}


def _take_reason(draft: Draft, target: Stage) -> None:
    row = draft.row
    if target["type"] == "won":
        row |= {"loss_reason": None, "loss_note": None}
        return
    row["win_reason"] = None
    if draft.is_new:
        return
    if not row.get("loss_reason"):
        raise UsageError("A lost deal needs a reason.", hint=f"Choose from: {', '.join(LOSS_REASONS)}.")
    row["loss_reason"] = read_choice(row["loss_reason"], LOSS_REASONS)
    if row["loss_reason"] == "other" and not draft.value("loss_note"):
        raise UsageError("“other” needs a note that says why it was lost.", hint='Add it: --note "what happened"')


def _follow(draft: Draft, target: Stage) -> None:
    """Take probability and category from the stage, unless the rep has an estimate of their own."""
    for column in _FORECAST:
        flag = f"is_{column.removesuffix('_ppm')}_overridden"
        is_given = column in draft.row
        value = draft.row.get(column)
        if target["type"] in stages.CLOSED:
            if is_given and value is not None and value != target[column] and not draft.is_new:
                raise ConflictError("A closed deal has the probability and category of its stage.")
            draft.row.pop(column, None)
            value = None
        if value is not None:
            _refuse_closed_category(column, value)
            draft.row[flag] = int(not draft.is_new or value != target[column])
        elif is_given or draft.is_new:
            draft.row |= {column: target[column], flag: 0}


def _refuse_closed_category(column: str, value: object) -> None:
    if column == "category" and value == "closed":
        raise UsageError("Category: “closed” is for won deals.", hint="Win it instead: sfa opportunity win REF")


def _check_closing(draft: Draft, target: Stage) -> None:
    """See that the day of closing fits: past or today, never on an open deal."""
    closed = draft.row.get("closed_on")
    if target["type"] not in stages.CLOSED:
        if closed:
            raise UsageError("An open deal has no day of closing.", hint="Its expected day is close_date.")
        return
    if "closed_on" not in draft.row:
        return
    if closed is None:
        raise UsageError("A closed deal needs the day of closing.", hint="Reopen it: sfa opportunity reopen REF")
    if date.fromisoformat(closed) > draft.desk.today:
        raise UsageError(f"A deal cannot be closed ahead of time ({closed}).", hint="For a plan, set close_date.")
    if (draft.value("created_on") or closed) > closed:
        draft.row["created_on"] = closed


def backdate(draft: Draft) -> None:
    """Let the history agree with days told later: it begins when the deal did and ends when it was closed."""
    if draft.is_new:
        return
    closed = draft.row.get("closed_on")
    if closed:
        # What was written since the closing stood before it.
        for number, row in enumerate(queries.history_after(draft.desk.store, draft.id, f"{closed}T12:00:00.000Z")):
            if row["at"][:10] > closed:
                draft.work.update("opportunity_history", row["id"], {"at": f"{closed}T00:00:00.{number:03d}Z"})
    if draft.row.get("created_on") not in (None, draft.before["created_on"]):
        _begin(draft, f"{draft.row['created_on']}T00:00:00.000Z")


def _begin(draft: Draft, at: str) -> None:
    """Move the first row of the history to an instant, never past the next one."""
    first, *later = queries.history_after(draft.desk.store, draft.id, "")
    bound = later[0]["at"] if later else draft.work.at
    draft.work.update("opportunity_history", first["id"], {"at": min(at, bound)})
