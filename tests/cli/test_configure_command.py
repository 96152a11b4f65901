"""`sfa configure` as it is typed and printed."""

import json
from pathlib import Path

import pytest

from sfa.services import configuring
from sfa.services.demo import BUNDLE
from tests.support.factories import a_product, make_desk
from tests.support.payloads import PAYLOADS
from tests.support.shell import Result, call_cli, run_on_terminal

DEMO = Path(configuring.__file__).with_name("demo_bundle.toml").read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with the bundle of the demo, and prices for some of its products."""
    desk = make_desk(tmp_path)
    a_product(desk, name="Bench", code="TL-100", price="18400 USD")
    a_product(desk, name="Arm", code="MS-1", price="26700.50 USD")
    desk.close()
    (tmp_path / "bundles").mkdir()
    (tmp_path / "bundles" / f"{BUNDLE}.toml").write_text(DEMO, encoding="utf-8")
    return tmp_path


def configured(home: Path, *words: str) -> Result:
    return call_cli(["configure", "test", *words], home)


def test_parts_total_and_what_is_missing_are_shown(home: Path) -> None:
    result = configured(home, "tl100", "v230", "ms1=2", "training=0")
    assert result.code == 4
    lines = [" ".join(line.split()) for line in result.lines]
    assert "2 MS-1 Measuring arm MS-1 26700.5 53,401.00 USD" in lines
    assert "2 CBL-3 Arm cable 0 0.00 USD comes along" in lines
    assert "1 SV-A Service contract, basic no price by default" in lines
    assert "Total 71,801.00 USD, 1 part has no price in the book" in lines
    assert any(line.startswith("! Measuring arm MS-1 requires Hub for four arms") for line in lines)
    assert any("– add Hub for four arms or" in line for line in lines)


def test_a_valid_list_says_what_is_no_more_possible_and_why(home: Path) -> None:
    result = configured(home, "tl100", "v230", "hub")
    assert result.code == 0
    assert "No Torque bench TL-600 with 230 V, one phase: the large bench needs three phases" in result.stdout
    assert "Arm cable" not in result.stdout


def test_a_solution_is_completed_to_a_valid_list(home: Path) -> None:
    made = configured(home, "tl600", "ms1=5", "--complete", "--json")
    assert made.code == 0
    assert made.value["is_valid"]
    parts = {part["option"]: part["quantity"] for part in made.value["parts"]}
    assert parts == {"tl600": 1, "ct9": 1, "ms1": 5, "hub": 2, "cable": 5, "sva": 1}
    assert {part["option"] for part in made.value["parts"] if part["is_auto"]} == {"cable"}


def test_what_cannot_be_completed_is_explained(home: Path) -> None:
    refused = configured(home, "tl600", "v230", "-c")
    assert (refused.code, refused.stdout) == (4, "")
    assert "230 V, one phase: the large bench needs three phases" in refused.stderr


def test_choices_that_nothing_completes_say_so_instead_of_a_list_of_noes(home: Path) -> None:
    result = configured(home, "tl600", "v230", "ct5")
    assert result.code == 4
    assert result.lines[-1].startswith("Nothing completes these choices: Torque bench TL-600 with ")
    assert "Possible" not in result.stdout


def test_json_holds_choices_violations_and_ranges(home: Path) -> None:
    value = configured(home, "ms1=3", "--json").value
    assert value["choices"] == {"ms1": 3}
    assert value["totals"] == [{"amount": "80101.50", "currency": "USD"}]
    left = {choice["option"]: choice["ranges"] for choice in value["remaining"]}
    assert left["hub"] == [[1, 2]]
    repairs = [item["repairs"][0]["words"] for item in value["violations"]]
    assert "add Hub for four arms" in repairs


def test_csv_holds_the_parts(home: Path) -> None:
    lines = configured(home, "tl100", "--csv").lines
    assert lines[0] == "option,product,name,quantity,source,is_auto,unit_price,amount,currency"
    assert lines[1] == "tl100,TL-100,Torque bench TL-100,1,chosen,False,18400,18400.00,USD"


def test_options_go_by_id_code_or_name(home: Path) -> None:
    found = [configured(home, word, "--json").value["choices"] for word in ("tl100", "TL-100", "torque bench tl-100")]
    assert found == [{"tl100": 1}] * 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nothing"], 3, "has no option “nothing”"),
        (["tl10"], 3, "Did you mean tl100"),
        (["ms1=many"], 2, "“many” is no quantity of Measuring arm MS-1"),
        (["ms1=-1"], 2, "is no quantity"),
        (["ms1=99999"], 2, "is no quantity"),
        (["ms1", "MS-1=2"], 2, "Measuring arm MS-1 is given twice"),
    ],
    ids=str,
)
def test_choices_that_cannot_be_read_are_named(home: Path, words: list[str], code: int, said: str) -> None:
    refused = configured(home, *words)
    assert (refused.code, refused.stdout) == (code, "")
    assert said in refused.stderr


def test_bundles_are_listed_and_those_at_fault_too(home: Path) -> None:
    (home / "bundles" / "bad.toml").write_text('name = "Bad"\n[[group]]\n', encoding="utf-8")
    rows = call_cli(["configure", "--list", "--json"], home).value
    assert [(row["bundle"], row["options"]) for row in rows] == [("bad", 0), (BUNDLE, 14)]
    assert rows[0]["problem"] == "bundles/bad.toml, line 2: [[group]] lacks id."
    assert call_cli(["configure", "bad"], home).code == 2


def test_a_file_is_checked_where_it_lies(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text(DEMO.replace('needs = "hub"', 'needs = "hob"'), encoding="utf-8")
    refused = call_cli(["configure", "--check", str(path)], home)
    assert refused.code == 2
    line = DEMO.splitlines().index('needs = "hub"') + 1
    assert f"new.toml, line {line}: There is no option “hob”." in refused.stderr
    assert "Did you mean hub?" in refused.stderr
    path.write_bytes(b"name = \xff")
    assert "is not UTF-8" in call_cli(["configure", "--check", str(path)], home).stderr
    assert call_cli(["configure", "--check", str(tmp_path / "none.toml")], home).code == 3
    path.write_text(DEMO, encoding="utf-8")
    assert call_cli(["configure", "--check", str(path)], home).stdout.startswith("Test cell is in order: 5 groups")


@pytest.mark.parametrize("name", ["../sales", "..", "/etc/passwd", "nobody", "\x1b[2J"])
def test_a_bundle_that_is_not_there_is_refused(home: Path, name: str) -> None:
    refused = call_cli(["configure", name], home)
    assert refused.code == 3
    assert "There is no bundle" in refused.stderr
    assert "\x1b" not in refused.stderr


def test_names_in_a_bundle_are_text(home: Path) -> None:
    path = home / "bundles" / "hostile.toml"
    for payload in PAYLOADS.values():
        name = json.dumps(payload)
        try:
            path.write_text(
                f'[[group]]\nid = "g"\nname = {name}\n[[group.option]]\nid = "o"\nname = {name}\n', encoding="utf-8"
            )
        except UnicodeEncodeError:
            continue
        result = call_cli(["configure", "hostile", "o"], home)
        assert "\x1b" not in result.stdout + result.stderr


def test_a_person_is_guided_group_by_group(home: Path) -> None:
    keys = "1\n\n1\n\n\n1=2\n\n\n1\n"  # the bench, the mains, no coolant, two arms, service, the first repair
    shown = run_on_terminal(["configure", "test"], home, keys).stdout
    assert "3 ○ Torque bench TL-600" in shown
    assert "rules out 230 V, one phase, Coolant station CT-5" in shown
    assert "1 ● 2 Measuring arm MS-1" in shown
    assert "1 add Hub for four arms" in shown
    assert "Total 72,691.00 USD, 1 part has no price in the book" in shown
