"""Brings what records say to normal forms, so that the same things are equal texts (domain.md 4.3)."""

import re
from collections.abc import Mapping
from typing import Final

from sfa.domain.duplicates.words import FREE_MAIL, LEGAL_FORMS, STREET_WORDS, STROKES
from sfa.domain.text import company_key, fold
from sfa.domain.written_dates import parse_day

PHONE_TAIL: Final = 7
_SIGNS: Final = re.compile(r"[^\w\s]|_")
_WITHIN: Final = re.compile("['’`´]")
_STREET_ENDING: Final = re.compile(r"(?<=\w\w\w)str(?:asse)?\b")
_EXTENSION: Final = re.compile(r"(?:ext|extension|durchwahl|dw|x|#|;|分机|內線|内线).*$", re.IGNORECASE)
_TRUNK: Final = re.compile(r"\(0\)")
_NOT_DIGIT: Final = re.compile(r"\D+")
_NOT_ALNUM: Final = re.compile(r"[\W_]+")
_YMD: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_FEWEST_DIGITS: Final = 5
_YEAR: Final = 4
_THIS_CENTURY: Final = "30"
_POLISH_FORM: Final = re.compile(r"\bsp\.? ?z ?o\.? ?o\b\.?")
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*://")


def simplifying(forms: str) -> dict[int, str]:
    """Return a translation table from `一弌 万萬...`: the simplified character first, then what is read as it."""
    return {ord(variant): group[0] for group in forms.split() for variant in group[1:]}


class Normaliser:
    """Normal forms of texts; an empty one where a text says nothing.

    Args:
        han: translation of traditional and Japanese characters to simplified ones.
    """

    def __init__(self, han: Mapping[int, str] | None = None) -> None:
        self._table = {**(han or {}), **STROKES}

    def simplified(self, text: str) -> str:
        """Return a text with simplified characters for traditional ones."""
        return text if text.isascii() else text.translate(self._table)

    def folded(self, text: str) -> str:
        """Return words in lower case without accents and signs, apart by one space."""
        bare = text.lower() if text.isascii() else self.simplified(fold(text))
        return " ".join(_SIGNS.sub(" ", _WITHIN.sub("", bare)).split())

    def company(self, name: str) -> str:
        """Return a company's name without its legal form."""
        return company_key(_POLISH_FORM.sub("spzoo", self.simplified(fold(name))))

    def legal_form(self, name: str) -> str:
        """Return the legal form of a company, alike for its spellings; empty where the name has none.

        Chinese names are without: their forms are left out and put in at will.
        """
        words = self.folded(name.replace(".", "")).split()[1:]
        return next((LEGAL_FORMS[word] for word in reversed(words) if word in LEGAL_FORMS), "")

    def street(self, text: str) -> str:
        """Return a street with short words for its kinds: `Main Street` and `Main St.` are one."""
        words = [STREET_WORDS.get(word, word) for word in self.folded(text).split()]
        return _STREET_ENDING.sub("st", " ".join(words))


def phone_digits(text: str) -> str:
    """Return the digits of a phone number without extension and leading zeros: compared by `same_phone`."""
    digits = _NOT_DIGIT.sub("", _EXTENSION.sub("", _TRUNK.sub("", text))).lstrip("0")
    return digits if len(digits) >= _FEWEST_DIGITS else ""


def same_phone(one: str, other: str) -> bool:
    """Tell whether two forms are one number, written with and without its country code."""
    if len(one) < len(other):
        one, other = other, one
    return one == other or (len(other) >= PHONE_TAIL and one.endswith(other))


def email_form(text: str) -> str:
    """Return an address in lower case, without `mailto:` and a name around it."""
    bare = text.strip().casefold().removeprefix("mailto:")
    if bare.endswith(">"):
        bare = bare[bare.find("<") + 1 : -1].strip()
    return bare if "@" in bare else ""


def mail_domain(address: str) -> str:
    """Return the domain of an address, nothing for one that anybody gets."""
    domain = address.rpartition("@")[2]
    return "" if domain in FREE_MAIL else domain


def site_domain(website: str) -> str:
    """Return the domain of a website without `www`; nothing for that of a mail service."""
    host = _SCHEME.sub("", website.strip().casefold()).partition("/")[0].rpartition("@")[2].partition(":")[0]
    host = host.removeprefix("www.").rstrip(".")
    return host if "." in host and host not in FREE_MAIL else ""


def code_form(text: str) -> str:
    """Return letters and digits of a number that is a name: a tax id, a postcode, a house number."""
    return _NOT_ALNUM.sub("", fold(text))


def date_form(text: str) -> str:
    """Return YYYYMMDD of a date; in figures the parts after the year stay in the order in which they are written.

    A file keeps one order, and a day that is turned with its month is near in any case. What is no date keeps its
    digits, for they may be one with a slip.
    """
    text = text.strip()
    match = _YMD.match(text)
    if match:
        return "".join(match.groups())
    if any(character.isalpha() and character.isascii() for character in text):
        try:
            return parse_day(text, None).strftime("%Y%m%d")
        except ValueError:
            return _NOT_DIGIT.sub("", text)
    parts = _NOT_DIGIT.split(text.strip(" 日."))
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - day, month and year
        return "".join(parts)
    if len(parts[0]) != _YEAR:
        parts = [parts[2], parts[0], parts[1]]
    year = parts[0] if len(parts[0]) == _YEAR else ("19" if parts[0] > _THIS_CENTURY else "20") + parts[0]
    return f"{year}{parts[1]:0>2}{parts[2]:0>2}"


_CLASSES: Final = {
    letter: number
    for number, letters in enumerate(("bfpvw", "cgjkqsxz", "dt", "l", "mn", "r"), start=1)
    for letter in letters
}
_FIRST_LETTERS: Final = {"k": "c", "q": "c", "v": "f", "w": "f", "z": "s", "x": "s", "y": "i", "j": "g"}
_FIRST_SOUNDS: Final = (("ph", "f"), ("kn", "n"), ("wr", "r"), ("gn", "n"), ("ps", "s"), ("sch", "s"), ("sh", "s"))
_SOUND_LENGTH: Final = 4


def sound(word: str) -> str:
    """Return how a word in Latin letters sounds, in four signs; the first two characters of others."""
    if not word:
        return ""
    if not word.isascii():
        return word[:2]
    for written, heard in _FIRST_SOUNDS:
        if word.startswith(written):
            word = heard + word[len(written) :]
            break
    code = _FIRST_LETTERS.get(word[0], word[0])
    last = _CLASSES.get(word[0], 0)
    for letter in word[1:]:
        found = _CLASSES.get(letter, 0)
        if found and found != last:
            code += str(found)
            if len(code) == _SOUND_LENGTH:
                break
        if letter != "h":
            last = found
    return code
