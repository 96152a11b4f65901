"""ISO 4217: which codes exist, how many decimals they have, and the signs that people write."""

_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP"
    " CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES"
    " KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR"
    " NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS"
    " TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG"
)
_OTHERS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_EXPONENTS = {code: 2 for code in _TWO.split()} | {
    code: exponent for exponent, codes in _OTHERS.items() for code in codes.split()
}
SYMBOLS = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY", "円": "JPY",
    "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₫": "VND", "₴": "UAH", "₪": "ILS", "zł": "PLN", "Kč": "CZK",
    "R$": "BRL", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NT$": "TWD", "Fr.": "CHF", "kr": "SEK",
}  # fmt: skip


def exponent(code: str) -> int:
    """Return how many decimals the currency has.

    Raises:
        KeyError: no such currency.
    """
    return _EXPONENTS[code]


def is_currency(code: str) -> bool:
    """Tell whether it is a code of ISO 4217."""
    return code in _EXPONENTS
