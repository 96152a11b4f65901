"""In which order day, month and year of a date in figures stand where someone lives."""

_MONTH_FIRST_ZONES = frozenset((
    "new_york", "detroit", "chicago", "denver", "boise", "phoenix", "los_angeles", "anchorage", "juneau", "honolulu",
))  # fmt: skip
_YEAR_FIRST_ZONES = frozenset((
    "shanghai", "urumqi", "chongqing", "harbin", "taipei", "tokyo", "seoul", "ulaanbaatar", "budapest", "prc", "japan",
    "rok", "roc",
))  # fmt: skip
_DAY_FIRST_AREAS = frozenset(("europe", "africa", "australia", "asia", "atlantic", "indian", "america"))
_MONTH_FIRST_REGIONS = frozenset(("US", "PH"))
_YEAR_FIRST_REGIONS = frozenset(("CN", "TW", "JP", "KR", "MN", "HU", "LT"))
_ELSEWHERE = "mdy"


def local_order(zone_name: str = "", locale_name: str = "") -> str:
    """Return dmy, mdy or ymd for a zone (`Europe/Berlin`), else for a locale (`en_GB.UTF-8`), else mdy as in the US."""
    area, _, city = zone_name.casefold().rpartition("/")
    if area == "us" or city in _MONTH_FIRST_ZONES:
        return "mdy"
    if city in _YEAR_FIRST_ZONES:
        return "ymd"
    if area.partition("/")[0] in _DAY_FIRST_AREAS:
        return "dmy"
    region = locale_name.partition(".")[0].partition("_")[2]
    if region in _YEAR_FIRST_REGIONS:
        return "ymd"
    return "dmy" if region and region not in _MONTH_FIRST_REGIONS else _ELSEWHERE
