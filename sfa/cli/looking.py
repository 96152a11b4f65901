"""today, brief, search."""

from collections.abc import Sequence
from dataclasses import asdict

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, limit_option, option
from sfa.cli.naming import ALIASES
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, local_time, say, tell
from sfa.errors import UsageError
from sfa.services import references
from sfa.services.sheets import Section

SEARCH_LIMIT = 50


def today() -> TyperCommand:
    """Return `sfa today`."""
    params = [
        flag("--all", "is_everybody", help="Everybody's, not only yours."),
        flag("--json", "is_json", help="One JSON object."),
    ]
    return command("today", _today, params, "Appointments, tasks and deals that need you today.")


def _today(*, is_everybody: bool, is_json: bool) -> None:
    from sfa.quick.today import print_sheet  # noqa: PLC0415 - each command imports its own
    from sfa.services.today import day_sheet  # noqa: PLC0415 - as above

    sheet = day_sheet(open_desk(), is_everybody=is_everybody)
    if is_json:
        emit_json(sheet.as_dict())
    else:
        print_sheet(sheet)


def brief() -> TyperCommand:
    """Return `sfa brief`."""
    params = [
        argument("account", is_many=True, help="Name or reference."),
        flag("--json", "is_json", help="One JSON object."),
    ]
    return command("brief", _brief, params, "One page about an account, before a visit.")


def _brief(*, account: Sequence[str], is_json: bool) -> None:
    from sfa.services.brief import brief as read_brief  # noqa: PLC0415 - as above

    desk = open_desk()
    page = read_brief(desk, references.resolve(desk, "account", " ".join(account)).id)
    if is_json:
        emit_json(asdict(page))
        return
    say(f"{page.sheet.label} ({page.sheet.ref})")
    for section in (*page.sheet.sections, Section("Birthdays", page.birthdays)):
        _say_section(section)
    if page.last_contacts:
        say("\nLast contacts")
    for entry in page.last_contacts:
        say(f"  {local_time(entry.at)}  {entry.kind:<8}  {entry.title}")


def _say_section(section: Section) -> None:
    if not section.lines:
        return
    if section.title:
        say(f"\n{section.title} ({len(section.lines)})")
    for line in section.lines:
        say(f"  {line.label}: {line.text}")


def search() -> TyperCommand:
    """Return `sfa search`."""
    params = [
        argument("words", is_many=True, help="A name, a phone number, a word, a reference."),
        option("--noun", "noun", multiple=True, help="Only of this noun; may be given several times."),
        limit_option("At most so many.", SEARCH_LIMIT),
        flag("--json", "is_json", help="One JSON array."),
    ]
    return command("search", _search, params, "Find any record by any word of it.")


def _search(*, words: Sequence[str], noun: Sequence[str], limit: int, is_json: bool) -> None:
    from sfa.services import listing  # noqa: PLC0415 - as above
    from sfa.services.search import search as find  # noqa: PLC0415 - as above

    if not "".join(words).strip():
        raise UsageError("Search for what?", hint="sfa search acme")
    nouns = [listing.read_noun(ALIASES.get(name, name)).name for name in noun]
    hits = find(open_desk(), " ".join(words), nouns=nouns, limit=limit)
    columns = [("noun", "Kind", "text"), ("ref", "Ref", "text"), ("title", "Name", "text"), ("detail", "", "text")]
    rows = [asdict(hit) for hit in hits]
    if is_json:
        emit_rows(columns, rows, "json")
        return
    for row in rows:
        if row["noun"] == "activity" and row["detail"]:
            row["detail"] = local_time(row["detail"])
    emit_rows(columns, rows, "table")
    if not hits:
        tell(f"Nothing found for {' '.join(words)}.")
