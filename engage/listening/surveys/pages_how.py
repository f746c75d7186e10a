"""The last page before checking: how somebody answered. It can be left out whole or in part."""

from flask import request
from flask.typing import ResponseReturnValue

from engage.core.transaction import transactional
from engage.listening.surveys import journey as journeys
from engage.listening.surveys import showing_how
from engage.listening.surveys.pages_shared import Walked
from engage.rules.questionnaire import how
from engage.web import respondent as answering
from engage.web.access import respondent
from engage.web.csrf import without_token


class HowAnswered(Walked):
    """The views about how somebody answered."""

    @respondent
    def how(self, **where: str) -> ResponseReturnValue:
        """Who was with you?"""
        journey = self._journey(where)
        return showing_how.how_page(journey, self._links(where), journey.held.how or {})

    @without_token  # asked for inside, so that the page can be shown again
    @respondent
    @transactional
    def tell(self, **where: str) -> ResponseReturnValue:
        """Keep what was said of it, which may be nothing, and go on to check. What cannot all be so is asked once more:
        whoever leaves it like that goes on, and neither is kept."""
        journey, links = self._journey(where), self._links(where)
        form = request.form.to_dict(flat=False)
        said = how.read(form)
        if not answering.form_is_theirs():
            return showing_how.how_page(journey, links, said, "expired"), 400
        if how.asks_again(form):
            return showing_how.how_page(journey, links, said, "clash"), 422
        if journeys.tell(journey, how.settled(said)) is None:
            return links.go("sent")
        return links.go("check")
