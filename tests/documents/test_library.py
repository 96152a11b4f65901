"""Proposals from the content library: chosen by language and conditions, filled in a sandbox, the same each time."""

from pathlib import Path

import pytest

from sfa.documents.library import blocks_of, content_hash, facts_of, read_entry, read_library, with_chapters
from sfa.documents.paper import Block, Kind, Language, Paper
from sfa.documents.render import render
from sfa.documents.typesetting import TemplateError
from sfa.errors import UsageError
from tests.support.papers import long_paper, make_paper

WHY = """---
id: why
title: Why we fit
language: en
version: 3
order: 1
---
For {{ buyer.name }} we measured twice,
and cut once.

## What changes
- one tool, *not* three
- #panic() stays text

1. order
2. delivery
"""


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file of the library."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def entry(key: str, order: int = 0, when: str = "", language: str = "en", body: str = "Text.") -> str:
    """Return the text of an entry."""
    return f"---\nid: {key}\ntitle: Title of {key}\nlanguage: {language}\nversion: 1\norder: {order}\nwhen: {when}\n---\n{body}\n"


def proposal(**more: object) -> Paper:
    """Return the sample as a proposal."""
    return make_paper(kind=Kind.PROPOSAL, **more)  # type: ignore[arg-type]


def test_an_entry_becomes_a_chapter_with_its_placeholders_filled(tmp_path: Path) -> None:
    write(tmp_path, "why.md", WHY)
    (chapter,) = with_chapters(proposal(), read_library(tmp_path)).chapters
    assert (chapter.key, chapter.version, chapter.title) == ("why", "3", "Why we fit")
    assert chapter.blocks == (
        Block("text", "For Meridian Laboratories Ltd we measured twice, and cut once."),
        Block("heading", "What changes"),
        Block("list", items=("one tool, *not* three", "#panic() stays text")),
        Block("steps", items=("order", "delivery")),
    )


def test_entries_come_in_their_order_and_in_the_language_of_the_proposal(tmp_path: Path) -> None:
    for key, order, language in (("b", 2, "en"), ("a", 9, "en"), ("c", 1, "en"), ("b", 1, "zh")):
        write(tmp_path, f"{key}-{language}.md", entry(key, order, language=language))
    library = read_library(tmp_path)
    assert [part.key for part in with_chapters(proposal(), library).chapters] == ["c", "b", "a"]
    chinese = make_paper(Language.CHINESE, Kind.PROPOSAL)
    assert [part.key for part in with_chapters(chinese, library).chapters] == ["b"]


@pytest.mark.parametrize(
    ("when", "is_in"),
    [
        ("", True), ("recurring", True), ("!recurring", False), ("optional, discount", True), ("industry:food", True),
        ("industry:steel", False), ("!industry:steel alternative", True), ("code:AUR-S8", True), ("currency:CNY", False),
    ],
)  # fmt: skip
def test_a_section_stands_where_its_conditions_hold(tmp_path: Path, when: str, is_in: bool) -> None:  # noqa: FBT001
    write(tmp_path, "x.md", entry("x", when=when))
    made = with_chapters(proposal(), read_library(tmp_path), ("industry:food",))
    assert bool(made.chapters) is is_in


def test_facts_follow_from_the_lines() -> None:
    assert facts_of(long_paper(1)) == {"discount", "code:SP-1000", "currency:EUR"}


def test_the_proposal_is_a_pure_function_and_its_content_has_a_hash(tmp_path: Path) -> None:
    path = write(tmp_path, "why.md", WHY)
    first, second = (with_chapters(proposal(), read_library(tmp_path)) for _ in range(2))
    assert first == second
    assert render(first, "pdf").sha256 == render(second, "pdf").sha256
    kept = content_hash(first.chapters)
    path.write_text(WHY.replace("version: 3", "version: 4"), encoding="utf-8")
    assert content_hash(with_chapters(proposal(), read_library(tmp_path)).chapters) != kept
    assert content_hash(first.chapters) == kept


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("no front", "x.md: an entry starts with a line ---"),
        ("---\nid: x\nlanguage: en\n", "x.md: an entry starts with a line ---"),
        ("---\nid: x\nlanguage: en\n---\n", "x.md: version is missing"),
        ("---\nid: x\nversion: 1\nlanguage: fr\n---\n", "x.md: the language is fr; it is one of en, zh."),
        ("---\nid: x\nauthor: me\n---\n", "x.md, line 3: “author: me” is no key"),
        (entry("x").replace("order: 0", "order: first"), "x.md: the order is “first”"),
    ],
)
def test_a_file_that_is_no_entry_is_told_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as told:
        read_entry(write(tmp_path, "x.md", text))
    assert told.value.message.startswith(sentence)


def test_one_id_has_one_file_per_language(tmp_path: Path) -> None:
    write(tmp_path, "a.md", entry("x"))
    write(tmp_path, "b.md", entry("x"))
    with pytest.raises(UsageError, match=r"a\.md and b\.md both have the id x"):
        read_library(tmp_path)


def test_a_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes("---\nid: ü\n".encode("latin-1"))
    with pytest.raises(UsageError, match=r"x\.md is not UTF-8"):
        read_library(tmp_path)


@pytest.mark.parametrize("body", ["a\n{{ seller.salary }}", "a\n{{ ''.__class__.__mro__ }}", "a\n{% for %}"])
def test_a_placeholder_that_fails_is_told_with_its_file_and_reaches_nothing(tmp_path: Path, body: str) -> None:
    write(tmp_path, "x.md", entry("x", body=body))
    with pytest.raises(TemplateError, match=r"^x\.md, line 10: "):
        with_chapters(proposal(), read_library(tmp_path))


def test_without_a_folder_there_is_no_library(tmp_path: Path) -> None:
    assert read_library(tmp_path / "none") == ()


def test_all_words_of_a_text_stay() -> None:
    text = "# A\ntext\n- one\n- two\nmore\n\n\n3) three\n"
    assert [block.kind for block in blocks_of(text)] == ["heading", "text", "list", "text", "steps"]
    assert "".join(block.text + "".join(block.items) for block in blocks_of(text)) == "Atextonetwomorethree"
