"""`sfa account tree` and `sfa account timeline`."""

from collections.abc import Sequence
from dataclasses import asdict

from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import argument, command, flag, json_option, limit_option, option
from sfa.cli.opening import open_desk
from sfa.cli.output import cell_text, emit_json, emit_table, say, tell
from sfa.cli.relations import branches
from sfa.domain.money import Money
from sfa.services.hierarchy import Branch, Figures

NOUN = "account"
WHICH = argument("words", is_many=True, shown="REFERENCE", help="Reference or name.")
SHOWN = 200
DAY_LENGTH = 10


def tree() -> TyperCommand:
    """Return `sfa account tree`."""
    params = [WHICH, json_option("One JSON object.")]
    return command("tree", _tree, params, "All accounts below it, what each brings and what all bring together.")


def _tree(*, words: Sequence[str], is_json: bool) -> None:
    from sfa.services.hierarchy import hierarchy  # noqa: PLC0415 - each command imports its own

    desk = open_desk()
    found = hierarchy(desk, targets.one(desk, NOUN, words))
    if is_json:
        top = {"id": found.top_id, "ref": found.top_ref, "name": found.top_name}
        emit_json({"ultimate_parent": top, "accounts": [_branch(branch) for branch in found.branches]})
        return
    root = found.branches[0]
    if found.top_id != root.id:
        say(f"Part of {found.top_name} ({found.top_ref})")
    stems = branches([branch.level for branch in found.branches])
    rows = [
        (f"{stem}{branch.name} ({branch.ref})", *_cells(branch))
        for stem, branch in zip(stems, found.branches, strict=True)
    ]
    titles = ("Account", "Open", "with below", "Won this year", "with below", "People", "Last touch")
    emit_table(titles, rows, (False, True, True, True, True, True, False))


def _cells(branch: Branch) -> tuple[str, ...]:
    own, rolled = branch.own, branch.rolled
    return (
        _amounts(own.open_amounts),
        _amounts(rolled.open_amounts),
        _amounts(own.won_amounts),
        _amounts(rolled.won_amounts),
        str(len(rolled.contact_ids)),
        cell_text("instant", rolled.last_touch)[:DAY_LENGTH],
    )


def _amounts(amounts: Sequence[Money]) -> str:
    return " + ".join(str(amount) for amount in amounts) or "–"


def _branch(branch: Branch) -> dict[str, object]:
    told = {name: getattr(branch, name) for name in ("id", "ref", "name", "type", "level", "parent_id")}
    return {**told, "own": _figures(branch.own), "rolled_up": _figures(branch.rolled)}


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "open_pipeline": _as_json(figures.open_amounts),
        "open_deals": figures.open_deals,
        "won_this_year": _as_json(figures.won_amounts),
        "won_deals": figures.won_deals,
        "contacts": len(figures.contact_ids),
        "last_touch": figures.last_touch,
    }


def _as_json(amounts: Sequence[Money]) -> list[dict[str, str]]:
    return [{"amount": amount.decimal_string(), "currency": amount.currency} for amount in amounts]


def timeline() -> TyperCommand:
    """Return `sfa account timeline`."""
    params = [
        WHICH,
        option("--kind", "kinds", default="", help="Only these, comma-separated: call, visit, note, stage, consent..."),
        option("--from", "first", shown="DAY", help="From this day on."),
        option("--to", "last", shown="DAY", help="Up to this day, it included."),
        flag("--all-children", "has_children", help="Of all accounts below it, too."),
        limit_option("At most so many.", SHOWN),
        json_option("One JSON array."),
    ]
    return command("timeline", _timeline, params, "Everything around it, the newest first, what is to come on top.")


def _timeline(
    *,
    words: Sequence[str],
    kinds: str,
    first: str | None,
    last: str | None,
    has_children: bool,
    limit: int,
    is_json: bool,
) -> None:
    from sfa.services.moments import read_day  # noqa: PLC0415 - as above
    from sfa.services.timeline import Wanted  # noqa: PLC0415 - as above
    from sfa.services.timeline import timeline as read_timeline  # noqa: PLC0415 - as above

    desk = open_desk()
    wanted = Wanted(
        tuple(kind.strip().lower() for kind in kinds.split(",") if kind.strip()),
        read_day(desk, first) if first else None,
        read_day(desk, last) if last else None,
        has_children,
    )
    entries = read_timeline(desk, NOUN, targets.one(desk, NOUN, words), limit + 1, wanted)
    shown = entries[:limit]
    if is_json:
        emit_json([asdict(entry) for entry in shown])
        return
    for entry in shown:
        when = cell_text("instant", entry.at) if "T" in entry.at else entry.at
        say(f"{when:<16}  {entry.kind:<9}  {': '.join(filter(None, (entry.title, entry.detail)))}")
    if not shown:
        tell("Nothing happened in that time." if first or last or kinds else "Nothing happened yet.")
    elif len(entries) > limit:
        tell(f"The first {limit}; --limit shows more.")
