"""Role x relation x table x operation x channel: nobody is told of, or changes, what is not theirs."""

import json
import re
from typing import Any

import pytest

from sfa.domain.sharing.access import may_write
from sfa.server import grants
from sfa.server.catalog import shared_tables
from sfa.server.pull import digest
from sfa.sync.protocol import ProtocolError
from tests.sync import matrix
from tests.sync.matrix import OPERATIONS, ORG, REAL, RELATIONS, SECRETS, VIEWERS, Company, canary, sees

ROWS = [(relation, table) for relation in RELATIONS for table in shared_tables() if table not in REAL]
ACTIVE = [viewer for viewer in VIEWERS if viewer != "quit"]


@pytest.fixture
def company() -> Company:
    return matrix.make()


def _spoken(answers: object) -> str:
    return json.dumps(answers, ensure_ascii=False)


def _foreign(company: Company, viewer: str) -> list[tuple[str, str, str]]:
    return [
        (relation, table, company.rows[relation, table])
        for relation, table in ROWS
        if not sees(viewer, relation, table)
    ]


def test_the_matrix_knows_every_table_and_has_thousands_of_cells() -> None:
    places = (matrix.COMPANY, matrix.FINANCE, matrix.PAY, matrix.FOLLOWS, matrix.OWN)
    assert sorted(table for place in places for table in place) == sorted(shared_tables())
    assert len(VIEWERS) * len(ROWS) * len(OPERATIONS) >= 5_000


def test_every_column_that_sounds_like_cost_is_kept_from_reps() -> None:
    secret = {
        (table.name, column)
        for table in shared_tables().values()
        for column in table.columns
        if re.search(r"cost|margin|^floor", column)
    }
    assert secret == {(table, column) for table, columns in SECRETS.items() for column in columns}


@pytest.mark.parametrize("viewer", ACTIVE)
def test_read_just_what_is_theirs_to_the_last_column(viewer: str, company: Company) -> None:
    answers = company.sync(viewer)
    spoken, rows = _spoken(answers), {(table, row["id"]): row for table, row in matrix.told(answers)}
    for relation, table in ROWS:
        is_seen = sees(viewer, relation, table)
        row = rows.get((table, company.rows[relation, table]))
        assert (row is not None) == is_seen, f"{viewer}, {relation}: {table}"
        assert (canary(relation, table) in spoken) == (row is not None and _has_text(row)), (
            f"{viewer}, {relation}: {table}"
        )
        if row is not None:
            hidden = SECRETS.get(table, set()) if VIEWERS[viewer] == "rep" else set()
            assert set(row) == set(shared_tables()[table].columns) - hidden, f"{viewer}: {table}"


def _has_text(row: dict[str, object]) -> bool:
    return any(isinstance(value, str) and value.startswith("canary") for value in row.values())


@pytest.mark.parametrize("viewer", ACTIVE)
def test_digests_count_just_what_is_theirs(viewer: str, company: Company) -> None:
    given = grants.grants(company.server.database, ORG, company.users[viewer])
    words = company.server.device(ORG, company.devices[viewer]).words
    counted = sum(digest(company.server.database, ORG, grant, words)["count"] for grant in given.values())
    told = [(table, row["id"]) for table, row in matrix.told(company.sync(viewer))]
    # A plan of one's pay is in a bucket of each of those who are paid by it.
    assert counted == len(told)


@pytest.mark.parametrize("viewer", ACTIVE)
def test_what_is_not_theirs_cannot_be_touched_nor_named(viewer: str, company: Company) -> None:
    foreign = _foreign(company, viewer)
    before = company.state()
    new_id = iter(f"{n:08d}-0000-7000-8000-000000000000" for n in range(10**6))
    tries: list[tuple[str, str, str, dict[str, object], dict[str, object]]] = []
    for _, table, pk in foreign:
        shape = shared_tables()[table]
        column = next((name for name in shape.columns[1:] if name not in shape.links), shape.columns[1])
        value = 7 if column in shape.numbers else "forged"
        tries.append(("patch", table, pk, {column: value}, {}))
        tries.append(("delete", table, pk, {}, {}))
        tries.append(("create", table, pk, {column: value}, {}))
        tries += [
            ("create", child.name, next(new_id), {link: pk}, {})
            for child in shared_tables().values()
            for link, target in child.links.items()
            if target == table
        ]
    for start in range(0, len(tries), 400):
        answers = company.sync(viewer, tries[start : start + 400])
        assert {verdict[1] for verdict in answers[0]["verdicts"]} <= {"reject"}
        assert all(verdict[3] is None for verdict in answers[0]["verdicts"] if verdict[2] != "exists")
        for relation, table, _ in foreign:
            assert canary(relation, table) + "-" not in _spoken(answers), f"{viewer} is told of {relation} {table}"
    assert company.state() == before


@pytest.mark.parametrize("viewer", ACTIVE)
def test_what_a_role_may_not_write_stays_as_it_was(viewer: str, company: Company) -> None:
    role, user = VIEWERS[viewer], company.users[viewer]
    tries: list[tuple[str, str, str, dict[str, object], dict[str, object]]] = []
    for relation, table in ROWS:
        shape = shared_tables()[table]
        for column in shape.columns[1:]:
            if sees(viewer, relation, table) and may_write(role, table, (column,), user=user, row=None):
                value = 7 if column in shape.numbers else "forged"
                tries.append(("patch", table, company.rows[relation, table], {column: value}, {}))
    before = company.state()
    for start in range(0, len(tries), 400):
        verdicts = company.sync(viewer, tries[start : start + 400])[0]["verdicts"]
        assert {verdict[1] for verdict in verdicts} <= {"reject"}
    assert company.state() == before
    assert tries or role == "admin"


def test_who_left_the_company_is_told_nothing(company: Company) -> None:
    with pytest.raises(ProtocolError) as refusal:
        company.sync("quit")
    assert refusal.value.status == 401
    assert "canary" not in str(refusal.value)


@pytest.mark.parametrize(
    ("values", "base"),
    [
        ({"name": "x" * 2_000_000}, {}),
        ({"name": 1.5}, {}),
        ({"name": True}, {}),
        ({"employees": 10**30}, {}),
        ({"no_such_column": 1}, {}),
        ({"name) VALUES (1); DROP TABLE account; --": "x"}, {}),
        ({"org": "other company"}, {}),
        ({"id": "00000000-0000-7000-8000-000000000001"}, {}),
        ({"owner_id": "somebody"}, {}),
        ({"created_at": "1970-01-01"}, {}),
    ],
)
def test_forged_fields_of_an_own_account_are_refused_and_change_nothing(
    values: dict[str, object], base: dict[str, object], company: Company
) -> None:
    before = company.state()
    answers = company.sync("rep", [("patch", "account", company.rows["own area", "account"], values, base)])
    assert answers[0]["verdicts"][0][1] == "reject"
    assert company.state() == before


def test_unknown_tables_wrong_numbers_and_nested_values_leave_no_trace(company: Company) -> None:
    before = company.state()
    pk = company.rows["own area", "account"]
    answers = company.sync("rep", [("patch", "s_grant", pk, {"usr": "x"}, {}), ("delete", "sqlite_master", pk, {}, {})])
    assert {verdict[1] for verdict in answers[0]["verdicts"]} == {"reject"}
    company.numbers["rep"] += 5
    wrong: list[tuple[tuple[Any, ...], int]] = [
        (("delete", "note", pk, {}, {}), 409),
        (("patch", "account", pk, {"name": ["x"]}, {}), 400),
    ]
    for mutation, status in wrong:
        with pytest.raises(ProtocolError) as refusal:
            company.sync("rep", [mutation])
        assert refusal.value.status == status
    assert company.state() == before
