"""Pipelines and their stages."""

from db.queries.records import Row, rows
from db.store import Store


def first_pipeline(store: Store) -> str | None:
    """Return the id of the pipeline that deals go into by default."""
    found = store.value("SELECT id FROM pipeline WHERE deleted_at IS NULL ORDER BY seq, id LIMIT 1")
    return None if found is None else str(found)


def stages(store: Store, pipeline_id: str) -> list[Row]:
    """Return the stages of a pipeline in their order."""
    return rows(store, "SELECT * FROM stage WHERE pipeline_id = ? AND deleted_at IS NULL ORDER BY seq", (pipeline_id,))


def stage(store: Store, stage_id: str) -> Row | None:
    """Return a stage by its id, removed ones too (old deals may stand in them)."""
    found = rows(store, "SELECT * FROM stage WHERE id = ?", (stage_id,))
    return found[0] if found else None


def stage_before_closing(store: Store, opportunity_id: str) -> str | None:
    """Return the last stage that was no won or lost one, as the history tells."""
    sql = (
        "SELECT stage_id FROM opportunity_history h JOIN stage s ON s.id = h.stage_id"
        " WHERE opportunity_id = ? AND s.type NOT IN ('won', 'lost') ORDER BY h.at DESC, h.id DESC LIMIT 1"
    )
    found = store.value(sql, (opportunity_id,))
    return None if found is None else str(found)


def history_after(store: Store, opportunity_id: str, at: str) -> list[Row]:
    """Return the rows of a deal's history later than an instant, oldest first."""
    sql = "SELECT id, at FROM opportunity_history WHERE opportunity_id = ? AND at > ? ORDER BY at, id"
    return rows(store, sql, (opportunity_id, at))


def deals_in(store: Store, stage_id: str) -> int:
    """Return how many deals stand in a stage."""
    sql = "SELECT count(*) FROM opportunity WHERE stage_id = ? AND deleted_at IS NULL"
    return int(store.value(sql, (stage_id,)))
