"""`sfa brief`: one page about an account, before a visit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, local_time, say
from sfa.domain.text import clean
from sfa.services import references
from sfa.services.brief import Brief
from sfa.services.sheet_lines import Line
from sfa.services.timeline import TimelineEntry

TITLE_CELLS = 11
PAGE_LINES = 24
MOST = {"People": 4, "Open deals": 4, "Promised": 4, "Coming": 3, "Last talks": 4, "News": 2, "Birthdays": 2}
"""Lines of each part, so that the page fits a screen; what is left out is counted, and `--json` has it all."""

FACTS = ("Type", "Industry", "City", "Owner", "Parent")


def brief() -> TyperCommand:
    """Return `sfa brief`."""
    params = [
        argument("account", is_many=True, help="Name or reference."),
        flag("--json", "is_json", help="One JSON object."),
    ]
    return command("brief", _brief, params, "One page about an account, before a visit.")


def _brief(*, account: Sequence[str], is_json: bool) -> None:
    from sfa.services.brief import brief as read_brief  # noqa: PLC0415 - each command imports its own

    desk = open_desk()
    page = read_brief(desk, references.resolve(desk, "account", " ".join(account)).id)
    if is_json:
        emit_json(asdict(page))
        return
    for line in page_lines(page):
        say(line)


def page_lines(page: Brief) -> Iterator[str]:
    """Yield the lines of the page, each part beside its title."""
    known = {line.label: line.text for line in page.sheet.sections[0].lines} if page.sheet.sections else {}
    facts = [known[name] if name != "Parent" else f"part of {known[name]}" for name in FACTS if name in known]
    yield " · ".join(clean(text) for text in (f"{page.sheet.label} ({page.sheet.ref})", *facts))
    visit = f"last visit {page.last_visit}" if page.last_visit else ""
    for title, lines in (
        ("People", _told(page.people)),
        ("Open deals", _told(page.open_deals)),
        ("Promised", _told(page.promises)),
        ("Coming", _happened(page.coming)),
        ("Last talks", _happened(page.last_contacts)),
        ("News", [visit, *_happened(page.news)] if visit else _happened(page.news)),
        ("Birthdays", _told(page.birthdays)),
    ):
        yield from _part(title, lines)


def _told(lines: Iterable[Line]) -> list[str]:
    return [f"{line.label}: {line.text}" if line.text else line.label for line in lines]


def _happened(entries: Iterable[TimelineEntry]) -> list[str]:
    return [
        f"{local_time(entry.at) if 'T' in entry.at else entry.at}  {entry.kind}: {entry.title}"
        f"{f' ({entry.detail})' if entry.detail else ''}"
        for entry in entries
    ]


def _part(title: str, lines: Sequence[str]) -> Iterator[str]:
    most = MOST[title]
    shown = list(lines) if len(lines) <= most else [*lines[: most - 1], f"and {len(lines) - most + 1} more"]
    for place, line in enumerate(shown):
        yield f"{title if place == 0 else '':<{TITLE_CELLS}} {clean(line)}"
