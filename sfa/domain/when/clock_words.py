"""Words of times of day: parts of the day, zones."""

# A part of the day: the hours it lasts from and to.
PARTS = {
    "early morning": (6, 9), "morning": (6, 12), "late morning": (10, 12), "lunch": (12, 14), "noon": (12, 13),
    "afternoon": (15, 18), "early afternoon": (12, 15), "late afternoon": (16, 18), "evening": (19, 22),
    "early evening": (17, 19), "late evening": (21, 23), "night": (22, 24), "late night": (23, 24), "dawn": (5, 7),
    "dusk": (18, 20), "small hours": (0, 5), "office hours": (9, 17), "end of day": (23, 24),
}  # fmt: skip
PART_NAMES = {
    "morning": "morning", "mornings": "morning", "forenoon": "morning", "lunch": "lunch", "lunchtime": "lunch",
    "afternoon": "afternoon", "afternoons": "afternoon", "arvo": "afternoon", "evening": "evening",
    "evenings": "evening", "eve": "evening", "night": "night", "nights": "night", "nite": "night", "dawn": "dawn",
    "sunrise": "dawn", "dusk": "dusk", "sunset": "dusk",
}  # fmt: skip
LATER_HALF = frozenset(
    ("afternoon", "early afternoon", "late afternoon", "evening", "early evening", "late evening", "lunch", "dusk")
)
NIGHTS = frozenset(("night", "late night"))
NOONS = {"noon": 12, "midday": 12, "noonish": 12, "noontime": 12, "midnight": 0}
ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "ist": 330, "cet": 60, "cest": 120, "met": 60, "eet": 120,
    "eest": 180, "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "et": -300, "ct": -360, "mt": -420, "pt": -480, "jst": 540, "kst": 540, "hkt": 480,
    "sgt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
ZONE_NAMES = {"eastern": -300, "central": -360, "mountain": -420, "pacific": -480}
ABOUT = frozenset(("approximately", "approx", "sharp", "exactly", "ish", "ishly"))
