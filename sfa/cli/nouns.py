"""list, show, add, edit, remove and restore for every noun, from the registry of fields; a noun's own verbs beside them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption

from sfa.cli import own_verbs
from sfa.cli.asking import confirmed
from sfa.cli.building import argument, command, dry_run_option, flag, form, group, option, output_options
from sfa.cli.output import as_json, cell_text, emit_facts, emit_json, emit_rows, is_terminal, say, tell
from sfa.cli.results import tell_saved
from sfa.domain.fields import NOUNS, FieldSpec
from sfa.errors import NotFoundError, UsageError
from sfa.services import listing, references
from sfa.services.desk import Desk, open_desk
from sfa.services.records import verbs_of

SHOWN_ON_TERMINAL = 50
TIMELINE_SHOWN = 5
FIRST_FIELDS = ("name", "subject", "body")


def noun_group(noun: str, help: str) -> TyperGroup:  # noqa: A002 - Typer's own word
    """Return the group of commands of a noun."""
    commands = {item.name or "": item for item in (*_common(noun), *own_verbs.verbs_for(noun))}
    return group(noun, help, commands)


def _common(noun: str) -> list[TyperCommand]:
    spec = NOUNS[noun]
    made = [_list_command(noun), _show_command(noun), _add_command(noun, list(spec.fields.values()))]
    made += [_edit_command(noun, list(spec.fields.values())), _remove_command(noun), _restore_command(noun)]
    return made


def _field_options(fields: Sequence[FieldSpec]) -> list[TyperOption]:
    return [option(f"--{item.name.replace('_', '-')}", f"field_{item.name}", help=_hint(item)) for item in fields]


def _hint(item: FieldSpec) -> str:
    if item.choices:
        return ", ".join(item.choices)
    if item.target:
        return f"A {item.target}: name or reference."
    return {
        "money": "Such as 40k or 12,500 EUR.",
        "day": "Such as friday, +3d, 2026-12-31.",
        "percent": "Such as 60%.",
    }.get(item.kind, "")


def _given(options: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields that were named, by name."""
    return {
        name.removeprefix("field_"): value
        for name, value in options.items()
        if name.startswith("field_") and value is not None
    }


def _list_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_required=False, is_many=True, help="Words or a filter, as for --where."),
        option("--where", "-w", "where", default="", help='Such as "stage=Negotiation amount>10k owner=me".'),
        option("--sort", "-s", "sort", default="", help="Fields, comma-separated; a minus in front: descending."),
        option("--limit", "-l", "limit", type=int, help=f"At most so many ({SHOWN_ON_TERMINAL} on a terminal)."),
        option("--columns", "-c", "columns", default="", help="Fields, comma-separated."),
        flag("--deleted", "is_with_deleted", help="Those in the trash too."),
        *output_options(),
    ]
    if noun == "opportunity":
        params.append(option("--as-of", "as_of", help="As they stood at the end of that day."))
    return command("list", lambda **words: _list(noun, **words), params, f"List {NOUNS[noun].plural}.")


def _list(
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
    desk = open_desk()
    shape = form(is_json=is_json, is_csv=is_csv)
    if limit is None and shape == "table" and is_terminal():
        limit = SHOWN_ON_TERMINAL
    filter_text = " ".join([where, *words]).strip()
    found = listing.select(
        desk,
        noun,
        where=filter_text,
        sort=sort,
        columns=[name for name in columns.split(",") if name],
        limit=limit,
        as_of=_day(desk, as_of),
        include_deleted=is_with_deleted,
    )
    emit_rows([(item.name, item.title, item.kind) for item in found.columns], found.rows, shape)
    if shape == "table" and not found.rows:
        tell(f"No {NOUNS[noun].plural} {'fit the filter' if filter_text else 'yet. Add one: sfa ' + noun + ' add'}.")
    elif shape == "table" and limit is not None and len(found.rows) == limit:
        tell(f"The first {limit}; --limit shows more.")
    if desk.store.note:
        tell(desk.store.note)


def _day(desk: Desk, text: str | None) -> date | None:
    from sfa.services.moments import read_day  # noqa: PLC0415 - seldom asked for

    return read_day(desk, text) if text else None


def _show_command(noun: str) -> TyperCommand:
    params = [
        argument("reference", help="Reference, id, number or name."),
        flag("--json", "is_json", help="One JSON object."),
    ]
    return command("show", lambda **words: _show(noun, **words), params, f"Show one {noun} whole.")


def _show(noun: str, *, reference: str, is_json: bool) -> None:
    desk = open_desk()
    found = listing.record(desk, noun, references.resolve(desk, noun, reference).id)
    fields = [(item.name, item.title, item.kind) for item in listing.read_noun(noun).fields.values()]
    if is_json:
        emit_json(as_json(fields, found))
        return
    emit_facts([(title, cell_text(kind, found.get(name))) for name, title, kind in fields if name != "id"])
    from sfa.services.timeline import timeline  # noqa: PLC0415 - not for JSON

    entries = timeline(desk, noun, found.id, TIMELINE_SHOWN)
    if entries:
        say("")
    for entry in entries:
        say(f"{cell_text('instant', entry.at)}  {entry.kind:<9}  {entry.title}")


def _add_command(noun: str, fields: Sequence[FieldSpec]) -> TyperCommand:
    params = [
        argument("words", is_required=False, is_many=True, help=_add_words(noun)),
        *_field_options(fields),
        dry_run_option(),
        flag("--json", "is_json", help="The record as JSON."),
    ]
    return command(
        "add", lambda **words: _add(noun, **words), params, f"Add {'an' if noun[0] in 'aeo' else 'a'} {noun}."
    )


def _add_words(noun: str) -> str:
    return (
        "KIND WHO [SUBJECT]"
        if noun == "activity"
        else next((f"The {name}." for name in FIRST_FIELDS if name in NOUNS[noun].fields), "")
    )


def _add(noun: str, *, words: Sequence[str], is_dry_run: bool, is_json: bool, **options: Any) -> None:  # noqa: ANN401 - by field
    desk = open_desk()
    values = {**own_verbs.words_as_values(desk, noun, words), **_given(options)}
    if noun in ("account", "contact"):
        _warn_of_similar(desk, noun, values)
    saved = verbs_of(noun).add(desk, values, is_dry_run=is_dry_run)
    tell_saved(desk, noun, saved, is_json=is_json)


def _warn_of_similar(desk: Desk, noun: str, values: Mapping[str, object]) -> None:
    from sfa.services.similar import similar  # noqa: PLC0415 - only here

    for item in similar(desk, noun, values):
        tell(f"Looks like {item.label} ({item.ref}): {', '.join(item.reasons)}. Same one? sfa undo")


def _edit_command(noun: str, fields: Sequence[FieldSpec]) -> TyperCommand:
    params = [
        argument("words", is_required=False, is_many=True, help="References or names."),
        *_field_options(fields),
        option("--clear", "clear", multiple=True, help="Empty a field; may be given several times."),
        option("--where", "where", default="", help="All records that fit, after a preview."),
        flag("--yes", "-y", "is_sure", help="Do not ask."),
        dry_run_option(),
        flag("--json", "is_json", help="The record as JSON."),
    ]
    return command("edit", lambda **words: _edit(noun, **words), params, f"Change fields of {NOUNS[noun].plural}.")


def _edit(
    noun: str,
    *,
    words: Sequence[str],
    clear: Sequence[str],
    where: str,
    is_sure: bool,
    is_dry_run: bool,
    is_json: bool,
    **options: Any,  # noqa: ANN401 - by field
) -> None:
    desk = open_desk()
    values: dict[str, object] = {**_given(options), **{name.replace("-", "_"): None for name in clear}}
    ids = targets(desk, noun, words, where)
    if where and not is_sure and not is_dry_run and not _previewed(desk, noun, ids, values):
        return
    saved = verbs_of(noun).edit(desk, ids, values, is_dry_run=is_dry_run)
    tell_saved(desk, noun, saved, is_json=is_json)


def _previewed(desk: Desk, noun: str, ids: Sequence[str], values: Mapping[str, object]) -> bool:
    from sfa.services.bulk import preview  # noqa: PLC0415 - only before a bulk edit

    changes = preview(desk, noun, ids, values)
    for change in changes[:20]:
        tell(f"{change.ref:<6} {change.field}: {change.old or '–'} → {change.new or '–'}")
    return confirmed(f"Change {len(ids)} {NOUNS[noun].plural}?")


def targets(desk: Desk, noun: str, words: Sequence[str], where: str = "") -> list[str]:
    """Return the ids that references, names or a filter mean.

    Raises:
        UsageError: neither is given.
        NotFoundError: nothing fits.
    """
    if not words and not where:
        raise UsageError(f"Which {noun}?", hint=f"Give a reference or name, or --where; see: sfa {noun} list")
    found = [references.resolve(desk, noun, word).id for word in words]
    if where:
        found += listing.ids(desk, noun, where)
    if not found:
        raise NotFoundError(f"No {noun} fits {where}.", hint=f'Try: sfa {noun} list --where "{where}"')
    return list(dict.fromkeys(found))


def _remove_command(noun: str) -> TyperCommand:
    params = [
        argument("words", is_many=True, help="References or names."),
        flag("--force", "is_forced", help="Even where others depend on it."),
        dry_run_option(),
    ]
    return command("remove", lambda **words: _remove(noun, **words), params, "Put into the trash.")


def _remove(noun: str, *, words: Sequence[str], is_forced: bool, is_dry_run: bool) -> None:
    desk = open_desk()
    saved = verbs_of(noun).remove(desk, targets(desk, noun, words), is_forced=is_forced, is_dry_run=is_dry_run)
    tell_saved(desk, noun, saved)


def _restore_command(noun: str) -> TyperCommand:
    params = [argument("words", is_many=True, help="References or names of removed records."), dry_run_option()]
    return command("restore", lambda **words: _restore(noun, **words), params, "Bring back from the trash.")


def _restore(noun: str, *, words: Sequence[str], is_dry_run: bool) -> None:
    from sfa.services import trash  # noqa: PLC0415 - only here

    desk = open_desk()
    ids = [trash.find(desk, word).id for word in words]
    tell_saved(desk, noun, verbs_of(noun).restore(desk, ids, is_dry_run=is_dry_run))
