"""The guide to quick entry shows only lines that are understood."""

from pathlib import Path

import pytest

from sfa.domain.phrase.lines import LONGEST
from sfa.domain.phrase.splitting import MOST_CLAUSES
from tests.domain.phrase.reading import read

GUIDE = Path(__file__).parents[3] / "docs" / "quick-entry.md"
LINES = [line.strip()[6:] for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("    sfa + ")]
WITHIN = [
    "met Jane, send quote friday", "called Bob. Demo tue 10:00.", "拜访王经理，下周二发报价", "demo at Acme yesterday",
    "Ann Smith at Globex +44 20 7946 0958 ann@globex.example", "新联系人 李娜 华为 13900001111", "note Acme: gate code 4711",
    "备注 王经理：喜欢喝茶", "won Acme renewal", "Globex upgrade lost, price", "new deal Acme 40k close june 60%",
    "moved Acme renewal to negotiation", "约王经理周五吃饭", "collect 5k payment friday", "raised Acme renewal to 45k",
    "Acme renewal now 45k", "lost Globex - no budget", "call Bob 15:30", "lunch with Ann fri noon", "周五前发合同",
    "quote accepted by Acme 22k", "Acme order confirmed", "invoice paid by Acme 5k", "intro call Priya",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_an_example_of_the_guide_is_understood(line: str) -> None:
    assert read(line).acts


@pytest.mark.parametrize("line", WITHIN)
def test_a_line_within_the_guide_stands_there_and_is_understood(line: str) -> None:
    assert f"`{line}`" in GUIDE.read_text(encoding="utf-8") or line in GUIDE.read_text(encoding="utf-8")
    assert read(line).acts


def test_the_guide_tells_the_bounds_that_hold() -> None:

    words = GUIDE.read_text(encoding="utf-8")

    assert f"{LONGEST:,} characters" in words
    assert f"{MOST_CLAUSES} clauses" in words
