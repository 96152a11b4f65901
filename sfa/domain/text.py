"""Text from outside: made inert, folded for comparison."""

import re
import unicodedata

MARKS_IN_A_ROW = 4
MOST_SHOWN = 60
_LAST_BEFORE_MARKS = 0x2FF
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, C1 included
    "\u00ad\u034f\u180e\u200b-\u200f\u2060-\u206f\ufeff"  # of no width
    "\u061c\u2028-\u202e\ufff9-\ufffb"  # turning the direction, breaking the line, annotating
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers
    "\ud800-\udfff"  # halves of a pair
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"  # format characters, tags
)
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Patterns over these ranges take milliseconds to compile: `re` does it, and keeps them, where such a text comes.
_CJK_RANGE = (
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
_CJK = f"[{_CJK_RANGE}]"
_ALL_CJK = f"[{_CJK_RANGE}·\\s]+"
_BETWEEN_CJK = f"(?<=[{_CJK_RANGE}])\\s+(?=[{_CJK_RANGE}])"
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_MARKS_OF_KANA = "\u3099\u309a"
_WITHIN = re.compile(r"[.'’`]")
_APART = re.compile(r"[^\w\s]|_")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEGAL_ANYWHERE = _words("ltd gmbh inc llc llp plc incorporated limited sarl srl")
_LEGAL_AT_END = _LEGAL_ANYWHERE | _words(
    "ab aps ag as asa bhd bv co company corp corporation eg ev kft kg kgaa kk lp mbh nv oao ohg ood ooo oy oyj pjsc"
    " pt pte pty pvt sa sas sdn se sl sp spa spzoo sro ug zoo"
)
_LEGAL_IN_TWO_WORDS = frozenset(("s a", "b v", "n v", "a g", "a s", "s l", "k k", "o y"))
_CHINESE_FORMS = re.compile(
    "股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|集團公司|集团|集團|株式会社|有限会社|合同会社"
    r"|주식회사|유한회사|(?<!\w)[株有주유](?!\w)"
)
_DOUBLE_SURNAMES = _words(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 令狐 慕容 司徒 宇文 长孙 長孫"
    " 夏侯 端木 独孤 獨孤 南宫 南宮 百里 呼延 轩辕 軒轅 钟离 鍾離 申屠 闻人 聞人 拓跋 公冶 澹台 澹臺"
    " 濮阳 濮陽 淳于 单于 單于 太史 仲孙 仲孫 赫连 赫連 万俟 鲜于 鮮于 闾丘 东郭 東郭 西门 西門 第五"
)
_PARTICLES = _words("van von vom zu zum zur de der den del della di da do dos das du la le ter ten ibn bin bint af av")
_SUFFIXES = _words("jr sr ii iii iv phd md esq mba")


def clean(text: str, *, multiline: bool = False, max_length: int | None = None) -> str:
    """Return text that steers no terminal: NFC, what must not pass shown as U+FFFD; cleaning twice changes nothing.

    Args:
        text: anything, lone surrogates included.
        multiline: whether line feeds stay; else each is a space, as a tab always is.
        max_length: the most characters, counted when clean; None for no limit.
    """
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        text = _NOT_SHOWN.sub("\ufffd", text).replace("\t", " ")
        if not multiline:
            text = text.replace("\n", " ")
        if any(ord(character) > _LAST_BEFORE_MARKS for character in text):
            text = _cap_marks(text)
    return text if max_length is None else text[:max_length]


def is_broken(text: str) -> bool:
    """Return whether a text has half a pair of surrogates, which no file can hold."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def shown(value: object) -> str:
    """Return a value of bad input as a sentence about it shows it: inert, in quotes where it is a text, and short."""
    text = str(value)
    short = clean(text, max_length=MOST_SHOWN) + ("…" if len(text) > MOST_SHOWN else "")
    return f"“{short}”" if isinstance(value, str) else short


def _cap_marks(text: str) -> str:
    """Keep the first four marks of a pile: more paint over the lines above and below."""
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character)[0] == "M" else 0
        if run <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def half_width(text: str) -> str:
    """Return text with the letters, digits and signs of a Western keyboard for those that a Chinese one types."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def fold(text: str) -> str:
    """Return text for comparison: compatible forms, no case, no accents, single spaces.

    The marks of kana stay, as が and か are two letters.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(
        character for character in decomposed if not unicodedata.combining(character) or character in _MARKS_OF_KANA
    )
    return " ".join(_VARIANTS.sub("", unicodedata.normalize("NFKC", bare)).split())


def has_cjk(text: str) -> bool:
    """Tell whether there is a Chinese, Japanese or Korean character."""
    return not text.isascii() and re.search(_CJK, text) is not None


def company_key(text: str) -> str:
    """Return a company's name folded, without legal form and punctuation (domain.md 4.3); if all is form, all stays."""
    spaced = _APART.sub(" ", _WITHIN.sub("", fold(text)))
    bare = " ".join(_CHINESE_FORMS.sub(" ", spaced).split())
    words = bare.split()
    words = words[:1] + [word for word in words[1:] if word not in _LEGAL_ANYWHERE]
    while len(words) > 1 and (words[-1] in _LEGAL_AT_END or " ".join(words[-2:]) in _LEGAL_IN_TWO_WORDS):
        del words[-1 if words[-1] in _LEGAL_AT_END else -2 :]
    key = " ".join(words)
    if has_cjk(key):
        key = re.sub(_BETWEEN_CJK, "", key)
    return key.removesuffix("公司") or key or " ".join(spaced.split())


def person_name_parts(full: str) -> tuple[str, str]:
    """Return given and family name of `Lewis, James`, `Jane van Dyke`, `欧阳小明`; a single word is a given name."""
    words = full.replace(",", ", ").split()
    if has_cjk(full) and re.fullmatch(_ALL_CJK, full):
        return _chinese_name_parts(words)
    family, comma, given = " ".join(words).partition(",")
    if comma and given.strip(" .").lower() not in _SUFFIXES:
        return given.strip(" ,"), family.strip()
    words = " ".join(words).replace(",", "").split()
    start = len(words) - 1
    if start > 1 and words[-1].strip(".").lower() in _SUFFIXES:
        start -= 1
    first_particle = next((at for at in range(1, start) if words[at].lower() in _PARTICLES), start)
    start = max(min(start, first_particle), 1)
    return " ".join(words[:start]), " ".join(words[start:])


def _chinese_name_parts(words: list[str]) -> tuple[str, str]:
    """Family first, of one character or a known two; foreign names keep their order around the dot."""
    if len(words) > 1:
        return "".join(words[1:]), words[0]
    name = words[0]
    given, dot, family = name.rpartition("・") if "・" in name else name.rpartition("·")
    if dot:
        return given, family
    length = 2 if name[:2] in _DOUBLE_SURNAMES and len(name) > 2 else 1  # noqa: PLR2004 - 欧阳 alone is Ou Yang
    return (name[length:], name[:length]) if len(name) > 1 else (name, "")
