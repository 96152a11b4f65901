"""Invented words for the demo: a maker of workshop equipment, its people, its customers in several countries."""

COMPANY_HEADS = {
    "Germany": ("Nordwerk", "Albruck", "Steinfels", "Hellweg", "Rotbach", "Kesselau", "Lindhorst", "Oberrain", "Wesertal"),
    "United States": ("Copperline", "Redwater", "Stonebridge", "Lakeshore", "Pinecrest", "Ironwood", "Harborview", "Cedar Ridge"),
    "France": ("Valmarin", "Côte-Rive", "Belleroche", "Montclair", "Brévent", "Saint-Loup", "Grandval", "Clairfont"),
    "United Kingdom": ("Ashdown", "Merrow", "Kelbrook", "Thornbury", "Wexcombe", "Hartfield", "Penhallow"),
    "China": ("远东", "华锐", "海川", "明德", "金陵", "瑞丰", "天和", "宏远"),
    "Japan": ("青葉", "富岳", "白川", "桜井"),
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
PHONES = {
    "Germany": "+49 711 5550{:04d}",
    "United States": "+1 303 555 {:04d}",
    "France": "+33 4 72 55 {:02d} {:02d}",
    "United Kingdom": "+44 113 496 {:04d}",
    "China": "+86 512 6855 {:04d}",
    "Japan": "+81 52 955 {:04d}",
}
GIVEN = {
    "Germany": ("Anke", "Jürgen", "Britta", "Holger", "Silke", "Matthias", "Katrin", "Uwe"),
    "United States": ("Laura", "Derek", "Monica", "Travis", "Paula", "Grant", "Denise", "Caleb"),
    "France": ("Élodie", "Benoît", "Camille", "Hugo", "Solène", "Gérard"),
    "United Kingdom": ("Fiona", "Alistair", "Gemma", "Rupert", "Nicola", "Owen"),
    "China": ("伟", "芳", "秀英", "建国", "丽", "志强", "晓明"),
    "Japan": ("健太", "美咲", "直樹"),
}
FAMILY = {
    "Germany": ("Brandt", "Köster", "Lorenz", "Petersen", "Vogt", "Seidel", "Ahrens"),
    "United States": ("Whitaker", "Delgado", "Monroe", "Castell", "Hobbs", "Reyes", "Larkin"),
    "France": ("Marchand", "Lefèvre", "Roussel", "Gauthier", "Perrin"),
    "United Kingdom": ("Hargreaves", "Pemberton", "Whitlock", "Ellis", "Drummond"),
    "China": ("王", "李", "张", "刘", "陈", "赵"),
    "Japan": ("高橋", "山本", "小林"),
}
FAMILY_FIRST = frozenset({"China", "Japan"})
CURRENCIES = {
    "Germany": "EUR",
    "United States": "USD",
    "France": "EUR",
    "United Kingdom": "GBP",
    "China": "CNY",
    "Japan": "JPY",
}
WEIGHTS = {"Germany": 30, "United States": 28, "France": 14, "United Kingdom": 12, "China": 12, "Japan": 4}
INDUSTRIES = (
    "Machine building",
    "Automotive",
    "Aerospace",
    "Electronics",
    "Food and packaging",
    "Energy",
    "Medical devices",
)
TITLES = (
    "Head of purchasing",
    "Plant manager",
    "Maintenance lead",
    "Managing director",
    "Production engineer",
    "Buyer",
)
ROLES = ("Decision maker", "Technical evaluator", "Influencer", "Purchasing", "Executive sponsor")
SOURCES = ("referral", "trade fair", "web", "cold call", "partner", "existing customer")
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
COMPETITORS = ("Brauer & Sohn", "Tectorque", "Ironline", "鼎新机械")
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
    ("Renate Falk", "manager", "Europe"), ("Miguel Ortiz", "manager", "Americas"), ("Lin Jia", "manager", "Asia"),
    ("Alex Winter", "rep", "Europe"), ("Sabine Thoma", "rep", "Europe"), ("Émile Garnier", "rep", "Europe"),
    ("Dana Brooks", "rep", "Americas"), ("Tom Fuller", "rep", "Americas"), ("陈思远", "rep", "Asia"),
)  # fmt: skip
HEAD = ("Victoria Lang", "admin", "")
ME = "Alex Winter"
TERRITORY_OF = {
    "Germany": "Europe",
    "France": "Europe",
    "United Kingdom": "Europe",
    "United States": "Americas",
    "China": "Asia",
    "Japan": "Asia",
}
