"""Activities: calls, meetings, mails... that took place."""

from typing import Final

from db.queries import records as queries
from sfa.services.drafts import Draft
from sfa.services.links import as_list, fill_account, who
from sfa.services.records import RecordVerbs

SUBJECTS: Final = {
    "call": ("Call with", "Call from"),
    "meeting": ("Meeting with", "Meeting with"),
    "visit": ("Visit to", "Visit of"),
    "email": ("E-mail to", "E-mail from"),
    "message": ("Message to", "Message from"),
    "letter": ("Letter to", "Letter from"),
    "demo": ("Demo for", "Demo by"),
    "coaching": ("Coaching with", "Coaching by"),
    "internal": ("Internal talk about", "Internal talk about"),
    "other": ("Contact with", "Contact from"),
}
INTERNAL: Final = ("internal", "coaching")


def _complete(draft: Draft) -> None:
    draft.fill("kind", "other")
    draft.fill("direction", "out")
    draft.fill("started_at", draft.work.at)
    if draft.row.get("kind"):
        draft.row["is_internal"] = int(draft.row["kind"] in INTERNAL)
    fill_account(draft)
    if draft.is_new and not draft.row.get("subject"):
        draft.row["subject"] = _default_subject(draft)


def _default_subject(draft: Draft) -> str:
    words = SUBJECTS[draft.row["kind"]][int(draft.row["direction"] == "in")]
    whom = who(draft)
    return f"{words} {whom}" if whom else words.rpartition(" ")[0]


def _finish(draft: Draft) -> None:
    """Let exactly the named people have taken part."""
    if "contact" not in draft.parts:
        return
    wanted = list(dict.fromkeys(as_list(draft.parts["contact"])))
    links = queries.linked(draft.desk.store, "activity_contact", "activity_id", draft.id)
    for link in links:
        if link["contact_id"] not in wanted:
            draft.work.remove("activity_contact", link["id"])
    present = {link["contact_id"] for link in links}
    for contact_id in wanted:
        if contact_id not in present:
            draft.work.insert("activity_contact", {"activity_id": draft.id, "contact_id": contact_id})


VERBS: Final = RecordVerbs("activity", complete=_complete, finish=_finish)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
