"""`sfa commission simulate` as the shell sees it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.shell import call_cli

CASE: dict[str, Any] = {
    "plan": 'code = "AE"\nversion = 1\ncurrency = "USD"\n[[component]]\ncode = "base"\ntiers = [{lo = 0, rate_ppm = 50000}]\n',
    "assignments": [{"participant": "ann", "plan": "AE"}],
    "events": [{"id": "e1", "on": "2026-11-02", "net_minor": 1_200_000, "owner": "ann"}],
}


def simulate(folder: Path, case: object, *words: str) -> Any:  # noqa: ANN401 - a result of the shell
    path = folder / "case.json"
    path.write_text(case if isinstance(case, str) else json.dumps(case), encoding="utf-8")
    return call_cli(["commission", "simulate", "--input", str(path), *words], folder / "home")


def test_a_case_comes_out_as_statements_without_a_book(tmp_path: Path) -> None:
    told = simulate(tmp_path, CASE, "--json")
    assert (told.code, told.stderr) == (0, "")
    (statement,) = told.value["statements"]
    assert (statement["payable"], statement["currency"], statement["lines"][0]["amount"]) == ("600.00", "USD", "600.00")
    assert not (tmp_path / "home" / "sales.db").exists()


def test_people_read_a_table(tmp_path: Path) -> None:
    told = simulate(tmp_path, CASE)
    assert told.code == 0
    assert "600.00 USD" in told.stdout
    assert told.lines[-1] == "ann 2026-11: 600.00 USD"


def test_terminal_control_in_a_case_is_shown_not_obeyed(tmp_path: Path) -> None:
    event = {**CASE["events"][0], "id": "e\x1b[2J"}
    assert "\x1b" not in simulate(tmp_path, {**CASE, "events": [event]}).stdout


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ({"events": [{"id": "e1", "on": "2026-13-02", "net_minor": 1}]}, "events 1: on is “2026-13-02”, no day"),
        (
            {"events": [{"id": "e1", "on": "2026-11-02", "net_minor": 1.5}]},
            "events 1: net_minor is 1.5, no whole number",
        ),
        ({"events": [{"id": "e1", "on": "2026-11-02"}]}, "event e1: it lacks net_minor"),
        ({"events": [{"id": "e1", "on": "2026-11-02", "net_minor": 1, "x": 2}]}, "events 1: “x” is no part of it"),
        ({"event": []}, "“event” is no part of it"),
        ({"plan": CASE["plan"].replace("lo = 0", "lo = 5")}, "tier 1 starts at 5, not at 0. (line 6)"),
        (
            {"quotas": [{"participant": "ann", "window": "2026-Q4", "amount_minor": 1}] * 2},
            "Two quotas are given for ann",
        ),
        ({"hierarchy": [{"participant": "ann", "manager": "ann"}]}, "reports to themselves"),
        ({"credits": [{"event": "e1", "participant": "ann", "commission_ppm": 1}]}, "shares add up to 1 ppm"),
        (
            {"periods": [{"id": "P", "from": "2026-01-01", "to": "2026-02-01"}]},
            "2026-11-02 lies outside of the periods",
        ),
        ({"events": [{**CASE["events"][0], "currency": "EUR"}]}, "is in EUR, and no event_date rate to USD"),
        (
            {
                "adjustments": [
                    {
                        "id": "a",
                        "participant": "ann",
                        "period": "2026-11",
                        "amount_minor": 1,
                        "requested_by": "eva",
                        "approved_by": "eva",
                    }
                ]
            },
            "eva cannot approve what they asked for",
        ),
        (
            {"events": [{"id": "c", "kind": "cancelled", "on": "2026-11-02", "reverses": "e9"}]},
            "“e9”, which is no event",
        ),
        (
            {
                "events": [
                    *CASE["events"],
                    {"id": "c", "kind": "cancelled", "on": "2026-11-03", "reverses": "e1", "net_minor": 1},
                ]
            },
            "c is cancelled: its amount must be below zero, not 1",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(tmp_path: Path, part: dict[str, Any], sentence: str) -> None:
    told = simulate(tmp_path, {**CASE, **part}, "--json")
    assert (told.code, told.stdout) == (2, "")
    assert sentence in told.stderr


def test_what_is_no_json_or_not_there_is_refused(tmp_path: Path) -> None:
    assert simulate(tmp_path, "{").code == 2
    assert simulate(tmp_path, '{"events": NaN}').code == 2
    assert simulate(tmp_path, "[" * 100_000).code == 2
    assert call_cli(["commission", "simulate", "--input", str(tmp_path / "none.json")], tmp_path).code == 3
    assert call_cli(["commission", "simulate"], tmp_path).code == 2
