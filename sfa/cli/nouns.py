"""The commands of a noun: list and show here, those that write in `editing`, those of one noun alone in `own_verbs`."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from types import ModuleType

from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import (
    LazyGroup,
    argument,
    command,
    flag,
    form,
    group,
    json_option,
    limit_option,
    option,
    output_options,
)
from sfa.cli.opening import open_desk
from sfa.cli.output import (
    Format,
    as_json,
    cell_text,
    emit_facts,
    emit_json,
    emit_rows,
    fact_text,
    is_terminal,
    say,
    tell,
)
from sfa.cli.own_verbs import makers_for
from sfa.domain.fields import FOLLOWING, NOUNS, command_of
from sfa.services import listing
from sfa.services.desk import Desk

SHOWN_ON_TERMINAL = 50
TIMELINE_SHOWN = 5
DAYS_AHEAD = 7
_MAKING = {"price_entry": "set", "quote": "new"}
PEOPLED = ("account", "contact")
WRITING = ("add", "edit", "remove", "restore")


def noun_group(noun: str, help: str) -> LazyGroup:  # noqa: A002 - Typer's own word
    """Return the group of commands of a noun."""
    reading = {"list": partial(_list_command, noun), "show": partial(_show_command, noun)}
    own = makers_for(noun)
    verbs = ("edit",) if noun in FOLLOWING else WRITING
    # What has a verb of its own to make a record has no second one.
    writing = {verb: partial(_writing_command, noun, verb) for verb in verbs if verb != "add" or "new" not in own}
    return group(noun, help, {**reading, **writing, **own})


def _writing_command(noun: str, verb: str) -> TyperCommand:
    from sfa.cli import editing  # noqa: PLC0415 - only for its verbs

    return editing.COMMANDS[verb](noun)


def _list_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_required=False, is_many=True, shown="FILTER", help="Words or a filter, as for --where."),
        option("--where", "-w", "where", default="", help='Such as "stage=Negotiation amount>10k owner=me".'),
        option("--sort", "-s", "sort", default="", help="Fields, comma-separated; a minus in front: descending."),
        limit_option(f"At most so many ({SHOWN_ON_TERMINAL} on a terminal)."),
        option("--columns", "-c", "columns", default="", help="Fields, comma-separated."),
        flag("--deleted", "is_with_deleted", help="Those in the trash too."),
        *output_options(),
    ]
    if noun == "opportunity":
        params.append(option("--as-of", "as_of", help="As they stood at the end of that day."))
    return command("list", partial(list_records, noun), params, f"List {NOUNS[noun].plural}.")


def list_records(
    noun: str,
    *,
    words: Sequence[str],
    where: str,
    sort: str,
    limit: int | None,
    columns: str,
    is_with_deleted: bool,
    is_json: bool,
    is_csv: bool,
    as_of: str | None = None,
) -> None:
    """Print a list of a noun, as the options say."""
    shape = form(is_json=is_json, is_csv=is_csv)
    desk = open_desk()
    if limit is None and shape == "table" and is_terminal():
        limit = SHOWN_ON_TERMINAL
    filter_text = " ".join([where, *words]).strip()
    day = _day(desk, as_of)
    found = listing.select(
        desk,
        noun,
        where=filter_text,
        sort=sort,
        columns=[name for name in columns.split(",") if name],
        limit=None if limit is None else limit + 1,
        as_of=day,
        include_deleted=is_with_deleted,
    )
    emit_rows([(item.name, item.title, item.kind) for item in found.columns], found.rows[:limit], shape)
    _tell_rest(noun, shape, len(found.rows), limit, filter_text, day)


def _tell_rest(noun: str, shape: Format, count: int, limit: int | None, filter_text: str, day: date | None) -> None:
    """Say why a table is empty, or that there is more; programs are told nothing."""
    plural = NOUNS[noun].plural
    if shape != "table":
        return
    if count == 0 and filter_text:
        tell(f"No {plural} fit the filter.")
    elif count == 0 and day:
        tell(f"There were no {plural} on {day}.")
    elif count == 0:
        made = "order from-quote" if noun in FOLLOWING else f"{command_of(noun)} {_MAKING.get(noun, 'add')}"
        tell(f"No {plural} yet. Add one: sfa {made}")
    elif limit is not None and count > limit:
        tell(f"The first {limit}; --limit shows more.")


def _day(desk: Desk, text: str | None) -> date | None:
    from sfa.services.moments import read_day  # noqa: PLC0415 - seldom asked for

    return read_day(desk, text) if text else None


def _show_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_many=True, shown="REFERENCE", help="Reference, id, number or name."),
        json_option("One JSON object."),
    ]
    return command("show", partial(_show, noun), params, f"Show one {noun} whole.")


def _show(noun: str, *, words: Sequence[str], is_json: bool) -> None:
    desk = open_desk()
    found = listing.record(desk, noun, targets.one(desk, noun, words))
    fields = [(item.name, item.title, item.kind) for item in listing.seen_noun(desk, noun).fields.values()]
    if is_json:
        beside = _beside().as_json(desk, noun, found.id) if noun in PEOPLED else {}
        emit_json({**as_json(fields, found), **_card(desk, noun, found.id), **beside})
        return
    facts = [(title, fact_text(kind, found.get(name))) for name, title, kind in fields if name != "id"]
    if noun == "opportunity":
        facts.append(("Changes", _changes(desk, found)))
    if noun in PEOPLED:
        facts += _beside().facts(desk, noun, found.id)
    emit_facts(facts)
    _say_timeline(desk, noun, found.id)


def _card(desk: Desk, noun: str, record_id: str) -> dict[str, object]:
    """Return what a contact has beyond its fields: every number and address."""
    if noun != "contact":
        return {}
    from sfa.exchange.card_view import card_of  # noqa: PLC0415 - for contacts alone

    return card_of(desk, record_id)


def _beside() -> ModuleType:
    from sfa.cli import beside  # noqa: PLC0415 - only for those

    return beside


def _changes(desk: Desk, deal: listing.Record) -> str:
    from sfa.services.history import record_history  # noqa: PLC0415 - not for JSON

    return f"{len(record_history(desk, 'opportunity', deal.id))}: sfa opportunity history {deal.ref}"


def _say_timeline(desk: Desk, noun: str, record_id: str) -> None:
    from sfa.services.timeline import Wanted, timeline  # noqa: PLC0415 - not for JSON

    entries = timeline(desk, noun, record_id, TIMELINE_SHOWN, Wanted(last=desk.today + timedelta(days=DAYS_AHEAD)))
    if entries:
        say("")
    for entry in entries:
        say(
            f"{cell_text('instant', entry.at)}  {entry.kind:<9}  {': '.join(filter(None, (entry.title, entry.detail)))}"
        )
