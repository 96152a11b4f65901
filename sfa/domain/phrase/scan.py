"""Cuts a line into words, numbers, signs and single Chinese characters, once; all that follows reads tokens."""

from bisect import bisect_left, bisect_right

WORD, NUMBER, SIGN, HAN, END = "w", "n", "s", "h", ""
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F))
# Each traditional character before the simplified one it is read as: those of our tables, not of the language.
_PAIRS = (
    "電电話话訪访會会見见發发郵邮報报價价單单備备進进約约談谈討讨論论關关於于給给對对與与請请問问題题聯联絡络繫系聽听說说過过達达項项標标"
    "簽签贏赢輸输額额預预計计結结時时間间後后點点鐘钟萬万億亿兩两個个幾几塊块錢钱興兴無无沒没應应轉转語语訊讯記记錄录筆笔註注"
    "緊紧級级優优務务準准樣样順顺復复傳传視视頻频線线飯饭餐餐來来東东長长師师經经總总監监處处廠厂業业醫医館馆區区縣县歐欧陳陈張张劉刘"
    "楊杨趙赵黃黄吳吴孫孙馬马羅罗鄭郑謝谢許许韓韩馮冯鄧邓蕭萧葉叶蘇苏盧卢蔣蒋賈贾鄒邹閻阎龍龙賀贺顧顾龔龚錢钱湯汤嚴严齊齐賴赖饒饶譚谭韋韦"
    "鍾钟陸陆現现場场據据還还這这裡里為为從从請请購购買买賣卖調调試试謹谨謝谢們们剛刚讓让實实際际終终種种類类貨货貴贵費费減减產产"
    ""
    "儀仪遠远貿贸銀银藥药環环氣气術术網网軟软設设廣广灣湾濟济漢汉夠够層层極极橋桥滿满風风飛飞節节創创維维紀纪細细繼继藝艺蘭兰補补複复觀观詢询該该課课證证識识議议護护讀读變变較较運运鋼钢鎮镇門门開开閉闭間间陽阳階阶際际離离雙双願愿類类養养體体鮮鲜麗丽"
    "確确認认條条審审檢检驗验驅驱續续團团資资紹绍員员導导領领動动製制圖图書书畫画驾驾駕驾車车輛辆樓楼號号碼码箱箱選选擇择競竞爭争敗败棄弃"
)
_FOLDED = str.maketrans(_WIDE + _PAIRS[::2] + "\u3000’‘、￥–—", _NARROW + _PAIRS[1::2] + " ''、¥--")
_INSIDE = "'-&."
_CODE = 3
_LAST_BEFORE_MARKS = "\u02ff"


class Scan:
    """A line in tokens.

    Attributes:
        text: as typed.
        plain: the same in lower case, half width and simplified characters; as long as `text`.
        kinds: WORD, NUMBER, SIGN or HAN; one END token stands behind the last.
        words: the plain token.
        starts: where each token begins, in characters.
        ends: where each token ends.
        count: how many tokens there are, END left out.
    """

    __slots__ = ("count", "ends", "kinds", "plain", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = plain(text)
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self._cut()
        self.count = len(self.kinds)
        self._add(END, len(text), len(text))

    def _add(self, kind: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(self.plain[start:end])

    def _cut(self) -> None:
        line, at, length = self.plain, 0, len(self.plain)
        while at < length:
            character = line[at]
            start = at
            at += 1
            if character.isspace():
                continue
            if is_han(character):
                self._add(HAN, start, at)
            elif character.isalpha():
                at = self._end_of_word(start)
                self._add(WORD, start, at)
            elif "0" <= character <= "9":
                at = self._end_of_number(start)
                self._add(NUMBER, start, at)
            else:
                self._add(SIGN, start, at)

    def _end_of_word(self, start: int) -> int:
        line, at, length = self.plain, start + 1, len(self.plain)
        while at < length:
            character = line[at]
            if character.isalnum():
                # A currency code or a short form ends before the figures: USD40k.
                is_code = "0" <= character <= "9" and at - start == _CODE and self._is_code(start, at)
                if is_han(character) or (is_code and line[start].isascii()):
                    break
            elif character > _LAST_BEFORE_MARKS:
                if not _is_mark(character):
                    break
            elif self.text[at] == "—" or not (
                character in _INSIDE and at + 1 < length and line[at + 1].isalnum() and not is_han(line[at + 1])
            ):
                break
            at += 1
        return at

    def _is_code(self, start: int, end: int) -> bool:
        """Tell whether letters may be a currency: `USD`, `usd`, not `Web` nor `TL6`."""
        letters = self.text[start:end]
        return letters.isalpha() and (letters.isupper() or letters.islower())

    def _end_of_number(self, start: int) -> int:
        line, at, length = self.plain, start + 1, len(self.plain)
        while at < length and (
            "0" <= line[at] <= "9" or (line[at] in ".,'" and at + 1 < length and "0" <= line[at + 1] <= "9")
        ):
            at += 1
        return at

    def touches(self, at: int) -> bool:
        """Tell whether no space stands between this token and the one before it."""
        return at > 0 and self.starts[at] == self.ends[at - 1]

    def is_capital(self, at: int) -> bool:
        """Tell whether the token was typed with a capital first."""
        return self.text[self.starts[at] : self.starts[at] + 1].isupper()

    def typed(self, first: int, after: int) -> str:
        """Return the tokens `[first, after)` as typed, with single spaces."""
        return " ".join(self.text[self.starts[first] : self.ends[after - 1]].split()) if after > first else ""

    def first_from(self, character: int) -> int:
        """Return the first token that begins at or behind a character."""
        return bisect_left(self.starts, character, 0, self.count)

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens `[first, after)` that the characters `[start, end)` touch."""
        return bisect_right(self.ends, start, 0, self.count), bisect_left(self.starts, end, 0, self.count)


def is_han(character: str) -> bool:
    """Tell whether it is a Chinese character, each of which is a token."""
    return "一" <= character <= "鿿" or "㐀" <= character <= "䶿" or character == "〇" or "𠀀" <= character <= "𲎯"


def _is_mark(character: str) -> bool:
    """Tell whether it is an accent or a vowel sign that belongs to the letter before it."""
    from unicodedata import category  # noqa: PLC0415 - a library to load, for scripts that seldom come

    return category(character).startswith("M")


def plain(text: str) -> str:
    """Return the text in lower case, half width and simplified characters; no character is added or lost."""
    if text.isascii():
        return text.lower()
    narrow = text.translate(_FOLDED)
    folded = narrow.lower()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := character.lower()) == 1 else character for character in narrow)
