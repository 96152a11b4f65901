"""A mail draft with the document attached: mail programs open it ready to be sent."""

import hashlib
from datetime import UTC, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from sfa.documents.paper import Language, Paper
from sfa.documents.statement import Statement
from sfa.documents.words import words
from sfa.domain.text import clean


def draft(paper: Paper | Statement, body: str, attached: bytes) -> bytes:
    """Return the mail as a file that is still to be sent (`X-Unsent`); the same input makes the same bytes."""
    own = words(paper.language)
    subject = " – ".join(part for part in (f"{own[paper.kind]} {paper.number}", paper.subject) if part)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = clean(subject)
    message["Date"] = datetime.combine(paper.issued_on, time(), UTC)
    sender = _address(paper.seller.contact or paper.seller.name, paper.seller.email)
    receiver = _address(paper.buyer.contact or paper.buyer.name, paper.buyer.email)
    if sender:
        message["From"] = sender
    if receiver:
        message["To"] = receiver
    message.set_content(body, cte="base64" if paper.language is Language.CHINESE else "quoted-printable")
    message.add_attachment(attached, maintype="application", subtype="pdf", filename=f"{file_name(paper)}.pdf")
    message.set_boundary(f"=_{hashlib.sha256(body.encode() + attached).hexdigest()[:40]}")
    return message.as_bytes()


def file_name(paper: Paper | Statement) -> str:
    """Return the number as a name that every file system takes."""
    kept = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in paper.number)
    return kept.strip("-") or str(paper.kind)


def _address(name: str, mail: str) -> Address | None:
    """Return an address for a header, None where there is none that mail could go to."""
    user, at, domain = clean(mail).strip().rpartition("@")
    if not mail.isascii() or not at or not user or not domain or any(sign.isspace() for sign in mail.strip()):
        return None
    try:
        return Address(clean(name), username=user, domain=domain)
    except ValueError:
        return None
