"""Lines as reps type them are read whole: every act, every field, every tag."""

import json
from pathlib import Path

import pytest

from tests.domain.phrase.reading import plain, read

CORPUS = Path(__file__).with_name("corpus.jsonl")
ENTRIES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
LEAST = 150
LEAST_CHINESE = 50


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["line"][:60] for entry in ENTRIES])
def test_a_line_of_the_corpus_is_read_whole(entry: dict[str, object]) -> None:
    line = str(entry["line"])

    told = plain(read(line))

    assert {"line": line, **told} == entry


def test_the_corpus_is_large_enough_in_both_languages() -> None:
    chinese = [entry for entry in ENTRIES if any("一" <= character <= "鿿" for character in entry["line"])]

    assert len(ENTRIES) >= LEAST
    assert len(chinese) >= LEAST_CHINESE
