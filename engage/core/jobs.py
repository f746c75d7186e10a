"""What the worker runs: a registry of jobs, and the row that lets one due run be claimed once.

A job pulls what there is to do and may be run again at any time: a run that was claimed and then killed is made good by
the next tick.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, begin_write, db
from engage.core.transaction import transaction

_DAY_MINUTES = 24 * 60
_KEEP_DAYS = 40
_SET_BACK = timedelta(minutes=2)


class JobRun(Base):
    """One claimed run of a job, or a mark. Says nothing about anybody: a name and a minute."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)


@dataclass(frozen=True)
class Job:
    """`run` is called every `every_minutes` minutes; once in each partnership's scope, or once in none."""

    name: str
    every_minutes: int
    run: Callable[[], object]
    scoped: bool = True

    def due_at(self, now: datetime) -> datetime:
        """The tick `now` lies in, counted from midnight UTC, so that every process finds the same one."""
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        passed = (now - midnight) // timedelta(minutes=self.every_minutes)
        return midnight + passed * timedelta(minutes=self.every_minutes)


_registry: dict[str, Job] = {}


def job(
    name: str, *, every_minutes: int = 5, scoped: bool = True
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Registers the decorated function under a kebab-case name; `every_minutes` divides a day.

    `scoped`: the function is called once for each partnership, inside its scope and with a session of its own.
    """
    if every_minutes < 1 or _DAY_MINUTES % every_minutes:
        raise ValueError(f"{name}: {every_minutes} minutes do not divide a day")

    def register(run: Callable[[], object]) -> Callable[[], object]:
        known = _registry.setdefault(name, Job(name, every_minutes, run, scoped))
        if known.run is not run:
            raise ValueError(f"two jobs are called {name}")
        return run

    return register


def registered() -> list[Job]:
    """Every job there is, by name."""
    return sorted(_registry.values(), key=lambda known: known.name)


def claim(name: str, due_at: datetime) -> bool:
    """Whether this process may do the run of `name` due at `due_at`; False where another one has claimed it.

    A transaction of its own. Forgets claims of the same job that are older than forty days; and, where some lie ahead,
    those from this run on: the clock was set back, and nothing may wait until it has caught up.
    """
    past, ahead = due_at - timedelta(days=_KEEP_DAYS), due_at + _SET_BACK
    mine = JobRun.name == name
    try:
        with transaction():
            if db.session.scalar(sa.select(JobRun.due_at).where(mine, JobRun.due_at > ahead).limit(1)) is not None:
                db.session.execute(sa.delete(JobRun).where(mine, JobRun.due_at >= due_at))
            db.session.execute(sa.insert(JobRun).values(name=name, due_at=due_at))
            db.session.execute(sa.delete(JobRun).where(mine, JobRun.due_at < past))
    except IntegrityError:
        return False
    return True


def mark(name: str, at: datetime) -> None:
    """Write down a minute under a name that is no job's, instead of the one there was; in the present transaction."""
    session = begin_write()
    session.execute(sa.delete(JobRun).where(JobRun.name == name))
    session.execute(sa.insert(JobRun).values(name=name, due_at=at))


def marked(*names: str) -> dict[str, datetime]:
    """The minutes under these names, of those that have one."""
    rows = db.session.execute(sa.select(JobRun.name, JobRun.due_at).where(JobRun.name.in_(names)))
    return {row.name: row.due_at for row in rows}
