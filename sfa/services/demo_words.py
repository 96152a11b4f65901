"""Invented words for the demo: a maker of workshop equipment, its people, its customers in several countries.

Names of companies and people stand with how a mail address writes them.
"""

from sfa.domain.text import fold


def _latin(*names: str) -> dict[str, str]:
    return {name: "".join(sign for sign in fold(name) if sign.isascii() and sign.isalnum()) for name in names}


COMPANY_HEADS = {
    "Germany": _latin(
        "Nordkamm", "Albwerra", "Steinlohe", "Hollerau", "Rotbachtal", "Kesselau", "Lindacker", "Oberrain",
        "Wesergrund", "Grünhagen",
    ),
    "United States": _latin(
        "Copperfen", "Ashwater", "Quillback", "Brindle Creek", "Hollin Ridge", "Osprey Flat", "Pinemarch", "Ironsedge",
        "Cedar Notch", "Blue Tarn",
    ),
    "France": _latin(
        "Valmarin", "Côte-Rive", "Belleroche", "Montaigu-Rive", "Brévanne", "Saint-Orlan", "Grandval", "Clairvière",
    ),
    "United Kingdom": _latin(
        "Ashmere", "Merrowby", "Kelbrook", "Thornwick", "Wexcombe", "Hartsmoor", "Penhallow",
    ),
    "China": {
        "澜舟": "lanzhou", "砚山": "yanshan", "禾岭": "heling", "青隅": "qingyu", "云桥": "yunqiao", "朗峪": "langyu",
        "泊川": "bochuan", "砺原": "liyuan",
    },
    "Japan": {"碧野": "aono", "霧沢": "kirisawa", "白鷺台": "shirasagidai", "瀬戸原": "setohara", "楓ヶ丘": "kaedegaoka"},
}  # fmt: skip
COMPANY_TAILS = {
    "Germany": ("Maschinenbau GmbH", "Antriebstechnik GmbH", "Metall AG", "Werkzeuge KG", "Systeme GmbH"),
    "United States": ("Manufacturing Inc.", "Industries LLC", "Tools Corp.", "Logistics Inc.", "Fabrication LLC"),
    "France": ("Mécanique SA", "Industrie SARL", "Outillage SA", "Équipements SAS"),
    "United Kingdom": ("Engineering Ltd", "Works Ltd", "Components plc", "Motors Ltd"),
    "China": ("机械有限公司", "仪器有限公司", "科技有限公司", "电子集团"),
    "Japan": ("製作所", "工業株式会社", "精機"),
}
CITIES = {
    "Germany": ("Stuttgart", "Bremen", "Leipzig", "Köln", "Nürnberg"),
    "United States": ("Denver", "Cleveland", "Austin", "Portland", "Milwaukee"),
    "France": ("Lyon", "Nantes", "Grenoble", "Lille"),
    "United Kingdom": ("Leeds", "Bristol", "Derby"),
    "China": ("苏州", "深圳", "武汉", "成都"),
    "Japan": ("名古屋", "大阪"),
}
STREETS = {
    "Germany": ("Industriestraße", "Am Gleisdreieck", "Werkring"),
    "United States": ("Foundry Road", "Mill Avenue", "Depot Street"),
    "France": ("Rue des Forges", "Quai de l’Usine"),
    "United Kingdom": ("Canal Street", "Works Lane"),
    "China": ("工业园路", "科技大道"),
    "Japan": ("港町", "栄町"),
}
PHONES = {
    "Germany": "+49 711 5550###",
    "United States": "+1 303 555 01##",
    "France": "+33 4 72 55 ## ##",
    "United Kingdom": "+44 113 496 0###",
    "China": "+86 512 6855 ####",
    "Japan": "+81 52 955 ####",
}
MOBILES = {
    "Germany": "+49 151 5550####",
    "United States": "+1 720 555 01##",
    "France": "+33 6 39 98 ## ##",
    "United Kingdom": "+44 7700 900###",
    "China": "+86 138 0512 ####",
    "Japan": "+81 90 5550 ####",
}
GIVEN = {
    "Germany": _latin("Anke", "Jürgen", "Britta", "Holger", "Silke", "Matthias", "Katrin", "Uwe"),
    "United States": _latin("Laura", "Derek", "Monica", "Travis", "Paula", "Grant", "Denise", "Caleb"),
    "France": _latin("Élodie", "Benoît", "Camille", "Hugo", "Solène", "Gérard"),
    "United Kingdom": _latin("Fiona", "Alistair", "Gemma", "Rupert", "Nicola", "Owen"),
    "China": {
        "伟": "wei", "芳": "fang", "秀英": "xiuying", "建国": "jianguo", "丽": "li", "志强": "zhiqiang",
        "晓明": "xiaoming",
    },
    "Japan": {"健太": "kenta", "美咲": "misaki", "直樹": "naoki", "陽子": "yoko"},
}  # fmt: skip
FAMILY = {
    "Germany": _latin("Brandt", "Köster", "Lorenz", "Petersen", "Vogt", "Seidel", "Ahrens"),
    "United States": _latin("Whitaker", "Delgado", "Monroe", "Castell", "Hobbs", "Reyes", "Larkin"),
    "France": _latin("Marchand", "Lefèvre", "Roussel", "Gauthier", "Perrin"),
    "United Kingdom": _latin("Hargreaves", "Pemberton", "Whitlock", "Ellis", "Drummond"),
    "China": {"王": "wang", "李": "li", "张": "zhang", "刘": "liu", "陈": "chen", "赵": "zhao", "欧阳": "ouyang"},
    "Japan": {"高橋": "takahashi", "山本": "yamamoto", "小林": "kobayashi"},
}
FAMILY_FIRST = frozenset({"China", "Japan"})
LANGUAGES = {
    "Germany": "de", "United States": "en", "France": "fr", "United Kingdom": "en", "China": "zh", "Japan": "ja",
}  # fmt: skip
CURRENCIES = {
    "Germany": "EUR", "United States": "USD", "France": "EUR", "United Kingdom": "GBP", "China": "CNY", "Japan": "JPY",
}  # fmt: skip
RATES_PER_CENT = {"EUR": 92, "USD": 100, "GBP": 79, "CNY": 720, "JPY": 15_000}
WEIGHTS = {"Germany": 30, "United States": 28, "France": 14, "United Kingdom": 12, "China": 12, "Japan": 4}
AREA_OF = {
    "Germany": "Europe",
    "France": "Europe",
    "United Kingdom": "Europe",
    "United States": "Americas",
    "China": "Asia",
    "Japan": "Asia",
}
INDUSTRIES = (
    "Machine building", "Automotive", "Aerospace", "Electronics", "Food and packaging", "Energy", "Medical devices",
)  # fmt: skip
TITLES = (
    "Head of purchasing", "Plant manager", "Maintenance lead", "Managing director", "Production engineer", "Buyer",
)  # fmt: skip
ROLES = ("Decision maker", "Technical evaluator", "Influencer", "Purchasing", "Executive sponsor")
SOURCES = ("referral", "trade fair", "web", "cold call", "partner", "existing customer")
TAGS = ("key", "trial", "renewal", "board")
PRODUCTS = (
    ("TL-100", "Torque bench TL-100", "Benches", 18_400),
    ("TL-250", "Torque bench TL-250", "Benches", 32_900),
    ("TL-600", "Torque bench TL-600", "Benches", 74_500),
    ("GR-12", "Grinding cell GR-12", "Cells", 128_000),
    ("GR-20", "Grinding cell GR-20", "Cells", 212_000),
    ("CT-5", "Coolant station CT-5", "Stations", 9_800),
    ("CT-9", "Coolant station CT-9", "Stations", 21_300),
    ("MS-1", "Measuring arm MS-1", "Measuring", 26_700),
    ("MS-3", "Measuring arm MS-3", "Measuring", 48_200),
    ("SV-A", "Service contract, basic", "Service", 4_900),
    ("SV-B", "Service contract, extended", "Service", 11_500),
    ("TR-2", "Operator training, two days", "Service", 3_200),
)
REASONS = ("price", "competitor", "budget", "no decision", "missing feature", "delivery time", "unresponsive")
WIN_REASONS = ("Service nearby", "Accuracy at the demo", "Delivery time", "Price over five years", "Known from before")
COMPETITORS = ("Brauholt & Sohn", "Tectorque", "Ironwhit", "砺锋机械")
STEPS = (
    "send the quote",
    "call about the budget",
    "agree on a date for the demo",
    "answer the technical questions",
    "visit the plant",
    "get the order signed",
)
SUBJECTS = {
    "call": ("Call about the quote", "Call about delivery", "Follow-up call", "Call about the budget"),
    "email": ("Sent the brochure", "Sent the quote", "Answered questions", "Sent references"),
    "visit": ("Visit to the plant", "Walked the line with the team"),
    "meeting": ("Meeting with purchasing", "Review of the offer"),
    "demo": ("Demo on site", "Demo at our workshop"),
}
OUTCOMES = ("connected", "connected", "positive", "neutral", "no_answer", "left_message", "next_step_set", "negative")
TASKS = (
    "Send quote",
    "Call back",
    "Prepare the demo",
    "Ask for the drawings",
    "Check delivery time",
    "Send references",
)
NOTES = (
    "Prefers calls before nine. The budget round is in October.",
    "Runs two shifts; a visit is best in the afternoon.",
    "Had trouble with the coolant of the old station, wants it solved first.",
    "The new plant manager comes from the automotive side and knows our benches.",
)
TEAM = (
    ("Renate Falk", "manager", "Europe"), ("Miguel Ortiz", "manager", "Americas"), ("林佳", "manager", "Asia"),
    ("Alex Winter", "rep", "Europe"), ("Sabine Thoma", "rep", "Europe"), ("Émile Garnier", "rep", "Europe"),
    ("Dana Brooks", "rep", "Americas"), ("Tom Fuller", "rep", "Americas"),
    ("陈思远", "rep", "Asia"), ("中村あかり", "rep", "Asia"),
)  # fmt: skip
HEAD = ("Victoria Lang", "admin")
ME = "Alex Winter"
