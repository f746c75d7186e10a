"""What the views of a journey share: the door they stand behind, and where somebody is when they ask for a page."""

from collections.abc import Sequence
from typing import Protocol

from flask import abort
from flask.typing import ResponseReturnValue

from engage.listening.surveys import journey as journeys
from engage.listening.surveys import showing
from engage.listening.surveys.flow import Flow, NotOpen, Step
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.links import Links
from engage.web import layout
from engage.web import respondent as answering


class Door(Protocol):
    """What one feature adds to the journey."""

    def find(self, where: dict[str, str]) -> Flow:
        """The flow at this address, open or closed; raises NotOpen where there never was one."""
        ...

    def elsewhere(self) -> Sequence[Step]:
        """Other doors, as (address, title), for the page of one that is shut."""
        ...


class Walked:
    """Views of one door. `name` is its blueprint's."""

    def __init__(self, name: str, door: Door) -> None:
        self.name = name
        self.door = door

    def shut(self, error: NotOpen) -> ResponseReturnValue:
        """Closed, or never there."""
        said = showing.reader().said(error.title)  # in a language the survey may be shown in; what we say, in any
        layout.offer_all()
        return showing.shut_page(error, said, self.door.elsewhere()), 410 if error.title else 404

    def _find(self, where: dict[str, str]) -> Flow:
        flow = self.door.find(where)
        showing.offer_languages(flow)
        return flow

    def _open(self, where: dict[str, str]) -> Flow:
        flow = self._find(where)
        _require_open(flow)
        return flow

    def _links(self, where: dict[str, str]) -> Links:
        return Links(self.name, where)

    def _secret(self, where: dict[str, str]) -> bytes:
        """The secret of whoever asks; without one they are led back to the intro, which explains."""
        secret = answering.present()
        if secret is None:
            abort(self._links(where).go("intro", lost="1"))
        return secret

    def _journey(self, where: dict[str, str]) -> Journey:
        """Where this person stands; whoever has sent already is led to what they were given."""
        secret = self._secret(where)
        flow = self._find(where)
        journey = journeys.resume(flow, secret)
        if journey.flow is not flow:
            showing.offer_languages(journey.flow)
        if not journey.held.is_kept and journey.is_sent:
            abort(self._links(where).go("sent"))
        _require_open(flow)
        if journey.is_at_the_gate:
            abort(self._links(where).go("intro", lost="code"))
        return journey

    def _on_path(self, question: str, where: dict[str, str]) -> Journey:
        journey = self._journey(where)
        if question not in journey.path:
            abort(self._links(where).go_on(journey.waiting()))
        return journey

    def _complete(self, where: dict[str, str]) -> Journey:
        journey = self._journey(where)
        if journey.path.is_dropped:  # whoever does not take part has nothing to check or send
            abort(self._links(where).go("stopped", question=journey.path.ids[-1]))
        missing = journey.waiting() or journey.outdated()
        if missing is not None:
            abort(self._links(where).go_on(missing, changing=True))
        return journey


def _require_open(flow: Flow) -> None:
    if not flow.is_open:
        raise NotOpen(flow.definition.title, flow.opens_on)
