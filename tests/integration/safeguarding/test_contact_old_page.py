"""C6: whoever says whom a request is about from a page that is old by then says it of those who stood on that page."""

import uuid

import pytest
from flask import Flask

from engage.core import audit
from engage.core.transaction import transaction
from engage.safeguarding import queries_apart, service_duty
from tests.integration.safeguarding.test_apart import team
from tests.integration.safeguarding.test_contact_apart import QUEUE, ask, desk
from tests.support.apps import within
from tests.support.pages import hidden, press

__all__ = ["team"]


def about(request: uuid.UUID) -> str:
    return f"{QUEUE}/{request}/about"


@pytest.mark.parametrize("is_on_duty", [True, False])
def test_c6_somebody_named_since_the_page_was_drawn_stays_named_and_so_is_who_is_named_from_it(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], is_on_duty: bool
) -> None:
    """Neither is the old page refused whole, nor is a reason asked for somebody who was never unticked on it."""
    rosa, ada = team["rosa"], team["ada"]
    with within(app, partnership):
        request = ask("somebody at the home scares me")
        with transaction():
            service_duty.set_order([team["dan"], team["lena"]] if is_on_duty else [team["dan"]])
    lena, dan = desk(app, "lena"), desk(app, "dan")
    old = press(lena, f"{QUEUE}/{request}")
    assert hidden(old, "shown") == []
    press(dan, f"{QUEUE}/{request}")
    press(dan, about(request), people=[str(rosa)])
    assert "see nothing of it" in press(lena, about(request), people=[str(ada)], shown=[])
    with within(app, partnership):
        assert queries_apart.named_in(request) == {rosa, ada}
        assert "contact-taken-off" not in [event.action for event in audit.trail(request)]


def test_c6_taking_somebody_off_an_old_page_takes_nobody_else_off(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """With a reason only whoever was unticked goes; where the reason is asked for, whoever came meanwhile is ticked."""
    rosa, ada = team["rosa"], team["ada"]
    with within(app, partnership):
        request = ask("somebody at the home scares me")
    lena, dan = desk(app, "lena"), desk(app, "dan")
    press(lena, about(request), people=[str(rosa)])
    shown = hidden(press(lena, f"{QUEUE}/{request}"), "shown")
    assert shown == [str(rosa)]
    press(dan, about(request), people=[str(rosa), str(ada)], shown=shown)
    asked = press(lena, about(request), people=[], shown=shown)
    assert "Say why it is not about" in asked
    ticked = [box for box in asked.split("<input")[1:] if "checked" in box.partition(">")[0]]
    assert [str(ada) in box for box in ticked] == [True]
    press(lena, about(request), people=[], shown=shown, mistaken="namesake")
    with within(app, partnership):
        assert queries_apart.named_in(request) == {ada}
        [event] = [event for event in audit.trail(request) if event.action == "contact-taken-off"]
        assert event.detail == {"account": str(rosa), "reason": "namesake"}
