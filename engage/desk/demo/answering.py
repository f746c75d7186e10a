"""What was answered: quotes that a second person decided on, and "you said, we did, we did not do"."""

import uuid
from collections.abc import Iterator, Mapping

from engage.answering.you_said import service as answers
from engage.answering.you_said.service import AnswerText
from engage.core import clock
from engage.desk.demo import texts
from engage.desk.demo.cast import Cast, acting
from engage.people.kinds import Role
from engage.rules.redaction import find
from engage.rules.themes import Group
from engage.understanding.themes import queries_coding, service_quotes
from engage.understanding.themes.kinds import Refusal
from engage.understanding.themes.queries_coding import Wanted
from engage.understanding.themes.service_quotes import QuoteText
from engage.voices import queries as voices
from engage.voices.kinds import Channel

_A_THEME = 2
_LENGTHS = range(30, 140)


def build_quotes(cast: Cast, themes: Mapping[str, uuid.UUID]) -> None:
    """The analyst prepares two quotes a theme where they may be shown; the lead releases most, refuses one."""
    analyst, lead = cast.people[Role.ANALYST], cast.people[Role.SAFEGUARDING_LEAD]
    with acting(analyst):
        prepared = [
            service_quotes.prepare(voice_id, QuoteText(words, theme_id, is_paraphrase=False), analyst)
            for theme_id in themes.values()
            if service_quotes.why_not(theme_id, Group.CHILDREN) is None
            for voice_id, words in _quotable(theme_id)
        ]
    *released, refused, _waits = prepared
    with acting(lead):
        for quote_id in released:
            service_quotes.release(quote_id, lead)
        service_quotes.refuse(refused, Refusal.TWISTS, lead)


def _quotable(theme_id: uuid.UUID) -> Iterator[tuple[uuid.UUID, str]]:
    """Comments of children that nothing shows the writer of, some words long."""
    wanted = Wanted(channel=Channel.SURVEY, group=Group.CHILDREN, theme_id=theme_id, is_done=None)
    comments = queries_coding.list_comments(wanted, 60)
    words = voices.texts([comment.id for comment in comments if comment.language == "en"])
    fitting = ((voice_id, text) for voice_id, text in words.items() if len(text) in _LENGTHS and _shows_nobody(text))
    for _, quote in zip(range(_A_THEME), fitting, strict=False):
        yield quote


def _shows_nobody(text: str) -> bool:
    return all(one.kind == "unknown" for one in find(text))


def build_answers(cast: Cast, themes: Mapping[str, uuid.UUID]) -> None:
    """Write the answers of every theme and publish all but the drafts."""
    with acting(cast.people[Role.ANALYST]) as analyst:
        written = [(themes[key], text) for key, theme in texts.themes().items() for text in theme.answers]
        for theme_id, text in written:
            answer_id = answers.add(theme_id, _text(text), analyst)
            if not text.is_draft:
                answers.publish(answer_id, analyst)


def _text(text: texts.AnswerText) -> AnswerText:
    return AnswerText(
        audience=text.audience,
        you_said=text.you_said,
        verdict=text.verdict,
        decided_by=text.decided_by,
        decided_on=clock.in_days(-text.days_ago),
        we_did=text.we_did,
        reason=text.reason,
        because=text.because,
        due_on=clock.in_days(text.due) if text.due else None,
        look_again_on=clock.in_days(text.look_again) if text.look_again else None,
    )
