"""Reads whom a clause is about: people and their company, as they are typed or as the book knows them."""

from sfa.domain.phrase.clause import Clause, is_end
from sfa.domain.phrase.name_words import (
    AT,
    BEHIND_NAMES,
    CALENDAR,
    COMPANY_WORDS,
    JOINTS,
    NO_NAMES,
    NO_PEOPLE,
    PARTICLES,
    PLACES,
    TITLES,
)
from sfa.domain.phrase.scan import HAN, NUMBER, WORD
from sfa.domain.phrase.values import Act
from sfa.domain.phrase.verb_words import CAME

_MOST_WORDS = 6
_REFERENCES = range(4, 13)
_HEX = frozenset("0123456789abcdefABCDEF")
_MOST_PEOPLE = 20
_LEADS = frozenset(("with", "to", "for", "w", "mit", "给", "了", "过", "到", "和", "跟", "与", "同", "向"))
_BEFORE_ROLES = frozenset(("a", "the", "new", "old", "my", "our", "their", "potential"))
ROLES = frozenset(
    ("prospect", "client", "customer", "contact", "buyer", "boss", "ceo", "cto", "cfo", "coo", "cio", "lead", "manager", "director",
     "owner", "engineer", "colleague", "partner", "assistant", "purchaser", "head")
)  # fmt: skip
_TEAMS = frozenset(("team", "colleagues", "colleague", "others", "crew", "boss", "staff", "people", "co"))
_MOST_BEFORE = 3
_LONGEST_PLACE = 4
_CLIENTS = frozenset(
    ("客户", "客人", "老客户", "新客户", "client", "customer", "prospect", "my contact", "our contact")
)
_FIRM_TAILS = frozenset(("co", "sons", "partners", "cie", "söhne", "associates", "company", "daughters"))


class Name:
    """A name in the tokens `[first, after)`: what the book has it as, or company or person where its form tells."""

    __slots__ = ("after", "first", "noun")

    def __init__(self, first: int, after: int, noun: str) -> None:
        self.first = first
        self.after = after
        self.noun = noun


def read_who(clause: Clause, act: Act, at: int, *, is_company: bool = False, takes_small: bool = False) -> int:
    """Read `Jane, Bob and 王经理 from Acme` from a token on; return the token behind.

    Args:
        clause: what is read.
        act: gets people and company.
        at: where names may begin.
        is_company: whether the first name, where nothing tells, is a company: `lunch at Acme`.
        takes_small: whether a word in small letters that nobody knows may be a person: `rang bob`.
    """
    at = _skip(clause, at)
    name = read_name(clause, at)
    if name is None and takes_small:
        name = _referred(clause, at) or _small_name(clause, at)
    for _ in range(_MOST_PEOPLE):
        if name is None:
            break
        is_owner = clause.word(name.after) == "的" and read_name(clause, name.after + 1) is not None
        if (is_company or is_owner) and not name.noun:
            name.noun = "account"
        if name.noun == "account" and act.company is not None:
            break
        add_name(clause, act, name)
        at = name.after
        if name.noun != "account" or not act.people:
            at = read_company(clause, act, _past_team(clause, at))
        name = _next(clause, act, at, takes_small=takes_small)
    return at


def _skip(clause: Clause, at: int) -> int:
    """Pass over small words before a name; they go with it."""
    at = clause.free_from(at)
    client = _client_end(clause, at)
    if client and read_name(clause, clause.free_from(client)) is not None:
        clause.drop("who", at, client)
        at = clause.free_from(client)
    start = at
    while clause.word(at) in _LEADS:
        at += 1 + (clause.word(at) == "w" and clause.word(at + 1) == "/")
    at = _past_role(clause, at)
    if at > start and (clause.scan.kinds[at] == HAN or read_name(clause, at) or _small_name(clause, at)):
        clause.drop("who", start, at)
        return at
    return at if at == start or clause.scan.kinds[start] == HAN else start


def read_caller(clause: Clause, act: Act, at: int) -> int:
    """Read a person in small letters, whom the verb behind shows to be one, and the company; return the token behind."""
    is_one = clause.word(at + 1) in ("at", "from") or bool(clause.phrase_at(at + 1, CAME))
    add_name(clause, act, read_name(clause, at) or Name(at, at + (1 if is_one else 2), ""))
    return read_company(clause, act, clause.free_from(at))


def _client_end(clause: Clause, at: int) -> int:
    """Return the token behind `客户`, `苏州客户` or `customer`, 0 where none begins here."""
    end = at
    while end < at + _LONGEST_PLACE and clause.is_free(end) and clause.scan.kinds[end] == HAN:
        client = clause.phrase_at(end, _CLIENTS)
        if client:
            return client
        end += 1
    return clause.phrase_at(at, _CLIENTS)


def is_weak(clause: Clause, name: Name) -> bool:
    """Tell whether Chinese characters are a name by their place only: no surname, title, ending, nor known."""
    if name.noun or clause.scan.kinds[name.first] != HAN:
        return False
    from sfa.domain.phrase.han_people import has_surname  # noqa: PLC0415 - only for Chinese

    return not has_surname(clause.scan.words, name.first)


def _past_team(clause: Clause, at: int) -> int:
    """Pass over `and team` before `at Acme`."""
    is_team = clause.word(at) in JOINTS and clause.word(at + 1) in _TEAMS and clause.word(at + 2) in AT
    return at + 2 if is_team else at


def _past_role(clause: Clause, at: int) -> int:
    """Pass over `the new buyer` before a name in capitals."""
    end = at
    while clause.word(end) in _BEFORE_ROLES and end < at + _MOST_BEFORE:
        end += 1
    if clause.word(end) in ROLES and clause.scan.is_capital(end + 1) and read_name(clause, end + 1):
        clause.drop("who", at, end + 1)
        return end + 1
    return at


def read_name(clause: Clause, at: int) -> Name | None:
    """Return the name that begins at a token: of the book, Chinese, or in capitals; nothing is taken."""
    if not clause.is_free(at):
        return None
    scan = clause.scan
    kind, word = scan.kinds[at], scan.words[at]
    is_word = kind == WORD and word not in NO_NAMES and (word not in CALENDAR or scan.is_capital(at))
    if is_word or kind in (HAN, NUMBER):
        known = known_name(clause, at)
        if known is not None:
            return known
    if kind == HAN:
        return _han_name(clause, at)
    after = capitals(clause, at) if kind == WORD else 0
    if not after:
        return None
    return Name(at, after, "account" if _is_company(clause, at, after) else "")


def known_name(clause: Clause, at: int) -> Name | None:
    """Return the name of the book; a lone word in small letters outside the place of a name is none of a person."""
    found = clause.context.names.at(at)
    if found is None or found[0] > clause.after or not all(clause.is_free(token) for token in range(at, found[0])):
        return None
    after, noun = found
    if after == at + 1 and clause.scan.words[at] in CALENDAR:
        return None
    while noun == "account" and clause.word(after) in COMPANY_WORDS and clause.scan.is_capital(after):
        after += 1
    return Name(at, after, noun)


def _han_name(clause: Clause, at: int) -> Name | None:
    from sfa.domain.phrase.han_people import read_han_name  # noqa: PLC0415 - only for Chinese

    found = read_han_name(clause, at)
    return Name(at, found[0], found[1]) if found else None


def capitals(clause: Clause, at: int) -> int:
    """Return the token behind words with capitals that make one name, 0 where none begins here."""
    scan, end, words = clause.scan, at, 0
    if scan.words[end] in TITLES and (scan.is_capital(end) or scan.words[end + 1] == "."):
        end += 1 + (scan.words[end + 1] == "." and scan.touches(end + 1))
    while clause.is_free(end) and words < _MOST_WORDS:
        word = scan.words[end]
        if scan.kinds[end] != WORD:
            step = _inner_sign(clause, end) if words else 0
        elif (
            scan.is_capital(end)
            and word not in CALENDAR
            and not _is_code(clause, end)
            and (word not in NO_NAMES or (words and word in PARTICLES))
        ):
            step, words = 1, words + 1
        else:
            step = _particles(clause, end)
        if not step:
            break
        end += step
    while words and scan.words[end - 1] in PARTICLES and not scan.is_capital(end - 1):
        end -= 1
    return end if words else 0


def _is_code(clause: Clause, at: int) -> bool:
    """Tell whether a word is the code of a product and no name: TL-600."""
    typed = clause.scan.text[clause.scan.starts[at] : clause.scan.ends[at]]
    return typed.isupper() and not typed.isalpha() and any(sign.isdigit() for sign in typed)


def _particles(clause: Clause, at: int) -> int:
    """Return how many small words at a token join two capitals: `van der`."""
    end = at
    while clause.word(end) in PARTICLES and end < at + 2:
        end += 1
    is_joined = (
        end > at and clause.is_free(end) and clause.scan.is_capital(end) and clause.scan.words[end] not in NO_NAMES
    )
    return end - at if is_joined else 0


def _inner_sign(clause: Clause, at: int) -> int:
    """Return 1 where a sign stands within a name: `J. Smith`, `Smith & Sons`, `GmbH & Co. KG`."""
    scan = clause.scan
    following = at + 1
    if not clause.is_free(following) or scan.kinds[following] != WORD:
        return 0
    if scan.words[at] == "." and scan.touches(at):
        is_short = len(scan.words[at - 1]) <= 2 or scan.words[at - 1] in ("inc", "ltd", "corp")  # noqa: PLR2004 - J., St., Co.
        return int(is_short and scan.is_capital(following) and scan.words[following] not in NO_NAMES)
    return int(scan.words[at] in ("&", "+") and scan.words[following] in _FIRM_TAILS)


def _is_company(clause: Clause, first: int, after: int) -> bool:
    return any(clause.scan.words[at] in COMPANY_WORDS for at in range(first + 1, after))


def _small_name(clause: Clause, at: int) -> Name | None:
    """Return a word in small letters that stands where only a person can: `rang bob`, `called jane doe at acme`."""
    if not _is_small(clause, at):
        return None
    following = at + 1
    if _is_at(clause, following):
        return Name(at, following, "")
    if _is_small(clause, following) and _is_at(clause, following + 1):
        return Name(at, following + 1, "")
    if _is_last(clause, following):
        return Name(at, following, "")
    return _plain_name(clause, at)


def _is_last(clause: Clause, at: int) -> bool:
    """Tell whether a name in small letters ends before a token."""
    if at >= clause.after or not clause.is_free(at) or is_end(clause.scan, at):
        return True
    word = clause.word(at)
    return clause.scan.kinds[at] == NUMBER or word in BEHIND_NAMES or word in CALENDAR


def _plain_name(clause: Clause, at: int) -> Name | None:
    """Return two words in small letters that are a person of the book but for accents: `called chloe martin`."""
    if not (_is_small(clause, at + 1) and _is_last(clause, at + 2)):
        return None
    return Name(at, at + 2, "contact") if clause.context.names.means(at, at + 2) == "contact" else None


def _referred(clause: Clause, at: int) -> Name | None:
    """Return a reference of the book where a name may stand: `called 2294`, `rang 8c09`."""
    scan, after = clause.scan, at + 1
    if not clause.is_free(at) or scan.kinds[at] not in (NUMBER, WORD):
        return None
    while (
        after < clause.after and clause.is_free(after) and scan.touches(after) and scan.kinds[after] in (NUMBER, WORD)
    ):
        after += 1
    typed = scan.typed(at, after)
    is_reference = len(typed) in _REFERENCES and _HEX.issuperset(typed) and not typed.isalpha()
    noun = clause.context.names.means(at, after) if is_reference and _is_last(clause, after) else ""
    return Name(at, after, noun) if noun else None


def _is_at(clause: Clause, at: int) -> bool:
    """Tell whether a company follows; one behind @ is taken already."""
    return at < clause.after and clause.scan.words[at] in ("at", "from", "@")


def _is_small(clause: Clause, at: int) -> bool:
    word = clause.word(at)
    is_word = len(word) > 1 and clause.scan.kinds[at] == WORD and word.replace("-", "").replace("'", "").isalpha()
    return is_word and word not in NO_NAMES and word not in CALENDAR and word not in NO_PEOPLE


def add_name(clause: Clause, act: Act, name: Name, cut: str = "") -> None:
    """Let an act have a name, as its noun says; `cut` names the kind that its words are cut out of the text with."""
    typed = clause.scan.typed(name.first, name.after)
    if not name.noun or name.noun in ("contact", "person", "lead"):
        typed = typed.removesuffix("'s").removesuffix("’s")
    if name.noun == "account":
        if act.company is None:
            act.company = typed
            clause.take("account", name.first, name.after, typed, cut)
    elif name.noun == "opportunity":
        if act.deal is None:
            act.deal = typed
            clause.take("deal", name.first, name.after, typed, cut)
    elif typed not in act.people:
        act.people += (typed,)
        clause.take("who", name.first, name.after, typed, cut)


def read_company(clause: Clause, act: Act, at: int, cut: str = "") -> int:
    """Read `at Acme`, `from acme`, `(Acme)`, `的` or nothing behind a person."""
    if act.company is not None:
        return at
    word = clause.word(at)
    if word == "(":
        name = read_name(clause, at + 1)
        if name and clause.word(name.after) == ")":
            name.noun = "account"
            add_name(clause, act, name, cut)
            clause.drop(cut or "account", at, name.after + 1)
            return name.after + 1
        return at
    if word not in AT:
        return at
    name = read_name(clause, at + 1)
    if name is None and word in ("at", "from", "@") and clause.word(at + 1) not in PLACES:
        name = _small_name(clause, at + 1)
    if name is None or (word == "with" and name.noun not in ("", "account")):
        return at
    name.noun = "account"
    add_name(clause, act, name, cut)
    clause.drop(cut or "account", at, name.after)
    return name.after


def _next(clause: Clause, act: Act, at: int, *, takes_small: bool) -> Name | None:
    """Return the next of several people, behind `and`, or behind a comma where the list goes on."""
    word = clause.word(at)
    if word in JOINTS:
        name = read_name(clause, at + 1) or (_small_name(clause, at + 1) if takes_small else None)
        if name is not None and name.noun != "opportunity" and not (name.noun == "account" and act.company):
            clause.drop("who", at, name.after)
            return name
        return None
    if word == ",":
        name = read_name(clause, at + 1)
        if name is not None and act.what == "contact" and not name.noun and act.company is None:
            name.noun = "account"
        if name is not None and (_goes_on(clause, name) or (name.noun == "account" and act.company is None)):
            clause.drop("who", at, at + 1)
            return name
        return None
    if word == "的":
        name = read_name(clause, at + 1)
        if name is not None:
            clause.drop("account", at, at + 1)
        return name
    name = read_name(clause, at) if clause.is_free(at) and clause.scan.kinds[at] == HAN else None
    if name is not None and act.what == "contact" and not name.noun and act.company is None:
        name.noun = "account"
    return None if name is not None and is_weak(clause, name) else name


def _goes_on(clause: Clause, name: Name) -> bool:
    """Tell whether a name behind a comma is one more of a list: known, or followed by `and`, `at` or a comma and so on."""
    if name.noun in ("contact", "lead"):
        return True
    after = name.after
    for _ in range(_MOST_PEOPLE):
        word = clause.word(after)
        if word in JOINTS or (word in AT and word != "with"):
            return True
        following = read_name(clause, after + 1) if word == "," else None
        if following is None:
            return False
        after = following.after
    return False
