"""Before one reaches out: what the people said about the channel, heeded by both doors (domain.md 4.4)."""

from __future__ import annotations

from db.queries import consent as queries
from db.queries.whom import may_mind
from sfa.domain.consent import FREE, REFUSED, SALES, Said, better_channel, channel_of, newest, ruling
from sfa.errors import NotAllowedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store import Store

INSISTED = "Reached out all the same"
VERBS = {
    "call": "be called", "email": "get e-mails", "message": "get messages", "visit": "be visited",
    "letter": "get letters",
}  # fmt: skip
_WAYS = {"call": "a call", "email": "an e-mail", "message": "a message", "visit": "a visit", "letter": "a letter"}


def warnings(
    store: Store,
    contact_ids: Sequence[str],
    kind: str,
    subject: str = "",
    *,
    is_fact: bool = False,
    is_forced: bool = False,
) -> list[str]:
    """Return a sentence for each of the people who would rather not be reached so; none where nobody minds.

    Args:
        store: the book.
        contact_ids: who is to be reached.
        kind: of the activity or appointment; empty for a task, whose subject tells.
        subject: of it.
        is_fact: whether it took place already: facts are kept, with a warning.
        is_forced: whether the user insists.

    Raises:
        NotAllowedError: one of them forbade it, and the user neither insists nor tells a fact.
    """
    channel = channel_of(kind, subject)
    if channel is None or not contact_ids or not may_mind(store, contact_ids, SALES):
        return []
    standing = newest(Said(*row) for row in queries.said(store, contact_ids))
    told = {said.contact_id: said for said in standing.values() if (said.channel, said.purpose) == (channel, SALES)}
    found = []
    for contact_id, (_, ref, name, preferred, preferred_time) in queries.people(store, contact_ids).items():
        said = told.get(contact_id)
        verdict = ruling(said.stance, is_fact=is_fact) if said else FREE
        if said is None or verdict == FREE:
            continue
        own = [item for item in standing.values() if item.contact_id == contact_id]
        way = better_channel(own, SALES, channel, preferred)
        instead = f" Better: {_WAYS[way]}{f', {preferred_time}' if preferred_time else ''}." if way else ""
        sentence = _sentence(name, ref, said)
        if verdict == REFUSED and not is_forced:
            hint = f"{instead.strip()} It took place already? Say when. Or insist: --force and the reason."
            raise NotAllowedError(sentence, hint=hint.strip())
        found.append(sentence + instead)
    return found


def _sentence(name: str, ref: str, said: Said) -> str:
    wish = "must not" if said.stance == "forbidden" else "would rather not"
    return f"{name} ({ref}) {wish} {VERBS[said.channel]}: {said.source}, {said.said_at[:10]}."


def insisted(reason: str) -> str:
    """Return the line that the record keeps of a wish that was not heeded."""
    return f"{INSISTED}: {reason}"
