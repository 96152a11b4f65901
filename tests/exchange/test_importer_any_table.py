"""Whatever stands in a table: every row is taken or told, nothing half, and the same again changes nothing."""

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfa.errors import SfaError
from sfa.exchange.fields import IMPORTABLE, fields_of
from sfa.exchange.import_plan import Request, make_plan
from sfa.exchange.importer import run
from sfa.services import history
from tests.support.contents import contents
from tests.support.factories import make_desk
from tests.support.payloads import PAYLOADS

WORDS = [
    "", "1", "0", "-1", "Acme", "acme ", "Ann Lee", "Lee, Ann", "won", "Lost", "Negotiation", "open", "done", "2026-02-01",
    "2026-01-31", "2031-01-01", "31.12.2025", "12,5", "1,200.50", "5k EUR", "¥20万", "(12)", "1e9", "EUR", "XXQ", "yes", "60%", "0.6",
    "a@b.co", "a@b.co;c@d.co", "+1 212 555 0100", "call", "9" * 20, "x" * 199, "x" * 250, "vip,key", "14:30", "25:99", "10081",
]  # fmt: skip
CELL = st.sampled_from([*WORDS, *PAYLOADS.values()]) | st.text(max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[str], list[list[str]]]:
    noun = draw(st.sampled_from(IMPORTABLE))
    names = draw(st.lists(st.sampled_from(sorted(fields_of(noun))), unique=True, min_size=3, max_size=9))
    required = [name for name, spec in fields_of(noun).items() if spec.is_required and name not in names]
    header = [*required, *names]
    return noun, header, draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=8))


@pytest.mark.parametrize("create", [frozenset(), frozenset({"account", "contact", "product", "user"})])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(table=tables())
def test_any_table(create: frozenset[str], table: tuple[str, list[str], list[list[str]]]) -> None:
    noun, header, rows = table
    with tempfile.TemporaryDirectory() as place:
        desk = make_desk(Path(place) / "home")
        path = Path(place) / "table.csv"
        with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
        request = Request(path, noun, ",".join(f"{name}={name}" for name in header), date_order="dmy", create=create)
        before = contents(desk)
        try:
            plan = make_plan(desk, request)
            result = run(desk, plan)
        except SfaError as error:
            assert error.message  # noqa: PT017 - a sentence is all that may stop an import
            assert contents(desk) == before
            return
        assert result.taken + len(result.rejected) == len(plan.rows)
        assert all(row.reason for row in result.rejected)
        after = contents(desk)
        again = run(desk, make_plan(desk, request))
        assert (again.new, again.changed, again.unchanged, again.operation_id) == (0, 0, result.taken, None)
        assert contents(desk) == after
        if result.operation_id:
            history.undo(desk)
            assert {name: rows for name, rows in contents(desk).items() if name != "app_user"} == {
                name: rows for name, rows in before.items() if name != "app_user"
            }
        assert desk.store.rows("PRAGMA foreign_key_check") == []
        desk.close()
