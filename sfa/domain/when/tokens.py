"""Cuts a line into words, numbers, signs and single Chinese characters, each with its place in the line."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, tzinfo

NOTHING, WORD, NUMBER, SIGN, HAN = range(5)
LOOK_AHEAD = 12
LONGEST_NUMBER = 9
LONGEST_WORD = 24
# A line is not longer; what is pasted behind it is not looked at, so that no text can keep a reader busy.
LONGEST_LINE = 3000
MOST_TOKENS = 1000

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F))
# Each traditional character before the simplified one it is read as.
_PAIRS = (
    "後后週周禮礼號号這这個个兩两點点鐘钟時时萬万東东復复節节聖圣誕诞慶庆國国勞劳動动陽阳曆历農农歷历歲岁開开間间裡里裏里從从舊旧來来過过幾几雙双單单聽听尋寻晝昼為为與与紀纪憂忧親亲婦妇"
    "軍军獻献莊庄園园臘腊億亿淩凌淸清無无總总會会黃黄餘余內内頭头現现剛刚員员憲宪齋斋贖赎遲迟當当鍾钟圓圆燈灯龍龙虛虚頃顷門门歸归"
)
_FOLDED = str.maketrans(
    _WIDE + _PAIRS[::2] + "　’‘`ー–—−－～〜，。、；：（）“”",
    _NARROW + _PAIRS[1::2] + " '''-----~~,.,;:()\"\"",
)


class Line:
    """A line in tokens, and the moment and the habits it is read with.

    The lists end in `LOOK_AHEAD` empty tokens, so that readers may look ahead without asking where the line ends.

    Attributes:
        text: as typed.
        folded: the same in lower case, half width and simplified characters; as long as `text`.
        kinds: NOTHING, WORD, NUMBER, SIGN or HAN.
        words: the folded token; without apostrophes.
        numbers: the value of a NUMBER, else -1.
        starts: where each token begins in the text.
        ends: where each token ends.
        count: how many tokens there are.
        now: naive local wall time.
        empty: where, behind which word, nothing was found: it is not looked for twice.
        han_numbers: Chinese numbers by their first token, once they were read.
    """

    __slots__ = (
        "count", "empty", "ends", "folded", "han_numbers", "has_han", "is_past", "kinds", "language", "now", "numbers",
        "order", "starts", "text", "today", "words", "zone",
    )  # fmt: skip

    def __init__(
        self, text: str, now: "datetime", language: str, order: str, zone: "tzinfo | None", *, is_past: bool
    ) -> None:
        self.text = text
        self.folded = _fold(text)
        self.now = now
        self.today = now.date()
        self.language = language
        self.order = order
        self.zone = zone
        self.is_past = is_past
        self.kinds: list[int] = []
        self.words: list[str] = []
        self.numbers: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.has_han = False
        self.empty: set[tuple[int, str]] = set()
        self.han_numbers: dict[int, tuple[int, int] | None] = {}
        self._scan()
        self.count = len(self.kinds)
        for _ in range(LOOK_AHEAD):
            self._add(NOTHING, "", len(text), len(text))

    def touches(self, at: int) -> bool:
        """Tell whether no space stands between this token and the one before it."""
        return at > 0 and self.starts[at] == self.ends[at - 1]

    def told(self, first: int, after: int) -> str:
        """Return the words of the tokens `[first, after)` as typed."""
        return self.text[self.starts[first] : self.ends[after - 1]]

    def is_capital(self, at: int) -> bool:
        """Tell whether the token was typed with a capital first."""
        return self.text[self.starts[at] : self.starts[at] + 1].isupper()

    def is_end(self, at: int) -> bool:
        """Tell whether the line, or a part of it, ends before this token."""
        return self.kinds[at] == NOTHING or (self.kinds[at] == SIGN and self.words[at] in ",.;!?)(:|\"'")

    def _add(self, kind: int, word: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.words.append(word)
        self.numbers.append(int(word) if kind == NUMBER else -1)
        self.starts.append(start)
        self.ends.append(end)

    def _scan(self) -> None:
        folded = self.folded
        at, length = 0, min(len(folded), LONGEST_LINE)
        while at < length and len(self.kinds) < MOST_TOKENS:
            character = folded[at]
            start = at
            at += 1
            if character == " " or character.isspace():
                continue
            if "0" <= character <= "9":
                while at < length and "0" <= folded[at] <= "9":
                    at += 1
                is_short = at - start <= LONGEST_NUMBER
                self._add(NUMBER if is_short else SIGN, folded[start:at] if is_short else "#", start, at)
            elif "一" <= character <= "鿿" or character == "〇":
                self.has_han = True
                self._add(HAN, character, start, at)
            elif character.isalpha():
                at = self._scan_word(start)
            else:
                self._add(SIGN, character, start, at)

    def _scan_word(self, start: int) -> int:
        folded = self.folded
        at, length = start + 1, len(folded)
        while at < length:
            character = folded[at]
            is_letter = "a" <= character <= "z" or (character.isalpha() and not "一" <= character <= "鿿")
            if not is_letter and not (character == "'" and at + 1 < length and folded[at + 1].isalpha()):
                # The apostrophe of "presidents' day" is a part of the word.
                at += character == "'" and folded[at - 1] == "s" and folded[at + 1 : at + 2] == " "
                break
            at += 1
        word = folded[start:at].replace("'", "") if at - start <= LONGEST_WORD else "?"
        self._add(WORD, word, start, at)
        return at


def _fold(text: str) -> str:
    """Return the text in lower case, half width and simplified characters; no character is added or lost."""
    if text.isascii():
        return text.lower()
    wide = text.translate(_FOLDED)
    folded = wide.lower()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := character.lower()) == 1 else character for character in wide)
