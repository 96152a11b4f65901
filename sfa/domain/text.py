"""Text from outside: made inert, folded for comparison, split for search."""

import re
import unicodedata

MARKS_IN_A_ROW = 4
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_CJK = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_LEGAL = re.compile(
    r"\b(?:ltd|limited|gmbh|inc|incorporated|corp|corporation|llc|llp|plc|ag|kg|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|co|kk|pty)\b"
    "|股份有限公司|有限责任公司|有限公司|集团|株式会社"
)


def clean(text: str, *, multiline: bool = False, max_length: int | None = None) -> str:
    """Return text that is neither markup nor control of a terminal: what must not pass becomes U+FFFD."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    text = _CONTROL.sub("\ufffd", text).replace("\t", " ")
    if not multiline:
        text = text.replace("\n", " ")
    if any(ord(character) > 0x2FF for character in text):  # noqa: PLR2004 - where combining marks begin
        text = _cap_marks(text)
    return text if max_length is None else text[:max_length]


def _cap_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def fold(text: str) -> str:
    """Return text for comparison: compatible forms, no case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFKC", bare).split())


def has_cjk(text: str) -> bool:
    """Tell whether there is a Chinese, Japanese or Korean character."""
    return _CJK.search(text) is not None


def split_cjk(text: str) -> str:
    """Return text with a space around each Chinese, Japanese or Korean character, so that each is a word."""
    return " ".join(_CJK.sub(r" \1 ", text).split())


def company_key(text: str) -> str:
    """Return a company's name without legal form and punctuation (domain.md 4.3)."""
    bare = re.sub(r"[^\w\s]", "", fold(text).replace(".", ""))
    return " ".join(_LEGAL.sub(" ", bare).split()) or bare


def person_name_parts(full: str) -> tuple[str, str]:
    """Return given and family name of `Lewis, James`, `Jane van Dyke` or a Chinese name."""
    if "," in full:
        family, given = full.split(",", 1)
        return given.strip(), family.strip()
    if has_cjk(full) and " " not in full.strip():
        return full.strip()[1:], full.strip()[:1]
    given, _, family = full.strip().partition(" ")
    return given, family
