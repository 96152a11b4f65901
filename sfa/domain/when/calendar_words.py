"""English words of days, months and periods."""

WEEKDAYS = {
    "monday": 0, "mondays": 0, "mon": 0, "tuesday": 1, "tuesdays": 1, "tue": 1, "tues": 1, "wednesday": 2,
    "wednesdays": 2, "wed": 2, "weds": 2, "wednes": 2, "thursday": 3, "thursdays": 3, "thu": 3, "thur": 3, "thurs": 3,
    "thrs": 3, "friday": 4, "fridays": 4, "fri": 4, "saturday": 5, "saturdays": 5, "sat": 5, "sunday": 6,
    "sundays": 6, "sun": 6, "wensday": 2, "wendesday": 2, "tuseday": 1, "thrusday": 3, "firday": 4,
}  # fmt: skip
PLURAL_WEEKDAYS = frozenset(("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"))
# Short names that are also words, or names of people and companies.
DOUBTFUL_WEEKDAYS = frozenset(("mon", "wed", "sat", "sun"))
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "febr": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9,
    "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12, "febuary": 2, "agust": 8,
}  # fmt: skip
# A month alone that may be a verb, a name or another word needs a word before it that makes it a month.
DOUBTFUL_MONTHS = frozenset(("may", "march", "april", "june", "august", "jan", "mar", "dec"))
BEFORE_MONTHS = frozenset((
    "in", "of", "by", "until", "till", "til", "since", "during", "throughout", "through", "before", "after", "next",
    "last", "this", "every", "each", "mid", "early", "late", "from", "to", "between", "around", "end", "-", "past",
    "coming", "following", "previous", "for",
))  # fmt: skip
RELATIVE_DAYS = {
    "today": 0, "todays": 0, "tod": 0, "2day": 0, "tomorrow": 1, "tomorrows": 1, "tmr": 1, "tmrw": 1, "tmw": 1,
    "tomo": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tom": 1, "yesterday": -1, "yesterdays": -1, "yday": -1, "overmorrow": 2,
}  # fmt: skip
TURNS = {
    "next": 1, "following": 1, "coming": 1, "upcoming": 1, "this": 0, "current": 0, "last": -1, "past": -1,
    "previous": -1, "prev": -1, "nxt": 1, "same": 0,
}  # fmt: skip
NEAREST_TURNS = frozenset(("coming", "upcoming", "following"))
PERIODS = {
    "week": "week", "weeks": "week", "wk": "week", "month": "month", "months": "month", "mth": "month", "mo": "month",
    "quarter": "quarter", "quarters": "quarter", "qtr": "quarter", "year": "year", "years": "year", "yr": "year",
    "day": "day", "days": "day", "decade": "decade", "century": "century",
}  # fmt: skip
SEASONS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 23), "fall": (9, 23), "winter": (12, 21)}
EDGES = {
    "eod": ("end", "day"), "eow": ("end", "week"), "eom": ("end", "month"), "eoq": ("end", "quarter"),
    "eoy": ("end", "year"), "cob": ("end", "day"), "bom": ("start", "month"), "boq": ("start", "quarter"),
    "boy": ("start", "year"), "bow": ("start", "week"),
}  # fmt: skip
EDGE_WORDS = {
    "end": "end", "ends": "end", "close": "end", "start": "start", "beginning": "start", "begin": "start",
    "middle": "middle", "mid": "middle", "early": "early", "earlier": "early", "late": "late", "later": "late",
}  # fmt: skip
OPENING = frozenset((
    "on", "at", "by", "in", "from", "for", "until", "till", "til", "untill", "before", "after", "since", "around",
    "about", "due", "@", "between", "within", "during", "throughout", "circa", "~", "through", "starting",
    "effective", "sometime", "towards", "toward", "the",
))  # fmt: skip
RANGE_WORDS = frozenset(("to", "till", "til", "until", "untill", "through", "thru", "-", "~", "--", "upto"))
COPULAS = {"is": False, "are": False, "was": True, "were": True}
# What may follow a bare hour (`tue 10 with Jane`); a noun there would make it a count.
AFTER_HOURS = frozenset((
    "on", "at", "in", "for", "with", "to", "till", "until", "through", "and", "or", "by", "from", "re", "about", "call",
    "meet", "meeting", "demo", "visit", "lunch", "send", "email", "mail", "ask", "tell", "see", "today", "tomorrow",
    "this", "next", "tonight", "sharp", "then", "but", "because", "after", "before", "every", "each", "the", "-", "~",
    "@", "#", "&", "+", "i", "we", "he", "she", "they",
))  # fmt: skip
# Whoever follows these is a person: `call tom`.
BEFORE_PEOPLE = frozenset((
    "call", "called", "meet", "met", "with", "email", "emailed", "ask", "asked", "tell", "told", "see", "saw", "visit",
    "visited", "from", "for", "to", "and", "mail", "mailed", "ring", "rang", "phone", "phoned", "talked", "spoke",
))  # fmt: skip
# Behind these words `3.2.` is a number at the end of a sentence.
COUNTED = frozenset((
    "version", "v", "release", "rev", "chapter", "section", "paragraph", "room", "no", "nr", "number", "step", "part",
    "item", "point", "is", "are", "was", "were", "about", "around", "approx", "roughly", "to", "up", "down", "costs",
    "cost", "price", "margin", "factor", "x", "of", "than", "least", "most", "$", "€", "£", "¥", "#", ".", ",",
))  # fmt: skip
