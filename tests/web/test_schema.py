"""The API is what its description says: tried by schemathesis."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from khabar.web import Settings, create_app


@pytest.fixture(scope="session")
def described(filled: str) -> Any:
    return schemathesis.openapi.from_asgi(
        "/api/openapi.json", create_app(Settings(fast=True, workspace=filled, names=("testserver",)))
    )


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CALM = settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def test_the_api_is_as_described(described: Any) -> None:
    tried = 0
    for result in described.get_all_operations():
        operation = result.ok()
        if (operation.method.upper(), operation.path) == ("POST", "/api/uploads"):
            continue  # it would add to the workspace that other tests read

        @CALM
        @given(case=operation.as_strategy())
        def as_described(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        as_described()
        tried += 1
    assert tried > 15
