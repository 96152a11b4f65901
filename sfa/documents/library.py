"""The content library of proposals: `library/*.md` files of a workspace, chosen by language and by what is offered."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from sfa.documents.paper import Block, Chapter, Language, Paper
from sfa.documents.sheets import fill_text
from sfa.documents.view import view
from sfa.domain.pricing.documents import Role
from sfa.errors import UsageError

_KEYS: Final = ("id", "title", "language", "version", "order", "when")
_FENCE: Final = "---"
_HEADING: Final = re.compile(r"#{1,6}\s+(.*)")
_POINT: Final = re.compile(r"[-*]\s+(.*)")
_STEP: Final = re.compile(r"\d+[.)]\s+(.*)")
LARGEST_FILE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A piece of text that proposals share.

    Attributes:
        key: its id; one id has one file per language.
        order: where it stands in a proposal, lower first.
        body: its text, on the same lines as in the file, so that errors name them.
        when: what must be true of a proposal; a word with `!` before it must not be.
        sha256: of the whole file.
    """

    key: str
    title: str
    language: Language
    version: str
    order: int
    when: tuple[str, ...]
    body: str
    name: str
    sha256: str

    def is_meant(self, facts: frozenset[str]) -> bool:
        """Tell whether its conditions hold."""
        return all((word[1:] not in facts) if word.startswith("!") else (word in facts) for word in self.when)


def read_library(folder: Path) -> tuple[LibraryEntry, ...]:
    """Return the entries of a folder, in the order of proposals; none where there is no folder.

    Raises:
        UsageError: a file is no entry, or two have one id in one language; the sentence names file and line.
    """
    entries = [read_entry(path) for path in sorted(folder.glob("*.md"))] if folder.is_dir() else []
    seen: dict[tuple[str, Language], str] = {}
    for entry in entries:
        other = seen.setdefault((entry.key, entry.language), entry.name)
        if other != entry.name:
            raise UsageError(f"{other} and {entry.name} both have the id {entry.key} in {entry.language}: keep one.")
    return tuple(sorted(entries, key=lambda entry: (entry.order, entry.key, entry.language)))


def read_entry(path: Path) -> LibraryEntry:
    """Return one entry: keys between two lines of `---`, then text.

    Raises:
        UsageError: a key is unknown, missing or wrong.
    """
    data = path.read_bytes()
    if len(data) > LARGEST_FILE:
        raise UsageError(f"{path.name} is larger than 1 MB.", "Divide it into several entries.")
    try:
        lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8.", "Save it anew in this encoding.") from error
    fields, end = _front_matter(path.name, lines)
    for key in ("id", "language", "version"):
        if not fields.get(key):
            raise UsageError(f"{path.name}: {key} is missing between the two lines of ---.")
    if fields["language"] not in tuple(Language):
        raise UsageError(f"{path.name}: the language is {fields['language']}; it is one of {', '.join(Language)}.")
    order = fields.get("order", "0")
    if not re.fullmatch(r"-?[0-9]{1,6}", order):
        raise UsageError(f"{path.name}: the order is “{order}”; it must be a whole number.")
    return LibraryEntry(
        key=fields["id"],
        title=fields.get("title", ""),
        language=Language(fields["language"]),
        version=fields["version"],
        order=int(order),
        when=tuple(word for word in re.split(r"[,\s]+", fields.get("when", "")) if word),
        body="\n" * end + "\n".join(lines[end:]),
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _front_matter(name: str, lines: list[str]) -> tuple[dict[str, str], int]:
    if lines[0].strip() != _FENCE or _FENCE not in [line.strip() for line in lines[1:]]:
        raise UsageError(f"{name}: an entry starts with a line ---, its keys, and another line ---.")
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == _FENCE:
            return fields, number
        key, colon, value = line.partition(":")
        if not line.strip():
            continue
        if not colon or key.strip() not in _KEYS:
            raise UsageError(f"{name}, line {number}: “{line.strip()}” is no key; there are {', '.join(_KEYS)}.")
        fields[key.strip()] = value.strip().strip("\"'")
    return fields, len(lines)


def facts_of(paper: Paper) -> frozenset[str]:
    """Return what conditions can ask of an offer: `discount`, `optional`, `alternative`, `recurring`, and codes."""
    lines = paper.lines
    named = {
        "discount": any(line.discount_ppm for line in lines)
        or any(not part.is_charge for part in paper.totals.records),
        "optional": any(line.role is Role.OPTIONAL for line in lines),
        "alternative": any(line.role is Role.ALTERNATIVE for line in lines),
        "recurring": any(line.period for line in lines),
    }
    codes = {f"code:{line.code}" for line in lines if line.code}
    return frozenset((*(name for name, is_true in named.items() if is_true), *codes, f"currency:{paper.currency}"))


def with_chapters(paper: Paper, library: Iterable[LibraryEntry], more_facts: Iterable[str] = ()) -> Paper:
    """Return the proposal with the entries that are meant for it: a pure function of paper, library and facts.

    Placeholders such as `{{ buyer.name }}` are filled from the texts of the paper, in a sandbox.

    Raises:
        TemplateError: a placeholder has an error; the sentence has file and line.
    """
    facts = facts_of(paper) | frozenset(more_facts)
    shown = view(paper)
    chapters = []
    for entry in library:
        if entry.language is paper.language and entry.is_meant(facts):
            body = fill_text(entry.body, entry.name, shown)
            chapters.append(Chapter(entry.key, entry.version, entry.title, blocks_of(body), entry.sha256))
    return replace(paper, chapters=tuple(chapters))


def content_hash(chapters: Iterable[Chapter]) -> str:
    """Return the hash over the entries of a proposal, to be kept with it."""
    lines = (f"{chapter.key} {chapter.version} {chapter.sha256}\n" for chapter in chapters)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def blocks_of(body: str) -> tuple[Block, ...]:
    """Return headings, paragraphs and lists of a text; everything else in it is plain text."""
    blocks: list[Block] = []
    for is_blank, group in groupby(body.split("\n"), key=lambda line: not line.strip()):
        if not is_blank:
            blocks += _blocks_of_lines([line.strip() for line in group])
    return tuple(blocks)


def _blocks_of_lines(lines: list[str]) -> Iterable[Block]:
    for kind, group in groupby(lines, key=_kind_of):
        texts = list(group)
        if kind == "heading":
            yield from (Block("heading", _HEADING.sub(r"\1", text)) for text in texts)
        elif kind == "text":
            yield Block("text", " ".join(texts))
        else:
            sign = _POINT if kind == "list" else _STEP
            yield Block(kind, items=tuple(sign.sub(r"\1", text) for text in texts))


def _kind_of(line: str) -> str:
    for kind, sign in (("heading", _HEADING), ("list", _POINT), ("steps", _STEP)):
        if sign.fullmatch(line):
            return kind
    return "text"
