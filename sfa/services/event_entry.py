"""A new appointment out of a form whose first line may be quick entry: whom, when and how long stand in its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfa.errors import SfaError, UsageError
from sfa.services import events, quick_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfa.services.desk import Desk, Saved

_WORDS_TELL = ("subject", "starts")


def add_event(desk: Desk, values: Mapping[str, object], *, slot: str) -> Saved:
    """Add an appointment; what the words of its subject tell stands behind what the other fields say.

    Args:
        desk: the desk.
        values: by field name, as typed.
        slot: the beginning that the form was opened with; the words win over it, and another one over the words.

    Raises:
        UsageError: a field cannot be read.
        NotFoundError: a record that a field, or an @ in the subject, names is not in the book.
        ConflictError: such a name means several records.
    """
    subject = str(values.get("subject") or "").strip()
    given = {name: value for name, value in values.items() if value is not None}
    if not subject:
        raise UsageError("Subject: what is it about?", hint="Write it in the first line.")
    is_slot_kept = values.get("starts") == slot and "ends" not in values
    told = _told(desk, subject) if is_slot_kept else None
    if told is not None:  # its words tell when
        return events.add(desk, told | {name: value for name, value in given.items() if name not in _WORDS_TELL})
    about = _told(desk, f"{subject} {slot.replace('T', ' ')}") or {}
    if not is_slot_kept or about.get("starts") != slot:
        about.pop("ends", None)
    return events.add(desk, about | given)


def _told(desk: Desk, text: str) -> dict[str, object] | None:
    """Return what a line means where it means one appointment; None where it is a mere subject."""
    try:
        plan = quick_entry.understand(desk, text)
    except SfaError:
        if "@" in text:
            raise
        return None
    only = plan.entries[0] if len(plan.entries) == 1 else None
    return dict(only.values) if only is not None and only.noun == "event" and only.target is None else None
