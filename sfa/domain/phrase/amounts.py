"""Finds amounts of money and percentages: `40k`, `€12,500`, `12.500 €`, `1.2m usd`, `两百万`, `fr. 300`, `六成`."""

from sfa.domain.currencies import currency_of, is_currency
from sfa.domain.phrase.money_words import (
    COUNTED,
    COUNTRIES,
    DOLLARS,
    GLUED_CURRENCIES,
    HAN_COINS,
    HAN_COUNTED,
    HAN_DIGITS,
    HAN_UNITS,
    NEEDS_COUNTRY,
    NUMBERS,
    SHORTS,
    SIGNS,
    UNITS,
    WORDS_TOO,
)
from sfa.domain.phrase.numerals import LONGEST_DIGITS, Figure, numeral_end, read_figure
from sfa.domain.phrase.scan import END, HAN, NUMBER, SIGN, WORD, Scan

_CODE = 3
_LONGEST_UNIT = 6
_HUNDRED = 100
_SURE_FACTORS = frozenset(
    ("k", "thousand", "grand", "lakh", "lakhs", "lac", "mio", "mn", "million", "millions", "crore", "crores", "bn", "mrd",
     "billion", "billions", "trillion", "tsd", "万", "亿")
)  # fmt: skip


class Amount:
    """An amount in the tokens `[first, after)` and the characters `[start, end)`.

    Attributes:
        value: a decimal number as text.
        currency: a code of ISO 4217; None where none is named, "" where it is one that ISO does not know.
    """

    __slots__ = ("after", "currency", "end", "first", "start", "value")

    def __init__(self, scan: Scan, first: int, after: int, value: str, currency: str | None) -> None:
        self.first = first
        self.after = after
        self.start = scan.starts[first]
        self.end = scan.ends[after - 1]
        self.value = value
        self.currency = currency


def find_amounts(text: str, own: str = "") -> list[Amount]:
    """Return all amounts of a text; `own` is the currency that settles signs which several share."""
    scan = Scan(text)
    return amounts_within(scan, 0, scan.count, own)


def amounts_within(scan: Scan, first: int, after: int, own: str) -> list[Amount]:
    """Return the amounts among the tokens `[first, after)`."""
    found: list[Amount] = []
    at = first
    while at < after:
        amount = _amount_at(scan, at, own)
        if amount is not None and amount.after <= after:
            found.append(amount)
            at = amount.after
        else:
            at = _behind_figure(scan, at)
    return found


def _behind_figure(scan: Scan, at: int) -> int:
    """Return the token behind a Chinese number that is no amount, so that none of its ends is read as one."""
    end = numeral_end(scan, at) if scan.kinds[at] == HAN else at
    return max(at + 1, end)


def _amount_at(scan: Scan, at: int, own: str) -> Amount | None:
    kind = scan.kinds[at]
    if kind == NUMBER and (_is_within_word(scan, at)):
        return None
    lead = _leading(scan, at, own) if kind != NUMBER else None
    begin = lead[1] if lead else at
    figure = read_figure(scan, begin)
    if figure is None:
        return None
    if lead:
        figure = _grouped(scan, figure)
    trail = _trailing(scan, figure, own)
    if trail is None and lead is None:
        grouped = _grouped(scan, figure)
        trail = _trailing(scan, grouped, own) if grouped is not figure else None
        figure = grouped if trail else figure
    currency = trail[0] if trail and (lead is None or not lead[0]) else lead[0] if lead else None
    after = trail[1] if trail else figure.after
    if lead and trail and lead[0] != trail[0]:
        after, currency = _settled(scan, lead[0], trail, figure, at)
    if lead is None and trail is None and not _is_sure(scan, figure):
        return None
    if (lead is None and scan.words[after] in COUNTED) or len(str(figure.digits)) > LONGEST_DIGITS:
        return None
    return _with_coins(scan, at, after, figure, currency)


def _settled(scan: Scan, first: str, trail: tuple[str, int], figure: Figure, at: int) -> tuple[int, str]:
    """Choose between a currency before and one behind: the code settles the sign, as in `$40 CAD`."""
    is_sign_first = scan.kinds[at] == SIGN and scan.words[at] in ("$", "£", "¥")
    if is_sign_first and currency_of(scan.words[at], trail[0]) == trail[0]:
        return trail[1], trail[0]
    return figure.after, first


def _is_within_word(scan: Scan, at: int) -> bool:
    """Tell whether the number is the end of a word, a time, a date or a longer figure: `v2`, `10:30`, `3-4`."""
    if not scan.touches(at):
        return False
    before = scan.words[at - 1]
    if scan.kinds[at - 1] == WORD:
        return not (is_currency(before.upper()) or before in SHORTS)
    return before in ":/#+" or (before in "-." and scan.kinds[at - 2] == NUMBER and scan.touches(at - 1))


def _leading(scan: Scan, at: int, own: str) -> tuple[str, int] | None:
    """Return the currency before a number, and the token behind it."""
    word, following = scan.words[at], at + 1
    if word in SIGNS:
        return (_meaning(word, own), following) if _is_figure(scan, following) else None
    if scan.kinds[at] == WORD and scan.words[following] == "$" and word in DOLLARS:
        if word in ("a", "s", "can") and not scan.touches(following):
            return None
        return (DOLLARS[word], following + 1) if _is_figure(scan, following + 1) else None
    if word in SHORTS and scan.kinds[at] == WORD:
        following += scan.words[following] == "."
        return (SHORTS[word], following) if scan.kinds[following] == NUMBER else None
    if _is_code(scan, at):
        following += scan.words[following] in SIGNS
        return (word.upper(), following) if _is_figure(scan, following) else None
    if scan.kinds[at] == HAN:
        unit = _han_unit(scan, at)
        return unit if unit and len(scan.plain[scan.starts[at] : scan.ends[unit[1] - 1]]) > 1 else None
    return None


def _meaning(sign: str, own: str) -> str:
    """Return what a sign means; one that several currencies share means one's own."""
    return currency_of(sign, own) if sign in "$£¥" else SIGNS[sign]


def _is_figure(scan: Scan, at: int) -> bool:
    return scan.kinds[at] == NUMBER or (scan.kinds[at] == HAN and scan.words[at] in HAN_DIGITS)


def _is_code(scan: Scan, at: int) -> bool:
    """Tell whether the token is a currency code; one that is an English word too must be typed in capitals."""
    word = scan.words[at]
    if len(word) != _CODE or not is_currency(word.upper()):
        return False
    return word not in WORDS_TOO or scan.text[scan.starts[at] : scan.ends[at]].isupper()


def _grouped(scan: Scan, figure: Figure) -> Figure:
    """Return a number whose thousands stand apart, as in `1 200 000`."""
    at, digits = figure.after, figure.digits
    if figure.factor or figure.is_fraction or not 0 < digits < 1000:  # noqa: PLR2004 - one to three digits lead
        return figure
    while scan.kinds[at] == NUMBER and len(scan.words[at]) == _CODE and scan.starts[at] == scan.ends[at - 1] + 1:
        digits, at = digits * 1000 + int(scan.words[at]), at + 1
    return Figure(figure.first, at, digits, 0) if at > figure.after else figure


def _trailing(scan: Scan, figure: Figure, own: str) -> tuple[str, int] | None:
    """Return the currency behind a number, and the token behind it."""
    at = figure.after
    word, kind = scan.words[at], scan.kinds[at]
    if kind == END:
        return None
    if kind == HAN:
        unit = _han_unit(scan, at)
        return None if unit and word == "块" and scan.words[at - 1] == "一" and unit[1] == at + 1 else unit
    if kind == SIGN:
        is_next = word in SIGNS and not (_is_figure(scan, at + 1) and not scan.touches(at))
        return (_meaning(word, own), at + 1) if is_next else None
    if kind != WORD:
        return None
    if word in GLUED_CURRENCIES and not figure.factor:
        code, power = GLUED_CURRENCIES[word]
        figure.exponent += power
        return code, at + 1
    if _is_code(scan, at) or (word in SHORTS and word not in UNITS):
        return (SHORTS[word] if word in SHORTS else word.upper()), at + 1
    return _named(scan, at)


def _named(scan: Scan, at: int) -> tuple[str, int] | None:
    """Read the name of a currency, with or without its country: `dollars`, `hong kong dollars`."""
    word, following = scan.words[at], scan.words[at + 1]
    if word in UNITS and word not in NEEDS_COUNTRY:
        return UNITS[word], at + 1
    country, behind = f"{word} {following}", at + 2
    if country not in COUNTRIES:
        country, behind = word, at + 1
    if country in COUNTRIES and (scan.words[behind] in UNITS):
        return COUNTRIES[country], behind + 1
    if country in COUNTRIES and scan.words[behind] == "$":
        return DOLLARS.get(word, COUNTRIES[country]), behind + 1
    return None


def _han_unit(scan: Scan, at: int) -> tuple[str, int] | None:
    """Return the longest Chinese name of a currency that begins at a token."""
    start = scan.starts[at]
    for length in range(_LONGEST_UNIT, 0, -1):
        name = scan.plain[start : start + length]
        if len(name) == length and name in HAN_UNITS:
            return HAN_UNITS[name], at + length
    return None


def _is_sure(scan: Scan, figure: Figure) -> bool:
    """Tell whether a number without a currency is money: `40k`, `20万`, `1.2m`; not `5m`, nor `40k seats`."""
    at = figure.after
    if figure.factor == "m":
        return figure.is_fraction and scan.words[at] not in COUNTED
    if scan.kinds[figure.first] == WORD and figure.factor not in ("grand", "million"):
        return False
    if figure.factor not in _SURE_FACTORS and not _has_wan(scan, figure):
        return False
    if scan.kinds[at] in (HAN, WORD) and scan.touches(at):
        return scan.kinds[at] == HAN and scan.words[at] not in HAN_COUNTED
    return scan.words[at] not in COUNTED


def _has_wan(scan: Scan, figure: Figure) -> bool:
    return any(scan.words[at] in "万亿" for at in range(figure.first, figure.after) if scan.kinds[at] == HAN)


def _with_coins(scan: Scan, first: int, after: int, figure: Figure, currency: str | None) -> Amount:
    """Add `45 cents`, `and 50`, `6角三分` behind the whole units."""
    if scan.words[after : after + 2] in ([".", "-"], [",", "-"]) and scan.touches(after):
        after += 2
    if figure.exponent < 0 or figure.factor in _SURE_FACTORS or not currency:
        return Amount(scan, first, after, figure.text(), currency)
    if scan.kinds[after - 1] == HAN:
        after, hundredths = _han_coins(scan, after)
    else:
        after, hundredths = _coins(scan, after)
    if hundredths:
        figure = Figure(figure.first, after, figure.digits * 10**figure.exponent * _HUNDRED + hundredths, -2)
    return Amount(scan, first, after, figure.text(), currency)


def _coins(scan: Scan, after: int) -> tuple[int, int]:
    if scan.words[after - 1] not in UNITS:
        return after, 0
    begin = after + (scan.words[after] == "and")
    rest = read_figure(scan, begin) if scan.kinds[begin] in (NUMBER, WORD) else None
    if rest is None or rest.factor or rest.exponent or not 0 < rest.digits < _HUNDRED:
        return after, 0
    if scan.words[rest.after] in ("cent", "cents", "pence", "penny"):
        return rest.after + 1, rest.digits
    is_end = scan.kinds[rest.after] in (END, SIGN) or scan.words[rest.after] == "and"
    return (rest.after, rest.digits) if is_end and scan.words[begin] not in ("a", "one") else (after, 0)


def _han_coins(scan: Scan, after: int) -> tuple[int, int]:
    """Read `6角三分` behind 元; a digit that stands alone behind 块 is tenths."""
    hundredths, places = 0, 0
    while places < 2:  # noqa: PLR2004 - two decimals
        word = scan.words[after]
        digit = HAN_DIGITS.get(word, int(word) if word.isdigit() and len(word) == 1 else -1)
        if digit < 0 or not scan.touches(after):
            break
        coin = HAN_COINS.get(scan.words[after + 1], 0)
        if not coin and (scan.words[after - 1] != "块" or scan.kinds[after + 1] == HAN):
            break
        places = coin or 1
        hundredths += digit * (10 if places == 1 else 1)
        after += 2 if coin else 1
    return after, hundredths


def percents_within(scan: Scan, first: int, after: int) -> list[tuple[int, int, int]]:
    """Return `(first token, token after, whole percent)` of each percentage: `60%`, `60 percent`, `六成`."""
    found: list[tuple[int, int, int]] = []
    at = first
    while at < after:
        read = _percent_at(scan, at)
        if read is not None and read[1] <= after:
            found.append(read)
            at = read[1]
        else:
            at = _behind_figure(scan, at)
    return found


def _percent_at(scan: Scan, at: int) -> tuple[int, int, int] | None:
    if scan.words[at : at + 3] == ["百", "分", "之"]:
        figure = read_figure(scan, at + 3)
        return (at, figure.after, figure.digits) if figure and _is_percent(figure) else None
    if scan.kinds[at] == NUMBER and _is_within_word(scan, at):
        return None
    figure = (
        read_figure(scan, at)
        if scan.kinds[at] in (NUMBER, HAN) or scan.words[at].partition("-")[0] in NUMBERS
        else None
    )
    if figure is None or not _is_percent(figure):
        return None
    word = scan.words[figure.after]
    if word in ("%", "percent", "pct"):
        return at, figure.after + 1, figure.digits
    if word == "per" and scan.words[figure.after + 1] == "cent":
        return at, figure.after + 2, figure.digits
    is_tenths = word == "成" and scan.words[figure.after + 1] not in ("交", "功", "立", "本", "员", "为", "都")
    return (at, figure.after + 1, figure.digits * 10) if is_tenths and 0 < figure.digits <= 10 else None  # noqa: PLR2004 - tenths


def _is_percent(figure: Figure) -> bool:
    return figure.exponent == 0 and not figure.is_fraction and figure.digits <= _HUNDRED
