"""What a reader of somebody's words is told was asked: the kind of case and the question of the tell-us form."""

from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext as _l

from engage.listening.casework.kinds import CaseKind
from engage.listening.casework.views import KIND_LABELS, QUESTION_LABELS
from engage.voices.sources import Asked, Named


def name_asked(asked: Collection[Asked]) -> Mapping[Asked, Named]:
    """Names for (kind of case, question); what is not of the form is left to whoever else knows it."""
    known = {kind.value: label for kind, label in KIND_LABELS.items()}
    questions = {"what": _l("They came with a worry"), **QUESTION_LABELS}
    return {
        (kind, question): Named(str(known[kind]), str(questions.get(question, "")))
        for kind, question in asked
        if kind in set(CaseKind)
    }
