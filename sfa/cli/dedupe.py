"""dedupe, and merge of accounts and contacts."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.asking import confirmed, sure_options
from sfa.cli.building import argument, command, dry_run_option, json_option, listed, option
from sfa.cli.naming import counted, noun_named
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, is_terminal, tell
from sfa.cli.progress import progress
from sfa.cli.results import tell_saved
from sfa.domain.duplicates.pairs import WARNS, Pair
from sfa.domain.fields import NOUNS
from sfa.errors import UsageError
from sfa.exchange import doubles as files
from sfa.services import dedupe as service
from sfa.services import merging
from sfa.services.dedupe import Double, Group
from sfa.services.desk import Desk

SHOWN_ON_TERMINAL = 50
PREVIEWED = 20
NOTES_SHOWN = 5
CHOICES = {"a": 0, "b": 1}


def dedupe() -> TyperCommand:
    """Return `sfa dedupe`."""
    params = [
        option("--as", "noun", help="account or contact."),
        option("--above", "above", type=float, help="From which score on, 0 to 1 (0.8)."),
        option("--input", "file", help="A CSV or XLSX file instead of the book."),
        option(
            "--id",
            "id_column",
            default="",
            help="The column of the file that names its rows; the line where there is none.",
        ),
        listed("--map", "-m", "columns", help='"Column=field,...": over the guess.'),
        option("--merge-above", "merge_above", type=float, help="Merge what scores so much, after a preview."),
        *sure_options(),
        dry_run_option(),
        json_option("One JSON array of pairs."),
    ]
    return command(
        "dedupe",
        _dedupe,
        params,
        "Find accounts or contacts that stand twice, with the reasons; merge one pair: sfa contact merge A B.",
    )


def _dedupe(
    *,
    noun: str | None,
    above: float | None,
    file: str | None,
    id_column: str,
    columns: str,
    merge_above: float | None,
    is_sure: bool,
    is_unattended: bool,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    if not noun:
        raise UsageError("Duplicates of what?", hint="sfa dedupe --as account, or --as contact")
    noun = service.require_noun(noun_named(noun))
    above = service.require_score(WARNS if above is None else above)
    if file is None:
        if id_column or columns:
            raise UsageError("--id and --map are for a file.", hint="Name it: --input FILE.csv")
        _in_book(
            noun,
            above,
            merge_above,
            is_sure=is_sure,
            is_unattended=is_unattended,
            is_dry_run=is_dry_run,
            is_json=is_json,
        )
    elif merge_above is not None:
        raise UsageError("A file's rows cannot be merged.", hint="Import it first: sfa import FILE")
    else:
        _in_file(Path(file), noun, above, id_column, columns, is_json=is_json)


def _in_file(path: Path, noun: str, above: float, id_column: str, columns: str, *, is_json: bool) -> None:
    table = files.read_table(path, noun, id_column, columns)
    taken = ", ".join(f"{column} → {name}" for column, name in table.columns.items())
    beside = [name for name in (table.number, table.line, *table.further) if name]
    tell(f"{path.name}: {len(table.rows):,} rows as {noun}. Columns: {taken}.")
    if beside:
        tell(f"  Compared too: {', '.join(beside)}.")
    for note in table.notes[:NOTES_SHOWN]:
        tell(f"  {note}")
    if len(table.notes) > NOTES_SHOWN:
        tell(f"  ... and {len(table.notes) - NOTES_SHOWN:,} more.")
    with progress(len(table.rows), path.name) as advance:
        pairs = files.find_pairs(table, above, advance)
    if is_json:
        emit_json([_as_json(pair) for pair in pairs])
        return
    _print_pairs([{"a": pair.a, "b": pair.b, "score": pair.score, "why": pair.reasons} for pair in pairs], above)


def _as_json(pair: Pair) -> dict[str, object]:
    return {"a": pair.a, "b": pair.b, "score": pair.score, "reasons": list(pair.reasons)}


def _in_book(
    noun: str,
    above: float,
    merge_above: float | None,
    *,
    is_sure: bool,
    is_unattended: bool,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    desk = open_desk()
    least = above if merge_above is None else service.require_score(merge_above)
    with progress(service.count(desk, noun), f"{noun}s") as advance:
        found = service.scan(desk, noun, least, advance)
    if merge_above is not None:
        _merge_all(
            desk, noun, found, is_sure=is_sure, is_unattended=is_unattended, is_dry_run=is_dry_run, is_json=is_json
        )
    elif is_json:
        emit_json([_double_json(double) for double in found])
    else:
        _print_pairs([_double_row(double) for double in found], above)
        if found:
            tell(f"Merge a pair: sfa {noun} merge {found[0].a.ref} {found[0].b.ref}")


def _double_json(double: Double) -> dict[str, object]:
    return {
        "a": double.a.id,
        "b": double.b.id,
        "score": double.score,
        "reasons": list(double.reasons),
        "a_ref": double.a.ref,
        "a_name": double.a.name,
        "b_ref": double.b.ref,
        "b_name": double.b.name,
    }


def _double_row(double: Double) -> dict[str, object]:
    return {
        "a": f"{double.a.ref}  {double.a.name}",
        "b": f"{double.b.ref}  {double.b.name}",
        "score": double.score,
        "why": double.reasons,
    }


def _print_pairs(rows: Sequence[dict[str, object]], above: float) -> None:
    if not rows:
        tell(f"No duplicates with a score of {above:g} or more.")
        return
    shown = rows[:SHOWN_ON_TERMINAL] if is_terminal() else rows
    columns = [("score", "Score", "text"), ("a", "One", "text"), ("b", "Other", "text"), ("why", "Why", "text")]
    texts = [{**row, "score": f"{row['score']:.2f}", "why": ", ".join(map(str, row["why"]))} for row in shown]  # type: ignore[call-overload]
    emit_rows(columns, texts, "table")
    if len(rows) > len(shown):
        tell(f"The first {len(shown)} of {len(rows):,}; --above shows fewer, --json all.")


def _merge_all(
    desk: Desk,
    noun: str,
    found: Sequence[Double],
    *,
    is_sure: bool,
    is_unattended: bool,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    groups = service.groups(found)
    if not groups:
        tell("Nothing scores so much; nothing is to merge.")
        if is_json:
            tell_saved(desk, noun, merging.merge_groups(desk, noun, groups, is_dry_run=is_dry_run), is_json=True)
        return
    if not is_json or not is_sure:
        _preview(groups)
    going = sum(len(group.others) for group in groups)
    question = f"Merge {counted(going, noun)} into {counted(len(groups), 'other')}?"
    if not (is_sure or is_dry_run) and not confirmed(question, is_unattended=is_unattended):
        return
    tell_saved(desk, noun, merging.merge_groups(desk, noun, groups, is_dry_run=is_dry_run), is_json=is_json)


def _preview(groups: Sequence[Group]) -> None:
    lines = [
        f"{group.keep.ref}  {group.keep.name}  ←  {double.b.ref}  {double.b.name}  {double.score:.2f}: {', '.join(double.reasons)}"
        for group in groups
        for double in group.others
    ]
    for line in lines[:PREVIEWED]:
        tell(line)
    if len(lines) > PREVIEWED:
        tell(f"... and {len(lines) - PREVIEWED:,} more.")


def merge(noun: str) -> TyperCommand:
    """Return `sfa account merge` or `sfa contact merge`."""
    params = [
        argument("first", shown="A", help="The one that stays, by reference or name."),
        argument("second", shown="B", help="The one that becomes part of it."),
        option("--keep", "kept", default="A", help="Which one stays, A or B."),
        option(
            "--field", "chosen", multiple=True, help="name=B: take that field from A or B; may be given several times."
        ),
        dry_run_option(),
        json_option("The record as JSON."),
    ]
    return command(
        "merge",
        partial(_merge, noun),
        params,
        f"Make one {noun} of two; phones, mails, addresses, tags, deals and history of both stay.",
    )


def _merge(
    noun: str,
    *,
    first: str,
    second: str,
    kept: str,
    chosen: Sequence[str],
    is_dry_run: bool,
    is_json: bool,
) -> None:
    desk = open_desk()
    ids = [targets.one(desk, noun, [first]), targets.one(desk, noun, [second])]
    place = _choice(kept, "--keep")
    taken = []
    for text in chosen:
        name, equals, source = text.partition("=")
        if not equals:
            raise UsageError(f"“{text}” names no side.", hint="Such as --field title=B.")
        merging.chosen_columns(NOUNS[noun], [name])
        if _choice(source, "--field") != place:
            taken.append(name)
    saved = merging.merge(desk, noun, ids[place], ids[1 - place], taken, is_dry_run=is_dry_run)
    tell_saved(desk, noun, saved, is_json=is_json)


def _choice(text: str, flag: str) -> int:
    place = CHOICES.get(text.strip().lower())
    if place is None:
        raise UsageError(f"{flag} names A or B, not “{text}”.", hint="A is the first one, B the second.")
    return place
