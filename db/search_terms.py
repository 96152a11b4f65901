"""What is searched, as words of the index: text folded and cut alike on both sides, and queries made of it.

Imports nothing that the interpreter has not loaded already but `unicodedata`: the fast door searches through this.

A word of the index is a run of letters and digits. Of Chinese, Japanese and Korean text it is each pair of neighbours
(and the last character alone), so that any one character is the beginning of a word and any two are a word.
"""

from __future__ import annotations

from unicodedata import category, combining, normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Endings = Callable[[str], Sequence[str]]

FROM_END = "\ue010"
"""Begins a phone number that is written from its last digit; nobody can type it, since it folds to a space."""
LETTERS_LEAST = 4
"""Beginnings shorter than this have an index of their own; words from this length on are counted."""
LAST_DIGITS = 4
LONG_NUMBER = 7
EDITABLE = 4
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CHARACTER = "\x01"
_KEPT_MARKS = "\u3099\u309a"
_IDEOGRAPHS = (
    (0x3005, 0x3007), (0x3040, 0x30FF), (0x3100, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x323AF),
)  # fmt: skip
_STROKES = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
_PHONE_SIGNS = frozenset("0123456789 +()-./")
_TWO_DIGITS = (
    " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86"
    " 90 91 92 93 94 95 98 "
)


class _Folds(dict[int, str]):
    """What each character is folded to, worked out once: spaces for signs, `_CHARACTER` before an ideograph."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _fold_character(chr(code))
        return found


class _Variants(dict[str, str]):
    """The simplified form of each traditional or Japanese one; read when the first ideograph comes."""

    def simplified(self, character: str) -> str:
        if not self:
            from db.variants import variant_forms  # noqa: PLC0415 - only where there is an ideograph

            for forms in variant_forms().split():
                for variant in forms[1:]:
                    self[variant] = forms[0]
        return self.get(character, character)


_FOLDS = _Folds()
_VARIANTS = _Variants()


def _fold_character(character: str) -> str:
    if category(character) in ("Cf", "Cs") or "\ufe00" <= character <= "\ufe0f":
        return ""
    bare = normalize("NFKD", normalize("NFKD", character).casefold())
    kept = "".join(part for part in bare if not combining(part) or part in _KEPT_MARKS)
    return "".join(map(_fold_part, normalize("NFKC", kept)))


def _fold_part(part: str) -> str:
    code = ord(part)
    if any(first <= code <= last for first, last in _IDEOGRAPHS):
        return _CHARACTER + _VARIANTS.simplified(part)
    if part.isalnum() or category(part) in ("Mn", "Mc", "Cn"):
        return _STROKES.get(part, part)
    return " "


def fold_character(character: str) -> str:
    """Return what one character is folded to: nothing, a space, or letters; one by one, so that places can be told."""
    return _FOLDS[ord(character)].replace(_CHARACTER, "")


def folded(text: str) -> str:
    """Return text without case, accents and signs, words apart by a space, traditional characters simplified."""
    return " ".join(_marked(text).replace(_CHARACTER, "").split())


def _marked(text: str) -> str:
    return (text if text.isascii() else normalize("NFKC", text)).translate(_FOLDS)


def index_words(text: str) -> str:
    """Return the words of a text, for the index; ASCII is left to its tokenizer."""
    if text.isascii():
        return text
    text = normalize("NFKC", text)
    marked = text.translate(_FOLDS)
    if _CHARACTER not in marked:
        return f"{marked} {text.translate(_UMLAUTS).translate(_FOLDS)}" if _has_umlaut(text) else marked
    first, *pieces = marked.split(_CHARACTER)
    words = [first]
    for piece, following in zip(pieces, (*pieces[1:], ""), strict=True):
        tail = piece[1:]
        words += (piece[0], tail) if tail.strip() else (piece[0] + following[:1],)
    return " ".join(words)


def _has_umlaut(text: str) -> bool:
    return any(sign in text for sign in "äöüÄÖÜ")


def phone_words(number: str) -> str:
    """Return a number without its country code, and as a whole from its last digit."""
    digits = number[1:] if number[1:].isdigit() and number.isascii() else _digits(number)
    if len(digits) < LAST_DIGITS:
        return digits
    national, whole = _forms(number, digits)
    return f"{national} {FROM_END}{whole[::-1]}"


def _digits(number: str) -> str:
    return "".join([sign for sign in number if "0" <= sign <= "9"])


def _forms(number: str, digits: str) -> tuple[str, str]:
    """Return the digits within the country, and all of them, without what is dialled before."""
    if number[0] == "+" or number[:2] in ("(+", "00"):
        whole = digits.removeprefix("00")
        return _without_country(whole), whole
    whole = digits.lstrip("0")
    return whole, whole


def _without_country(digits: str) -> str:
    length = 1 if digits[:1] in ("1", "7") else 2 if f" {digits[:2]} " in _TWO_DIGITS else 3
    return digits[length:].lstrip("0")


def query_words(text: str) -> list[str]:
    """Return the words that are looked for; of a run of ideographs its pairs."""
    words: list[str] = []
    for marked in _marked(text).split():
        first, *pieces = marked.split(_CHARACTER)
        words += [first] if first else []
        is_within = False
        for at, piece in enumerate(pieces):
            has_next = len(piece) == 1 and at + 1 < len(pieces)
            if has_next:
                words.append(piece + pieces[at + 1][0])
            elif not is_within:
                words.append(piece[0])
            words += [piece[1:]] if len(piece) > 1 else []
            is_within = has_next
    return words


def match_query(text: str) -> str | None:
    """Return an FTS5 expression for all records that have every word, or one that begins so; None where there is no word."""
    queries = match_queries(text)
    return " OR ".join(f"({query})" for query in queries) or None


def match_queries(text: str, endings: Endings | None = None) -> list[str]:
    """Return FTS5 expressions for records that have every word, or one that begins so, each for where those before found nothing.

    Args:
        text: what is typed.
        endings: the words that a beginning of very many records goes on to, most of them: SQLite would gather all the
            records of such a beginning first. Without it nothing is left out.
    """
    text = normalize("NFC", text)
    words = query_words(text)
    if not words:
        return []
    other = query_words(text.translate(_UMLAUTS)) if _has_umlaut(text) else words
    pairs = list(dict.fromkeys(zip(words, other, strict=False)))
    every = " AND ".join(_either(word, also, None) for word, also in pairs)
    number = _phone_query(text)
    if number:
        return [number, every] if len(words) > 1 else [f"{every} OR {number}"]
    quick = " AND ".join(_either(word, also, endings) for word, also in pairs)
    return list(dict.fromkeys((quick, every)))


def _either(word: str, other: str, endings: Endings | None) -> str:
    if word.isdigit() and word.isascii() and len(word) >= LAST_DIGITS:
        return f'("{word}"* OR "{FROM_END}{word[::-1]}"*)'
    return _begins(word, endings) if word == other else f"({_begins(word, endings)} OR {_begins(other, endings)})"


def _begins(word: str, endings: Endings | None = None) -> str:
    if len(word) > 1 and is_ideograph(word[0]):
        return f'"{word}"'
    parts = _parts(word)
    if parts:
        return f'("{word}"* OR ("{parts[0]}" AND "{parts[1]}"*))'
    common = endings(word) if endings and len(word) >= LETTERS_LEAST and word.isalpha() else ()
    return f"({' OR '.join(map(_exactly, common))})" if common else f'"{word}"*'


def _parts(word: str) -> tuple[str, str] | None:
    """Return the letters and the figures of a code that may be written apart, `tl600` for TL-600; None for other words."""
    letters = word.rstrip("0123456789")
    return (letters, word[len(letters) :]) if letters != word and letters.isalpha() and letters.isascii() else None


def _exactly(word: str) -> str:
    return f'"{word}"'


def is_ideograph(character: str) -> bool:
    """Tell whether a character is one of a script without words: Chinese, Japanese, Korean."""
    return _FOLDS[ord(character)][:1] == _CHARACTER


def phone_digits(text: str) -> str:
    """Return the digits of a text that may be a phone number; empty where it is none."""
    return _digits(text) if _PHONE_SIGNS.issuperset(text) else ""


def _phone_query(text: str) -> str | None:
    """Return an expression for a phone number, whole, its beginning, or its end; None where the text is no number."""
    if not _PHONE_SIGNS.issuperset(text):
        return None
    text = text.strip()
    digits = _digits(text)
    national, whole = _forms(text, digits)
    if len(digits) < LAST_DIGITS or len(national) < LAST_DIGITS - 1:
        return None
    end = whole if len(digits) >= LONG_NUMBER else digits  # zeros in front of a few digits are no dialling code
    forms = [national, FROM_END + end[::-1]]
    if national == whole and len(whole) >= LONG_NUMBER:
        forms.append(_without_country(whole))
    return " OR ".join(f'"{form}"*' for form in forms)


def near_query(text: str) -> str | None:
    """Return an FTS5 expression for names with one typing error in a word, or None where no word can have one."""
    words = query_words(text)
    parts = [f"({' OR '.join(_near_words(word))})" if _is_editable(word) else _begins(word) for word in words]
    pairs = [word for word in words if is_ideograph(word[0])]
    if len(pairs) > 1:
        parts = [f"({' OR '.join(map(_begins, pairs))})"]
    elif not any(map(_is_editable, words)):
        return None
    return " AND ".join(parts)


def _is_editable(word: str) -> bool:
    return len(word) >= EDITABLE and word.isascii() and word.isalpha()


def _near_words(word: str) -> list[str]:
    """Return the beginning itself and every word that is near."""
    return [_begins(word), *(f'"{other}"' for other in sorted(_near(word) - {word}))]


def is_near(word: str, other: str) -> bool:
    """Tell whether two words differ by one typing error at most; short words and those of other scripts by none."""
    return word == other or (_is_editable(word) and abs(len(word) - len(other)) <= 1 and other in _near(word))


def _near(word: str) -> set[str]:
    """Return the words that differ by one letter more, less, other, or two swapped."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {before + after[1:] for before, after in halves if after}
    near |= {before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1}
    near |= {before + letter + after[1:] for before, after in halves if after for letter in LETTERS}
    near |= {before + letter + after for before, after in halves for letter in LETTERS}
    return near
