"""A recurrence in words, Chinese."""

from sfa.domain.recurrence.values import RecurrenceSet, Rule
from sfa.domain.recurrence.wording import WHOLE_WEEK, WORK_DAYS, until_day

DAYS = "一二三四五六日"
UNITS = {
    "SECONDLY": "秒",
    "MINUTELY": "分钟",
    "HOURLY": "小时",
    "DAILY": "天",
    "WEEKLY": "周",
    "MONTHLY": "个月",
    "YEARLY": "年",
}
SINGLE = {"MONTHLY": "每月", "HOURLY": "每小时", "MINUTELY": "每分钟"}


def describe_chinese(found: RecurrenceSet) -> str:
    """Return when a set takes place, as `每2周的周一、周三，至2027年3月31日`."""
    if not found.is_recurring:
        return "一次"
    text = "；".join(describe_rule_chinese(rule, found) for rule in found.rules) or "指定日期"
    if found.extras and found.rules:
        text += f"，另加{len(found.extras)}天"
    if found.excluded:
        text += f"，{len(found.excluded)}天除外"
    return text


def describe_rule_chinese(rule: Rule, base: RecurrenceSet) -> str:
    """Return one rule in words; what it leaves open is the start's."""
    unit = UNITS[rule.freq]
    every = f"每{rule.interval}{unit}" if rule.interval > 1 else SINGLE.get(rule.freq, f"每{unit}")
    days = "的".join(filter(None, [_weeks(rule), _days(rule, base)]))
    months = _months(rule, base)
    when = months + days
    if rule.by_set_pos:
        when = f"{when}中的{'、'.join(_nth(number) for number in rule.by_set_pos)}个"
    glue = "的" if when and rule.interval > 1 else ""
    return f"{every}{glue}{when}{_clock(rule)}{_end(rule, base)}"


def _nth(number: int) -> str:
    if number == -1:
        return "最后一"
    return f"第{number}" if number > 0 else f"倒数第{-number}"


def _weeks(rule: Rule) -> str:
    return f"第{'、'.join(str(number) for number in rule.by_week_no)}周" if rule.by_week_no else ""


def _days(rule: Rule, base: RecurrenceSet) -> str:
    words = []
    if rule.by_year_day:
        words += [f"{_nth(number)}天" for number in rule.by_year_day]
    if rule.by_day:
        words.append(_weekdays(rule))
    if rule.by_month_day:
        words += [_month_day(number) for number in sorted(rule.by_month_day, key=lambda number: (number < 0, number))]
    if words:
        return "、".join(words)
    if rule.freq == "WEEKLY":
        return f"周{DAYS[base.start.weekday()]}"
    return _month_day(base.start.day) if rule.freq in ("MONTHLY", "YEARLY") and not rule.by_week_no else ""


def _month_day(number: int) -> str:
    if number == -1:
        return "最后一天"
    return f"{number}日" if number > 0 else f"倒数第{-number}天"


def _weekdays(rule: Rule) -> str:
    if {weekday for _, weekday in rule.by_day} == WORK_DAYS and not any(ordinal for ordinal, _ in rule.by_day):
        return "工作日"
    if len(rule.by_day) == WHOLE_WEEK and not any(ordinal for ordinal, _ in rule.by_day):
        return "任一天"
    return "、".join(f"{_nth(ordinal) + '个' if ordinal else ''}周{DAYS[weekday]}" for ordinal, weekday in rule.by_day)


def _months(rule: Rule, base: RecurrenceSet) -> str:
    if rule.by_month:
        return "、".join(f"{month}月" for month in rule.by_month)
    return f"{base.start.month}月" if rule.freq == "YEARLY" and not rule.has_day_parts else ""


def _clock(rule: Rule) -> str:
    parts = (("点", rule.by_hour), ("分", rule.by_minute), ("秒", rule.by_second))
    return "".join(f"{'、'.join(str(number) for number in numbers)}{unit}" for unit, numbers in parts if numbers)


def _end(rule: Rule, base: RecurrenceSet) -> str:
    if rule.count is not None:
        return f"，共{rule.count}次"
    if rule.until is None:
        return ""
    day = until_day(rule.until, base)
    return f"，至{day.year}年{day.month}月{day.day}日"
