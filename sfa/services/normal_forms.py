"""What records say, in the normal forms by which they are compared; one maker for entry, book and files."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from db.variants import variant_forms
from sfa.domain.duplicates.formula import Profile
from sfa.domain.duplicates.normal import (
    Normaliser,
    code_form,
    date_form,
    email_form,
    mail_domain,
    phone_digits,
    simplifying,
    site_domain,
)
from sfa.domain.text import person_name_parts
from sfa.services.identity import EMAILS, PHONES

Texts = Mapping[str, Sequence[str]]


@cache
def normaliser() -> Normaliser:
    """Return the maker of normal forms, with the table of Chinese characters."""
    return Normaliser(simplifying(variant_forms()))


def profile(noun: str, record_id: str, texts: Texts) -> Profile:
    """Return what a record is compared by.

    Args:
        noun: account, contact or lead.
        record_id: its id.
        texts: what it says, by field as people call it; a field may hold several texts.
    """
    forms = normaliser()
    emails = _filled(email_form(text) for name in EMAILS for text in texts.get(name, ()))
    made = Profile(
        record_id,
        emails=emails,
        phones=_filled(phone_digits(text) for name in PHONES for text in texts.get(name, ())),
        city=forms.folded(_first(texts, "city")),
    )
    if noun == "account":
        made.name = forms.company(_first(texts, "name"))
        made.form = forms.legal_form(_first(texts, "name"))
        made.tax_id = code_form(_first(texts, "tax_id"))
        made.domains = _filled([site_domain(_first(texts, "website")), *map(mail_domain, emails)])
        return made
    made.given, made.family = name_parts(texts)
    made.name = f"{made.given} {made.family}".strip()
    made.employer = forms.company(_first(texts, "account") or _first(texts, "company"))
    made.birthday = date_form(_first(texts, "birthday"))
    return made


def name_parts(texts: Texts) -> tuple[str, str]:
    """Return given and family name in normal form, cut from the whole name where the parts are not there."""
    given, family = _first(texts, "given_name"), _first(texts, "family_name")
    if not (given or family):
        given, family = person_name_parts(_first(texts, "name")) if _first(texts, "name").strip() else ("", "")
    return normaliser().folded(given), normaliser().folded(family)


def _first(texts: Texts, name: str) -> str:
    return next((text for text in texts.get(name, ()) if text), "")


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
