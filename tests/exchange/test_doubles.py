"""Files in which records stand twice: columns as the importer reads them, and what is found."""

import csv
from pathlib import Path

import pytest

from sfa.errors import NotFoundError, UsageError
from sfa.exchange.doubles import Table, find_pairs, read_table
from tests.support.people_maker import COLUMNS, make_people


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def pairs_of(table: Table, above: float = 0.8) -> set[tuple[str, str]]:
    return {(min(pair.a, pair.b), max(pair.a, pair.b)) for pair in find_pairs(table, above)}


def test_a_file_of_people_is_compared_by_all_that_tells_them(tmp_path: Path) -> None:
    made = make_people(9, 300, doubled=0.6, copies=2, errors=3)
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row_key", *COLUMNS])
        writer.writerows([row_id, *row] for row_id, row in zip(made.ids, made.rows, strict=True))
    table = read_table(path, "contact", "row_key")
    assert table.is_of_people
    assert (table.number, table.line, table.further) == ("street_number", "address_2", ["soc_sec_id"])
    found = pairs_of(table)
    assert len(found & made.same) >= 0.97 * len(found)
    assert len(found & made.same) >= 0.95 * len(made.same)


def test_a_file_of_companies_is_compared_by_tax_id_domain_phone_and_name(tmp_path: Path) -> None:
    path = write(
        tmp_path / "firms.csv",
        "Nr;Firma;USt-IdNr.;Webseite;Telefon;Ort",
        "1;Acme GmbH;DE 123;www.acme.example;+49 511 1234567;Hannover",
        "2;ACME;;https://acme.example/kontakt;0511 1234567;Hannover",
        "3;Globex AG;;globex.example;;Bremen",
        "4;远东仪器有限公司;;;;上海",
        "5;遠東儀器;;;;上海",
    )
    table = read_table(path, "account", "Nr")
    assert not table.is_of_people
    assert pairs_of(table) == {("1", "2"), ("4", "5")}


def test_a_file_of_business_contacts_is_compared_by_mail_phone_and_employer(tmp_path: Path) -> None:
    path = write(
        tmp_path / "contacts.csv",
        "First Name,Last Name,E-mail,Phone,Company",
        "William,Smith,ws@acme.example,,Acme Inc",
        "Bill,Smith,WS@acme.example,+1 212 555 0100,",
        "Jane,Smith,jane@acme.example,,Acme Inc",
    )
    (pair,) = find_pairs(read_table(path, "contact"), 0.8)
    assert (pair.a, pair.b) == ("line 2", "line 3")
    assert "same e-mail" in pair.reasons


def test_a_number_tells_people_however_often_each_of_them_stands_there(tmp_path: Path) -> None:
    made = make_people(10, 60, doubled=0.9, copies=6, errors=2)
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row_key", *COLUMNS])
        writer.writerows([row_id, *row] for row_id, row in zip(made.ids, made.rows, strict=True))
    table = read_table(path, "contact", "row_key")
    assert table.further == ["soc_sec_id"]
    found = pairs_of(table)
    assert len(found & made.same) >= max(0.97 * len(found), 0.95 * len(made.same))


def test_a_column_of_counters_or_of_words_tells_nobody(tmp_path: Path) -> None:
    rows = [f"{number},{number},Jane{number},Doe,2000-01-{number:02},gold" for number in range(1, 20)]
    table = read_table(write(tmp_path / "x.csv", "id,seq,first name,last name,birthday,level", *rows), "contact", "id")
    assert table.further == []


def test_bad_rows_are_told_and_the_others_compared(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.csv",
        "id,name,email,city",
        "1,Jane Doe,j@x.example,Berlin",
        "2,Jane Doe,j@x.example,Berlin,more,cells",
        ",Jane Doe,j@x.example,Berlin",
    )
    table = read_table(path, "contact", "id")
    assert any("Line 3" in note or "line 3" in note for note in table.notes)
    assert pairs_of(table) == {("1", "line 4")}


@pytest.mark.parametrize(
    ("noun", "column", "words"),
    [("opportunity", "id", "--as account"), ("contact", "nothing", "no column nothing")],
)
def test_what_cannot_be_is_refused_in_a_sentence(tmp_path: Path, noun: str, column: str, words: str) -> None:
    path = write(tmp_path / "x.csv", "id,name", "1,Jane")
    with pytest.raises(UsageError) as refused:
        read_table(path, noun, column)
    assert words in f"{refused.value.message} {refused.value.hint}"


def test_an_absent_file_and_a_file_without_any_known_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_table(tmp_path / "no.csv", "contact")
    with pytest.raises(UsageError, match="no column is known"):
        read_table(write(tmp_path / "x.csv", "q1,q2", "1,2", "2,3"), "contact", "q1")


def test_the_sample_of_people_is_found(shared_data: Path) -> None:
    path = shared_data / "dedupe" / "febrl1.csv"
    if not path.exists():
        pytest.skip("the sample of people is absent")
    pairs = find_pairs(read_table(path, "contact", "rec_id"), 0.8)
    right = sum(pair.a.split("-")[1] == pair.b.split("-")[1] for pair in pairs)
    assert right >= 0.97 * len(pairs)
    assert right >= 0.95 * 500
