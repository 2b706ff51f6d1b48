"""The pool keeps the order, loses nothing but what cannot be done, and gives the same whatever the number of processes."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khabar.pool import AHEAD, CHUNK, LOST, CannotStart, Failure, ordered_map


def make(factor: int) -> Callable[[int], int]:
    if factor == 0:
        raise OSError("no weights")

    def times(item: int) -> int:
        if item == 13:
            raise ValueError("thirteen\nis unlucky")
        if item == 99:
            os.kill(os.getpid(), signal.SIGKILL)
        return item * factor

    return times


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(ordered_map(make, (3,), range(13), jobs)) == [(n, 3 * n) for n in range(13)]
    assert list(ordered_map(make, (3,), [], jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_is_a_failure_of_its_item_alone(jobs: int) -> None:
    found = dict(ordered_map(make, (1,), range(12, 30), jobs))
    assert isinstance(found[13], Failure)
    assert "ValueError: thirteen is unlucky" in found[13].reason
    assert "test_pool.py" in found[13].reason
    assert [v for k, v in found.items() if k != 13] == [12, *range(14, 30)]


def test_a_process_that_dies_loses_one_item() -> None:
    items = [*range(14, 60), 99, *range(60, 98)]
    found = list(ordered_map(make, (2,), items, 2))
    assert [k for k, _ in found] == items
    assert [v for _, v in found] == [LOST if n == 99 else 2 * n for n in items]


def test_only_a_few_items_are_under_way() -> None:
    taken = []

    def items() -> Iterator[int]:
        for n in range(100, 1100):
            taken.append(n)
            yield n

    results = ordered_map(make, (1,), items(), 2)
    next(results)
    assert len(taken) <= (2 * AHEAD + 1) * CHUNK
    results.close()  # type: ignore[attr-defined]


def test_stopping_early_leaves_no_process(tmp_path: Path) -> None:
    results = ordered_map(make, (1,), range(100, 1000), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if children.exists():
        names = [Path(f"/proc/{c}/cmdline").read_bytes() for c in children.read_text().split()]
        assert not [n for n in names if b"spawn_main" in n]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_cannot_start_says_so_once(jobs: int) -> None:
    with pytest.raises(CannotStart, match="OSError: no weights"):
        list(ordered_map(make, (0,), range(100, 200), jobs))
