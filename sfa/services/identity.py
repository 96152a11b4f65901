"""What makes a company or a person the same one: numbers, addresses, domains and names brought to one form."""

import re
from urllib.parse import urlsplit

from sfa.domain.duplicates.words import FREE_MAIL
from sfa.domain.text import company_key, fold
from sfa.errors import UsageError

PHONES = ("phone", "mobile", "home_phone")
EMAILS = ("email", "email_2")
MATCH_KEY_LENGTH = 400
DOMAIN_LENGTH = 200
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")
_DIGITS = re.compile(r"\d")
_PHONE_CHARACTERS = re.compile(r"[\d\s()+./#*,;:x~–‐-]|ext|extension|tel|app?\.?", re.IGNORECASE)
_FEWEST_DIGITS = 3


def e164(number: str, country: str) -> str | None:
    """Return a phone number as +495112345..., or None where it cannot be read as one.

    Args:
        number: as written.
        country: ISO 3166 code of a number without a country code.
    """
    import phonenumbers  # noqa: PLC0415 - costs 40 ms, only where a number is saved

    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def require_phone(number: str) -> str:
    """Return a number that has digits and little else.

    Raises:
        UsageError: nobody could dial it.
    """
    if len(_DIGITS.findall(number)) < _FEWEST_DIGITS:
        raise UsageError(f"“{number}” is no phone number.", hint="Write it as +1 212 555 0100.")
    return number


def require_email(address: str) -> str:
    """Return an address; `mailto:` and a name before <...> are dropped.

    Raises:
        UsageError: nobody could write to it.
    """
    bare = address.removeprefix("mailto:").strip()
    named = re.fullmatch(r".*<([^<>]+)>", bare)
    bare = named[1].strip() if named else bare
    if not _EMAIL.fullmatch(bare):
        raise UsageError(f"“{address}” is no e-mail address.", hint="Write it as name@company.com.")
    return bare


def folded_email(address: str) -> str:
    """Return an address for comparison: without regard to case."""
    return address.strip().casefold()


def domain_of(website: str | None) -> str | None:
    """Return the domain of a website or an e-mail address, without www and without regard to case."""
    if not website:
        return None
    text = website.strip().casefold()
    if "@" in text:
        text = text.rpartition("@")[2]
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return None
    host = host.removeprefix("www.").rstrip(".")
    return host[:DOMAIN_LENGTH] if "." in host else None


def company_domain(website: str | None, email: str | None) -> str | None:
    """Return the domain that tells a company: its website's, or its e-mail's where that is no free mail service."""
    found = domain_of(website)
    if found:
        return found
    from_mail = domain_of(email)
    return None if from_mail in FREE_MAIL else from_mail


def account_key(name: str) -> str | None:
    """Return a company's name for comparison: without legal form, accents and case, in simplified characters."""
    return company_key(_simplified(name))[:MATCH_KEY_LENGTH] or None


def person_key(name: str) -> str:
    """Return a person's name for comparison: words in any order, without accents and case, in simplified characters."""
    return " ".join(sorted(fold(_simplified(name)).split()))[:MATCH_KEY_LENGTH]


def _simplified(name: str) -> str:
    if name.isascii():
        return name
    from sfa.services.normal_forms import normaliser  # noqa: PLC0415 - reads a table, for other scripts alone

    return normaliser().simplified(name)
