"""ISO 4217: which codes exist, how many decimals they have, and the signs that people write."""

_TWO_DECIMALS = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY"
    " COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS"
    " INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR"
    " MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP"
    " STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
)
_OTHERS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_WITHDRAWN = "ANG BGN HRK"  # since 2023; files still name them
_EXPONENTS = dict.fromkeys(f"{_TWO_DECIMALS} {_WITHDRAWN}".split(), 2) | {
    code: decimals for decimals, codes in _OTHERS.items() for code in codes.split()
}
SYMBOLS = {
    "人民币": "CNY", "US$": "USD", "HK$": "HKD", "NT$": "TWD", "CA$": "CAD", "AU$": "AUD", "NZ$": "NZD", "RMB": "CNY",
    "Fr.": "CHF", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港元": "HKD", "港币": "HKD", "R$": "BRL",
    "A$": "AUD", "C$": "CAD", "S$": "SGD", "zł": "PLN", "Kč": "CZK", "kr": "SEK", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY", "円": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY",
    "₫": "VND", "₴": "UAH", "₪": "ILS", "฿": "THB", "₱": "PHP", "₦": "NGN",
}  # fmt: skip
"""Signs and the currency each means where nothing else is known, longer ones before those that they end in."""
_SHARED = {
    "$": "ARS AUD BBD BMD BND BSD BZD CAD CLP COP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU XCD",
    "£": "EGP FKP GBP GIP SHP",
    "¥": "CNY JPY",
    "￥": "CNY JPY",
    "元": "CNY HKD MOP TWD",
    "kr": "DKK ISK NOK SEK",
}


def exponent(code: str) -> int:
    """Return how many decimals the currency has.

    Raises:
        KeyError: no such currency.
    """
    return _EXPONENTS[code]


def is_currency(code: str) -> bool:
    """Tell whether it is a code of ISO 4217."""
    return code in _EXPONENTS


def currency_of(sign: str, own: str) -> str:
    """Return what a sign of SYMBOLS means to somebody whose own currency is known: ¥ is yen where one counts in yen."""
    return own if own in _SHARED.get(sign, "").split() else SYMBOLS[sign]


def shown_amount(minor: int, currency: str) -> str:
    """Return whole minor units as people read them: `-12,500.50 EUR`."""
    places = exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    decimals = f".{rest:0{places}d}" if places else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{decimals} {currency}"
