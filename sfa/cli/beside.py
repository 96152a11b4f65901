"""What `show` tells of a contact or an account beside its fields: wishes, roles, relations."""

from dataclasses import asdict

from sfa.services import consent, people_lines, relations, roles
from sfa.services.desk import Desk
from sfa.services.sheet_lines import Line


def facts(desk: Desk, noun: str, record_id: str) -> list[tuple[str, str]]:
    """Return titles with their lines."""
    found = {"Relations": people_lines.relation_lines(desk, noun, record_id)}
    if noun == "contact":
        found = {
            "How to reach": people_lines.consent_lines(desk, record_id),
            "Roles": people_lines.role_lines(desk, record_id),
            **found,
        }
    return [(title, "\n".join(_told(line) for line in lines)) for title, lines in found.items()]


def as_json(desk: Desk, noun: str, record_id: str) -> dict[str, object]:
    """Return the same for programs."""
    told: dict[str, object] = {"relations": [asdict(item) for item in relations.relations(desk, noun, record_id)]}
    if noun == "contact":
        told["consent"] = [asdict(item) for item in consent.standing(desk, record_id)]
        told["roles"] = [asdict(item) for item in roles.roles(desk, record_id)]
    return told


def _told(line: Line) -> str:
    return f"{line.label}: {line.text}" if line.text else line.label
