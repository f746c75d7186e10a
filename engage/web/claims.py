"""What the product promises people who are not signed in: each sentence with the tests that show it (C3).

A sentence is rendered only while `proven.json` holds the digest of it with its tests. `make test` writes that record: a
claim is in it when every test named here ran and passed, and leaves it when one failed. Changing a word, or which tests
show it, takes the sentence off the pages until they have run again. What is no claim of ours (limits, rules) stands in
templates.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from flask import Flask
from flask_babel import gettext

from engage.rules.marking import to_translate

RECORD = Path(__file__).with_name("proven.json")


class Place(StrEnum):
    """Where a claim is made: on the page of what is kept, or before every survey."""

    ANSWERS = "answers"
    COOKIES = "cookies"
    INTRO = "intro"


@dataclass(frozen=True)
class Claim:
    """One sentence. `tests` are node ids without parameters; all must pass."""

    id: str
    place: Place
    words: str
    tests: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Of the sentence and its tests: what the record says was proven."""
        return hashlib.sha256(json.dumps([self.id, self.words, sorted(self.tests)]).encode()).hexdigest()[:32]


_TESTS = "tests/integration"
_ANONYMITY, _KEEPS = f"{_TESTS}/anonymity", f"{_TESTS}/test_journey_keeps.py"

CLAIMS = (
    Claim(
        "no-name-and-no-time",
        Place.ANSWERS,
        to_translate("We do not ask your name. We keep your answers and the week, not the day or the time."),
        (
            f"{_KEEPS}::test_n3_an_anonymous_row_knows_its_week_and_nothing_finer",
            f"{_ANONYMITY}/test_canary.py::test_n1_nothing_that_gives_somebody_away_is_anywhere",
            f"{_ANONYMITY}/test_unlink.py::test_n2_no_order_in_any_store_tells_who_came_when",
        ),
    ),
    Claim(
        "no-address",
        Place.ANSWERS,
        to_translate("We do not keep the address of your phone or computer."),
        (
            f"{_ANONYMITY}/test_canary.py::test_n1_nothing_that_gives_somebody_away_is_anywhere",
            f"{_ANONYMITY}/test_canary_served.py::test_n1_the_served_product_keeps_nothing_of_who_asked",
            "tests/unit/web/test_limits.py::test_n14_no_address_is_in_the_counts",
        ),
    ),
    Claim(
        "drafts-are-yours",
        Place.ANSWERS,
        to_translate("Nobody can read your answers before you send them. The key to them is only on your device."),
        (f"{_KEEPS}::test_n6_a_draft_opens_only_with_its_own_secret",),
    ),
    Claim(
        "words-are-locked",
        Place.ANSWERS,
        to_translate("Your own words are locked away (encrypted). A trained person reads them."),
        (
            f"{_KEEPS}::test_n6_nothing_written_can_be_read_in_the_database",
            "tests/integration/voices/test_keeping.py::test_n6_no_words_lie_in_the_database_files",
            "tests/unit/core/test_crypto.py::test_n6_encryption_failure_is_a_refusal_never_plaintext",
        ),
    ),
    Claim(
        "five-minutes",
        Place.ANSWERS,
        to_translate(
            "If your words make a reader worry, the time of that is kept in steps of five minutes until they have "
            "dealt with it. After that only the week stays."
        ),
        (
            "tests/integration/safeguarding/test_raising.py::test_n3_a_flag_and_its_notice_stand_on_a_tick",
            "tests/integration/safeguarding/test_triage.py::test_n3_a_decision_forgets_the_time_and_keeps_the_week",
        ),
    ),
    Claim(
        "small-groups",
        Place.ANSWERS,
        to_translate("Numbers about small groups are never shown."),
        (f"{_TESTS}/test_releases.py::test_a_release_shows_no_small_number",),
    ),
    Claim(
        "no-cookie",
        Place.COOKIES,
        to_translate("None when you only look around."),
        (f"{_TESTS}/test_desk_public.py::test_n8_public_pages_set_no_cookie",),
    ),
    Claim(
        "one-cookie",
        Place.COOKIES,
        to_translate(
            "One while you answer, so that nobody else can read your answers. It goes when you close the browser, and "
            "fifteen minutes after you send."
        ),
        (f"{_KEEPS}::test_n8_one_cookie_from_start_and_gone_after_sending",),
    ),
    Claim(
        "nobody-before-sending",
        Place.INTRO,
        to_translate("Nobody can see your answers until you send them."),
        (f"{_KEEPS}::test_n6_a_draft_opens_only_with_its_own_secret",),
    ),
)


@cache
def proven() -> frozenset[str]:
    """The digests in the record that came with the product; none where it cannot be read."""
    try:
        found: Mapping[str, str] = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(found.values())


def shown(place: str, record: Collection[str] | None = None) -> list[str]:
    """The sentences that may be said at `place`, in the language of this page."""
    known = proven() if record is None else record
    return [gettext(claim.words) for claim in CLAIMS if claim.place == place and claim.digest in known]


def init_app(app: Flask) -> None:
    """Give templates `claims('answers')`."""
    app.jinja_env.globals["claims"] = shown
