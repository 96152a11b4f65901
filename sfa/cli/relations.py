"""How contacts and accounts stand to each other: relate, unrelate, tree, roles, move."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import argument, command, dry_run_option, json_option, option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_table, say, tell
from sfa.cli.results import tell_saved
from sfa.domain.relations import KINDS
from sfa.errors import UsageError
from sfa.services.desk import Desk

WHO = argument("words", is_many=True, shown="REFERENCE", help="Reference or name.")


def relate(noun: str) -> TyperCommand:
    """Return `sfa contact relate` or `sfa account relate`."""
    kinds = [*KINDS[noun], *(["reports_to"] if noun == "contact" else [])]
    params = [
        argument("first", shown="A", help="Of whom it is said."),
        argument("kind", help=f"One of: {', '.join(kinds)}."),
        argument("second", shown="B", help="The other one."),
        option("--note", "note", help="How you know, or what there is to it."),
        dry_run_option(),
        json_option("The record as JSON."),
    ]
    return command("relate", partial(_relate, noun), params, "Write down how one stands to another.")


def _relate(
    noun: str, *, first: str, kind: str, second: str, note: str | None, is_dry_run: bool, is_json: bool
) -> None:
    from sfa.services import relations  # noqa: PLC0415 - each command imports its own

    desk = open_desk()
    one, other = _both(desk, noun, first, second)
    saved = relations.relate(desk, noun, one, kind, other, note=note, is_dry_run=is_dry_run)
    tell_saved(desk, noun, saved, is_json=is_json)


def unrelate(noun: str) -> TyperCommand:
    """Return `sfa contact unrelate` or `sfa account unrelate`."""
    params = [
        argument("first", shown="A", help="One of them."),
        argument("second", shown="B", help="The other one."),
        option("--kind", "kind", help="Only this relation; all of them otherwise."),
        dry_run_option(),
        json_option("The record as JSON."),
    ]
    return command("unrelate", partial(_unrelate, noun), params, "Take back what relates two of them.")


def _unrelate(noun: str, *, first: str, second: str, kind: str | None, is_dry_run: bool, is_json: bool) -> None:
    from sfa.services import relations  # noqa: PLC0415 - as above

    desk = open_desk()
    one, other = _both(desk, noun, first, second)
    tell_saved(desk, noun, relations.unrelate(desk, noun, one, other, kind, is_dry_run=is_dry_run), is_json=is_json)


def _both(desk: Desk, noun: str, first: str, second: str) -> tuple[str, str]:
    return targets.one(desk, noun, [first]), targets.one(desk, noun, [second])


def contact_tree() -> TyperCommand:
    """Return `sfa contact tree`."""
    return command(
        "tree", _contact_tree, [WHO, json_option("One JSON array.")], "Who reports to whom, and who influences."
    )


def _contact_tree(*, words: Sequence[str], is_json: bool) -> None:
    from sfa.services import relations  # noqa: PLC0415 - as above

    desk = open_desk()
    contact_id = targets.one(desk, "contact", words)
    people = relations.tree(desk, contact_id)
    if is_json:
        emit_json([asdict(person) for person in people])
        return
    stems = branches([person.level for person in people])
    for stem, person in zip(stems, people, strict=True):
        here = " ◄" if person.id == contact_id else ""
        title = f", {person.title}" if person.title else ""
        marks = f"  · {'; '.join(person.marks)}" if person.marks else ""
        say(f"{stem}{person.name} ({person.ref}){title}{here}{marks}")


def branches(levels: Sequence[int]) -> list[str]:
    """Return what is drawn before each line of a tree, of their levels from the top: `├─ `, `│  └─ `."""
    found: list[str] = []
    going_on: set[int] = set()
    for level in reversed(levels):
        lines = "".join("│  " if depth in going_on else "   " for depth in range(1, level))
        turn = ("├─ " if level in going_on else "└─ ") if level else ""
        found.append(lines + turn)
        going_on = {depth for depth in going_on if depth < level} | {level}
    return found[::-1]


def roles() -> TyperCommand:
    """Return `sfa contact roles`."""
    return command("roles", _roles, [WHO, json_option("One JSON array.")], "Where they are and were, as what.")


def _roles(*, words: Sequence[str], is_json: bool) -> None:
    from sfa.services import roles as service  # noqa: PLC0415 - as above

    desk = open_desk()
    found = service.roles(desk, targets.one(desk, "contact", words))
    if is_json:
        emit_json([asdict(item) for item in found])
        return
    rows = [
        (item.account, item.account_ref, item.role or "", item.valid_from or "", item.valid_to or "now")
        for item in found
    ]
    if rows:
        emit_table(("Account", "Ref", "Role", "From", "To"), rows, [False] * 5)
    else:
        tell(f"{' '.join(words)} is at no account. Say where: sfa contact move REF --to ACCOUNT")


def move() -> TyperCommand:
    """Return `sfa contact move`."""
    params = [
        WHO,
        option("--to", "account", shown="ACCOUNT", help="Where they are now."),
        option("--on", "on", shown="DAY", help="Since when; today otherwise."),
        option("--role", "role", help="As what."),
        dry_run_option(),
        json_option("The contact as JSON."),
    ]
    return command("move", _move, params, "They work somewhere else now; the old role stays in the history.")


def _move(
    *, words: Sequence[str], account: str | None, on: str | None, role: str | None, is_dry_run: bool, is_json: bool
) -> None:
    from sfa.services import roles as service  # noqa: PLC0415 - as above

    if not account:
        raise UsageError("Where to?", hint='sfa contact move "Jane Doe" --to Globex --on 2026-03-01 --role CFO')
    desk = open_desk()
    contact_id = targets.one(desk, "contact", words)
    account_id = targets.one(desk, "account", [account])
    saved = service.move(desk, contact_id, account_id, on=on, role=role, is_dry_run=is_dry_run)
    tell_saved(desk, "contact", saved, is_json=is_json)
