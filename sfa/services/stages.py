"""Stages of a pipeline, found by the words that people use for them."""

from collections.abc import Sequence
from typing import Any, Final

from db.queries import stages as queries
from sfa.domain.text import fold
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.desk import Desk
from sfa.services.drafts import Draft, counted
from sfa.services.records import RecordVerbs

Stage = dict[str, Any]
CLOSED = ("won", "lost")


def stage(desk: Desk, stage_id: str) -> Stage:
    """Return a stage by its id.

    Raises:
        NotFoundError: there is none.
    """
    found = queries.stage(desk.store, stage_id)
    if found is None:
        raise NotFoundError(f"No stage {stage_id}.")
    return found


def default_pipeline(desk: Desk) -> str:
    """Return the id of the first pipeline."""
    found = queries.first_pipeline(desk.store)
    if found is None:
        raise NotFoundError("There is no pipeline.", hint="Restore one from the trash: sfa trash list")
    return found


def first_open(desk: Desk, pipeline_id: str) -> Stage:
    """Return the stage where deals of a pipeline begin."""
    return _first_of(desk, pipeline_id, "open")


def closing(desk: Desk, pipeline_id: str, outcome: str) -> Stage:
    """Return the stage of won or of lost deals."""
    return _first_of(desk, pipeline_id, outcome)


def find(desk: Desk, pipeline_id: str, text: str, current: Stage | None = None) -> Stage:
    """Return the stage meant: its name or the beginning of it in any case, its number, its id, `next` or `back`.

    Raises:
        NotFoundError: the pipeline has no such stage; its stages are in the hint.
        ConflictError: the text fits several.
        UsageError: there is none after or before the current one.
    """
    stages = queries.stages(desk.store, pipeline_id)
    wanted = fold(text)
    if wanted in ("next", "back") and current is not None:
        return _neighbour(stages, current, wanted)
    for matches in (
        [
            item
            for item in stages
            if text in (item["id"], item["ref"]) or wanted in (fold(item["name"]), str(item["seq"]))
        ],
        [item for item in stages if fold(item["name"]).startswith(wanted)],
        [item for item in stages if wanted in fold(item["name"])],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            names = [item["name"] for item in matches]
            raise ConflictError(f"“{text}” could be {' or '.join(names)}.", candidates=names)
    elsewhere = queries.stage(desk.store, text)
    if elsewhere is not None:
        return elsewhere
    raise NotFoundError(f"No stage “{text}”.", hint=f"Stages: {', '.join(item['name'] for item in stages)}.")


def _neighbour(stages: list[Stage], current: Stage, word: str) -> Stage:
    others = [item for item in stages if item["type"] not in CLOSED or item["type"] == "won"]
    if word == "next":
        found = next((item for item in others if item["seq"] > current["seq"]), None)
    else:
        found = next((item for item in reversed(others) if item["seq"] < current["seq"]), None)
    if found is None or current["type"] in CLOSED:
        raise UsageError(
            f"There is no stage {'after' if word == 'next' else 'before'} {current['name']}.",
            hint="Reopen a closed deal with: sfa opportunity reopen REF" if current["type"] in CLOSED else None,
        )
    return found


def _first_of(desk: Desk, pipeline_id: str, kind: str) -> Stage:
    found = next((item for item in queries.stages(desk.store, pipeline_id) if item["type"] == kind), None)
    if found is None:
        raise NotFoundError(f"This pipeline has no stage for {kind} deals.")
    return found


def _complete(draft: Draft) -> None:
    """Put a new stage behind the last open one, as likely as that; the closing stages move on."""
    if not draft.is_new:
        return
    draft.fill("pipeline_id", default_pipeline(draft.desk))
    stages = queries.stages(draft.desk.store, draft.row["pipeline_id"])
    before = next((item for item in reversed(stages) if item["type"] not in CLOSED), None)
    seq = before["seq"] + 1 if before else 1
    for item in stages:
        if item["seq"] >= seq:
            draft.work.update("stage", item["id"], {"seq": item["seq"] + 1})
    likely = before or {"probability_ppm": 0, "category": "pipeline"}
    draft.row |= {"seq": seq, "probability_ppm": likely["probability_ppm"], "category": likely["category"]}


def _guard(desk: Desk, rows: Sequence[Stage], _is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    """Keep stages where deals stand, and those that close deals."""
    for row in rows:
        if row["type"] in CLOSED:
            raise ConflictError(f"{row['name']} closes deals and stays.")
        deals = queries.deals_in(desk.store, row["id"])
        if deals:
            raise ConflictError(
                f"{row['name']} holds {counted(deals, 'deal')}.", hint="Move them first: sfa opportunity move REF STAGE"
            )


VERBS: Final = RecordVerbs("stage", complete=_complete, guard=_guard)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
