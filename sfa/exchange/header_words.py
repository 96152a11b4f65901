"""What programs and people call the columns of people, in the languages of their exports.

Each entry is a meaning and its spellings, parted by "|"; spellings are compared without case, accents and punctuation.
A place ("business", "privat", "domicile"...) may stand anywhere in a spelling of a phone, an e-mail or an address part.
"""

from typing import Final

PEOPLE: Final[dict[str, str]] = {
    "name": (
        "name|full name|display name|file as|person|anzeigename|vollständiger name|nom complet|nom à afficher|"
        "nombre completo|nombre en pantalla|nome completo|nome visualizzato|mostrar nome|nome de exibição|"
        "volledige naam|weergavenaam|naam|imię i nazwisko|nazwa|nazwa wyświetlana|отображаемое имя|фио|"
        "полное имя|наименование|название|氏名|表示名|名称|名稱|姓名|全名|显示名称|顯示名稱|näyttönimi|näytettävä nimi|"
        "zobrazované meno|nazwa firmy"
    ),
    "name_or_given": "nombre|nome|имя|meno|imię",
    "name_or_family": "nom",
    "given_name": (
        "first name|given name|forename|firstname|fname|given|vorname|prénom|primer nombre|nombre de pila|"
        "primeiro nome|nome próprio|voornaam|имя (личное)|名|名字|名前 (名)|etunimi|krstné meno"
    ),
    "family_name": (
        "last name|family name|surname|lastname|lname|second name|nachname|familienname|zuname|nom de famille|"
        "apellido|apellidos|cognome|sobrenome|último nome|apelido de família|achternaam|nazwisko|фамилия|姓|姓氏|"
        "sukunimi|priezvisko"
    ),
    "salutation": (
        "salutation|name prefix|prefix|title of courtesy|courtesy title|anrede|civilité|tratamiento|aanhef|敬称|称谓|"
        "稱謂"
    ),
    "title": (
        "title|job title|position|role title|contact title|organization title|organization 1 title|occupation|"
        "profession|work title|stellung|berufsbezeichnung|stelle|funktion|titre|fonction|poste|puesto|cargo|"
        "título|qualifica|mansione|titolo|titolo di lavoro|functie|functietitel|stanowisko|tytuł|должность|役職|"
        "肩書き|职务|职位|職稱|職位|頭銜|ammattinimi|funkcia"
    ),
    "job_title": (
        "job title|position|organization title|organization 1 title|work title|contact title|berufsbezeichnung|"
        "puesto|cargo|qualifica|stanowisko|functietitel|должность|役職|职务|职位|職稱|profession|titolo di lavoro|"
        "ammattinimi|funkcia"
    ),
    "department": (
        "department|dept|work dept|organization department|organization 1 department|abteilung|service|"
        "département|departamento|reparto|reparto di lavoro|afdeling|dział|oddział|отдел|подразделение|部署|部门|部門|"
        "osasto|oddelenie"
    ),
    "role": "role|contact role|contact type|buying role|rolle|rôle|rol|ruolo|papel|rola|роль|役割|角色",
    "reports_to": (
        "reports to|manager name|managers name|vorgesetzter|nombre del director|nome del responsabile|"
        "nome do gerente|meno manažéra|主管名稱|主管"
    ),
    "birthday": (
        "birthday|birth date|date of birth|born|geburtstag|geburtsdatum|anniversaire|date de naissance|"
        "cumpleaños|fecha de nacimiento|compleanno|data di nascita|aniversário|data de nascimento|verjaardag|"
        "geboortedatum|urodziny|data urodzenia|дата рождения|誕生日|生年月日|生日|出生日期|narodeniny"
    ),
    "time_zone": "time zone|timezone|zeitzone|fuseau horaire|时区|時區",
    "language": "language|preferred language|sprache|langue|idioma|lingua|taal|język|язык|言語|语言|語言",
    "company": (
        "company|company name|organization|organisation|organization name|organization 1 name|employer|"
        "work company|firma|unternehmen|firmenname|société|entreprise|empresa|organización|società|azienda|"
        "organizzazione|società di lavoro|organização|bedrijf|bedrijfsnaam|organisatie|organizacja|компания|"
        "организация|会社|会社名|公司|公司名称|公司名稱|järjestö|yritys|spoločnosť|organizácia|associated company"
    ),
    "role_name": "security role|profile|user role|benutzerrolle",
    "region_office": "regional office|region|sales region|office|gebiet",
}

CHANNELS: Final[dict[str, str]] = {
    "email": (
        "email|email address|mail|primary email|email value|e mail|mailadresse|email adresse|mail adresse|"
        "primäre email adresse|adresse de messagerie|adresse électronique principale|courriel|adresse email|"
        "correo|correo electrónico|dirección de correo electrónico|dirección del correo electrónico|"
        "dirección de correo electrónico principal|indirizzo email|email principale|posta elettronica|"
        "endereço de email|email primário|correio eletrónico|emailadres|adres email|адрес электронной почты|"
        "электронная почта|почта|メール|メールアドレス|电子邮件|邮箱|电子邮件地址|電子郵件|電子郵件地址|"
        "主要 email|ensisijainen sähköposti|"
        "sähköposti|emailová adresa|upn"
    ),
    "email.second": (
        "secondary email|email 2|other email|alternate email|sekundäre email adresse|weitere email|"
        "adresse électronique secondaire|dirección de correo electrónico secundaria|email secondaria|"
        "email secundário|альтернативный адрес электронной почты|次要 email|備用電子郵件|备用邮箱|"
        "toissijainen sähköposti|"
        "ďalšia emailová adresa"
    ),
    "phone": (
        "phone|phone number|telephone|telephone number|tel|primary phone|main phone|company main phone|"
        "company phone|phone value|telefon|telefonnummer|haupttelefon|rufnummer|téléphone|tél|"
        "téléphone principal|teléfono|teléfono principal|telefono|telefono principale|fone|fone primario|"
        "telefone|telefoon|telefoonnummer|numer telefonu|telefon główny|телефон|номер телефона|電話|電話番号|"
        "电话|电话号码|"
        "電話號碼|代表電話|联系电话|puhelin|telefón|primárny telefón"
    ),
    "phone.work": (
        "työpuhelin|рабочий телефон|商務電話|商务电话|办公电话|公司電話|勤務先電話|telefón do zamestnania|服務電話"
    ),
    "phone.home": "particular|kotipuhelin|домашний телефон|住家電話|家庭电话|住宅电话|自宅電話",
    "mobile": (
        "mobile|mobile phone|mobile number|cell|cell phone|cellphone|home mobile|mobiltelefon|mobil|handy|"
        "mobil tel nr|portable|tél mobile|téléphone mobile|téléphone portable|móvil|teléfono móvil|celular|"
        "celular pessoal|telemóvel|telefono mobile|cellulare|numero cellulare|cellulare di casa|mobiel|"
        "mobiele telefoon|telefon komórkowy|komórka|номер сотового телефона|мобильный телефон|мобильный|携帯|携帯電話|"
        "手机|手机号|手机号码|移动电话|行動電話|手機|手機號碼|matkapuhelinnumero|mobilný telefón"
    ),
    "mobile.other": "work mobile|celular de trabalho|cellulare di lavoro",
    "website": (
        "website|web page|web site|url|homepage|home page|web|website value|company website|webseite|"
        "internetseite|page web|site web|página web|sitio web|pagina web|sito web|sito|site|webpagina|strona www|"
        "strona internetowa|osobista strona sieci web|веб страница|сайт|ウェブサイト|ホームページ|网站|网址|"
        "網頁|網站|verkkosivu|"
        "webová stránka|domain|company domain name"
    ),
}

PLACES: Final[dict[str, str]] = {
    "street": (
        "street|street address|address line 1|address line1|address street|address 1|straße|strasse|rue|calle|"
        "via|rua|straat|ulica|улица|番地|街道|街"
    ),
    "address": (
        "address|full address|adresse|anschrift|dirección|indirizzo|endereço|morada|adres|адрес|住所|地址|住址|adresa|"
        "address formatted|formatted address"
    ),
    "address.work": "työosoite",
    "address.home": "kotiosoite",
    "city": (
        "city|town|locality|suburb|address city|ort|stadt|wohnort|ville|ciudad|localidad|población|città|cidade|"
        "stad|plaats|woonplaats|miasto|город|市区町村|市|城市|市鎮|mesto|kaupunki"
    ),
    "city.home": "kotikaupunki|居住市鎮|居住城市",
    "city.work": "työpaikan kaupunki",
    "region": (
        "region|state|province|state or province|state province|state province name|county|address region|"
        "bundesland|kanton|région|dép région|département|provincia|estado|provincia o estado|stato|regione|"
        "provincie|województwo|область|регион|штат|край|都道府県|県|省|省份|州|縣市|省市|lääni|okres"
    ),
    "region.home": "kodin lääni|居住縣市",
    "postal_code": (
        "postal code|postalcode|zip|zip code|zipcode|postcode|post code|address postal code|plz|postleitzahl|"
        "code postal|código postal|cp|cap|cap postale|cep|kod pocztowy|почтовый индекс|индекс|郵便番号|邮编|"
        "邮政编码|郵遞區號|"
        "psč|postinumero"
    ),
    "postal_code.home": "kodin postinumero|住址郵遞區號",
    "country": (
        "country|country region|country region name|country name|nation|address country|land|staat|land region|"
        "pays|pays région|país|país o región|nazione|nazione regione|paese|região país|país região|kraj|"
        "kraj region|страна|страна регион|国|国名|国家|國家|國家地區|国家地区|krajina oblasť|štát|maa"
    ),
    "country.home": "kotimaa|居住國家|país de residencia|nazione di residenza",
    "coordinates": "coordinates|gps|gps coordinates|lat lon|lat long|koordinaten|coordonnées|coordenadas|coordinate|坐标|座標",
    "place_of_office": "office location|headquarters|hauptsitz",
}

QUALIFIERS: Final[dict[str, str]] = {
    "work": (
        "business|work|office|billing|mailing|geschäftlich|dienstlich|bureau|professionnel|professionnelle|"
        "trabajo|lavoro|comercial|trabalho|werk|zakelijk|biuro|służbowy|раб|рабочий|рабочая|práca|práce|pracovná|"
        "zamestnania|zamestnanie|työpaikan|商務|商务|办公|辦公|勤務先|单位"
    ),
    "home": (
        "home|private|personal|privat|domicile|personnel|privée|domicilio|residencia|particular|casa|residenza|"
        "residência|pessoal|thuis|privé|dom|domowy|дом|домашний|домашняя|domov|kodin|住家|住宅|家庭|自宅|居住"
    ),
    "other": (
        "other|shipping|alternate|alternative|weiterer|weitere|weiteres|autre|otra|otro|altro|altra|outro|outra|"
        "andere|inny|inne|другой|iné|iný|iná|其他|其它|その他|car"
    ),
}
FILLERS: Final = frozenset(
    {
        "al",
        "da",
        "de",
        "del",
        "della",
        "des",
        "di",
        "do",
        "du",
        "e",
        "el",
        "la",
        "le",
        "line",
        "o",
        "of",
        "the",
        "value",
    }
)
KEY_WORDS: Final = frozenset({"code", "guid", "id", "identifier", "ids", "key", "no", "nr", "number", "nummer"})
