"""dedupe and merge in the shell: pairs with reasons, a preview and a yes before anything is merged, one undo."""

from pathlib import Path

import pytest

from tests.support.shell import call_cli, run_on_terminal


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workspace in which Jane stands twice."""
    call_cli(["account", "add", "Acme GmbH", "--website", "acme.example"], tmp_path)
    call_cli(
        [
            "contact",
            "add",
            "Jane Doe",
            "--account",
            "Acme",
            "--email",
            "jane@acme.example",
            "--phone",
            "+1 212 555 0100",
        ],
        tmp_path,
    )
    call_cli(["contact", "add", "Janet Doe", "--email", "jane@acme.example", "--city", "Berlin", "--force"], tmp_path)
    call_cli(["contact", "add", "Max Roe", "--account", "Acme", "--email", "max@acme.example"], tmp_path)
    return tmp_path


def names(home: Path) -> list[str]:
    return sorted(row["name"] for row in call_cli(["contact", "list", "--json"], home).value)


def test_the_book_is_scanned(book: Path) -> None:
    (pair,) = call_cli(["dedupe", "--as", "contact", "--json"], book).value
    assert set(pair) >= {"a", "b", "score", "reasons"}
    assert {pair["a_name"], pair["b_name"]} == {"Jane Doe", "Janet Doe"}
    assert pair["reasons"][0] == "same e-mail"
    assert 0.92 <= pair["score"] <= 1
    shown = call_cli(["dedupe", "--as", "contacts"], book)
    assert "Jane Doe" in shown.stdout
    assert "same e-mail" in shown.stdout
    assert "sfa contact merge" in shown.stderr
    none = call_cli(["dedupe", "--as", "account"], book)
    assert (none.code, none.stdout) == (0, "")
    assert call_cli(["dedupe", "--as", "account", "--json"], book).value == []


def test_a_pair_is_merged_by_name_and_undone(book: Path) -> None:
    merged = call_cli(["contact", "merge", "Jane Doe", "Janet Doe", "--field", "name=B", "--json"], book).value
    assert (merged["name"], merged["city"], merged["phone"]) == ("Janet Doe", "Berlin", "+1 212 555 0100")
    assert names(book) == ["Janet Doe", "Max Roe"]
    call_cli(["undo"], book)
    assert names(book) == ["Jane Doe", "Janet Doe", "Max Roe"]


def test_the_other_one_can_stay_and_the_old_reference_leads_to_it(book: Path) -> None:
    ref = call_cli(["contact", "show", "Jane Doe", "--json"], book).value["ref"]
    assert (
        "Merged contact Jane Doe" in call_cli(["contact", "merge", "Jane Doe", "Janet Doe", "--keep", "B"], book).stdout
    )
    assert call_cli(["contact", "show", ref, "--json"], book).value["name"] == "Janet Doe"
    assert call_cli(["trash", "list", "--json"], book).value == []


def test_a_field_that_there_is_not_is_told_whichever_side_it_names(book: Path) -> None:
    for side in "AB":
        refused = call_cli(["contact", "merge", "Jane Doe", "Janet Doe", "--field", f"shoe={side}"], book)
        assert refused.code == 2
        assert "shoe" in refused.stderr


def test_a_dry_run_merges_nothing(book: Path) -> None:
    said = call_cli(["contact", "merge", "Jane Doe", "Janet Doe", "--dry-run"], book)
    assert said.stdout.startswith("Would do: Merged contact Janet Doe")
    assert len(names(book)) == 3


def test_many_are_merged_after_a_preview_and_a_yes_alone(book: Path) -> None:
    words = ["dedupe", "--as", "contact", "--merge-above", "0.9"]
    asked = call_cli(words, book)
    assert (asked.code, asked.stdout) == (2, "")
    assert "same e-mail" in asked.stderr
    assert "Merge 1 contact into 1 other?" in asked.stderr
    assert call_cli([*words, "--dry-run"], book).stdout.startswith("Would do: Merged 1 contact")
    assert len(names(book)) == 3
    assert call_cli([*words, "--yes"], book).stdout == "Merged 1 contact into 1 other. Undo: sfa undo\n"
    assert len(names(book)) == 2
    call_cli(["undo"], book)
    assert len(names(book)) == 3


def test_a_person_answers_at_a_terminal(book: Path) -> None:
    words = ["dedupe", "--as", "contact", "--merge-above", "0.9"]
    run_on_terminal(words, book, typed="n\n")
    assert len(names(book)) == 3
    assert "Merged 1 contact" in run_on_terminal(words, book, typed="y\n").stdout
    assert len(names(book)) == 2


def test_a_file_is_scanned_without_making_a_book(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "key,first name,last name,street,postcode,date of birth\n"
        "a,Jane,Doe,5 Main Street,2000,1980-04-12\nb,Jane,Dow,5 Main St,2000,12.04.1980\nc,Max,Roe,7 Hill Road,4000,1955-01-01\n",
        encoding="utf-8",
    )
    home = tmp_path / "home"
    found = call_cli(["dedupe", "--input", str(path), "--id", "key", "--as", "contact", "--json"], home)
    (pair,) = found.value
    assert (pair["a"], pair["b"]) == ("a", "b")
    assert "same given name" in pair["reasons"]
    assert set(pair) == {"a", "b", "score", "reasons"}
    assert "3 rows as contact" in found.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["dedupe"], 2, "--as account"),
        (["dedupe", "--as", "opportunity"], 2, "not looked for"),
        (["dedupe", "--as", "contact", "--above", "7"], 2, "between 0 and 1"),
        (["dedupe", "--as", "contact", "--id", "x"], 2, "--input"),
        (["dedupe", "--as", "contact", "--input", "no.csv"], 3, "no file"),
        (["dedupe", "--as", "contact", "--input", "no.csv", "--merge-above", "0.9"], 2, "sfa import"),
        (["contact", "merge", "Jane Doe", "Max Roe", "--keep", "C"], 2, "A or B"),
        (["contact", "merge", "Jane Doe", "Max Roe", "--field", "title"], 2, "names no side"),
        (["contact", "merge", "Jane Doe", "Nobody"], 3, "Nobody"),
        (["contact", "merge", "Jane Doe", "Jane Doe"], 2, "not two"),
    ],
    ids=str,
)
def test_what_cannot_be_gets_a_sentence(book: Path, words: list[str], code: int, said: str) -> None:
    refused = call_cli(words, book)
    assert (refused.code, refused.stdout) == (code, "")
    assert said in refused.stderr


def test_what_is_there_already_is_not_added_twice(book: Path) -> None:
    words = ["contact", "add", "Jane Doe", "--email", "JANE@acme.example"]
    refused = call_cli(words, book)
    assert (refused.code, refused.stdout) == (4, "")
    assert "is there already" in refused.stderr
    assert "--force" in refused.stderr
    assert len(names(book)) == 3
    forced = call_cli([*words, "--force"], book)
    assert forced.code == 0
    assert "Looks like Jane Doe" in forced.stderr
    assert len(names(book)) == 4


def test_what_may_be_the_same_is_added_with_a_warning(book: Path) -> None:
    added = call_cli(["contact", "add", "Jane Doe", "--title", "Buyer"], book)
    assert added.code == 0
    assert "Looks like Jane Doe" in added.stderr
    assert "same name" in added.stderr
