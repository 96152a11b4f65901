"""The server keeps to its own description, whatever is asked of it: requests made by schemathesis."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

from sfa.server import opening
from sfa.server.app import create_app
from sfa.server.settings import Limits, Settings
from tests.support.sync_servers import ADMIN, Moment, code_for

EXAMPLES = 60
FREE = Limits(failures=10**6, enrol_burst=10**6, sync_burst=10**6, connections=1)


def _each_case(schema: Any, check: Callable[[Any], None]) -> None:  # noqa: ANN401 - schemathesis has no types here
    for result in schema.get_all_operations():
        operation = result.ok()
        strategy = operation.as_strategy()
        quick = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        quick(given(case=strategy)(check))()


@pytest.mark.parametrize("role", ["nobody", "Ann", ADMIN])
def test_no_request_makes_the_server_stumble_or_answer_beside_its_description(
    sqlite_place: opening.Place, moment: Moment, role: str
) -> None:
    app = create_app(Settings(sqlite_place.open, sqlite_place.org, FREE, moment.tell, moment.steady))
    headers = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if role != "nobody":
            code = code_for(sqlite_place, role, moment.now)
            token = TestClient(app).post("/v1/enrol", json={"code": code, "schema": 1}).json()["token"]
            headers["Authorization"] = f"Bearer {token}"
        schema = schemathesis.openapi.from_asgi("/openapi.json", app)
        seen: set[tuple[str, int]] = set()

        def check(case: Any) -> None:  # noqa: ANN401 - as above
            answer = case.call(headers=headers)
            seen.add((case.path, answer.status_code))
            assert answer.status_code < 500, (case.method, case.path, case.body, answer.text)
            case.operation.validate_response(answer)

        _each_case(schema, check)
        assert ("/health", 200) in seen
        assert ("/v1/sync", 401 if role == "nobody" else 200) in seen
    app.state.pool.close()
