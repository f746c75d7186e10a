"""The verb of the demo: build Larkmoor, in one piece or not at all."""

from dataclasses import dataclass
from pathlib import Path

from engage.core.errors import Conflict
from engage.core.transaction import transaction
from engage.desk.demo import sign_ins, texts
from engage.desk.demo.answering import build_answers, build_quotes
from engage.desk.demo.cases import build_cases, prepare_cases, six_words
from engage.desk.demo.cast import Cast, acting
from engage.desk.demo.codebook import build_codebook
from engage.desk.demo.place import build_place, prepare_people
from engage.desk.demo.reading import build_reading
from engage.desk.demo.reports import build_reports
from engage.desk.demo.surveys import CLOSED, build_surveys
from engage.desk.demo.visits import build_visits
from engage.people import queries as people
from engage.people.kinds import Role
from engage.people.passwords import Passwords
from engage.understanding.releases import service as releases

RELEASED = ("your-voice", CLOSED)


@dataclass(frozen=True)
class Installation:
    """Where the product lives, how it hashes passwords, and from which day of a month results may be frozen anew."""

    home: Path
    passwords: Passwords
    release_day: int


def is_there() -> bool:
    """Whether Larkmoor stands here."""
    return people.get_partnership(texts.place().slug) is not None


def build(here: Installation) -> None:
    """Build Larkmoor with a year of answers, and keep how its people sign in. Conflict where it stands already."""
    if is_there():
        raise Conflict("partnership-exists")
    accounts, cases = prepare_people(here.passwords), prepare_cases()
    with transaction():
        cast = build_place(accounts)
        build_surveys(cast)
        build_cases(cast, cases)
        build_visits(cast)
        build_reading(cast)
        themes = build_codebook(cast, here.release_day)
        _freeze(cast, here)
        build_quotes(cast, themes)
        build_answers(cast, themes)
        build_reports(cast)
        lines = [f"Sign-in: {one.sign_in.line}" for one in accounts]
        # Before the commit: a demo that nobody can sign in to is not kept.
        sign_ins.write(here.home, [*lines, f"Six words: {six_words(cases)}"])


def _freeze(cast: Cast, here: Installation) -> None:
    place = releases.Place(here.home / "snapshots", here.release_day)
    with acting(cast.people[Role.ANALYST]) as analyst:
        for survey in RELEASED:
            releases.make_release(survey, place, analyst)
