"""The kinds of things that are kept for a time: what each is called, and why its shipped period is what it is."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from engage.core.retention import Kind
from engage.listening.casework import keeping as casework
from engage.listening.inspections import keeping as inspections
from engage.listening.surveys import keeping as surveys
from engage.safeguarding import keeping as safeguarding
from engage.safeguarding.contact import keeping as contact

KINDS: tuple[Kind, ...] = (
    surveys.RESPONSES,
    safeguarding.WORDS,
    safeguarding.FILES,
    safeguarding.TALKS,
    safeguarding.FLAGS,
    contact.CONTACTS,
    casework.CASES,
    inspections.NOTES,
)


@dataclass(frozen=True)
class Words:
    """A kind in words: its name, from when its time runs, and where the shipped period comes from."""

    name: str
    runs_from: str
    source: str


_LOCAL = _l("Starting point of this product, for the partnership to decide")
WORDS = {
    "responses": Words(
        _l("Answers that were chosen"),
        _l("The week they were sent, once the survey is closed"),
        _l("Two years, as the Office for National Statistics keeps its school surveys after publication"),
    ),
    "words": Words(_l("Comments, once read"), _l("The week they were sent"), _LOCAL),
    "files": Words(_l("Drawings, photos and sound that came with comments"), _l("The week they were sent"), _LOCAL),
    "talks": Words(_l("Receipts and what was written through them"), _l("The week the receipt was given"), _LOCAL),
    "flags": Words(_l("Decided safeguarding flags with their reasons"), _l("The week they were raised"), _LOCAL),
    "contacts": Words(_l("Requests for contact, once closed"), _l("The week they were sent"), _LOCAL),
    "cases": Words(
        _l("Complaints, compliments, worries and ideas, with all that belongs to them"),
        _l("The day they were closed; longer where a day to keep them to is set"),
        _l("Six years, the time in which most claims can be brought (Limitation Act 1980)"),
    ),
    "notes": Words(
        _l("Private notes of young inspectors"), _l("The day the star was published; scores stay with the star"), _LOCAL
    ),
}

FIXED = (
    (_l("Answers on their way"), _l("4 weeks after they were last changed. Nobody here can read them.")),
    (_l("Addresses of people who were invited"), _l("30 days after the survey's last day, or when they say stop.")),
    (_l("Comments that nobody has read yet"), _l("Never deleted before a trained person has read them.")),
    (_l("Open safeguarding flags and the words behind them"), _l("Never deleted before somebody has decided.")),
    (_l("What staff did (the audit trail)"), _l("Kept whole: it is a chain, and names staff only.")),
    (_l("Frozen results, reports and published answers"), _l("Kept: they hold no person's answers.")),
    (_l("Exact results for a few people by name"), _l("Until the day they were agreed to, at most a year.")),
    (_l("Files that somebody took out"), _l("Not kept here: they are made when they are asked for.")),
    (_l("Paper"), _l("Counted by day only. Shred the sheets once they are typed in and compared.")),
)
"""What has no period to choose: (what, how long)."""
