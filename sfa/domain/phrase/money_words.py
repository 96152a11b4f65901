"""The words of money: factors, currencies, and the nouns that make a number a count of things."""

from sfa.domain.phrase.tables import listed

FACTORS = {
    "k": 3, "thousand": 3, "tsd": 3, "grand": 3, "lakh": 5, "lakhs": 5, "lac": 5, "m": 6, "mm": 6, "mn": 6, "mil": 6,
    "mio": 6, "million": 6, "millions": 6, "crore": 7, "crores": 7, "b": 9, "bn": 9, "bil": 9, "mrd": 9, "billion": 9,
    "billions": 9, "trillion": 12, "hundred": 2,
}  # fmt: skip
"""Powers of ten, as they stand behind a number."""
GLUED_CURRENCIES = {"meur": ("EUR", 6), "musd": ("USD", 6), "mgbp": ("GBP", 6), "keur": ("EUR", 3), "kusd": ("USD", 3)}
COMMA_FACTORS = ("tsd", "mio", "mrd")
"""German words: the comma before them parts decimals."""
NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
HAN_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "壹": 1, "二": 2, "贰": 2, "两": 2, "三": 3, "叁": 3, "四": 4, "肆": 4, "五": 5, "伍": 5,
    "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
HAN_FACTORS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8, "兆": 12}
HAN_COINS = {"元": 0, "块": 0, "角": 1, "毛": 1, "分": 2}
"""Decimals that a coin stands at: 50元6角三分 is 50.63."""
SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₫": "VND", "₴": "UAH",
    "₪": "ILS", "฿": "THB", "₱": "PHP", "₦": "NGN", "₾": "GEL", "₸": "KZT", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₭": "LAK",
    "₮": "MNT", "₼": "AZN", "֏": "AMD", "៛": "KHR", "৳": "BDT", "﷼": "IRR",
}  # fmt: skip
DOLLARS = {
    "us": "USD", "usd": "USD", "u.s": "USD", "hk": "HKD", "hkd": "HKD", "nt": "TWD", "ntd": "TWD", "ca": "CAD",
    "can": "CAD", "c": "CAD", "cad": "CAD", "au": "AUD", "aud": "AUD", "a": "AUD", "nz": "NZD", "nzd": "NZD", "r": "BRL",
    "s": "SGD", "sg": "SGD", "sgd": "SGD", "mx": "MXN", "mex": "MXN", "j": "JMD", "tt": "TTD", "bz": "BZD", "b": "BND",
    "z": "ZWG", "n": "NAD", "fj": "FJD",
}  # fmt: skip
"""What stands before a dollar sign."""
SHORTS = {
    "fr": "CHF", "sfr": "CHF", "kr": "SEK", "rs": "INR", "rmb": "CNY", "zł": "PLN", "zl": "PLN", "kč": "CZK", "ft": "HUF",
    "lei": "RON", "rp": "IDR", "rm": "MYR", "円": "JPY", "元": "CNY", "块": "CNY", "ரூ": "LKR", "yen": "JPY",
    "btc": "", "sen": "", "rub": "RUB", "lv": "BGN", "дин": "RSD", "руб": "RUB",
}  # fmt: skip
"""Short forms, before or behind the number; with an empty code, a currency that ISO 4217 does not know."""
UNITS = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP",
    "pounds": "GBP", "quid": "GBP", "sterling": "GBP", "yen": "JPY", "yens": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "kuai": "CNY", "franc": "CHF", "francs": "CHF", "rupee": "INR", "rupees": "INR", "ruble": "RUB", "rubles": "RUB",
    "rouble": "RUB", "roubles": "RUB", "won": "KRW", "rand": "ZAR", "rands": "ZAR", "real": "BRL", "reais": "BRL",
    "reals": "BRL", "peso": "MXN", "pesos": "MXN", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK",
    "koruna": "CZK", "korunas": "CZK", "krónur": "ISK", "zloty": "PLN", "zlotys": "PLN", "forint": "HUF",
    "forints": "HUF", "leu": "RON", "lira": "TRY", "liras": "TRY", "lire": "", "baht": "THB", "ringgit": "MYR",
    "ringgits": "MYR", "rupiah": "IDR", "dong": "VND", "dirham": "AED", "dirhams": "AED", "riyal": "SAR",
    "riyals": "SAR", "rial": "IRR", "rials": "IRR", "dinar": "KWD", "dinars": "KWD", "shekel": "ILS", "shekels": "ILS",
    "hryvnia": "UAH", "hryvnias": "UAH", "naira": "NGN", "nairas": "NGN", "cedi": "GHS", "cedis": "GHS",
    "shilling": "KES", "shillings": "KES", "birr": "ETB", "taka": "BDT", "tenge": "KZT", "lari": "GEL", "dram": "AMD",
    "manat": "AZN", "som": "KGS", "sum": "UZS", "tugrik": "MNT", "kip": "LAK", "kyat": "MMK", "riel": "KHR",
    "pataca": "MOP", "patacas": "MOP", "lev": "BGN", "leva": "BGN", "kuna": "HRK", "denar": "MKD", "lek": "ALL",
    "sol": "PEN", "soles": "PEN", "boliviano": "BOB", "bolivianos": "BOB", "guarani": "PYG", "guaranis": "PYG",
    "colon": "CRC", "colones": "CRC", "quetzal": "GTQ", "quetzals": "GTQ", "lempira": "HNL", "cordoba": "NIO",
    "balboa": "PAB", "gourde": "HTG", "bolivar": "VES", "bolivars": "VES", "kwacha": "ZMW", "pula": "BWP",
    "metical": "MZN", "ariary": "MGA", "dalasi": "GMD", "leone": "SLE", "leones": "SLE", "nakfa": "ERN", "loti": "LSL",
    "lilangeni": "SZL", "kwanza": "AOA", "escudo": "CVE", "escudos": "CVE", "afghani": "AFN", "afghanis": "AFN",
    "ngultrum": "BTN", "rufiyaa": "MVR", "vatu": "VUV", "tala": "WST", "kina": "PGK", "paanga": "TOP",
    "somoni": "TJS", "ouguiya": "MRU",
    "pence": "", "penny": "", "pennies": "", "cent": "", "cents": "", "bitcoin": "", "bitcoins": "", "markka": "",
    "markkaa": "", "mark": "", "marks": "", "guilder": "", "guilders": "", "drachma": "", "drachmas": "", "peseta": "",
    "pesetas": "", "schilling": "", "schillings": "", "sen": "", "punt": "", "punts": "",
}  # fmt: skip
"""Names of currencies behind a number; with an empty code, one that ISO 4217 does not know, or a part of one."""
COUNTRIES = {
    "us": "USD", "u.s": "USD", "american": "USD", "united states": "USD", "australian": "AUD", "canadian": "CAD",
    "hong kong": "HKD", "hongkong": "HKD", "singapore": "SGD", "singaporean": "SGD", "new zealand": "NZD",
    "taiwan": "TWD", "new taiwan": "TWD", "chinese": "CNY", "japanese": "JPY", "british": "GBP", "egyptian": "EGP",
    "sudanese": "SDG", "syrian": "SYP", "lebanese": "LBP", "irish": "", "swiss": "CHF", "french": "", "belgian": "",
    "cfa": "XOF", "turkish": "TRY", "italian": "", "indian": "INR", "pakistani": "PKR", "pakistan": "PKR",
    "sri lankan": "LKR", "nepalese": "NPR", "mauritian": "MUR", "indonesian": "IDR", "mexican": "MXN",
    "argentine": "ARS", "chilean": "CLP", "colombian": "COP", "philippine": "PHP", "cuban": "CUP", "uruguayan": "UYU",
    "dominican": "DOP", "swedish": "SEK", "danish": "DKK", "norwegian": "NOK", "icelandic": "ISK", "czech": "CZK",
    "polish": "PLN", "hungarian": "HUF", "romanian": "RON", "moldovan": "MDL", "bulgarian": "BGN", "russian": "RUB",
    "belarusian": "BYN", "ukrainian": "UAH", "georgian": "GEL", "armenian": "AMD", "south korean": "KRW",
    "korean": "KRW", "north korean": "KPW", "south african": "ZAR", "brazilian": "BRL", "peruvian": "PEN",
    "israeli": "ILS", "saudi": "SAR", "qatari": "QAR", "yemeni": "YER", "iranian": "IRR", "omani": "OMR",
    "kuwaiti": "KWD", "iraqi": "IQD", "jordanian": "JOD", "bahraini": "BHD", "tunisian": "TND", "algerian": "DZD",
    "libyan": "LYD", "serbian": "RSD", "moroccan": "MAD", "emirati": "AED", "uae": "AED", "kenyan": "KES",
    "tanzanian": "TZS", "ugandan": "UGX", "somali": "SOS", "nigerian": "NGN", "ghanaian": "GHS", "thai": "THB",
    "malaysian": "MYR", "vietnamese": "VND", "finnish": "", "german": "", "dutch": "", "spanish": "", "greek": "",
    "austrian": "", "jamaican": "JMD", "bermudian": "BMD", "bahamian": "BSD", "barbadian": "BBD", "namibian": "NAD",
    "fijian": "FJD", "liberian": "LRD", "congolese": "CDF", "rwandan": "RWF", "guinean": "GNF", "burundian": "BIF",
    "djiboutian": "DJF", "comorian": "KMF", "zambian": "ZMW", "kazakhstani": "KZT", "azerbaijani": "AZN",
}  # fmt: skip
"""Whose currency, before its name; with an empty code, one that ISO 4217 no longer knows."""
HAN_UNITS = {
    "人民币": "CNY", "元": "CNY", "块钱": "CNY", "块": "CNY", "圆": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR",
    "英镑": "GBP", "日元": "JPY", "日圆": "JPY", "港元": "HKD", "港币": "HKD", "澳元": "AUD", "加元": "CAD", "新元": "SGD",
    "新加坡元": "SGD", "新西兰元": "NZD", "纽元": "NZD", "台币": "TWD", "新台币": "TWD", "韩元": "KRW", "韩币": "KRW",
    "卢布": "RUB", "瑞士法郎": "CHF", "法郎": "CHF", "泰铢": "THB", "卢比": "INR", "印度卢比": "INR", "巴基斯坦卢比": "PKR",
    "越南盾": "VND", "林吉特": "MYR", "马币": "MYR", "印尼盾": "IDR", "比索": "PHP", "菲律宾比索": "PHP", "墨西哥比索": "MXN",
    "阿根廷比索": "ARS", "智利比索": "CLP", "雷亚尔": "BRL", "巴西雷亚尔": "BRL", "兰特": "ZAR", "南非兰特": "ZAR",
    "里拉": "TRY", "土耳其里拉": "TRY", "迪拉姆": "AED", "里亚尔": "SAR", "沙特里亚尔": "SAR", "伊朗里亚尔": "IRR",
    "第纳尔": "KWD", "科威特第纳尔": "KWD", "谢克尔": "ILS", "奈拉": "NGN", "克朗": "SEK", "瑞典克朗": "SEK",
    "挪威克朗": "NOK", "丹麦克朗": "DKK", "冰岛克朗": "ISK", "捷克克朗": "CZK", "福林": "HUF", "兹罗提": "PLN", "列伊": "RON",
    "格里夫纳": "UAH", "坚戈": "KZT", "澳门元": "MOP", "澳门币": "MOP", "索尔": "PEN", "先令": "KES", "塔卡": "BDT",
    "图格里克": "MNT", "基普": "LAK", "缅元": "MMK", "瑞尔": "KHR", "美分": "", "便士": "", "马克": "", "比特币": "",
    "刀": "USD", "欧": "EUR",
}  # fmt: skip
COUNTED = listed(
    "seats, seat, users, user, units, unit, pcs, pieces, piece, licenses, licences, license, licence, "
    "employees, people, persons, heads, staff, km, kg, g, t, ton, tons, tonnes, tonne, m2, sqm, mm, cm, "
    "lbs, miles, hits, visitors, followers, views, boxes, box, pallets, pallet, machines, devices, sets, "
    "copies, items, orders, hours, hrs, days, weeks, months, years, calls"
)
"""Nouns behind a number that make it no amount: 40k seats."""
HAN_COUNTED = frozenset("人个台件套只条张辆吨斤米次家户用座箱本瓶名位份支公平")
NEEDS_COUNTRY = listed("won, real, reals, sum, som, mark, marks, sol, soles, colon, lev, lek, kip, tala, rand, dong")
"""Currencies whose bare name is a common word: they count behind a country only."""
WORDS_TOO = listed("all, try, top, cup, mad, pen, gel, sos, mop, bob, cop, rub, mur, bam, ang, dop, lak, ron, sar, sek")
"""Codes of ISO 4217 that are words or names too, when typed small."""
