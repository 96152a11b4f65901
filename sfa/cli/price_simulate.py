"""`sfa price simulate`: lines priced by books, contracts, schedules and rules given as JSON, without the book."""

from typer.core import TyperCommand

from sfa.cli.building import command, json_option
from sfa.cli.json_input import input_option, read_input
from sfa.cli.output import emit_json, say, tell

SHAPE = "docs/pricing.md, “Trying rules and schedules”"


def simulate() -> TyperCommand:
    """Return `sfa price simulate`."""
    params = [input_option(), json_option("One object.")]
    help_text = "Price lines by books, contracts, schedules and rules that are given, without the book."
    return command("simulate", _simulate, params, help_text)


def _simulate(*, source: str, is_json: bool) -> None:
    from sfa.exchange.json_nodes import as_node  # noqa: PLC0415 - each verb imports its own
    from sfa.exchange.price_cases import read_case  # noqa: PLC0415 - as above
    from sfa.exchange.price_results import case_json, case_words, run_case  # noqa: PLC0415 - as above

    found = run_case(read_case(as_node(read_input(source, SHAPE))))
    for sentence in found.warnings:
        tell(sentence)
    if is_json:
        emit_json(case_json(found))
    else:
        for line in case_words(found):
            say(line)
