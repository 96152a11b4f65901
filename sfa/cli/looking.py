"""today, search."""

from collections.abc import Sequence

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, form, limit_option, option, output_options
from sfa.cli.naming import noun_named
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, emit_table, tell
from sfa.domain.text import clean
from sfa.errors import UsageError

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


def search() -> TyperCommand:
    """Return `sfa search`."""
    params = [
        argument("words", is_many=True, help="A name, a phone number, a word, a reference."),
        option("--as", "nouns", multiple=True, shown="NOUN", help="Only of this noun; may be given several times."),
        limit_option("At most so many.", SEARCH_LIMIT),
        *output_options(),
    ]
    return command("search", _search, params, "Find any record by any word of it.")


def _search(*, words: Sequence[str], nouns: Sequence[str], limit: int, is_json: bool, is_csv: bool) -> None:
    from sfa.services.search import FIELDS, TITLES, searched_noun  # noqa: PLC0415 - as above
    from sfa.services.search import search as find  # noqa: PLC0415 - as above

    shape = form(is_json=is_json, is_csv=is_csv)
    if not "".join(words).strip():
        raise UsageError("Search for what?", hint="sfa search acme")
    hits = find(open_desk(), " ".join(words), nouns=[searched_noun(noun_named(noun)) for noun in nouns], limit=limit)
    if shape == "table":
        emit_table(TITLES, [[clean(cell) for cell in hit.cells()] for hit in hits], [False] * len(TITLES))
    else:
        rows = [{name: value and clean(value) for name, value in hit.fields().items()} for hit in hits]
        emit_rows([(name, "", "text") for name in FIELDS], rows, shape)
    if not hits:
        tell(f"Nothing found for {' '.join(words)}.")
