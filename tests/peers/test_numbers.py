"""Floors on the number suites of other projects."""

import os

import pytest

from tests.peers import numbers

FLOORS = {
    "Duckling Numeral": 0.98,
    "Duckling Ordinal": 0.98,
    "NeMo cardinal": 0.98,
    "NeMo decimal": 0.95,
    "NeMo fraction": 0.95,
    "Recognizers Number": 0.95,
    "Recognizers Ordinal": 0.9,
    "Recognizers Percent": 0.9,
    "Recognizers NumberRange": 0.75,
}


def _need_suites() -> None:
    if not numbers.PEERS.is_dir() and os.environ.get("CI") != "true":
        pytest.skip("the peers' suites stand in shared/ beside the repository, which is not here")


@pytest.fixture(scope="module")
def counts() -> dict[str, tuple[int, int, int]]:
    _need_suites()
    found = numbers.table(numbers.cases())
    print("\n" + numbers.show(found))
    return found


@pytest.mark.parametrize("suite", FLOORS)
def test_a_suite_is_read_as_its_project_reads_it(suite: str, counts: dict[str, tuple[int, int, int]]) -> None:
    total, refused, right = counts[suite]
    assert right / (total - refused) >= FLOORS[suite]


def test_every_refused_case_exists_and_is_indeed_read_otherwise() -> None:
    _need_suites()
    wrong = {(case.suite, case.name) for case in numbers.cases() if not case.right}
    assert set(numbers.refused()) <= wrong
