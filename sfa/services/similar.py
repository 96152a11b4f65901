"""Records that look like one about to be added: the warning, not the verdict (domain.md 4.3)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from db.queries import similar as queries
from sfa.domain.text import clean, company_key
from sfa.services.desk import Desk
from sfa.services.identity import company_domain, e164, folded_email, person_key

MORE = 5
FULL = 100
SHOWN = 5
_PHONES = ("phone", "mobile", "home_phone")
_EMAILS = ("email", "email_2")


@dataclass(frozen=True, slots=True)
class Similar:
    """A record that may be the same one.

    Attributes:
        label: its name.
        score: 0 to 100; 100 is as good as certain.
        reasons: what they share, strongest first.
    """

    noun: str
    id: str
    ref: str
    label: str
    score: int
    reasons: tuple[str, ...]


Clue = tuple[int, str, queries.Found]


def similar(desk: Desk, noun: str, values: Mapping[str, object], *, limit: int = SHOWN) -> list[Similar]:
    """Return live records of the noun that share a telling value with these, best first; other nouns have none."""
    find = _FINDERS.get(noun)
    texts = {name: clean(value).strip() for name, value in values.items() if isinstance(value, str)}
    clues: dict[str, list[tuple[int, str]]] = {}
    names: dict[str, tuple[str, str]] = {}
    for weight, reason, found in find(desk, texts) if find else ():
        for row_id, ref, name in found:
            clues.setdefault(row_id, []).append((weight, reason))
            names[row_id] = (ref, name)
    made = [_made(noun, row_id, *names[row_id], shared) for row_id, shared in clues.items()]
    return sorted(made, key=lambda item: (-item.score, item.label))[:limit]


def _made(noun: str, row_id: str, ref: str, name: str, shared: list[tuple[int, str]]) -> Similar:
    ordered = sorted(set(shared), reverse=True)
    score = min(FULL, ordered[0][0] + MORE * (len(ordered) - 1))
    return Similar(noun, row_id, ref, name, score, tuple(dict.fromkeys(reason for _, reason in ordered)))


def _account_clues(desk: Desk, texts: dict[str, str]) -> Iterator[Clue]:
    store = desk.store
    if texts.get("tax_id"):
        yield 95, "same tax id", queries.by_columns(store, "account", ["tax_id"], texts["tax_id"])
    domain = company_domain(texts.get("website"), texts.get("email"))
    if domain:
        yield 80, "same domain", queries.by_columns(store, "account", ["domain"], domain)
    key = company_key(texts.get("name", ""))
    if key:
        yield 75, "same name", queries.by_columns(store, "account", ["match_key"], key)
    yield from _reach(desk, "account", texts)


def _contact_clues(desk: Desk, texts: dict[str, str]) -> Iterator[Clue]:
    name = texts.get("name") or f"{texts.get('given_name', '')} {texts.get('family_name', '')}"
    key = person_key(name)
    if key:
        yield 60, "same name", queries.by_columns(desk.store, "contact", ["match_key"], key)
    yield from _reach(desk, "contact", texts)


def _lead_clues(desk: Desk, texts: dict[str, str]) -> Iterator[Clue]:
    if texts.get("email"):
        yield 90, "same e-mail", queries.by_columns(desk.store, "lead", ["email"], texts["email"])
    if texts.get("name"):
        yield 60, "same name", queries.by_columns(desk.store, "lead", ["name"], texts["name"])


def _reach(desk: Desk, table: str, texts: dict[str, str]) -> Iterator[Clue]:
    """Yield who has the same e-mail or phone number."""
    for name in _EMAILS:
        if texts.get(name):
            found = queries.by_link(desk.store, table, "email", "folded", folded_email(texts[name]))
            yield 90, "same e-mail", found
    for name in _PHONES:
        number = e164(texts[name], desk.config.text("workspace.country")) if texts.get(name) else None
        if number:
            yield 85, "same phone", queries.by_link(desk.store, table, "phone", "e164", number)


_FINDERS: dict[str, Callable[[Desk, dict[str, str]], Iterator[Clue]]] = {
    "account": _account_clues,
    "contact": _contact_clues,
    "lead": _lead_clues,
}
