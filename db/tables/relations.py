"""How people and companies stand to each other, and what they allow (domain.md 4.3, 4.4)."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from db.tables.base import STRICT, Link, Record
from db.tables.columns import choice, instant, link, prose, text

CHANNELS = ("call", "email", "message", "visit", "letter")
PURPOSES = ("service", "sales", "marketing")
STANCES = ("preferred", "allowed", "avoid", "forbidden")


class ConsentEvent(Record, table=True):
    """What a contact said about being reached by a channel for a purpose; never changed, the newest counts."""

    __tablename__ = "consent_event"
    __table_args__ = (Index("consent_of_contact", "contact_id", "channel", "purpose", "said_at"), STRICT)
    contact_id: str = link("contact", null=False)
    channel: str = choice(*CHANNELS)
    purpose: str = choice(*PURPOSES)
    stance: str = choice(*STANCES)
    said_at: str = instant(null=False)
    source: str = text(null=False)
    evidence: str | None = prose()


class ContactRelation(Link, table=True):
    """One person to another: `contact` influences, assists, recommended... `other`."""

    __tablename__ = "contact_relation"
    __table_args__ = (
        CheckConstraint("contact_id <> other_id", name="contact_relation_of_two"),
        UniqueConstraint("contact_id", "other_id", "kind", name="contact_relation_once"),
        STRICT,
    )
    contact_id: str = link("contact", null=False)
    other_id: str = link("contact", null=False)
    kind: str = choice("influences", "assists", "recommended", "works_with", "knows", "family", "blocks")
    note: str | None = text(longest=500)


class AccountRelation(Link, table=True):
    """One company to another beside the hierarchy: `account` is agent of, influences... `other`."""

    __tablename__ = "account_relation"
    __table_args__ = (
        CheckConstraint("account_id <> other_id", name="account_relation_of_two"),
        UniqueConstraint("account_id", "other_id", "kind", name="account_relation_once"),
        STRICT,
    )
    account_id: str = link("account", null=False)
    other_id: str = link("account", null=False)
    kind: str = choice("agent_of", "reseller_of", "supplier_of", "partner_of", "influences", "competes_with", "advises")
    note: str | None = text(longest=500)
