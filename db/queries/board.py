"""What the pipeline board shows: per stage a count, sums, and the deals that come first."""

from typing import NamedTuple

from db.store import Store

CARDS_PER_STAGE = 100


class StageRow(NamedTuple):
    """A stage of a pipeline."""

    id: str
    name: str
    type: str
    probability_ppm: int
    rot_days: int | None


class StageSum(NamedTuple):
    """How many deals a stage holds, in one currency, and what they are worth in its minor units."""

    stage_id: str
    currency: str | None
    deals: int
    amount_minor: int


class CardRow(NamedTuple):
    """One deal on the board; days are ISO text."""

    id: str
    ref: str
    name: str
    account: str | None
    stage_id: str
    amount_minor: int | None
    currency: str | None
    close_date: str | None
    next_step: str | None
    next_step_on: str | None
    stage_entered_at: str | None
    last_activity_at: str | None
    planned_on: str | None


def stages(store: Store, pipeline_id: str | None = None) -> list[StageRow]:
    """Return the stages of a pipeline (of the first one where none is given), in order."""
    sql = (
        "SELECT id, name, type, probability_ppm, rot_days FROM stage WHERE deleted_at IS NULL AND pipeline_id ="
        " COALESCE(?, (SELECT id FROM pipeline WHERE deleted_at IS NULL ORDER BY seq LIMIT 1)) ORDER BY seq"
    )
    return [StageRow(*row) for row in store.rows(sql, (pipeline_id,))]


def stage_sums(store: Store, owner_id: str | None) -> list[StageSum]:
    """Return count and amount of open deals per stage and currency; answered by a covering index."""
    owner, parameters = ("owner_id = ? AND", (owner_id,)) if owner_id else ("", ())
    sql = (
        "SELECT stage_id, currency, count(*), COALESCE(sum(amount_minor), 0) FROM opportunity INDEXED BY opportunity_open"
        f" WHERE {owner} closed_on IS NULL AND deleted_at IS NULL GROUP BY stage_id, currency"
    )
    return [StageSum(*row) for row in store.rows(sql, parameters)]


def cards(store: Store, stage_id: str, owner_id: str | None, today: str, limit: int = CARDS_PER_STAGE) -> list[CardRow]:
    """Return the open deals of a stage that close first; what is planned counts from today on."""
    owner, parameters = ("o.owner_id = ? AND", (today, owner_id)) if owner_id else ("", (today,))
    sql = f"""
        SELECT o.id, o.ref, o.name, a.name, o.stage_id, o.amount_minor, o.currency, o.close_date, o.next_step,
            o.next_step_on,
            (SELECT max(at) FROM opportunity_history h WHERE h.opportunity_id = o.id AND h.is_stage_change = 1),
            (SELECT max(started_at) FROM activity y WHERE y.opportunity_id = o.id AND y.deleted_at IS NULL),
            (SELECT min(due_on) FROM task t WHERE t.opportunity_id = o.id AND t.done_at IS NULL
                AND t.deleted_at IS NULL AND t.due_on >= ?)
        FROM opportunity o LEFT JOIN account a ON a.id = o.account_id
        WHERE {owner} o.stage_id = ? AND o.closed_on IS NULL AND o.deleted_at IS NULL AND o.close_date IS {{known}} NULL
        ORDER BY o.close_date, o.rowid LIMIT ?
    """
    dated = store.rows(sql.format(known="NOT"), (*parameters, stage_id, limit))
    undated = (
        store.rows(sql.format(known=""), (*parameters, stage_id, limit - len(dated))) if len(dated) < limit else []
    )
    return [CardRow(*row) for row in (*dated, *undated)]
