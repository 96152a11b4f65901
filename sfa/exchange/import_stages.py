"""Stage, outcome and closing of an imported deal, made to agree."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from db.queries import imports
from db.queries import stages as queries
from sfa.domain.text import fold
from sfa.exchange.choice_words import CHOICE_WORDS
from sfa.exchange.import_entries import RowProblem, stored
from sfa.services.desk import Desk
from sfa.services.stages import CLOSED, default_pipeline

Stage = Mapping[str, Any]
_NUMBERED: Final = re.compile(r"^(\d+)\s*[-.):/]?\s*(?=\D)")
_NO_STAGE_WORDS: Final = frozenset({"yes", "no", "true", "false", "1", "0"})
_LEAST_STEM: Final = 5


class DealStages:
    """The stages of all pipelines by name, and what each means for a deal."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._today = desk.today.isoformat()
        self._first = default_pipeline(desk)
        self._pipelines = {fold(item["name"]): str(item["id"]) for item in imports.pipelines(desk.store)}
        self._stages: dict[str, list[Stage]] = {}
        self._by_text: dict[tuple[str, str], Stage | None] = {}
        self._by_outcome: dict[tuple[object, ...], Stage] = {}
        self.notes: list[str] = []
        self.undated = 0

    def columns(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the columns that stage, outcome, dates and probability decide.

        Raises:
            RowProblem: no such stage, or the values contradict each other.
        """
        stage = self._stage(values)
        closed, close, created = (stored(values.get(name)) for name in ("closed", "close_date", "created"))
        if stage["type"] in CLOSED:
            self.undated += not (closed or close)
            closed = closed or close or self._today
            self._check_closing(closed, created)
        elif closed:
            raise RowProblem(f"an open deal ({stage['name']}) has no day of closing; close_date is the expected one")
        return {
            "stage_id": stage["id"],
            "pipeline_id": stage["pipeline_id"],
            "close_date": close or closed,
            "created_on": created or closed or self._today,
            "closed_on": closed,
            "is_won": int(stage["type"] == "won") if stage["type"] in CLOSED else None,
            **_forecast(values, stage),
        }

    def _check_closing(self, closed: str, created: str | None) -> None:
        if closed > self._today:
            raise RowProblem(f"closed on {closed}, which lies ahead")
        if created and closed < created:
            raise RowProblem(f"closed on {closed}, before it was created on {created}")

    def _stage(self, values: Mapping[str, Any]) -> Stage:
        text, outcome = values.get("stage"), values.get("outcome")
        key = (values.get("pipeline"), text, outcome)
        found = self._by_outcome.get(key)
        if found is None:
            pipeline = self._pipeline(values.get("pipeline"))
            found = self._decided(pipeline, text, outcome, values.get("probability"))
            self._by_outcome[key] = found
        return found

    def _decided(self, pipeline: str, text: object, outcome: str | None, probability: int | None) -> Stage:
        """Return the stage of stage and outcome together; won and lost have the last word."""
        stages = self._of(pipeline)
        if text is None or outcome in CLOSED:
            stage = self._of_type(stages, outcome or "open")
            named = self._look(stages, str(text)) if text else None
            if named and named["type"] in CLOSED and named["type"] != stage["type"]:
                raise RowProblem(f"the deal is {outcome}, its stage “{text}” is not")
            return stage
        found = self._named(pipeline, str(text), probability)
        if outcome == "open" and found["type"] in CLOSED:
            raise RowProblem(f"the deal is open, its stage “{text}” is not")
        return found

    def _pipeline(self, text: object) -> str:
        if text is None:
            return self._first
        found = self._pipelines.get(fold(str(text)))
        if found is None:
            raise RowProblem(f"no pipeline is called “{text}”; there are: {', '.join(self._pipelines)}")
        return found

    def _of(self, pipeline: str) -> list[Stage]:
        if pipeline not in self._stages:
            self._stages[pipeline] = list(queries.stages(self._desk.store, pipeline))
        return self._stages[pipeline]

    @staticmethod
    def _of_type(stages: list[Stage], kind: str) -> Stage:
        found = next((item for item in stages if item["type"] == kind), None)
        if found is None:
            raise RowProblem(f"the pipeline has no stage for {kind} deals")
        return found

    def _named(self, pipeline: str, text: str, probability: int | None) -> Stage:
        stages = self._of(pipeline)
        if (pipeline, text) not in self._by_text:
            found = self._look(stages, text)
            self._by_text[pipeline, text] = found or self._nearest(stages, text, probability)
        found = self._by_text[pipeline, text]
        if found is None:
            names = ", ".join(item["name"] for item in stages)
            raise RowProblem(
                f'no stage is called {text} (stages: {names}); say what it means: --values "stage:{text}=..."'
            )
        return found

    def _nearest(self, stages: list[Stage], text: str, probability: int | None) -> Stage | None:
        """Return the open stage of the same number or the nearest probability, and tell it; never in silence."""
        is_open = [item for item in stages if item["type"] == "open"]
        number = _NUMBERED.match(text.strip())
        if number and 1 <= int(number[1]) <= len(is_open):
            found = is_open[int(number[1]) - 1]
        elif probability is not None and is_open:
            found = min(is_open, key=lambda item: abs(item["probability_ppm"] - probability))
        else:
            return None
        self.notes.append(f'The stage {text} is taken as {found["name"]}; --values "stage:{text}=..." says otherwise.')
        return found

    def _look(self, stages: list[Stage], text: str) -> Stage | None:
        """Return the stage of that name, without its number: whole, its beginning, a word for won or lost, its stem."""
        wanted = fold(_NUMBERED.sub("", text.strip()))
        if not wanted:
            return None
        for test in _tests(wanted):
            matching = [item for item in stages if test(fold(item["name"]))]
            if len(matching) == 1:
                return matching[0]
        kind = CHOICE_WORDS["outcome"].get(wanted.replace("-", " ").replace("_", " "))
        if kind in CLOSED and wanted not in _NO_STAGE_WORDS:
            return next((item for item in stages if item["type"] == kind), None)
        return self._by_stem(stages, text, wanted)

    def _by_stem(self, stages: list[Stage], text: str, wanted: str) -> Stage | None:
        matching = [item for item in stages if fold(item["name"])[:_LEAST_STEM] == wanted[:_LEAST_STEM]]
        words = set(re.findall(r"\w{4,}", wanted))
        matching = matching or [item for item in stages if words & set(re.findall(r"\w{4,}", fold(item["name"])))]
        if len(matching) != 1 or len(wanted) < _LEAST_STEM:
            return None
        note = f"The stage {text} is taken as {matching[0]['name']}."
        if note not in self.notes:
            self.notes.append(note)
        return matching[0]


def _tests(wanted: str) -> tuple[Callable[[str], bool], ...]:
    return (lambda name: name == wanted, lambda name: name.startswith(wanted) or wanted.startswith(name))


def _forecast(values: Mapping[str, Any], stage: Stage) -> dict[str, Any]:
    """Return probability and category, and whether each is the row's own; a closed deal has those of its stage."""
    probability, category = values.get("probability"), values.get("category")
    is_open = stage["type"] not in CLOSED
    if is_open and category == "closed":
        raise RowProblem("the category “closed” is for won deals")
    is_own = is_open and probability is not None and probability != stage["probability_ppm"]
    is_own_category = is_open and category is not None and category != stage["category"]
    return {
        "probability_ppm": probability if is_own else stage["probability_ppm"],
        "is_probability_overridden": int(is_own),
        "category": category if is_own_category else stage["category"],
        "is_category_overridden": int(is_own_category),
    }
