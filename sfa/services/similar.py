"""Records that look like one about to be added: a warning, or a refusal where it is as good as certain (domain.md 4.3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.queries import doubles as queries
from sfa.domain.duplicates.pairs import BLOCKS, WARNS
from sfa.domain.text import clean
from sfa.errors import ConflictError, SfaError
from sfa.services.desk import Desk
from sfa.services.identity import EMAILS, PHONES, account_key, company_domain, e164, folded_email, person_key
from sfa.services.references import resolve

SHOWN = 5
BEGINNING = 4
_NEW = "new"


@dataclass(frozen=True, slots=True)
class Similar:
    """A record that may be the same one.

    Attributes:
        label: its name.
        score: 0.8 to 1.
        reasons: what they share, strongest first.
    """

    noun: str
    id: str
    ref: str
    label: str
    score: float
    reasons: tuple[str, ...]


def similar(desk: Desk, noun: str, values: Mapping[str, object], *, limit: int = SHOWN) -> list[Similar]:
    """Return live records of the noun that are likely the one with these values, best first; other nouns have none."""
    find = _FINDERS.get(noun)
    if find is None:
        return []
    texts = _texts(desk, values)
    ids = dict.fromkeys(record_id for ids in find(desk, texts) for record_id in ids)
    found = _scored(desk, noun, texts, ids) if ids else []
    return sorted(found, key=lambda item: (-item.score, item.label))[:limit]


def _scored(desk: Desk, noun: str, texts: dict[str, str], ids: Iterable[str]) -> list[Similar]:
    """Compare with each of the records."""
    from sfa.domain.duplicates.formula import SCORES  # noqa: PLC0415 - loads a library, where there is one to compare with
    from sfa.services.normal_forms import profile  # noqa: PLC0415 - as above

    new = profile(noun, _NEW, {name: [text] for name, text in texts.items()})
    found = []
    for item in queries.known(desk.store, noun, ids):
        score, reasons = SCORES[noun](new, profile(noun, item.id, item.texts))
        if score >= WARNS:
            found.append(Similar(noun, item.id, item.ref, item.label, round(score, 4), reasons))
    return found


def refuse_doubles(noun: str, found: Sequence[Similar]) -> None:
    """Refuse to add what is there already.

    Raises:
        ConflictError: one of the similar records is as good as certain; those are the candidates.
    """
    certain = [item for item in found if item.score >= BLOCKS]
    if certain:
        raise ConflictError(
            f"{certain[0].label} ({certain[0].ref}) is there already: {', '.join(certain[0].reasons)}.",
            hint=f"See it: sfa {noun} show {certain[0].ref}; add this one all the same with --force",
            candidates=[f"{item.ref}  {item.label}  {item.score:.2f}: {', '.join(item.reasons)}" for item in certain],
        )


def _texts(desk: Desk, values: Mapping[str, object]) -> dict[str, str]:
    """Return the values that are texts; an account by its name, however it was called."""
    texts = {name: clean(value).strip() for name, value in values.items() if isinstance(value, str)}
    if texts.get("account"):
        try:
            texts["account"] = resolve(desk, "account", texts["account"]).label
        except SfaError:
            # The one who adds the record tells of it.
            del texts["account"]
    return {name: text for name, text in texts.items() if text}


def _account_ids(desk: Desk, texts: dict[str, str]) -> Iterator[list[str]]:
    store = desk.store
    if "tax_id" in texts:
        yield queries.by_tax_id(store, texts["tax_id"])
    domain = company_domain(texts.get("website"), texts.get("email"))
    if domain:
        yield queries.by_column(store, "account", "domain", domain)
    yield from _called(desk, "account", account_key(texts.get("name", "")))
    yield from _reached(desk, "account", texts)


def _contact_ids(desk: Desk, texts: dict[str, str]) -> Iterator[list[str]]:
    name = texts.get("name") or f"{texts.get('given_name', '')} {texts.get('family_name', '')}"
    yield from _called(desk, "contact", person_key(name))
    yield from _reached(desk, "contact", texts)


def _lead_ids(desk: Desk, texts: dict[str, str]) -> Iterator[list[str]]:
    for name in ("email", "name", "phone"):
        if name in texts:
            yield queries.by_column(desk.store, "lead", name, texts[name])


def _called(desk: Desk, table: str, key: str | None) -> Iterator[list[str]]:
    if key:
        yield queries.by_column(desk.store, table, "match_key", key)
        yield queries.by_beginning(desk.store, table, "match_key", key[:BEGINNING])


def _reached(desk: Desk, table: str, texts: dict[str, str]) -> Iterator[list[str]]:
    """Yield who has the same e-mail or phone number."""
    for name in EMAILS:
        if name in texts:
            yield queries.by_link(desk.store, table, "email", "folded", folded_email(texts[name]))
    for name in PHONES:
        number = e164(texts[name], desk.config.text("workspace.country")) if name in texts else None
        if number:
            yield queries.by_link(desk.store, table, "phone", "e164", number)


_FINDERS: dict[str, Callable[[Desk, dict[str, str]], Iterator[list[str]]]] = {
    "account": _account_ids,
    "contact": _contact_ids,
    "lead": _lead_ids,
}
