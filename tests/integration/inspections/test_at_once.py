"""Two who act at the same moment: nothing is lost, nothing counts twice, and nobody waits for ever."""

import threading
import uuid
from collections.abc import Callable

from flask import Flask

from engage.core.errors import EngageError
from engage.core.transaction import transaction
from engage.listening.inspections import queries, scoring, service
from engage.listening.inspections.kinds import Finding, InspectionState
from tests.support.apps import within
from tests.support.inspections import KEYS, planned, score, scored


def at_once(app: Flask, partnership: uuid.UUID, verbs: list[Callable[[], None]]) -> list[str]:
    """Run each verb in a thread and a transaction of its own, all let go together; the refusals they met."""
    gate, refused = threading.Barrier(len(verbs)), []

    def run(verb: Callable[[], None]) -> None:
        with within(app, partnership):
            gate.wait(10)
            try:
                with transaction():
                    verb()
            except EngageError as error:
                refused.append(str(error))

    threads = [threading.Thread(target=run, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return refused


def test_the_last_two_locks_at_the_same_moment_open_the_scores(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    seen = {}
    for name, account_id in visit.team.items():
        score(app, partnership, visit, name, 3)
        with within(app, partnership):
            seen[name] = scoring.state_of(queries.own_scores(visit.id, account_id).values())
    verbs = [
        lambda name=name, account_id=account_id: scoring.lock(visit.id, account_id, seen=seen[name])
        for name, account_id in visit.team.items()
    ]
    assert at_once(app, partnership, verbs) == []
    with within(app, partnership):
        found = queries.get_visit(visit.id)
        assert found is not None
        assert (found.state, found.locked) == (InspectionState.TOGETHER, 3)


def test_a_score_and_its_lock_at_the_same_moment(app: Flask, partnership: uuid.UUID) -> None:
    """Either the score came first and the lock, which had not seen it, is refused; or the lock came first."""
    visit = planned(app, partnership)
    amy = visit.team["amy"]
    score(app, partnership, visit, "amy", 3)
    with within(app, partnership):
        seen = scoring.state_of(queries.own_scores(visit.id, amy).values())
    refused = at_once(
        app,
        partnership,
        [
            lambda: scoring.lock(visit.id, amy, seen=seen),
            lambda: scoring.save_score(visit.id, amy, KEYS[0], 0),
        ],
    )
    with within(app, partnership):
        member = queries.get_member(visit.id, amy)
        value = queries.own_scores(visit.id, amy)[KEYS[0]].value
    assert member is not None
    outcome = (refused, member.locked_on is None, value)
    assert outcome in ((["scores-changed"], True, 0), (["scores-locked"], False, 3))


def test_two_phones_add_to_the_findings_and_both_lines_stand(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    scored(app, partnership, visit, 3, 3, 3)
    verbs = [
        lambda words=words: service.add_finding(visit.id, Finding.STRENGTH, words) for words in ("One", "Two", "Three")
    ]
    assert at_once(app, partnership, verbs) == []
    with within(app, partnership):
        found = queries.get_visit(visit.id)
        assert found is not None
        assert sorted(found.strengths) == ["One", "Three", "Two"]


def test_it_is_published_once(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    scored(app, partnership, visit, 3, 3, 3)
    refused = at_once(app, partnership, [lambda: service.publish(visit.id)] * 2)
    assert refused == ["visit-is-published"]
