"""A whole sale in the shell: configured, quoted, discounted, approved, printed, sent, accepted by the hash of the PDF."""

import hashlib
from decimal import Decimal
from email import message_from_bytes
from pathlib import Path

from tests.support.shell import Result, call_cli

BUNDLE = """
name = "Test cell"
currency = "EUR"

[[group]]
id = "bench"
name = "Bench"
min = 1
max = 1

[[group.option]]
id = "small"
name = "Small bench"
product = "TL-100"

[[group]]
id = "extras"
name = "Extras"

[[group.option]]
id = "hub"
name = "Hub"
product = "HUB-4"
price = "fixed"
unit_price = "890.00"
"""


def done(home: Path, *words: str) -> Result:
    found = call_cli(list(words), home)
    assert found.code == 0, found.stderr
    return found


def prepare(home: Path) -> None:
    (home / "bundles").mkdir()
    (home / "bundles" / "cell.toml").write_text(BUNDLE, encoding="utf-8")
    for words in (
        ["account", "add", "Acme GmbH", "--currency", "EUR", "--email", "buy@acme.example"],
        ["product", "add", "Small bench", "--code", "TL-100", "--price", "16000 EUR", "--cost", "9000 EUR"],
        ["product", "add", "Training", "--code", "TR-2", "--price", "3200 EUR"],
        ["opportunity", "add", "Acme test cell", "--account", "Acme GmbH", "--amount", "20k EUR"],
        ["quote", "rule", "defaults"],
    ):
        done(home, *words)


def test_a_whole_sale(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    home.mkdir()
    prepare(home)
    done(home, "quote", "new", "--opportunity", "Acme test cell")
    done(home, "quote", "line", "configure", "1", "cell", "small", "hub")
    done(home, "quote", "line", "add", "1", "TR-2", "2")
    done(home, "quote", "discount", "1", "12%")
    told = done(home, "quote", "show", "1", "--json").value
    assert [(line["part_of"], line["net"]) for line in told["lines"]] == [
        (None, "0.00"), (1, "16000.00"), (1, "890.00"), (None, "6400.00"),
    ]  # fmt: skip
    assert told["totals"]["net"] == "20495.20"

    refused = call_cli(["quote", "send", "1"], home)
    assert refused.code == 4
    done(home, "quote", "pdf", "1", "--out", str(tmp_path / "draft.pdf"))
    done(home, "quote", "submit", "1")
    done(home, "user", "add", "Boss", "--role", "manager")
    me = done(home, "user", "list", "--json").value[0]["name"]
    done(home, "user", "me", "Boss")
    done(home, "quote", "approve", "1", "--note", "fine")
    done(home, "user", "me", me)

    mail = tmp_path / "offer.eml"
    done(home, "quote", "send", "1", "--eml", "--out", str(mail))
    pdf = mail.with_suffix(".pdf")
    kept = hashlib.sha256(pdf.read_bytes()).hexdigest()
    message = message_from_bytes(mail.read_bytes())
    (attached,) = [part for part in message.walk() if part.get_content_type() == "application/pdf"]
    assert attached.get_payload(decode=True) == pdf.read_bytes()
    assert "<buy@acme.example>" in message["To"]

    draft = hashlib.sha256((tmp_path / "draft.pdf").read_bytes()).hexdigest()
    other = call_cli(["quote", "accept", "1", "--signer", "Jane Doe", "--sha256", draft], home)
    assert other.code == 4
    assert "another document" in other.stderr
    done(home, "quote", "accept", "1", "--signer", "Jane Doe", "--sha256", kept, "--win")
    deal = done(home, "opportunity", "show", "Acme test cell", "--json").value
    assert (deal["status"], deal["amount"], deal["currency"]) == ("won", "20495.20", "EUR")
    done(home, "undo")
    assert done(home, "quote", "show", "1", "--json").value["state"] == "sent"
    done(home, "redo")
    order_to_payment(home)


def order_to_payment(home: Path) -> None:
    """Deliver in two parts, invoice each, and have all of it paid."""
    done(home, "order", "from-quote", "1", "--promised", "+14d")
    order = done(home, "order", "show", "1", "--json").value
    assert (order["net"], order["state"]) == ("20495.20", "open")
    done(home, "order", "ship", "1", "TR-2=1")
    assert done(home, "order", "show", "1", "--json").value["state"] == "part_delivered"
    done(home, "order", "invoice", "1", "--number", "ERP-1")
    done(home, "order", "ship", "1")
    done(home, "order", "invoice", "1", "--number", "ERP-2")
    bills = done(home, "invoice", "list", "--json").value
    assert sum(Decimal(bill["gross"]) for bill in bills) == Decimal("20495.20")
    for bill in bills:
        done(home, "invoice", "pay", bill["number"])
    assert done(home, "order", "show", "1", "--json").value["state"] == "paid"
    assert done(home, "quote", "list", "--columns", "number,progress", "--json").value[0]["progress"] == "paid"


def test_a_proposal_has_the_chapters_that_are_meant_for_it(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    home.mkdir()
    prepare(home)
    done(home, "quote", "new", "Acme")
    done(home, "quote", "line", "add", "1", "TR-2")
    missing = call_cli(["quote", "proposal", "1"], home)
    assert missing.code == 2
    assert "no chapter" in missing.stderr
    library = home / "library"
    library.mkdir()
    for name, when in (("about", ""), ("service", "service"), ("rebate", "discount")):
        head = f"---\nid: {name}\ntitle: On {name}\nlanguage: en\nversion: 1\nwhen: {when}\n---\n"
        (library / f"{name}.md").write_text(f"{head}Words for {{{{ buyer.name }}}}.\n", encoding="utf-8")
    page = tmp_path / "proposal.md"
    done(home, "quote", "proposal", "1", "--form", "md", "--out", str(page), "--fact", "service")
    text = page.read_text(encoding="utf-8")
    assert "On about" in text
    assert "On service" in text
    assert "On rebate" not in text
    assert "Words for Acme GmbH" in text
