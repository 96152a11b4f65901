"""Requests of laptops that come in a file: judged like those over HTTP; the answer goes into a file for that laptop."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sfa.errors import NotAllowedError, SfaError, UsageError
from sfa.server import founding, quarantine
from sfa.server.database import Database
from sfa.server.handle import Server
from sfa.server.pool import tried
from sfa.sync import bundle
from sfa.sync.bundle import ANSWER, REQUEST, Bundle, Label
from sfa.sync.by_file import size_of
from sfa.sync.protocol import ProtocolError, decode, encode
from sfa.sync.session import MOST_ANSWER

REVOKED, BUSY = 401, 503
Advance = Callable[[int], None]


@dataclass(slots=True)
class Taken:
    """What a request came to.

    Attributes:
        user: whose laptop it is, and `code` its short code.
        judged: how many changes came.
        given: how many rows and removals go back.
    """

    user: str
    code: str
    judged: int = 0
    given: int = 0


def answer(server: Server, source: Path, target: Path, now: datetime, advance: Advance | None = None) -> Taken:
    """Judge what a laptop sent in a bundle, and write the answer for it; where the server refuses, it says that.

    Args:
        server: over the book.
        source: the laptop's bundle.
        target: where the answer goes.
        now: the instant.
        advance: told how many rows and mutations more were done.

    Raises:
        NotAllowedError: the laptop was revoked; what it sent is kept aside.
        SfaError: the file is no request of a laptop of this server, or it was refused.
    """
    if source.resolve() == target.resolve():
        raise UsageError("The answer needs a file of its own.", hint="sfa server bundle REQUEST ANSWER")
    with bundle.read(source, REQUEST, lambda label: _device(server.database, label)[0]) as request:
        secret, user, code = _device(server.database, request.label)
        label = Label(ANSWER, request.label.org, request.label.device, request.mark)
        taken = Taken(user, code)
        try:
            bundle.write(target, label, secret, _answers(server, request, now, taken, advance))
        except ProtocolError as refusal:
            if refusal.status == BUSY:
                raise SfaError(str(refusal), hint="Nothing is lost; run it again.") from refusal
            if refusal.status == REVOKED:
                _put_aside(server.database, request, now)
            detail = {"error": str(refusal), "status": refusal.status, **refusal.detail}
            bundle.write(target, label, secret, [encode(detail)])
            raise _in_words(taken, refusal, target) from refusal
    founding.note_seen(server.database, label.org, label.device, now)
    return taken


def _device(database: Database, label: Label) -> tuple[str, str, str]:
    """Return what is kept of a laptop's token, its person's name and its short code.

    Raises:
        NotAllowedError: there is no such laptop.
    """
    sql = (
        "SELECT d.token_hash, u.name, d.code FROM s_device d JOIN app_user u ON u.org = d.org AND u.id = d.usr"
        " WHERE d.org = ? AND d.device = ?"
    )
    found = database.rows(sql, (label.org, label.device))
    if not found:
        raise NotAllowedError(
            "This bundle is from a laptop that this server does not know.", hint="sfa server device list"
        )
    return found[0][0], found[0][1], found[0][2]


def _answers(server: Server, request: Bundle, now: datetime, taken: Taken, advance: Advance | None) -> Iterator[bytes]:
    """Yield the answer to each message, and further ones until the laptop has all that is its own."""
    for first in request:
        body, message = first, decode(first)
        while True:
            ask = partial(server.handle, request.label.org, request.label.device, body, now)
            given = tried(server.database, ask)
            yield given
            answer = decode(given, most=MOST_ANSWER)
            judged, size = len(answer["verdicts"]), size_of(answer)
            taken.judged += judged
            taken.given += size - judged
            if advance:
                advance(size)
            if not (answer["more"] and message["limit"]):
                break
            message = _following(message, answer)
            body = encode(message)


def _following(message: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return what the laptop would ask next, had it put this answer in place."""
    cursors = dict(message["cursors"])
    for change in answer["changes"]:
        floor = cursors[change["bucket"]][2] if change["from"] else change["floor"]
        cursors[change["bucket"]] = [change["epoch"], change["to"], floor]
    renew = dict(message.get("renew", {}))
    for change in answer.get("renewed", ()):
        upto = renew.pop(change["bucket"])[1]
        if change["to"] < upto:
            renew[change["bucket"]] = [change["to"], upto]
    return {**message, "mutations": [], "cursors": cursors, "renew": renew}


def _put_aside(database: Database, request: Bundle, now: datetime) -> None:
    for body in request:
        quarantine.keep(database, request.label.org, request.label.device, body, now)


def _in_words(taken: Taken, refusal: ProtocolError, target: Path) -> SfaError:
    kind = NotAllowedError if refusal.status == REVOKED else SfaError
    aside = (
        " What it sent is kept aside: sfa server device quarantine " + taken.code if refusal.status == REVOKED else ""
    )
    return kind(f"{taken.user}'s laptop {taken.code} was refused: {refusal}", hint=f"{target} tells the laptop.{aside}")
