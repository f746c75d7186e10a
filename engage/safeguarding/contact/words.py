"""What the contact lane calls things."""

from flask_babel import lazy_gettext as _l

from engage.safeguarding.contact.kinds import Mistaken, Outcome

OUTCOMES = {
    Outcome.SPOKEN: _l("We spoke"),
    Outcome.REFERRED: _l("We spoke, and passed it to children’s social care or the police"),
    Outcome.NOT_REACHED: _l("We tried and could not reach them"),
    Outcome.WITHDRAWN: _l("They do not want it any more"),
    Outcome.NOT_REAL: _l("It is not a real request"),
}

MISTAKEN = {
    Mistaken.NAMESAKE: _l("It is somebody else with the same name"),
    Mistaken.ORDINARY_WORD: _l("The word is not meant as a name"),
    Mistaken.TICKED_WRONGLY: _l("They were ticked by mistake"),
}
"""Why a request is not about somebody it was kept from."""
