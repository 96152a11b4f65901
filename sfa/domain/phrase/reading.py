"""Reads a line: clauses first, then in each the parts with a form of their own, then verb, who and the words left."""

import re
from collections.abc import Iterator
from datetime import date

from sfa.domain.phrase.model import Done, FollowUp, Phrase, PhraseError, Piece, PieceKind
from sfa.domain.phrase.pieces import (
    Clause,
    take_account,
    take_amount,
    take_day,
    take_duration,
    take_priority,
    take_tags,
    take_time,
)
from sfa.domain.phrase.words import CHINESE_TITLES, DONE_VERBS, INCOMING, OUTCOMES, TO_DO_VERBS

LONGEST = 2000
_BREAK = re.compile(r"[;；]|(?<=\s)(?:then|next:)(?=\s)|[，,]\s*(?=(?:then|next)\s)", re.IGNORECASE)
_LEAD_IN = re.compile(r"^(?:and\s+)?(?:then|next)\b[:\s]*", re.IGNORECASE)
_AT = re.compile(r"\s+(?:at|from|of|@)\s+", re.IGNORECASE)
_WHO_END = re.compile(r"\s{2,}|[,，:：]|\s(?:about|re|regarding|because|who|wants|said|on)\s", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read_phrase(text: str, *, today: date, currency: str) -> Phrase:
    """Read one line.

    Args:
        text: what was typed, at most LONGEST characters, already clean.
        today: the day that relative dates start from.
        currency: of amounts that name none.

    Raises:
        PhraseError: it is empty or too long.
    """
    if not text.strip():
        raise PhraseError("There is nothing to save: type what you did or will do.")
    if len(text) > LONGEST:
        raise PhraseError(f"The line has {len(text)} characters, {LONGEST} are the most.")
    done: Done | None = None
    follow_ups: list[FollowUp] = []
    tags: list[str] = []
    pieces: list[Piece] = []
    for clause in _clauses(text):
        tags += take_tags(clause)
        what = _read_clause(clause, today, currency, is_first=done is None and not follow_ups)
        if isinstance(what, Done):
            done = what
        elif what is not None:
            follow_ups.append(what)
        pieces += clause.pieces
    return Phrase(text, done, tuple(follow_ups), tuple(dict.fromkeys(tags)), tuple(sorted(pieces, key=_start)))


def _start(piece: Piece) -> int:
    return piece.start


def _clauses(text: str) -> Iterator[Clause]:
    position = 0
    for end, following in [*(match.span() for match in _BREAK.finditer(text)), (len(text), len(text))]:
        part = text[position:end]
        if part.strip():
            lead = _LEAD_IN.match(part.lstrip())
            skipped = len(part) - len(part.lstrip()) + (lead.end() if lead else 0)
            yield Clause(part[skipped:], position + skipped)
        position = following


def _read_clause(clause: Clause, today: date, currency: str, *, is_first: bool) -> Done | FollowUp | None:
    original = clause.rest
    priority = take_priority(clause)
    account = take_account(clause)
    day = take_day(clause, today)
    at = take_time(clause)
    verb = _verb(clause, DONE_VERBS) if is_first else None
    amount = take_amount(clause, currency) if verb else None
    duration = take_duration(clause)
    if verb is None:
        kind = _to_do_kind(original)
        subject = _tidy(clause.rest)
        if not subject and day is None:
            return None
        who, place = _target_of_follow_up(clause, kind)
        return FollowUp(kind, subject or kind.capitalize(), day, at, duration, priority, who, account or place)
    who, place, note = _who(clause)
    return Done(
        kind=verb,
        who=who,
        account=account or place,
        note=note,
        on=day,
        at=at,
        duration_min=duration,
        direction="in" if any(words in original.lower() for words in INCOMING) else "out",
        outcome=_outcome(original),
        amount=amount,
    )


def _verb(clause: Clause, verbs: dict[str, str]) -> str | None:
    """Return the kind of the longest known verb that begins the clause (in Chinese: that stands in it)."""
    for words in sorted(verbs, key=len, reverse=True):
        pattern = re.escape(words) if _HAN.search(words) else rf"^\s*(?:i\s+|we\s+)?({re.escape(words)})(?=\s|$)"
        match = re.search(pattern, clause.rest, re.IGNORECASE)
        if match:
            clause.take(PieceKind.VERB, match, verbs[words])
            return verbs[words]
    return None


def _to_do_kind(text: str) -> str:
    for words in sorted(TO_DO_VERBS, key=len, reverse=True):
        pattern = re.escape(words) if _HAN.search(words) else rf"^\s*{re.escape(words)}\b"
        if re.search(pattern, text, re.IGNORECASE):
            return TO_DO_VERBS[words]
    return "task"


def _target_of_follow_up(clause: Clause, kind: str) -> tuple[str | None, str | None]:
    """Return person and company of `call Jane at Acme`; a plain task names nobody unless it says `at`."""
    if kind == "task":
        return None, None
    if _HAN.search(clause.rest):
        return _target_chinese(clause.rest)
    words = clause.rest.split(None, 1)
    if len(words) < 2:  # noqa: PLR2004 - a verb and its object
        return None, None
    target = _WHO_END.split(re.sub(r"^(?:with|back)\s+", "", words[1]), maxsplit=1)[0].strip()
    person, company = _split_at(target)
    looks_like_name = bool(person) and (person[:1].isupper() or bool(_HAN.search(person)))
    return (person if looks_like_name else None), company


def _target_chinese(text: str) -> tuple[str | None, str | None]:
    """Return person and company of `拜访 远东仪器 王经理 谈续约`: the words behind the verb, a title marks the person."""
    words = text.split()
    behind = next((number + 1 for number, word in enumerate(words) if word in TO_DO_VERBS), len(words))
    named = words[behind : behind + 2]
    person = next((word for word in named if word.endswith(CHINESE_TITLES)), None)
    company = next((word for word in named if word != person), None)
    return person, company


def _split_at(target: str) -> tuple[str, str | None]:
    parts = _AT.split(target, maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else None


def _who(clause: Clause) -> tuple[str | None, str | None, str]:
    """Return person, company and the words left over of `Jane at Acme, wants a quote`."""
    rest = clause.rest
    lead = len(rest) - len(rest.lstrip())
    body = rest[lead:]
    body_at = re.match(r"(?:with|to|me)\s+", body)
    if body_at:
        lead, body = lead + body_at.end(), body[body_at.end() :]
    end = _WHO_END.search(body)
    target = body[: end.start()] if end else body
    after = body[end.start() :] if end else ""
    if _HAN.search(target) and " " in target.strip():
        return _who_chinese(clause, body, lead)
    person, company = _split_at(" " + target if target.lower().startswith(("at ", "from ")) else target)
    _note_who(clause, lead, target)
    return person or None, company, _tidy(after)


def _who_chinese(clause: Clause, body: str, lead: int) -> tuple[str | None, str | None, str]:
    """Read `远东仪器 王经理 谈续约`: company, person with a title, the rest."""
    words = body.split()
    person = next((word for word in words[:2] if word.endswith(CHINESE_TITLES)), None)
    company = next((word for word in words[:2] if word != person), None)
    left = [word for word in words if word not in (person, company)]
    _note_who(clause, lead, body[: body.find(person or company or "") + len(person or company or "")])
    return person, company, " ".join(left)


def _note_who(clause: Clause, lead: int, target: str) -> None:
    if target.strip():
        match = re.compile(re.escape(target.rstrip())).search(clause.rest, lead)
        if match:
            clause.take(PieceKind.WHO, match, target.strip())


def _outcome(text: str) -> str | None:
    lowered = text.lower()
    for words in sorted(OUTCOMES, key=len, reverse=True):
        pattern = re.escape(words) if _HAN.search(words) else rf"\b{re.escape(words)}\b"
        if re.search(pattern, lowered):
            return OUTCOMES[words]
    return None


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,.;，；])", r"\1", " ".join(text.split())).strip(" ,;:，；：")
