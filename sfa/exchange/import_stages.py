"""Stage, outcome and closing of an imported deal, made to agree."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from db.queries import stages as queries
from db.seeds import PIPELINE_ID
from sfa.domain.text import fold
from sfa.services.desk import Desk

CLOSED = frozenset({"won", "lost"})
_WON = re.compile(r"\b(?:closed[ _-]*won|won|win|closedwon|gewonnen|赢单)\b")
_LOST = re.compile(r"\b(?:closed[ _-]*lost|lost|closedlost|verloren|输单)\b")
_LONG_WORD = re.compile(r"\w{4,}")
ALIKE = 5
_NUMBERED = re.compile(r"^\d+\s*[-.):]\s*")


class DealStages:
    """The stages of the first pipeline by name, and what each means for a deal."""

    def __init__(self, desk: Desk) -> None:
        self._stages = queries.stages(desk.store, queries.first_pipeline(desk.store) or PIPELINE_ID)
        self._by_text: dict[str, Any] = {}
        self.notes: list[str] = []

    def columns(self, values: Mapping[str, Any], today: str) -> dict[str, Any]:
        """Return the columns that stage, outcome, dates and probability decide.

        Raises:
            LookupError: no such stage, or the values contradict each other.
        """
        stage = self._stage(values.get("stage"), values.get("outcome"), values.get("probability"))
        closed = _day(values.get("closed"))
        close = _day(values.get("close_date"))
        created = _day(values.get("created"))
        is_closed = stage["type"] in CLOSED
        if is_closed:
            closed = closed or close or today
        created = created or (closed if is_closed else None) or today
        if is_closed and closed is not None and closed < created:
            raise LookupError(f"closed on {closed}, before it was created on {created}")
        return {
            "stage_id": stage["id"],
            "close_date": close or (closed if is_closed else None),
            "created_on": created,
            "closed_on": closed if is_closed else None,
            "is_won": int(stage["type"] == "won") if is_closed else None,
            **self._probability(values, stage, is_closed=is_closed),
        }

    @staticmethod
    def _probability(values: Mapping[str, Any], stage: Mapping[str, Any], *, is_closed: bool) -> dict[str, Any]:
        given = values.get("probability")
        category = values.get("category")
        is_own = given is not None and not is_closed and given != stage["probability_ppm"]
        is_own_category = category is not None and not is_closed and category != stage["category"]
        return {
            "probability_ppm": given if is_own else stage["probability_ppm"],
            "is_probability_overridden": int(is_own),
            "category": category if is_own_category else stage["category"],
            "is_category_overridden": int(is_own_category),
        }

    def _stage(self, text: object, outcome: object, probability: int | None) -> Any:  # noqa: ANN401 - a row of the store
        if outcome in CLOSED:
            return next(item for item in self._stages if item["type"] == outcome)
        if text is None:
            return next(item for item in self._stages if item["type"] == "open")
        found = self._named(str(text), probability)
        if outcome == "open" and found["type"] in CLOSED:
            raise LookupError(f"the deal is open, its stage {text} is not")
        return found

    def _named(self, text: str, probability: int | None) -> Any:  # noqa: ANN401 - as above
        if text not in self._by_text:
            self._by_text[text] = self._look(text) or self._nearest(text, probability)
        found = self._by_text[text]
        if found is None:
            names = ", ".join(item["name"] for item in self._stages)
            raise LookupError(f'no stage is called {text} (stages: {names}); --values "stage:{text}=..." maps it')
        return found

    def _nearest(self, text: str, probability: int | None) -> Any:  # noqa: ANN401 - as above
        """Return the open stage of the same number or the nearest probability, and tell it; never in silence."""
        is_open = [item for item in self._stages if item["type"] == "open"]
        number = re.match(r"\d+", text.strip())
        if number and 1 <= int(number[0]) <= len(is_open):
            found = is_open[int(number[0]) - 1]
        elif probability is not None:
            found = min(is_open, key=lambda item: abs(item["probability_ppm"] - probability))
        else:
            return None
        self.notes.append(f'The stage {text} is taken as {found["name"]}; --values "stage:{text}=..." says otherwise.')
        return found

    def _look(self, text: str) -> Any:  # noqa: ANN401 - as above
        wanted = _NUMBERED.sub("", fold(text))
        for fits in (_is_same, _begins_alike, _shares_word, _is_near):
            matching = [item for item in self._stages if fits(fold(item["name"]), wanted)]
            if len(matching) == 1:
                return matching[0]
        for pattern, kind in ((_WON, "won"), (_LOST, "lost")):
            if pattern.search(wanted):
                return next(item for item in self._stages if item["type"] == kind)
        return None


def _is_same(name: str, wanted: str) -> bool:
    return name == wanted


def _begins_alike(name: str, wanted: str) -> bool:
    return bool(wanted) and (name.startswith(wanted) or wanted.startswith(name))


def _shares_word(name: str, wanted: str) -> bool:
    return bool(set(_LONG_WORD.findall(name)) & set(_LONG_WORD.findall(wanted)))


def _is_near(name: str, wanted: str) -> bool:
    """Tell whether both begin with the same five letters: Qualify and Qualification."""
    return len(wanted) >= ALIKE and name[:ALIKE] == wanted[:ALIKE]


def _day(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None
