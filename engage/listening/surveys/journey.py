"""One person's way through a questionnaire, whatever it is for: where they are and what they have said."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engage.core import crypto
from engage.core.database import begin_rows
from engage.listening.surveys import drafts
from engage.listening.surveys.drafts import Held
from engage.listening.surveys.flow import Flow
from engage.rules.questionnaire.answers import Answer, option_ids
from engage.rules.questionnaire.asked import fits
from engage.rules.questionnaire.path import Path, path_for

_CHOSEN = frozenset({"value", "values", "skipped"})
"""What an answer holds that is a choice and nobody's words."""
_MOST = 10_000
_taken: set[Hashable] = set()


@dataclass(frozen=True)
class Journey:
    """Where one person stands. `secret` is theirs; everything else is computed from the flow and their draft."""

    flow: Flow
    secret: bytes
    held: Held

    @cached_property
    def path(self) -> Path:
        return path_for(self.flow.definition, self.held.answers, order_seed(self.flow, self.secret))

    @cached_property
    def submission_key(self) -> bytes:
        """32 bytes that make a second sending recognisable, and nothing else."""
        return submission_key(self.flow, self.secret)

    @property
    def is_at_the_gate(self) -> bool:
        """Whether a code is still to be shown (none is needed for most questionnaires)."""
        gate = self.flow.gate
        return gate is not None and not self.held.is_admitted and not gate.admits(self.secret)

    @property
    def is_sent(self) -> bool:
        """Whether this person has sent their answers to this flow."""
        return self.flow.sender.is_sent(self.submission_key)

    @property
    def waits_for_how(self) -> bool:
        """Whether it is still to be asked how this person answered."""
        return self.flow.definition.asks_how and self.held.how is None

    def answer_to(self, question_id: str) -> Answer | None:
        return self.held.answers.get(question_id)

    def outdated(self) -> str | None:
        """The first question whose answer its definition no longer takes (an option is gone, say)."""
        for question_id in self.path.ids:
            answer = self.held.answers.get(question_id)
            if answer is not None and not self._takes(question_id, answer):
                return question_id
        return None

    def _takes(self, question_id: str, answer: Answer) -> bool:
        """Whether the question, as this person is asked it, takes this answer. Of a version, which never changes, it is
        known which choices it takes once it was asked.
        """
        version, variant = self.flow.version_id, self.path.variant(question_id)
        is_known = version is not None and variant is not None and answer.keys() <= _CHOSEN
        choice = version, question_id, variant, option_ids(answer), answer.get("skipped")
        if is_known and choice in _taken:
            return True
        taken = fits(self.path.question(question_id), answer)
        if taken and is_known:
            if len(_taken) >= _MOST:
                _taken.clear()
            _taken.add(choice)
        return taken

    def waiting(self) -> str | None:
        """The question to go to next; None when everything is answered or skipped."""
        return self.path.first_unanswered()


def submission_key(flow: Flow, secret: bytes) -> bytes:
    """What a sending of this person to this flow is known by."""
    return crypto.derive(secret, f"submission:{flow.key}")


def receipt_secret(flow: Flow, secret: bytes) -> bytes:
    """What the receipt is made from: the same for every sending of the same person to this flow."""
    return crypto.derive(secret, f"receipt:{flow.key}")


def order_seed(flow: Flow, secret: bytes) -> bytes:
    """What a person's own order of options and questions comes from: the same on every page, and stored nowhere; b""
    where all are asked in the written order.
    """
    return crypto.derive(secret, f"order:{flow.key}") if flow.definition.is_mixed else b""


def resume(flow: Flow, secret: bytes) -> Journey:
    """The journey of whoever holds `secret`, in the version their draft was begun with."""
    held = drafts.read(flow.key, secret)
    return Journey(flow.at(held.version_id), secret, held)


def begin(journey: Journey, channel: str) -> None:
    """Keep through which door somebody came, where that is not the usual one (in this request's write transaction)."""
    if channel != drafts.USUAL_CHANNEL and not journey.held.is_kept:
        drafts.write(journey.flow.key, journey.secret, replace(_known(journey), channel=channel))


def door_of(before: Journey | None, channel: str) -> str:
    """Through which door somebody came. Whoever begins again (`before`) went back to a page that no longer names it."""
    return before.held.channel if before is not None and channel == drafts.USUAL_CHANNEL else channel


def enter(journey: Journey) -> bool:
    """Close this person's code for everybody else, before their first answer is kept; False: not theirs any more."""
    gate = journey.flow.gate
    return gate is None or journey.held.is_admitted or gate.use(journey.secret)


def is_someone_new(journey: Journey, typed: str, *, again: bool) -> bool:
    """Whether whoever presses Start must not go on under the secret of this journey: it may be another person's.

    Somebody who begins again with the code they have keeps its ballot; another code is another person.
    """
    gate = journey.flow.gate
    if gate is None or not gate.is_theirs("", journey.secret):
        return again
    return bool(typed) and not gate.is_theirs(typed, journey.secret)


def let_in(journey: Journey, typed: str) -> bool:
    """Exchange what was typed for a ballot, where this questionnaire has a gate and the person holds none yet."""
    gate = journey.flow.gate
    if gate is None or gate.is_theirs("", journey.secret):
        return True
    return gate.exchange(typed, journey.secret) if typed else gate.admits(journey.secret)


def save(
    journey: Journey, question_id: str, answer: Answer | None, used: frozenset[str] = frozenset()
) -> Journey | None:
    """Keep one answer in the draft, or take it away (None), and the modes that were used on its page; the journey as it
    then is. It is kept at once, or with what else this request writes if that has begun.

    Where the draft is not any more what this page read, it is read again: another tab may have added answers since, or
    sent them (then None; sending removes it).
    """

    def changed(now: Held) -> Held:
        others = {each: given for each, given in now.answers.items() if each != question_id}
        answers = others if answer is None else {**now.answers, question_id: answer}
        return replace(now, answers=answers, is_admitted=True, used=now.used | used)

    key, secret = journey.flow.key, journey.secret
    held = drafts.write_over(key, secret, journey.held, changed(journey.held))
    if held is None:
        begin_rows()
        now = drafts.read(key, secret)
        if not now.is_kept:
            if journey.is_sent:
                return None
            now = _known(journey)
        held = drafts.write(key, secret, changed(now))
    return replace(journey, held=held)


def tell(journey: Journey, how: Mapping[str, str]) -> Journey | None:
    """Keep how somebody says they answered, in this request's write transaction; None: all was sent meanwhile."""
    begin_rows()
    now = drafts.read(journey.flow.key, journey.secret)
    if not now.is_kept:
        return None
    return replace(journey, held=drafts.write(journey.flow.key, journey.secret, replace(now, how=how)))


def keep(journey: Journey) -> Journey:
    """A draft, empty if need be, in this request's write transaction; the journey as it then is."""
    begin_rows()
    now = drafts.read(journey.flow.key, journey.secret)
    held = now if now.is_kept else drafts.write(journey.flow.key, journey.secret, _known(journey))
    return replace(journey, held=held)


def discard(journey: Journey) -> None:
    """Remove the draft (in this request's write transaction)."""
    drafts.delete(journey.flow.key, journey.secret)


def close(journey: Journey) -> bool:
    """Remove the draft of somebody who sends what it held (in this request's write transaction); False where another
    tab has added to it since: it stays, and what was added has to be sent too.
    """
    return drafts.delete_unchanged(journey.flow.key, journey.secret, journey.held)


def _known(journey: Journey) -> Held:
    return replace(journey.held, version_id=journey.flow.version_id)
