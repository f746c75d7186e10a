"""The job registry and the ticks jobs run on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from engage.core import jobs
from engage.core.jobs import Job


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(jobs, "_registry", {})
    return iter([None])


@pytest.mark.parametrize(
    ("minutes", "now", "due"),
    [
        (5, "2026-11-02T09:07:31+00:00", "2026-11-02T09:05:00+00:00"),
        (5, "2026-11-02T09:05:00+00:00", "2026-11-02T09:05:00+00:00"),
        (5, "2026-11-02T09:04:59.999+00:00", "2026-11-02T09:00:00+00:00"),
        (60, "2026-11-02T09:59:00+00:00", "2026-11-02T09:00:00+00:00"),
        (1440, "2026-11-02T23:59:00+00:00", "2026-11-02T00:00:00+00:00"),
        (1440, "2026-06-02T00:30:00+01:00", "2026-06-01T00:00:00+00:00"),
    ],
)
def test_due_at_is_the_tick_now_lies_in(minutes: int, now: str, due: str) -> None:
    job = Job("tidy-up", minutes, lambda: None)
    assert job.due_at(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


def test_two_machines_in_different_zones_find_the_same_tick() -> None:
    job = Job("tidy-up", 5, lambda: None)
    now = datetime(2026, 11, 2, 9, 7, tzinfo=UTC)
    assert job.due_at(now) == job.due_at(now.astimezone(timezone(timedelta(hours=5, minutes=30))))


def test_jobs_register_by_name() -> None:
    @jobs.job("tidy-up", every_minutes=60, scoped=False)
    def tidy() -> None:
        """Nothing."""

    assert jobs.registered() == [Job("tidy-up", 60, tidy, scoped=False)]
    jobs.job("tidy-up", every_minutes=60)(tidy)
    with pytest.raises(ValueError, match="two jobs"):
        jobs.job("tidy-up")(lambda: None)


@pytest.mark.parametrize("minutes", [0, 7, 1441, -5])
def test_minutes_must_divide_a_day(minutes: int) -> None:
    with pytest.raises(ValueError, match="divide a day"):
        jobs.job("tidy-up", every_minutes=minutes)
