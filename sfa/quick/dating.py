"""`sfa date TEXT` at once: its words are read here, so that nothing but the grammar is loaded."""

from sfa.dating import VALUED, tell_date


def date_at_once(arguments: list[str]) -> int | None:
    """Do `sfa date` with its plain options and return the exit code; None where help or an error of words is due."""
    options: dict[str, str] = {}
    words: list[str] = []
    is_json, at = False, 0
    while at < len(arguments):
        word = arguments[at]
        at += 1
        name, has_value, value = word.partition("=")
        if word == "--":
            words += arguments[at:]
            break
        if word == "--json":
            is_json = True
        elif name in VALUED and (has_value or at < len(arguments)):
            options[name] = value if has_value else arguments[at]
            at += not has_value
        elif word.startswith("-") and not word[1:2].isdigit():
            return None
        else:
            words.append(word)
    if not words:
        return None
    return tell_date(
        " ".join(words),
        now=options.get("--now"),
        zone_name=options.get("--tz"),
        language=options.get("--lang", "auto"),
        order=options.get("--order"),
        prefers=options.get("--prefer", "future"),
        is_json=is_json,
    )
