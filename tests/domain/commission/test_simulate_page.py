"""Every example of the page about simulating comes out as it says."""

import json
import re
from pathlib import Path

import pytest

from sfa.services.commission_case import PARTS
from tests.domain.commission.simulating import told

PAGE = (Path(__file__).parents[3] / "docs" / "commission-simulate.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"### (.+?)\n.*?```json\n(.*?)\n```\n\n```text\n(.*?)\n```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("title", "document", "result"), EXAMPLES, ids=[title for title, _, _ in EXAMPLES])
def test_an_example_comes_out_as_the_page_says(title: str, document: str, result: str) -> None:
    assert told(json.loads(document)) == result


def test_every_part_of_a_case_is_told_and_shown() -> None:
    told_of = set(re.findall(r"`(\w+)`", PAGE.split("## A plan")[0]))
    shown = {key for _, document, _ in EXAMPLES for key in json.loads(document)}
    assert set(PARTS) <= told_of
    assert shown == set(PARTS)
