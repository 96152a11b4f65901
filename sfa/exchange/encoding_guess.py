"""Guesses the encoding of text that isn't Unicode, by how plausible each reading looks.

Statistical detectors go wrong on a handful of names, which is all that many address files hold. The frequent
characters of East Asian standards lie in known rows, and a European reading shows itself by its letters, so a few
bytes are enough here; what neither rule knows goes to charset-normalizer.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAUSIBLE: Final = 0.7
_KOREAN_MINIMUM: Final = 8
_ASCII_END: Final = 0x80

_WESTERN: Final = set("äöüßéèêëàâáãåæçìíîïñòóôõøùúûýÿœš") | set("ÄÖÜÉÈÊËÀÂÁÃÅÆÇÌÍÎÏÑÒÓÔÕØÙÚÛŒ")
_PUNCTUATION: Final = set("’‘“”„«»–—…•€£§°®©™·ºª¿¡´²³½¼\u00a0")
_CENTRAL: Final = set("ąćęłńóśźżáčďéěíňřšťúůýžőűöüäßľĺôăâîşţ") | set("ĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽŐŰÖÜÄ")
_TURKISH: Final = set("çğışöüâîûÇĞİŞÖÜ")
_CYRILLIC: Final = set("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐ№")
_GREEK: Final = set("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ")

_SINGLE_BYTE: Final = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("cp1251", _CYRILLIC),
    ("cp1254", _TURKISH),
    ("cp1253", _GREEK),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
    ("cp852", _CENTRAL),
    ("koi8_r", _CYRILLIC),
    ("cp866", _CYRILLIC),
    ("iso8859_5", _CYRILLIC),
)


def guess_legacy(sample: bytes) -> str:
    """Return the codec name that reads the sample best; the sample holds bytes beyond ASCII and is not UTF-8."""
    score, codec = max(((score, codec) for codec, score in _east_asian(sample)), default=(0.0, ""))
    if score >= _PLAUSIBLE:
        return codec
    readings = [(_letters(sample, codec, letters), codec) for codec, letters in _SINGLE_BYTE]
    best = max(score for score, _ in readings)
    if best >= _PLAUSIBLE:
        return next(codec for score, codec in readings if score == best)
    return _by_statistics(sample)


def _east_asian(sample: bytes) -> list[tuple[str, float]]:
    tests: tuple[tuple[str, Callable[[bytes], float]], ...] = (
        ("euc_jp", _japanese_unix),
        ("cp949", _korean),
        ("gb18030", _simplified),
        ("big5hkscs", _traditional),
        ("cp932", _japanese_windows),
    )
    found = []
    for codec, share in tests:
        pairs = _pairs(sample, codec)
        if pairs:
            found.append((codec, sum(map(share, pairs)) / len(pairs)))
    return _settle(found, sample)


def _settle(found: list[tuple[str, float]], sample: bytes) -> list[tuple[str, float]]:
    scores = dict(found)
    if scores.get("cp949", 0) >= _PLAUSIBLE and not _only_korean_rows(sample):
        scores.pop("cp949")
    if scores.get("euc_jp", 0) >= _PLAUSIBLE and not _has_kana(sample):
        scores.pop("euc_jp")
    if "cp949" in scores and scores["cp949"] >= _PLAUSIBLE:
        scores.pop("gb18030", None)
    return list(scores.items())


def _pairs(sample: bytes, codec: str) -> list[bytes]:
    """Return each character beyond ASCII as its bytes in the codec; none where the sample isn't valid in it."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return []
        text = sample[: error.start].decode(codec)
    return [character.encode(codec, "replace") for character in text if ord(character) >= _ASCII_END]


def _simplified(pair: bytes) -> float:
    return float(len(pair) == 2 and pair[1] >= 0xA1 and (0xB0 <= pair[0] <= 0xD7 or pair[0] in {0xA1, 0xA3}))  # noqa: PLR2004 - rows of GB 2312 level 1 and its punctuation


def _traditional(pair: bytes) -> float:
    return float(len(pair) == 2 and (0xA4 <= pair[0] <= 0xC6 or pair[0] == 0xA1))  # noqa: PLR2004 - the frequent half of Big5 and its punctuation


def _japanese_windows(pair: bytes) -> float:
    return float(len(pair) == 2 and (0x81 <= pair[0] <= 0x83 or 0x88 <= pair[0] <= 0x97))  # noqa: PLR2004 - punctuation, kana and level 1 of JIS X 0208


def _japanese_unix(pair: bytes) -> float:
    return float(len(pair) == 2 and (pair[0] in {0xA1, 0xA4, 0xA5} or 0xB0 <= pair[0] <= 0xCF))  # noqa: PLR2004 - the same rows in EUC


def _korean(pair: bytes) -> float:
    return float(len(pair) == 2 and 0xB0 <= pair[0] <= 0xC8 and pair[1] >= 0xA1)  # noqa: PLR2004 - the Hangul rows of KS X 1001


def _only_korean_rows(sample: bytes) -> bool:
    """Chinese text of some length uses rows beyond the Hangul ones; Korean text does not."""
    pairs = _pairs(sample, "cp949")
    return len(pairs) >= _KOREAN_MINIMUM and sum(map(_korean, pairs)) / len(pairs) > 0.95  # noqa: PLR2004 - a few Hanja are allowed


def _has_kana(sample: bytes) -> bool:
    pairs = _pairs(sample, "euc_jp")
    return sum(pair[0] in {0xA4, 0xA5} for pair in pairs) * 10 > len(pairs)


def _letters(sample: bytes, codec: str, letters: set[str]) -> float:
    """Return how many characters beyond ASCII are letters of the language or usual marks, from -1 to 1."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return -1.0
    found = [(at, character) for at, character in enumerate(text) if ord(character) >= _ASCII_END]
    return sum(_plausible(text, at, character, letters) for at, character in found) / max(len(found), 1)


def _plausible(text: str, at: int, character: str, letters: set[str]) -> float:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character in letters:
        return -0.5 if character.isupper() and before.islower() else 1.0
    if character in _PUNCTUATION:
        is_inside = before.isalpha() and after.isalpha() and character not in "’·–"
        return -0.5 if is_inside else 0.9
    return 0.3 if character.isalpha() and not (character.isupper() and before.islower()) else -0.5


def _by_statistics(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - loaded for the rare file that needs it

    match = from_bytes(sample).best()
    return match.encoding if match is not None else "cp1252"
