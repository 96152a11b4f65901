"""Text as typed, or a typed value, to what the store keeps; one reader per kind of field."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from db.queries import records as queries
from db.queries.nouns import READ_NOUNS
from sfa.domain.currencies import is_currency
from sfa.domain.fields import NOUNS, FieldSpec, NounSpec
from sfa.domain.money import PPM, AmountError, Money, ppm
from sfa.domain.text import clean
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk
from sfa.services.event_people import read_attendees, read_reminders
from sfa.services.identity import require_email, require_phone
from sfa.services.moments import read_day, read_instant, read_minutes
from sfa.services.references import resolve

PAST = frozenset({"birthday", "spend_as_of", "closed", "created", "done", "started"})
_TRUE = frozenset({"yes", "y", "true", "1", "on"})
_FALSE = frozenset({"no", "n", "false", "0", "off"})
_NUMBER = re.compile(r"[+-]?\d+")

Reader = Callable[[Desk, FieldSpec, Any], Any]


def read_values(desk: Desk, noun: NounSpec, values: Mapping[str, object]) -> dict[FieldSpec, Any]:
    """Return the values by field, each typed; an empty text and None clear the field.

    Amounts stay as they are: their currency depends on the record (`sfa.services.amounts`).

    Raises:
        UsageError: an unknown field, or a value that its field cannot hold.
        NotFoundError: a reference that names no record.
        ConflictError: a reference that names several.
    """
    return {spec: read_value(desk, spec, value) for spec, value in _by_field(noun, values).items()}


def read_value(desk: Desk, spec: FieldSpec, value: object) -> Any:  # noqa: ANN401 - whatever the kind asks for
    """Return one value, typed for its field."""
    if isinstance(value, str):
        value = clean(value, multiline=spec.kind == "multiline").strip()
    if value is None or value in ("", []):
        return None
    try:
        return _READERS[spec.kind](desk, spec, value)
    except UsageError as error:
        raise UsageError(f"{spec.label}: {error.message}", error.hint) from error


def field_named(noun: NounSpec, name: str) -> FieldSpec:
    """Return the field of that name (or of another word for it, as in filters), in any case, with hyphens or spaces.

    Raises:
        UsageError: the noun has none; near names are in the sentence.
    """
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    aliases = READ_NOUNS[noun.name].aliases
    meant = [alias for alias, field in aliases.items() if field == wanted]
    for candidate in (wanted, wanted.removesuffix("_id"), aliases.get(wanted), *meant):
        if candidate in noun.fields:
            return noun.fields[candidate]
    from difflib import get_close_matches  # noqa: PLC0415 - only for an error

    near = get_close_matches(wanted, noun.fields, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Its fields: {', '.join(noun.fields)}."
    raise UsageError(f"{article(noun.name)} has no field “{clean(name)}”.", hint=hint)


def read_choice(text: str, choices: tuple[str, ...]) -> str:
    """Return the choice meant: in any case, shortened as far as only one begins so.

    Raises:
        UsageError: none or several.
    """
    wanted = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    plain = {choice.replace("_", " ").casefold(): choice for choice in choices}
    if wanted in plain:
        return plain[wanted]
    found = [choice for words, choice in plain.items() if words.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    meaning = f"could be {' or '.join(found)}" if found else "is not among the choices"
    raise UsageError(f"“{text}” {meaning}.", hint=f"Choose from: {', '.join(choices)}.")


def check_limits(desk: Desk, noun: NounSpec, row: Mapping[str, Any]) -> None:
    """Refuse what the table's own rules would refuse, in words that name the field.

    Raises:
        UsageError: a text too long, or a number out of bounds.
    """
    limits = queries.limits(desk.store, noun.table)
    labels = {spec.column: spec.label for spec in noun.fields.values() if spec.column}
    for column, value in row.items():
        label = labels.get(column, column)
        if isinstance(value, str) and len(value) > limits.longest.get(column, len(value)):
            raise UsageError(f"{label} is too long: {len(value)} characters, {limits.longest[column]} at most.")
        if isinstance(value, int):
            _check_bounds(label, value, limits.least.get(column, -(2**63)), limits.most.get(column, 2**63 - 1))


def _check_bounds(label: str, value: int, least: int, most: int) -> None:
    if value < least:
        raise UsageError(f"{label} must be {least} at least.")
    if value > most:
        raise UsageError(f"{label} must be {most} at most.")


def _by_field(noun: NounSpec, values: Mapping[str, object]) -> dict[FieldSpec, object]:
    return {field_named(noun, name): value for name, value in values.items()}


def article(noun: str) -> str:
    """Return a noun with its article, to begin a sentence."""
    return f"{'An' if noun[0] in 'aeio' else 'A'} {noun.replace('_', ' ')}"


def _text(_desk: Desk, spec: FieldSpec, value: object) -> str:
    return clean(str(value), multiline=spec.kind == "multiline").strip()


def _amount(_desk: Desk, _spec: FieldSpec, value: object) -> object:
    """Keep an amount for the moment when the record's currency is known; a binary fraction is no amount."""
    if isinstance(value, (Money, str)):
        return value
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return str(value)
    raise UsageError(f"{value!r} is no amount.", hint="Write it as 40000, 40k or 40k EUR.")


def _percent(_desk: Desk, _spec: FieldSpec, value: object) -> int:
    """Return parts per million: a whole number is one already, text is in percent."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        share = ppm(str(value))
    except AmountError as error:
        raise UsageError(str(error), hint="Write it as 60%.") from error
    if abs(share) > PPM:
        raise UsageError(f"“{value}” is more than 100 %.")
    return share


def _integer(_desk: Desk, spec: FieldSpec, value: object) -> int:
    if spec.name == "duration_min":
        return read_minutes(value)
    if isinstance(value, int):
        return int(value)
    text = re.sub(r"[\s,'’_.](?=\d{3}(?!\d))", "", str(value))
    if not _NUMBER.fullmatch(text) or len(text) > 18:  # noqa: PLR2004 - 18 digits always fit 64 bits
        raise UsageError(f"“{value}” is no whole number.")
    return int(text)


def _day(desk: Desk, spec: FieldSpec, value: object) -> str:
    return read_day(desk, value, is_past=spec.name in PAST).isoformat()


def _instant(desk: Desk, spec: FieldSpec, value: object) -> str:
    return read_instant(desk, value, is_past=spec.name in PAST)


def _bool(_desk: Desk, _spec: FieldSpec, value: object) -> int:
    text = str(value).casefold()
    if text not in _TRUE | _FALSE:
        raise UsageError(f"“{value}” is neither yes nor no.")
    return int(text in _TRUE)


def _choice(_desk: Desk, spec: FieldSpec, value: object) -> str:
    return read_choice(str(value), spec.choices)


def _reference(desk: Desk, spec: FieldSpec, value: object) -> object:
    if spec.target == "stage":
        return _text(desk, spec, value)  # found among the stages of the deal's own pipeline
    if isinstance(value, (list, tuple)):
        if not _takes_several(spec):
            raise UsageError("Only one record can stand here.")
        return [_one_reference(desk, spec, str(item)) for item in value]
    try:
        return _one_reference(desk, spec, str(value))
    except NotFoundError:
        names = [name for name in re.split(r"[,;，、]", str(value)) if name.strip()]
        if len(names) < 2 or not _takes_several(spec):  # noqa: PLR2004 - a list begins with two
            raise
        return [_one_reference(desk, spec, name) for name in names]


def _takes_several(spec: FieldSpec) -> bool:
    """Tell whether people are meant who take part together."""
    return spec.target == "contact" and spec.column is None


def _one_reference(desk: Desk, spec: FieldSpec, text: str) -> str:
    target = spec.target or spec.name
    wanted = clean(text).strip()
    if queries.has_live(desk.store, NOUNS[target].table, wanted):
        return wanted
    return resolve(desk, target, wanted).id


def _phone(_desk: Desk, _spec: FieldSpec, value: object) -> str:
    return require_phone(str(value))


def _email(_desk: Desk, _spec: FieldSpec, value: object) -> str:
    return require_email(str(value))


def _url(_desk: Desk, _spec: FieldSpec, value: object) -> str:
    text = str(value)
    if re.search(r"\s", text):
        raise UsageError(f"“{text}” is no web address.", hint="Write it as company.com.")
    return text


def _tags(_desk: Desk, _spec: FieldSpec, value: object) -> list[str]:
    """Return tags; in text they are parted by commas, or each begins with #."""
    if isinstance(value, str):
        parts = (
            value.split() if value.lstrip("+-").startswith("#") and "," not in value else re.split(r"[,;，、]", value)
        )
    elif isinstance(value, (list, tuple, set, frozenset)):
        parts = [clean(str(item)) for item in value]
    else:
        raise UsageError(f"{value!r} is no list of tags.")
    tags = (re.sub(r"^([+-]?)#", r"\1", part.strip()) for part in parts)
    return list(dict.fromkeys(tag for tag in tags if tag.strip("+-# ")))


def _currency(_desk: Desk, _spec: FieldSpec, value: object) -> str:
    text = str(value).upper()
    if not is_currency(text):
        raise UsageError(f"“{value}” is no currency.", hint="Write its code of three letters, such as EUR.")
    return text


def _people(desk: Desk, _spec: FieldSpec, value: object) -> list[dict[str, Any]]:
    return read_attendees(desk, value)


def _reminders(_desk: Desk, _spec: FieldSpec, value: object) -> list[int]:
    return read_reminders(value)


_READERS: dict[str, Reader] = {
    "text": _text,
    "multiline": _text,
    "money": _amount,
    "decimal": _amount,
    "percent": _percent,
    "integer": _integer,
    "day": _day,
    "instant": _instant,
    "bool": _bool,
    "choice": _choice,
    "reference": _reference,
    "phone": _phone,
    "email": _email,
    "url": _url,
    "tags": _tags,
    "currency": _currency,
    "people": _people,
    "reminders": _reminders,
}
