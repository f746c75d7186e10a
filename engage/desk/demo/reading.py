"""What has been read and decided: everything but the last three weeks, so that each queue has something in it."""

from collections.abc import Sequence

from engage.core import clock
from engage.desk.demo.cast import Cast, acting
from engage.desk.demo.chance import Chance
from engage.people.kinds import Role
from engage.safeguarding import queries, service, service_triage
from engage.safeguarding.kinds import Decision
from engage.safeguarding.queries import Matter
from engage.voices import queries as voices
from engage.voices.kinds import Concern
from engage.voices.queries import Narrowed, VoiceRow

_UNREAD_DAYS = 20
_SHEET = 20
_MANY = 5000
_LEFT_OPEN = 8
_NOTES = {
    Decision.REFER: (
        "Strategy discussion held the same day.",
        "Passed to the front door; school and social worker told.",
        "Known to the social worker, who sees the child tomorrow.",
    ),
    Decision.SIGNPOST: (
        "No way back to them. Help numbers are on the page; school told about the place, not the child.",
        "Answer published for everybody; nothing here can be traced.",
    ),
    Decision.NO_CONCERN: (
        "Read in full. About a place, not about harm.",
        "Low answer without words; nothing that points to harm.",
        "Speaks of something that is over and was dealt with.",
    ),
}


def build_reading(cast: Cast) -> None:
    """The safeguarding lead decides what is older, a reader reads sheet by sheet and passes one comment on."""
    since = clock.iso_week(clock.in_days(-_UNREAD_DAYS))
    _decide(cast, since)
    reader = cast.people[Role.RESPONDER]
    with acting(reader):
        older = [row for row in voices.list_unread(_MANY) if row.week < since]
        for sheet in _sheets(older):
            service.open_sheet([row.id for row in sheet])
            service.mark_read([row.id for row in sheet], reader)
        waiting = voices.list_unread(_MANY, narrowed=Narrowed(source_key="your-voice", concern=Concern.NONE))
        service.pass_on(next(row for row in waiting if row.question_key == "safer").id, reader)


def _decide(cast: Cast, since: str) -> None:
    chance = Chance("decisions")
    lead = cast.people[Role.SAFEGUARDING_LEAD]
    matters = queries.list_open(_MANY)
    waiting = [matter for matter in matters if _is_new(matter, since)][:_LEFT_OPEN]
    with acting(lead):
        for matter in matters:
            if matter in waiting:
                continue
            opened = service_triage.open_flag(matter.worst.id, lead)
            seen = matter.ids | {row.id for row, _ in opened.said}
            decision = _decision(matter, chance)
            service_triage.decide(matter.worst.id, decision, chance.one_of(_NOTES[decision]), by=lead, seen=seen)
        service_triage.open_flag(waiting[-1].worst.id, lead)


def _is_new(matter: Matter, since: str) -> bool:
    return any(flag.week >= since for flag in matter.flags)


def _decision(matter: Matter, chance: Chance) -> Decision:
    if matter.worst.level is Concern.RED:
        return chance.pick({Decision.REFER: 4, Decision.SIGNPOST: 1})
    return chance.pick({Decision.NO_CONCERN: 5, Decision.SIGNPOST: 3})


def _sheets(rows: Sequence[VoiceRow]) -> list[Sequence[VoiceRow]]:
    return [rows[start : start + _SHEET] for start in range(0, len(rows), _SHEET)]
