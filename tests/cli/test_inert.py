"""No list, no record, no report and no error lets a stored or typed text steer the terminal."""

from pathlib import Path

import pytest

from db.connection import connect
from db.queries.names import name_column
from sfa.domain.fields import NOUNS, command_of
from tests.cli.test_output import obeyed_in
from tests.support.payloads import PAYLOADS
from tests.support.shell import call_cli

MADE = (
    "team add Crew",
    "territory add Coast",
    "user add Rep --team Crew",
    "product add Winch --price 10",
    "account add Yard --industry Ships",
    "contact add Mate --account Yard",
    "lead add Caller --company Yard",
    "opp add Refit --account Yard --amount 1k --product Winch --close-date 2026-01-02",
    "opp add Hull --account Yard --amount 2k",
    "opp win Hull",
    "activity add call Yard Talk",
    "task add Chore --account Yard --due 2026-01-02",
    "event add Visit --account Yard --starts 2026-04-01",
    "note add Remark --account Yard",
    "product add Crane --price 5",
    "price_book add List",
    "price tax add Vat --code V",
    "price set Crane 5",
    "price contract Yard Crane 4 --ref C-1",
    "price schedule add Volume --tiers 1:0%",
    "price promo add Spring --discount 1%",
)
REPORTS = (
    "pipeline --by owner,product",
    "wins --by account",
    "winrate --by industry",
    "cycle --by team",
    "activity --by account",
    "stale",
)
BESIDE = ("today", "brief", "history", "trash", "stage list", "doctor", "backup --list", "search yard", "undo -n")


def plant(home: Path, payload: str) -> None:
    """Make one record of every noun, then write the payload over its name by SQL, past every door of ours."""
    for words in MADE:
        assert call_cli(words.split(), home).code == 0, words
    shell = connect(home / "sales.db")
    for number, (noun, spec) in enumerate(NOUNS.items()):
        column = "body" if noun == "note" else name_column(noun)
        if noun == "price_entry":
            continue  # it has no name of its own, and is called by its product's
        shell.execute(f"UPDATE {spec.table} SET {column} = ?", (f"{number}{payload}",))
    shell.execute("UPDATE account SET industry = ?, description = ?", (payload, payload))
    shell.close()


def forms() -> list[str]:
    """Return every reading command, as a table, as JSON and as CSV where there is one."""
    lists = [f"{command_of(noun)} list" for noun in NOUNS if noun != "pipeline"]
    reports = [f"report {report}" for report in REPORTS]
    both = [*lists, *(f"export {noun}" for noun in ("account", "opportunity")), *reports]
    return [*both, *(f"{words} --json" for words in both), *(f"{words} --csv" for words in (*lists, *reports)), *BESIDE]


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 10))
def test_every_list_record_and_report_shows_hostile_text_inert(tmp_path: Path, first: int) -> None:
    chosen = list(PAYLOADS.values())[first : first + 10]
    plant(tmp_path, "".join(text[:40] for text in chosen).encode("utf-8", "replace").decode().replace("\x00", ""))
    for words in forms():
        shown = call_cli([*words.split(), *(["0"] if words == "brief" else [])], tmp_path)
        assert "Traceback" not in shown.stderr, words
        assert "unexpected" not in shown.stderr, words
        assert obeyed_in(shown.stdout + shown.stderr) == [], words
    for noun in NOUNS:
        group = command_of(noun).split()
        for row in call_cli([*group, "list", "--json"], tmp_path).value if noun != "pipeline" else ():
            for verb in ("show", "history") if noun != "price_entry" else ("history",):
                shown = call_cli([*group, verb, row["id"]], tmp_path)
                assert (shown.code, obeyed_in(shown.stdout + shown.stderr)) == (0, []), (noun, verb)


@pytest.mark.parametrize(
    "words",
    [
        "account list --where name={}",
        "account list --sort {}",
        "account list --columns {}",
        "account list --as-of {}",
        "opp list --as-of {}",
        "account add {} --website {}",
        "contact add X --account {}",
        "contact add X --email {}",
        "opp add X --amount {}",
        "opp add X --close-date {}",
        "opp move {} Won",
        "opp lose {} --reason {}",
        "task add X --due {}",
        "brief {}",
        "search {}",
        "report wins --by {}",
        "report wins --from {}",
        "undo {}",
        "history {}",
        "history account {}",
        "trash restore {}",
        "import {}",
        "import {} --as {}",
        "export {}",
        "sql {}",
        "config {}",
        "config {} {}",
        "restore {}",
        "user me {}",
        "product show {}",
    ],
)
def test_every_mistake_quotes_hostile_words_inert(tmp_path: Path, words: str) -> None:
    for payload in PAYLOADS.values():
        typed = payload.encode("utf-8", "replace").decode().replace("\x00", "")
        told = call_cli([word.replace("{}", typed) for word in words.split()], tmp_path)
        assert "Traceback" not in told.stderr
        assert obeyed_in(told.stdout + told.stderr) == []
