"""Floors on the time suites of other projects."""

import os

import pytest

from tests.peers import times

FLOORS = {"Duckling Time": 0.85, "Duckling Duration": 0.8, "Recognizers Date": 0.75, "Recognizers DatePeriod": 0.75}


@pytest.fixture(scope="module")
def found() -> list[times.Case]:
    if not times.PEERS.is_dir() and os.environ.get("CI") != "true":
        pytest.skip("the peers' suites stand in shared/ beside the repository, which is not here")
    cases = times.cases()
    print("\n" + times.show(times.table(cases)))
    return cases


@pytest.mark.parametrize("suite", FLOORS)
def test_a_suite_is_read_as_its_project_reads_it(suite: str, found: list[times.Case]) -> None:
    total, refused, right = times.table(found)[suite]
    assert right / (total - refused) >= FLOORS[suite]


def test_no_case_that_is_read_as_its_project_does_is_refused(found: list[times.Case]) -> None:
    right = {(case.suite, case.name) for case in found if case.right}
    assert not right & set(times.refused())
