"""Codes of UN/ECE recommendation 20 for the units that people write."""

from typing import Final

from sfa.documents.paper import PaperLine

ONE: Final = "C62"
_CODES: Final = {
    "H87": "pc pcs piece pieces stk stück 件 个 台 只 套 支 块",
    "HUR": "h hr hour hours std stunde stunden 小时 工时",
    "DAY": "d day days tag tage 天 日 人天",
    "WEE": "week weeks woche wochen 周",
    "MON": "month months monat monate 月 个月",
    "ANN": "year years jahr jahre 年",
    "KGM": "kg kilogram kilograms 千克 公斤",
    "TNE": "t ton tons tonne tonnes 吨",
    "LTR": "l liter litre liters litres 升",
    "MTR": "m meter metre meters metres 米",
    "MTK": "m2 m² sqm ㎡ 平方米",
    "MTQ": "m3 m³ 立方米",
    "KMT": "km",
    "KWH": "kwh",
    "SET": "set sets",
    "XPK": "pack packs package packages 包",
    "XBX": "box boxes 箱 盒",
    "LS": "lump flat pauschal 项",
}
_BY_WORD: Final = {word: code for code, words in _CODES.items() for word in words.split()}


def unit_code(line: PaperLine) -> str:
    """Return the code of a line's unit: its own, that of its word, or that of “one”."""
    return line.unit_code or _BY_WORD.get(line.unit.strip().rstrip(".").lower(), ONE)
