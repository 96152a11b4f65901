"""Family names with a title or a pet word, as people are spoken of: 王经理, 老周, Ms. Lopez."""

HAN_TITLES = (
    "董事长", "总经理", "副总", "总监", "经理", "主任", "厂长", "部长", "处长", "科长", "工程师", "老师", "老板", "先生", "女士",
    "小姐", "博士", "教授", "医生", "董", "总", "工",
)  # fmt: skip
_PET_WORDS = ("老", "小", "阿")
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "herr", "frau", "monsieur", "madame", "mme", "mlle", "sir")
)  # fmt: skip
_LONGEST_FAMILY = 2


def family_of(name: str) -> str:
    """Return the family name in a name with a title, nothing where it has none."""
    if name.isascii() or " " in name:
        title, _, family = name.partition(" ")
        return family.strip() if title.lower().rstrip(".") in _TITLES else ""
    family = next((name[: -len(title)] for title in HAN_TITLES if name.endswith(title)), "")
    if not family and len(name) == _LONGEST_FAMILY and name.startswith(_PET_WORDS):
        family = name[1:]
    return family if len(family) <= _LONGEST_FAMILY else ""
