"""Feasts: on which day they fall in a year."""

from datetime import date

from sfa.domain.when.days import add_days, easter, make_day, nth_weekday, orthodox_easter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# (month, day); (month, weekday, count), -1 the last; one number: days from Easter Sunday; a name: by the moon.
_FEASTS: dict[str, tuple[int, ...] | str] = {
    "new year": (1, 1), "new years": (1, 1), "new years day": (1, 1), "new year day": (1, 1),
    "new years eve": (12, 31), "new year eve": (12, 31), "nye": (12, 31), "silvester": (12, 31), "epiphany": (1, 6),
    "valentines": (2, 14), "valentines day": (2, 14), "valentine day": (2, 14), "saint valentines day": (2, 14),
    "st patricks day": (3, 17), "saint patricks day": (3, 17), "st paddys day": (3, 17),
    "womens day": (3, 8), "international womens day": (3, 8), "april fools": (4, 1), "april fools day": (4, 1),
    "earth day": (4, 22), "may day": (5, 1), "midsummer": (6, 24), "midsummer day": (6, 24),
    "juneteenth": (6, 19), "independence day": (7, 4), "bastille day": (7, 14), "assumption day": (8, 15),
    "german unity day": (10, 3), "halloween": (10, 31), "all saints": (11, 1), "all saints day": (11, 1),
    "all souls day": (11, 2), "guy fawkes": (11, 5), "bonfire night": (11, 5), "veterans day": (11, 11),
    "armistice day": (11, 11), "remembrance day": (11, 11), "singles day": (11, 11), "st nicholas day": (12, 6),
    "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "xmas day": (12, 25), "xmas eve": (12, 24),
    "christmas eve": (12, 24), "boxing day": (12, 26), "st stephens day": (12, 26),
    "saint stephens day": (12, 26), "groundhog day": (2, 2), "groundhogs day": (2, 2),
    "st davids day": (3, 1), "pi day": (3, 14), "st georges day": (4, 23), "anzac day": (4, 25), "cinco de mayo": (5, 5),
    "canada day": (7, 1), "st andrews day": (11, 30), "australia day": (1, 26),
    "labour day": (5, 1), "workers day": (5, 1), "childrens day": (6, 1), "national day": (10, 1),
    "remembrance sunday": (11, 6, 2), "election day": (11, 0, 1, 1), "st nicholas": (12, 6),
    "early may bank holiday": (5, 0, 1), "spring bank holiday": (5, 0, -1), "summer bank holiday": (8, 0, -1),
    "labor day": (9, 0, 1), "memorial day": (5, 0, -1), "presidents day": (2, 0, 3), "washingtons birthday": (2, 0, 3),
    "martin luther king day": (1, 0, 3), "mlk day": (1, 0, 3), "mlk jr day": (1, 0, 3), "civil rights day": (1, 0, 3),
    "columbus day": (10, 0, 2), "mothers day": (5, 6, 2), "mother day": (5, 6, 2), "fathers day": (6, 6, 3),
    "father day": (6, 6, 3), "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "turkey day": (11, 3, 4),
    "black friday": (11, 3, 4, 1), "cyber monday": (11, 3, 4, 4), "grandparents day": (9, 0, 1, 6),
    "orthodox easter": "orthodox", "orthodox easter sunday": "orthodox",
    "easter": (0,), "easter sunday": (0,), "easter day": (0,), "easter monday": (1,), "easter mon": (1,),
    "good friday": (-2,), "easter friday": (-2,), "maundy thursday": (-3,), "holy thursday": (-3,),
    "palm sunday": (-7,), "ash wednesday": (-46,), "shrove tuesday": (-47,), "pancake day": (-47,),
    "mardi gras": (-47,), "fat tuesday": (-47,), "shrove monday": (-48,), "holy saturday": (-1,),
    "ascension": (39,), "ascension day": (39,), "pentecost": (49,), "whitsun": (49,), "whitsunday": (49,),
    "whit sunday": (49,), "whit monday": (50,), "pentecost monday": (50,), "trinity sunday": (56,),
    "corpus christi": (60,), "mothering sunday": (-21,),
    "chinese new year": "1-1", "chinese new years day": "1-1", "lunar new year": "1-1", "lunar new years day": "1-1",
    "chinese lunar new years day": "1-1", "spring festival": "1-1", "lantern festival": "1-15",
    "dragon boat festival": "5-5", "mid-autumn festival": "8-15", "mid autumn festival": "8-15",
    "moon festival": "8-15", "qingming": "qingming", "qingming festival": "qingming", "tomb sweeping day": "qingming",
}  # fmt: skip
LONGEST = 5
FIRST_WORDS = frozenset(name.replace("-", " ").split()[0] for name in _FEASTS)
_MOST_SHIFTED = 4


def feast(name: str) -> "Callable[[int], date] | None":
    """Return what tells the day of a feast in a year, None where there is no such feast."""
    rule = _FEASTS.get(name)
    if rule is None:
        return None

    def on(year: int) -> date:
        return by_rule(rule, year)

    return on


def by_rule(rule: tuple[int, ...] | str, year: int) -> date:
    """Return the day that a rule of a feast means in a year.

    Raises:
        WhenError: the moon's calendar is not known for that year.
    """
    if rule == "orthodox":
        return orthodox_easter(year)
    if isinstance(rule, str):
        from sfa.domain.when.lunar import lunar_feast  # noqa: PLC0415 - asked for by few

        return lunar_feast(rule, year)
    if len(rule) == 1:
        return add_days(easter(year), rule[0])
    if len(rule) == 2:  # noqa: PLR2004 - month and day
        return make_day(year, rule[0], rule[1])
    day = nth_weekday(year, rule[0], rule[1], rule[2])
    return add_days(day, rule[3]) if len(rule) == _MOST_SHIFTED else day
