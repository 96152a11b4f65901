"""The columns that other programs export are recognised, and none is taken for what it isn't."""

import csv
import json
from pathlib import Path

import pytest

from sfa.exchange.headers import guess_mapping, guess_noun, meanings_of, normalise
from sfa.exchange.sheets import open_sheet


def header(text: str) -> list[str]:
    return next(csv.reader([text]))


@pytest.mark.parametrize("name", ["AccountId", "account_id", "ACCOUNT ID", "Account-Id", " account  id*"])
def test_spelling_does_not_matter(name: str) -> None:
    assert normalise(name) == "account id"


def test_bare_words_of_other_scripts_are_joined() -> None:
    assert normalise("商務 - 市/鎮") == "商務市鎮"
    assert normalise("E-Mail-Adresse") == "email adresse"


def test_phones_and_emails_may_come_several_times_and_nothing_else() -> None:
    columns = guess_mapping(
        "contact", header("Name,E-mail 1 - Value,E-mail 2 - Value,E-mail 3 - Value,Phone,Phone 2,City,Town")
    )
    assert list(columns.values()) == ["name", "email", "email_2", "email_2", "phone", "phone", "city"]


def test_the_business_address_is_not_mixed_with_the_home_address() -> None:
    columns = guess_mapping(
        "contact", header("Last Name,Home Street,Home City,Home Country,Business Street,Business City")
    )
    assert columns == {"Last Name": "family_name", "Business Street": "street", "Business City": "city"}


def test_a_home_address_alone_is_taken() -> None:
    assert guess_mapping("contact", header("Nachname,Straße privat,Ort privat"))["Straße privat"] == "street"


def test_a_title_before_the_first_name_is_a_salutation() -> None:
    assert "Title" not in guess_mapping("contact", header("Title,First Name,Last Name"))
    assert guess_mapping("contact", header("First Name,Last Name,Title"))["Title"] == "title"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("Nombre,Apellidos", ["given_name", "family_name"]),
        ("Nom,Prénom", ["family_name", "given_name"]),
        ("Name,Vorname", ["family_name", "given_name"]),
        ("Nome,Email", ["name", "email"]),
        ("姓,名", ["family_name", "given_name"]),
        ("姓名,手机", ["name", "mobile"]),
        ("氏名,会社名", ["name", "account"]),
        ("Imię,Nazwisko", ["given_name", "family_name"]),
        ("Имя,Фамилия", ["given_name", "family_name"]),
    ],
)
def test_names_are_told_apart_by_the_columns_beside_them(columns: str, expected: list[str]) -> None:
    assert list(guess_mapping("contact", header(columns)).values()) == expected


def test_an_id_that_repeats_a_name_is_left_out_but_the_accounts_own() -> None:
    columns = guess_mapping("opportunity", header("Deal Id,Account Id,Account,Deal Owner Id,Deal Owner,Stage"))
    assert columns == {
        "Deal Id": "external_id",
        "Account Id": "account_key",
        "Account": "account",
        "Deal Owner": "owner",
        "Stage": "stage",
    }


def test_an_id_without_a_name_is_the_reference() -> None:
    columns = guess_mapping("contact", header("CONTACTID,Last Name,Account Id,Contact Owner Id"))
    assert list(columns.values()) == ["external_id", "family_name", "account", "owner"]


def test_status_is_the_outcome_beside_a_stage_and_the_stage_without_one() -> None:
    assert guess_mapping("opportunity", ["Name", "Status", "Stage"])["Status"] == "outcome"
    assert guess_mapping("opportunity", ["Name", "Status"])["Status"] == "stage"


def test_the_reason_and_line_of_rejected_rows_are_ignored() -> None:
    assert guess_mapping("opportunity", ["reason", "line", "Name", "Loss reason"]) == {
        "Name": "name",
        "Loss reason": "loss_reason",
    }


def test_what_is_not_clear_is_not_guessed() -> None:
    assert guess_noun(["Colour", "Weight"]) is None
    assert guess_noun(["Name"]) is None
    assert guess_noun([]) is None


@pytest.mark.parametrize(
    ("columns", "noun"),
    [
        ("Firma,Branche,Mitarbeiter,Umsatz", "account"),
        ("商机名称,客户名称,销售阶段,预计成交日期,金额", "opportunity"),
        ("商談名,取引先名,フェーズ,完了予定日,金額", "opportunity"),
        ("Nom de l'affaire,Étape,Date de clôture,Montant", "opportunity"),
        ("Vorname,Nachname,Firma,E-Mail,Mobil", "contact"),
        ("Asunto,Vencimiento,Prioridad,Estado", "task"),
        ("Artikel,Artikelnummer,Einheit,Preis", "product"),
        ("Imię,Nazwisko,Firma,Telefon komórkowy", "contact"),
        ("Data inizio,Durata,Oggetto", "activity"),
    ],
)
def test_the_noun_shows_in_the_columns(columns: str, noun: str) -> None:
    assert guess_noun(header(columns)) == noun


NOUNS = {
    "google_contacts_until_2023": "contact",
    "google_contacts_since_2024": "contact",
    "outlook_en": "contact",
    "thunderbird": "contact",
    "hubspot_contacts": "contact",
    "hubspot_companies": "account",
    "hubspot_deals": "opportunity",
    "salesforce_report_opportunities": "opportunity",
}


def test_exports_of_known_programs_are_recognised(shared_data: Path) -> None:
    formats = json.loads((shared_data / "csv_formats" / "headers.json").read_text())
    assert {name: guess_noun(header(formats[name])) for name in NOUNS} == NOUNS
    loader, linkedin = formats["salesforce_data_loader"], formats["linkedin_connections"]
    assert guess_noun(header(loader["leads"])) == "lead"
    assert guess_noun(header(loader["opportunity"])) == "opportunity"
    assert guess_mapping("opportunity", header(loader["opportunity"]))["AccountId"] == "account"
    assert list(guess_mapping("contact", header(linkedin["header"])).values()) == [
        "given_name", "family_name", "email", "account", "title", "created",
    ]  # fmt: skip


MEANINGS = {
    "firstname": {"given_name", "name_or_given"},
    "surname": {"family_name", "name_or_family"},
    "name": {"name"},
    "email": {"email", "email.home", "email.work", "email.other", "email.second"},
    "phone:work": {"phone.work"},
    "phone:work2": {"phone.second"},
    "phone:home": {"phone.home"},
    "phone:main": {"phone"},
    "phone:mobile": {"mobile", "mobile.home"},
    "organization": {"company", "company.work"},
    "jobtitle": {"job_title"},
    "department": {"department"},
    "notes": {"description"},
    "groups": {"tags"},
    "website:homepage": {"website"},
    "birthday": {"birthday"},
    "street": {"street", "address"},
    "locality": {"city"},
    "zipcode": {"postal_code"},
    "region": {"region", "country"},
    "country": {"region", "country"},
}
"""What the sample calls it -> our meanings; the sample mixes up region and country in places."""


def test_address_books_in_twelve_languages_are_recognised(shared_data: Path) -> None:
    languages = json.loads((shared_data / "csv_formats" / "outlook_thunderbird_headers_by_language.json").read_text())
    assert len(languages) == 12
    missed, wrong, count = [], [], 0
    for language, names in languages.items():
        for column, known in names.items():
            expected = MEANINGS.get(known) or MEANINGS.get(known.partition(":")[0])
            if expected is None:
                continue
            count += 1
            place = known.partition(":")[2]
            allowed = expected | {f"{name}.{place}" for name in expected if place in {"home", "work", "other"}}
            found = {meaning.name for meaning in meanings_of("contact", column)}
            if not found:
                missed.append((language, column))
            elif not found & allowed:
                wrong.append((language, column, known, found))
    assert wrong == []
    assert len(missed) <= count // 100, missed


SAMPLES = {
    "maven_crm/accounts.csv": "account",
    "maven_crm/products.csv": "product",
    "maven_crm/sales_pipeline_asof_2017-06-30.csv": "opportunity",
    "maven_crm/sales_teams.csv": "user",
    "ms_opportunity_tracking/opportunities.csv": "opportunity",
    "ms_regional_sales/accounts.csv": "account",
    "ms_regional_sales/opportunities.csv": "opportunity",
    "ms_regional_sales/owners.csv": "user",
    "ms_regional_sales/products.csv": "product",
    "ms_regional_sales/campaigns.csv": None,
    "northwind/customers.csv": "account",
    "northwind/employees.csv": "user",
    "northwind/products.csv": "product",
    "northwind/orders_1996.csv": None,
    "zoho_crm/Accounts.csv": "account",
    "zoho_crm/Contacts.csv": "contact",
    "zoho_crm/Events_first300.csv": "activity",
    "zoho_crm/Leads_first400.csv": "lead",
    "zoho_crm/Products.csv": "product",
    "zoho_crm/Tasks_first300.csv": "task",
    "zoho_crm/Users.csv": "user",
    "zoho_crm/Campaigns.csv": None,
    "zoho_crm/Price_Books.csv": None,
    "zoho_crm/Vendors.csv": None,
    "adventureworks/Product.csv": "product",
    "adventureworks/ProductCategory.csv": None,
    "adventureworks/SalesTerritory.csv": None,
    "dedupe/febrl1.csv": "contact",
}


def test_sample_files_are_recognised_and_what_is_none_of_ours_is_not(shared_data: Path) -> None:
    found = {}
    for name in SAMPLES:
        with open_sheet(shared_data / name) as sheet:
            found[name] = guess_noun(sheet.header, sheet.path.name)
    assert found == SAMPLES


def test_a_pipeline_with_status_and_stage_is_mapped_right(shared_data: Path) -> None:
    with open_sheet(shared_data / "ms_regional_sales" / "opportunities.csv") as sheet:
        columns = guess_mapping("opportunity", sheet.header)
    assert columns | {"status": "outcome", "stage": "stage", "value": "amount", "created_on": "created"} == columns
    assert columns["account_number"] == "account_key"
    assert {"rating", "purchase_process", "decision_maker_identified"}.isdisjoint(columns)
