"""Tells what a writing command did: one line, the reference, and how to undo it."""

from sfa.cli.output import as_json, emit_json, say
from sfa.services import listing
from sfa.services.desk import Desk, Saved


def tell_saved(desk: Desk, noun: str, saved: Saved, *, is_json: bool = False) -> None:
    """Print the result of a write."""
    if is_json:
        emit_json(_as_object(desk, noun, saved))
        return
    if saved.is_dry_run:
        say(f"Would do: {saved.summary}")
    elif saved.operation_id is None:
        say(f"{saved.summary or 'Nothing changed'}.".replace("..", "."))
    else:
        say(f"{saved.summary}. Undo: sfa undo")


def _as_object(desk: Desk, noun: str, saved: Saved) -> dict[str, object]:
    told: dict[str, object] = {"summary": saved.summary, "operation": saved.operation_id, "count": saved.count}
    if saved.id is None or saved.is_dry_run:
        return {**told, "id": saved.id, "is_dry_run": saved.is_dry_run}
    fields = [(item.name, item.title, item.kind) for item in listing.seen_noun(desk, noun).fields.values()]
    return {**as_json(fields, listing.record(desk, noun, saved.id)), **told}
