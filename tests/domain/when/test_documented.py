"""The page about dates says what holds: its examples are read, its exceptions are not."""

from pathlib import Path

import pytest

from sfa.domain.when import WhenError
from tests.support.dates import told

PAGE = Path(__file__).parents[3] / "docs" / "dates.md"


def examples(heading: str) -> list[str]:
    """Return what stands in backticks in the table under a heading."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [text for row in rows[2:] for text in row.split("`")[1::2]]


@pytest.mark.parametrize("text", examples("What you can write"))
def test_examples_are_read(text: str) -> None:
    assert told(text) is not None


@pytest.mark.parametrize("text", examples("What is not understood, and why"))
def test_what_is_left_alone_is_not_read(text: str) -> None:
    known = ("清明", "冬至")
    assert text in known or told(text) is None


@pytest.mark.parametrize("text", examples("What is asked for"))
def test_what_may_have_gone_by_is_asked_for_but_for_what_is_said_to_be_clear(text: str) -> None:
    clear = ("14 october", "third tuesday of december", "明早8点")
    if text in clear:
        assert told(text) is not None
        return
    with pytest.raises(WhenError):
        told(text)
