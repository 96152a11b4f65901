"""Finds e-mail addresses and telephone numbers in a text."""

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-")
_DOMAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_DIGITS = frozenset("0123456789")
_BETWEEN = frozenset(" -./()\u00a0")
_LONGEST_PHONE = 40
_MOST_DIGITS = 15
_LONGEST_SEPARATOR = 4
_WHOLE_NUMBER = 10
_LEAST_LOCAL = 8
_LEAST = 7
_LONGEST_EXTENSION = 6
_NO_PHONE_BEFORE = (
    "card",
    "card number",
    "account",
    "account number",
    "order",
    "invoice",
    "serial",
    "卡号",
    "账号",
    "订单",
)


def find_emails(text: str) -> list[tuple[int, int]]:
    """Return where e-mail addresses stand in a text, as half-open ranges of characters."""
    lowered = text.lower() if text.isascii() else "".join(low if len(low := c.lower()) == 1 else c for c in text)
    found: list[tuple[int, int]] = []
    at = lowered.find("@")
    while at >= 0:
        place = _email_around(lowered, at, found[-1][1] if found else 0)
        if place:
            found.append(place)
        at = lowered.find("@", at + 1)
    return found


def _email_around(text: str, at: int, floor: int) -> tuple[int, int] | None:
    start, end = at, at + 1
    while start > floor and text[start - 1] in _LOCAL:
        start -= 1
    while end < len(text) and text[end] in _DOMAIN:
        end += 1
    while start < at and text[start] in ".'`*=!?/&#{|":
        start += 1
    while end > at and text[end - 1] in ".-":
        end -= 1
    domain = text[at + 1 : end]
    host, point, top = domain.rpartition(".")
    is_valid = start < at and point and host and len(top) > 1 and top.isalpha() and ".." not in domain
    return (start, end) if is_valid and text[at - 1] != "." else None


def find_phones(text: str) -> list[tuple[int, int]]:
    """Return where telephone numbers stand in a text, as half-open ranges of characters."""
    found: list[tuple[int, int]] = []
    at, length = 0, len(text)
    while at < length:
        character = text[at]
        if (character in _DIGITS or character in "+(") and _may_begin(text, at):
            end = _phone_end(text, at)
            if end and not text[max(0, at - _LONGEST_PHONE) : at].rstrip(" :：").lower().endswith(_NO_PHONE_BEFORE):
                found.append((at, end))
                at = end
                continue
            at += 1
            while character in _DIGITS and at < length and text[at] in _DIGITS:
                at += 1
            continue
        at += 1
    return found


def is_sure_phone(text: str) -> bool:
    """Tell whether a number found could hardly be anything else: `+49...`, `(030)...`, `0171...`, a Chinese mobile."""
    digits = "".join(character for character in text if character in _DIGITS)
    if text[0] in "+(" or (digits[0] == "0" and len(digits) > _LEAST):
        return True
    return len(digits) >= _WHOLE_NUMBER


def _may_begin(text: str, at: int) -> bool:
    if text[at] == "(" and (text[at + 1 : at + 2] == "(" or text[at - 1 : at] == "("):
        return False
    if at == 0:
        return True
    before = text[at - 1]
    if before in "#.-+_=*/$€£¥" or before in _DIGITS or (before.isascii() and before.isalpha()):
        return before == "-" and at > 1 and not text[at - 2].isspace() and text[at] not in "+(" and _is_dash(text, at)
    return not (
        before in ",':" and at > 1 and text[at] != "0" and text[at - 2] in _DIGITS and len(_run(text, at)) < _LEAST - 3
    )


def _is_dash(text: str, at: int) -> bool:
    """Tell whether a hyphen before a number is a dash behind a word, no part of a longer number."""
    return text[at - 2] not in _DIGITS


def _run(text: str, at: int) -> str:
    end = at
    while end < len(text) and text[end] in _DIGITS:
        end += 1
    return text[at:end]


def _phone_end(text: str, at: int) -> int:
    """Return where the number that begins here ends, 0 where there is none."""
    groups, seps, ends = _groups(text, at)
    while groups and sum(map(len, groups)) > _MOST_DIGITS:
        groups, seps, ends = groups[:-1], seps[:-1], ends[:-1]
    if not groups or not _is_phone(text, at, groups, seps[1:]):
        return 0
    end = _with_extension(text, ends[-1])
    following = text[end : end + 1]
    if following in _DIGITS or (following.isascii() and following.isalpha()):
        return 0
    if following in ("=", "*", "%", "€", "$", "/") or (following == ":" and text[end + 1 : end + 2] in _DIGITS):
        return 0
    return end


def _groups(text: str, at: int) -> tuple[list[str], list[str], list[int]]:
    """Return runs of digits, what stands before each, and where each ends."""
    groups: list[str] = []
    seps: list[str] = []
    ends: list[int] = []
    end, limit, sep = at, min(len(text), at + _LONGEST_PHONE), ""
    while end < limit:
        character = text[end]
        if character in _DIGITS:
            run = _run(text, end)
            if groups and not _is_joint(sep, groups, run):
                break
            end += len(run)
            groups.append(run)
            seps.append(sep)
            ends.append(end)
            sep = ""
        elif character in _BETWEEN or (character == "+" and not groups and sep in ("", "(")):
            sep += character
            end += 1
            if len(sep) > _LONGEST_SEPARATOR:
                break
        else:
            break
    return groups, seps, ends


def _is_joint(sep: str, groups: list[str], run: str) -> bool:
    """Tell whether two runs of digits may be one number with this between them."""
    if len(sep.strip()) > 2 or len(sep) > 4 or "  " in sep or sep.count("-") + sep.count(".") + sep.count("/") > 1:  # noqa: PLR2004 - `) -` at most
        return False
    return len(groups[-1]) < _WHOLE_NUMBER or len(run) < _LEAST - 2


def _is_phone(text: str, at: int, groups: list[str], seps: list[str]) -> bool:
    digits = "".join(groups)
    shape = text[at : at + _LONGEST_PHONE]
    is_foreign = "+" in shape[:2] or digits.startswith("00")
    joined = "".join(seps)
    if shape.startswith("(") and ")" not in joined:
        return False
    if joined.count(")") != joined.count("(") + shape.startswith("(") or "((" in joined or "))" in joined:
        return False
    if len(digits) < _LEAST or (not is_foreign and digits[0] != "0" and len(digits) < _LEAST_LOCAL):
        return False
    sizes = [len(group) for group in groups]
    if is_foreign:
        return True
    if "/" in joined and digits[0] != "0":
        return False
    if "." in joined and (len(groups) < 3 or max(sizes) > 4):  # noqa: PLR2004 - 837.824.1482
        return False
    return not _is_date(groups, sizes) and (digits[0] == "0" or "(" in shape or _is_even(sizes))


def _is_date(groups: list[str], sizes: list[int]) -> bool:
    """Tell whether three runs are day, month and year: `10.03.2026`, `2026-03-10`."""
    if len(groups) != 3:  # noqa: PLR2004 - day, month, year
        return False
    *first, last = sizes
    return (last == 4 and max(first) <= 2) or (sizes[0] == 4 and max(sizes[1:]) <= 2)  # noqa: PLR2004 - a year has four


def _is_even(sizes: list[int]) -> bool:
    """Tell whether the runs of a number without a prefix are long enough to be one number."""
    return len(sizes) == 1 or (min(sizes[1:]) > 2 and max(sizes) > 2) or (min(sizes) > 0 and sum(sizes) > _WHOLE_NUMBER)  # noqa: PLR2004 - threes


def _with_extension(text: str, end: int) -> int:
    """Return where an extension behind a number ends: `x123`, `ext. 123`, `转 8001`."""
    digits = sum(character in _DIGITS for character in text[max(0, end - 16) : end])
    if text[end : end + 1] == "-" and digits >= _WHOLE_NUMBER:
        run = _run(text, end + 1)
        if 2 < len(run) < _LEAST - 1:  # noqa: PLR2004 - a desk behind a switchboard
            return end + 1 + len(run)
    rest = text[end : end + 16].lower()
    for word in (" ext. ", " ext.", " ext ", "ext. ", "ext.", "ext", " x", "x", "转", " 转 "):
        if rest.startswith(word):
            run = _run(text, end + len(word))
            if 0 < len(run) <= _LONGEST_EXTENSION:
                return end + len(word) + len(run)
    return end
