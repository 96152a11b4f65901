"""People as pages show them: where they are, how they like to be reached, what they forbid, whom they know."""

from db.queries import consent as consent_queries
from db.queries import day as queries
from sfa.domain.consent import SALES, Said, newest
from sfa.services import consent
from sfa.services.desk import Desk
from sfa.services.relations import relations
from sfa.services.roles import roles
from sfa.services.sheet_lines import Line, joined

CHANNEL_WORDS = {"call": "calls", "email": "e-mail", "message": "messages", "visit": "visits", "letter": "letters"}


def person_lines(desk: Desk, account_id: str) -> tuple[Line, ...]:
    """Return a line for each of the people at an account: title or role, phone, mail, wishes, what they forbid."""
    rows = queries.people_of(desk.store, account_id)
    wishes = _restrictions(desk, [row[0] for row in rows])
    return tuple(
        Line(
            row[2],
            joined(row[4] or row[3], row[5], row[6], _liking(row[8], row[9], row[10]), *wishes.get(row[0], ())),
            "contact",
            row[0],
        )
        for row in rows
    )


def _liking(channel: str | None, time: str | None, language: str | None) -> str:
    """Return `prefers calls, mornings, in German`; nothing where nothing is known."""
    liked = joined(CHANNEL_WORDS.get(channel or ""), time, f"in {language}" if language else "")
    return f"prefers {liked}" if liked else ""


def _restrictions(desk: Desk, contact_ids: list[str]) -> dict[str, list[str]]:
    """Return what each of these people forbade or dislikes, by contact."""
    if not contact_ids:
        return {}
    found: dict[str, list[str]] = {}
    standing = newest(Said(*row) for row in consent_queries.said(desk.store, contact_ids))
    for said in sorted(standing.values(), key=lambda item: (item.stance != "forbidden", item.channel)):
        if said.is_restrictive:
            verb = "NO" if said.stance == "forbidden" else "rather no"
            purpose = "" if said.purpose == SALES else f" for {said.purpose}"
            found.setdefault(said.contact_id, []).append(
                f"{verb} {CHANNEL_WORDS[said.channel]}{purpose} ({said.source}, {said.said_at[:10]})"
            )
    return found


def consent_lines(desk: Desk, contact_id: str) -> tuple[Line, ...]:
    """Return what counts now, a line for each channel and purpose."""
    return tuple(
        Line(
            CHANNEL_WORDS[item.channel],
            f"{item.stance} for {item.purpose} ({item.source}, {item.said_at[:10]})",
        )
        for item in consent.standing(desk, contact_id)
    )


def relation_lines(desk: Desk, noun: str, record_id: str) -> tuple[Line, ...]:
    """Return the relations of a contact or an account, seen from it."""
    return tuple(
        Line(f"{item.words} {item.name}", item.note or "", noun, item.id) for item in relations(desk, noun, record_id)
    )


def role_lines(desk: Desk, contact_id: str) -> tuple[Line, ...]:
    """Return where a contact is and was."""
    return tuple(
        Line(item.account, joined(item.role, _span(item.valid_from, item.valid_to)), "account", item.account_id)
        for item in roles(desk, contact_id)
    )


def _span(first: str | None, last: str | None) -> str:
    if last:
        return f"{first or '…'} to {last}"
    return f"since {first}" if first else ""


def reports_lines(desk: Desk, contact_id: str) -> tuple[Line, ...]:
    """Return who reports to a contact."""
    rows = queries.reports_of(desk.store, contact_id)
    return tuple(Line(name, title or "", "contact", person) for person, name, title in rows)
