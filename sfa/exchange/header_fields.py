"""Which meanings of a header fill which field of a noun, the best first."""

from typing import Final

from sfa.exchange.header_words import CHANNELS, PEOPLE, PLACES
from sfa.exchange.header_words_sales import COMPANIES, REFERENCES, SELLING, WORK

WORDS: Final[dict[str, str]] = {
    **PEOPLE,
    **CHANNELS,
    **PLACES,
    **COMPANIES,
    **SELLING,
    **REFERENCES,
    "kind": WORK["kind"],
    "subject": WORK["subject"],
    "started": WORK["started"],
    "duration_min": WORK["duration_min"],
    "direction": WORK["direction"],
    "work_outcome": WORK["outcome"],
    "work_note": WORK["note"],
    "due": WORK["due"],
    "due_time": WORK["due_time"],
    "priority": WORK["priority"],
    "done": WORK["done"],
}
ADDRESS_PARTS: Final = ("street", "city", "region", "postal_code", "country")
PLACED: Final = ("phone", "email", "mobile", "website", "address", *ADDRESS_PARTS)

_PERSON: Final[dict[str, tuple[str, ...]]] = {
    "given_name": ("given_name", "name_or_given"),
    "family_name": ("family_name", "name_or_family"),
    "name": ("name",),
    "title": ("job_title", "title"),
}
_EMAILS: Final[dict[str, tuple[str, ...]]] = {
    "email": ("email", "email.work", "email.home", "email.other"),
    "email_2": ("email.second",),
}
_PHONE: Final = ("phone", "phone.work", "phone.other", "phone.second")

MEANINGS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "account": {
        "name": ("account", "company", "name", "name_or_given", "name_or_family"),
        "phone": (*_PHONE, "mobile"),
        "email": ("email", "email.work", "email.other"),
        "website": ("website", "website.work"),
        "country": ("country", "place_of_office"),
    },
    "contact": {
        **_PERSON,
        **_EMAILS,
        "account": ("company", "account", "company.work"),
        "phone": _PHONE,
        "mobile": ("mobile", "mobile.work", "mobile.other", "mobile.home"),
        "home_phone": ("phone.home",),
        "reports_to": ("reports_to", "manager"),
    },
    "lead": {
        **_PERSON,
        "email": (*_EMAILS["email"], "email.second"),
        "company": ("company", "account", "company.work"),
        "phone": (*_PHONE, "mobile", "phone.home", "mobile.work"),
        "website": ("website", "website.work"),
        "status": ("lead_status", "status"),
    },
    "opportunity": {
        "name": ("opportunity", "name", "name_or_given", "name_or_family"),
        "account": ("account", "company"),
        "type": ("deal_type",),
        "category": ("forecast_category",),
        "territory": ("territory", "region_office"),
        "outcome": ("outcome",),
    },
    "product": {
        "name": ("product", "name", "name_or_given", "name_or_family"),
        "category": ("product_category", "product_subcategory"),
        "is_active": ("is_active",),
    },
    "user": {
        **_PERSON,
        "name": ("owner", "user", "name"),
        "email": ("email", "email.work"),
        "role": ("role", "role_name"),
        "region": ("region_office", "region"),
    },
    "activity": {
        "account": ("account", "company"),
        "outcome": ("work_outcome", "status"),
        "note": ("work_note",),
    },
    "task": {"account": ("account", "company"), "note": ("work_note",)},
    "price_entry": {"product": ("code", "product", "name", "name_or_given"), "book": ("price_book",)},
}
"""Fields that are not listed go by the meaning of their own name."""

OWN: Final[dict[str, tuple[str, ...]]] = {
    "account": ("account", "company"),
    "contact": ("contact",),
    "lead": ("lead",),
    "opportunity": ("opportunity",),
    "product": ("product",),
    "user": ("user", "owner"),
    "activity": ("activity",),
    "task": ("task",),
    "price_entry": (),
}
"""What a noun is called in its own headers: "Deal owner" among opportunities is the owner."""

SIGNS: Final[dict[str, dict[str, float]]] = {
    "account": {
        "name": 1,
        "industry": 1,
        "employees": 1.5,
        "annual_revenue": 1.5,
        "website": 0.5,
        "parent": 1,
        "type": 0.3,
    },
    "contact": {
        "given_name": 1,
        "family_name": 1,
        "email": 0.7,
        "mobile": 0.5,
        "title": 0.5,
        "birthday": 1,
        "account": 0.5,
    },
    "lead": {"status": 1.5, "company": 0.7, "family_name": 0.7, "given_name": 0.5, "email": 0.5, "source": 0.5},
    "opportunity": {
        "stage": 2,
        "close_date": 2,
        "amount": 1,
        "probability": 1,
        "name": 0.3,
        "account": 0.5,
        "outcome": 0.3,
    },
    "product": {"price": 1.5, "cost": 1, "code": 1, "unit": 1, "name": 1, "category": 0.7},
    "user": {"name": 0.7, "manager": 2, "role": 0.5, "region": 0.3, "territory": 0.3, "email": 0.3},
    "activity": {"started": 1.5, "duration_min": 1.5, "kind": 0.5, "subject": 1, "direction": 1},
    "task": {"due": 2, "subject": 1, "priority": 1, "done": 1, "status": 0.5},
    "price_entry": {"book": 2, "valid_from": 1.5, "valid_to": 1, "per": 0.5, "channel": 0.3},
}
"""How much a mapped field speaks for a noun."""

FILE_WORDS: Final[dict[str, str]] = {
    "account": (
        "account accounts company companies customer customers client clients reseller resellers store "
        "stores kunden konten firmen klienci clients clientes 客户 公司 顧客"
    ),
    "contact": (
        "contact contacts connection connections people person persons address addresses kontakte contactos "
        "contatti 联系人 連絡先"
    ),
    "lead": "lead leads prospects 线索",
    "opportunity": (
        "opportunity opportunities deal deals pipeline potential potentials verkaufschancen oportunidades "
        "商机 商談"
    ),
    "product": "product products item items articles produkte artikel produits productos 产品 製品",
    "user": (
        "user users owner owners employee employees agent agents rep reps salesperson salespeople team teams "
        "mitarbeiter 用户 员工"
    ),
    "activity": "activity activities event events call calls meeting meetings visit visits 活动",
    "task": "task tasks todo todos aufgaben tareas 任务",
    "price_entry": "price prices pricelist pricebook preise preisliste tarifs precios prezzi 价格 价目表",
}  # fmt: skip
