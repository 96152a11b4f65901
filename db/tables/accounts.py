"""Accounts, contacts, and how to reach them."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from db.tables.base import STRICT, Link, Record, name_index
from db.tables.columns import (
    amount,
    choice,
    currency,
    day,
    flag,
    integer,
    json_object,
    kept,
    link,
    money,
    prose,
    rating,
    text,
)


class Account(Record, table=True):
    """A company that buys, may buy, or stands beside those who do (domain.md 4.3).

    What it is worth to us is told from `referrer_id` on (domain.md 5.1): `category_spend_minor` is what it spends a year
    on what we sell, with all suppliers; `operates_in` names our territories, parted by commas; ratings are 1 to 5. How it
    is kept stands in `plan`, which holds until a day, and in the level of retention (domain.md 5.2).
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="account_not_own_parent"),
        CheckConstraint("referrer_id <> id", name="account_not_own_referrer"),
        CheckConstraint("merged_into IS NULL OR deleted_at IS NOT NULL", name="merged_account_is_removed"),
        name_index("account"),
        STRICT,
    )
    name: str = text(null=False)
    legal_name: str | None = text()
    parent_id: str | None = link("account")
    type: str = choice(
        "prospect", "customer", "partner", "reseller", "competitor", "supplier", "other", default="prospect"
    )
    lifecycle: str | None = text(longest=40)
    industry: str | None = text()
    segment: str | None = text()
    employees: int | None = integer(least=0)
    annual_revenue_minor: int | None = money()
    currency: str | None = currency()
    payment_terms_days: int | None = integer(least=0, most=3650)
    credit_limit_minor: int | None = money()
    price_group: str | None = text()
    price_book_id: str | None = link("price_book")
    website: str | None = text(longest=500)
    domain: str | None = text(index=True)
    tax_id: str | None = text()
    owner_id: str | None = link("app_user")
    team_id: str | None = link("team")
    territory_id: str | None = link("territory")
    language: str | None = text(longest=20)
    source: str | None = text()
    founded_year: int | None = integer(least=1, most=9999)
    referrer_id: str | None = link("account")
    category_spend_minor: int | None = amount()
    spend_as_of: str | None = day()
    spend_source: str | None = text()
    operates_in: str | None = text(longest=500)
    influence: int | None = rating()
    competitor_relation: int | None = rating()
    switching_effort: int | None = rating()
    management_level: int | None = rating()
    credit_rating: int | None = rating()
    risk_band: str | None = choice("low", "medium", "high", null=True)
    has_stock_priority: int | None = integer(least=0, most=1)
    plan: str | None = prose()
    plan_until: str | None = day()
    retention_level: str | None = choice("financial", "social", "structural", null=True)
    created_on: str | None = day()
    description: str | None = prose()
    custom: str | None = json_object()
    match_key: str | None = text(longest=400, index=True)
    merged_into: str | None = link("account")


class Contact(Record, table=True):
    """A person whom a rep talks to."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("reports_to_id <> id", name="contact_not_own_manager"),
        CheckConstraint("merged_into IS NULL OR deleted_at IS NOT NULL", name="merged_contact_is_removed"),
        name_index("contact"),
        STRICT,
    )
    name: str = text(null=False)
    given_name: str | None = text()
    family_name: str | None = text()
    middle_name: str | None = text()
    prefix: str | None = text(longest=60)
    suffix: str | None = text(longest=60)
    nickname: str | None = text()
    title: str | None = text()
    department: str | None = text()
    reports_to_id: str | None = link("contact")
    birthday: str | None = day()
    language: str | None = text(longest=20)
    preferred_channel: str | None = choice("call", "email", "message", "visit", "letter", null=True)
    preferred_time: str | None = text()
    time_zone: str | None = text(longest=80)
    owner_id: str | None = link("app_user")
    source: str | None = text()
    created_on: str | None = day()
    description: str | None = prose()
    custom: str | None = json_object()
    match_key: str | None = text(longest=400, index=True)
    merged_into: str | None = link("contact")
    uid: str | None = text(longest=500, index=True)
    extra: str | None = kept()


class ContactRole(Link, table=True):
    """What a contact is at an account, and since when; a person may be at several."""

    __tablename__ = "contact_role"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="role_dates_in_order"),
        STRICT,
    )
    account_id: str = link("account", null=False)
    contact_id: str = link("contact", null=False)
    role: str | None = text()
    is_primary: int = flag(default=True)
    valid_from: str | None = day()
    valid_to: str | None = day()


class Address(Link, table=True):
    """Where an account or a contact is."""

    __tablename__ = "address"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (contact_id IS NULL)", name="address_of_one_record"),
        CheckConstraint("(latitude_dec6 IS NULL) = (longitude_dec6 IS NULL)", name="address_has_both_coordinates"),
        STRICT,
    )
    account_id: str | None = link("account")
    contact_id: str | None = link("contact")
    kind: str = choice("billing", "shipping", "site", "work", "home", "other", default="work")
    street: str | None = text(longest=500)
    city: str | None = text()
    region: str | None = text()
    postal_code: str | None = text(longest=40)
    country: str | None = text()
    latitude_dec6: int | None = integer(least=-90_000_000, most=90_000_000)
    longitude_dec6: int | None = integer(least=-180_000_000, most=180_000_000)


class Phone(Link, table=True):
    """A phone number, as written and in E.164 for matching."""

    __tablename__ = "phone"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (contact_id IS NULL)", name="phone_of_one_record"),
        STRICT,
    )
    account_id: str | None = link("account")
    contact_id: str | None = link("contact")
    kind: str = choice("work", "mobile", "home", "main", "fax", "other", default="work")
    number: str = text(null=False, longest=80)
    e164: str | None = text(longest=20, index=True)
    is_primary: int = flag()
    is_invalid: int = flag()


class Email(Link, table=True):
    """A mail address, as written and folded for matching."""

    __tablename__ = "email"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (contact_id IS NULL)", name="email_of_one_record"),
        STRICT,
    )
    account_id: str | None = link("account")
    contact_id: str | None = link("contact")
    kind: str = choice("work", "home", "other", default="work")
    address: str = text(null=False, longest=320)
    folded: str = text(null=False, longest=320, index=True)
    is_primary: int = flag()
    is_invalid: int = flag()


class Tag(Record, table=True):
    """A word of the company's own to sort records by."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("name", name="tag_name_once"), STRICT)
    name: str = text(null=False, longest=60)


class RecordTag(Link, table=True):
    """A tag on a record of any table."""

    __tablename__ = "record_tag"
    __table_args__ = (UniqueConstraint("table_name", "row_id", "tag_id", name="tag_on_record_once"), STRICT)
    table_name: str = text(null=False, longest=40)
    row_id: str = text(null=False, longest=36)
    tag_id: str = link("tag", null=False)


class ExternalId(Link, table=True):
    """What another system calls a record; makes an import repeatable."""

    __tablename__ = "external_id"
    __table_args__ = (
        UniqueConstraint("table_name", "source", "value", name="external_id_once"),
        STRICT,
    )
    table_name: str = text(null=False, longest=40)
    row_id: str = text(null=False, longest=36, index=True)
    source: str = text(null=False, longest=80)
    value: str = text(null=False)
