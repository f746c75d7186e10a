"""Leaving a journey before it is sent: come back later with words, delete everything, or not take part at all."""

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.transaction import transactional
from engage.listening.surveys import journey as journeys
from engage.listening.surveys import returning, showing
from engage.listening.surveys.pages_shared import Walked
from engage.web import respondent as answering
from engage.web import tablet
from engage.web.access import public, respondent
from engage.web.csrf import without_token
from engage.web.security import forget_page_data


class Leaving(Walked):
    """The views of whoever stops here."""

    @respondent
    def stop(self, **where: str) -> ResponseReturnValue:
        """What stopping means; and the words, once they were asked for. A shared tablet is no place to come back to."""
        if tablet.present():
            return self._links(where).go("check")
        return showing.stop_page(self._journey(where), self._links(where), request.args.get("from", ""))

    @without_token  # asked for inside, so that the page can be shown again
    @respondent
    @transactional
    def keep(self, **where: str) -> ResponseReturnValue:
        """Make the words that open these answers again."""
        journey, links = self._journey(where), self._links(where)
        if tablet.present():
            return links.go("check")
        if not answering.form_is_theirs():
            return showing.stop_page(journey, links, trouble="expired"), 400
        if not journey.held.can_return:
            returning.ask(journey, links)
        return links.go("stop")

    @without_token  # asked for inside, so that the page can be shown again
    @respondent
    @transactional
    def delete(self, **where: str) -> ResponseReturnValue:
        """Remove the answers, and the words that would open them."""
        journey, links = self._journey(where), self._links(where)
        if not answering.form_is_theirs():
            return showing.stop_page(journey, links, trouble="expired"), 400
        journeys.discard(journey)
        return links.go("finish")

    @public
    def stopped(self, question: str, **where: str) -> ResponseReturnValue:
        """Somebody does not take part: thank you, and nothing was kept."""
        definition = self._find(where).definition
        ends = definition.question(question).ends if question in definition else ()
        end = next((end for end in ends if end.nothing_kept), None)
        if end is None:
            abort(404)
        return showing.stopped_page(definition.asker.fill(end.say, {}), self._links(where))

    @public
    def finish(self, **_where: str) -> ResponseReturnValue:
        """Done: the browser forgets the secret and the pages, and nothing else happens; a shared tablet begins anew."""
        response = make_response(redirect(tablet.again_href() or url_for("home.partnership_home"), 303))
        answering.forget(response)
        forget_page_data(response)
        return response
