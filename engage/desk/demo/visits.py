"""Young inspectors' visits: one published with its star, one whose last inspector has not locked yet, one declined."""

import uuid

from engage.core import clock
from engage.desk.demo import texts
from engage.desk.demo.cast import Cast, acting
from engage.desk.demo.texts import VisitText
from engage.listening.inspections import queries, scoring, service
from engage.listening.inspections.criteria import list_sets
from engage.listening.inspections.kinds import Finding
from engage.people.kinds import Role


def build_visits(cast: Cast) -> None:
    """Plan, score, lock; talk about the one that is done and publish it."""
    written = texts.visits()
    done = _visit(cast, written.done)
    _visit(cast, written.waiting)
    with acting(cast.people[Role.SUPPORTER]):
        for words in written.done.strengths:
            service.add_finding(done, Finding.STRENGTH, words)
        for words in written.done.considerations:
            service.add_finding(done, Finding.CONSIDERATION, words)
        service.publish(done, on=clock.in_days(10 - written.done.days_ago))
        declined = written.declined
        service.record_declined(cast.services[declined.service], declined.because, clock.in_days(-declined.days_ago))


def _visit(cast: Cast, text: VisitText) -> uuid.UUID:
    criteria = list_sets()[0]
    day = clock.in_days(-text.days_ago)
    with acting(cast.people[Role.SUPPORTER]):
        visit = service.plan_visit(cast.services[text.service], (criteria.key, criteria.version), day, cast.inspectors)
    keys = [criterion.key for criterion in criteria.criteria]
    notes = {(note.inspector, note.criterion): note.words for note in text.notes}
    for number, (inspector, scores) in enumerate(zip(cast.inspectors, text.scores, strict=True)):
        with acting(inspector):
            for key, score in zip(keys, scores, strict=False):  # the last inspector has not come to the end
                note = notes.get((number, key), "")
                scoring.save_score(visit, inspector, key, score, note=note, share=bool(note))
            if number < text.locked:
                seen = scoring.state_of(queries.own_scores(visit, inspector).values())
                scoring.lock(visit, inspector, seen=seen, on=day)
    return visit
