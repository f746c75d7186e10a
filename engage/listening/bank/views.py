"""What the pages of the bank are given: surveys and questions in words, and the filters of the address bar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.core import languages
from engage.listening.surveys.views_manage import AUDIENCES, KINDS
from engage.rules.questionnaire import reading
from engage.rules.questionnaire.bank import FRAMEWORKS, Banked, frameworks_of
from engage.rules.questionnaire.checks.wordings import wordings
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question

FRAMEWORK_NAMES: Mapping[str, LazyString] = {
    "six-steps": _l("Six Steps"),
    "nel": _l("North East Lincolnshire framework"),
    "salford": _l("Salford framework"),
    "calderdale": _l("Calderdale framework"),
    "ncb": _l("Early adopters’ learning"),
    "lundy": _l("Lundy model of participation"),
    "hart": _l("Ladder of participation"),
    "inspection": _l("Young inspectors’ criteria"),
}


@dataclass(frozen=True)
class Ready:
    """A ready-made survey as the list shows it."""

    name: str
    title: str
    whom: str
    ages: str
    count: int
    minutes: int
    serves: str


@dataclass(frozen=True)
class Asked:
    """A question with its answers, its easy words where it has some, and what it serves."""

    key: str
    text: str
    easy: str
    hint: str
    kind: str
    symbol: str
    whom: str
    answers: Sequence[str]
    notes: Sequence[str]
    serves: str


def ready(name: str, definition: Definition) -> Ready:
    return Ready(
        name,
        definition.title.say("en").text,
        str(AUDIENCES[definition.audience]),
        ages(definition.age_min, definition.age_max),
        len(definition.questions),
        definition.intro.minutes,
        serves(tag for question in definition.questions for tag in question.tags),
    )


def asked(question: Question, key: str = "", whom: str = "") -> Asked:
    words = question.text.root["en"]
    return Asked(
        key or question.id,
        words.plain,
        words.easy or "",
        question.hint.say("en").text if question.hint is not None else "",
        str(KINDS[question.kind]),
        question.symbol or "",
        whom,
        [option.text.say("en").text for option in question.options() or ()],
        _notes(question),
        serves(question.tags),
    )


def banked(each: Banked) -> Asked:
    # "Children and young people" says "Children" too.
    named = [audience for audience in each.audiences if not (audience == "children" and "young" in each.audiences)]
    whom = " · ".join(str(AUDIENCES[audience]) for audience in named)
    years = ages(each.ages[0], each.ages[-1]) if each.ages else ""
    return asked(each.question, each.key, f"{whom}, {years}" if years else whom)


def ages(youngest: int | None, oldest: int | None) -> str:
    """ "8 to 11", or nothing where an age says nothing."""
    if youngest is None or oldest is None:
        return ""
    return str(_("ages %(youngest)s to %(oldest)s", youngest=youngest, oldest=oldest))


def serves(tags: Iterable[str]) -> str:
    """The frameworks behind tags, with the standards of each: "Six Steps: 3a, 3d; Ladder of participation: 5"."""
    kept = sorted(set(tags))
    named = []
    for name in frameworks_of(kept):
        standards = (tag.partition(".")[2].replace("-", " ") for tag in kept if tag.startswith(f"{name}."))
        named.append(f"{FRAMEWORK_NAMES[name]}: {', '.join(standards)}")
    return "; ".join(named)


def levels(definition: Definition) -> list[tuple[str, str]]:
    """(plain or easy, how hard it is to read) for the survey as a whole."""
    read = [wording for wording in wordings(definition) if wording.part != "label"]
    found = []
    for is_easy, name in ((False, _("Plain words")), (True, _("Easy words"))):
        said = [wording.words for wording in read if wording.is_easy == is_easy]
        if said:
            age = max(5, round(reading.grade(said) + 5))
            found.append((name, _("about reading age %(age)s", age=age)))
    return found


def language_names(definition: Definition) -> str:
    """The languages it comes in, each as its readers call it; which are drafts."""
    named = [
        _("%(language)s (draft)", language=languages.get(code).name)
        if definition.checked.get(code) == "draft"
        else languages.get(code).name
        for code in definition.languages
    ]
    return ", ".join(named)


def audience_options() -> list[dict[str, str]]:
    return _options(AUDIENCES, _("Everybody"))


def framework_options() -> list[dict[str, str]]:
    return _options({name: FRAMEWORK_NAMES[name] for name in FRAMEWORKS}, _("All frameworks"))


def _options(named: Mapping[str, LazyString], everything: str) -> list[dict[str, str]]:
    return [{"value": "", "label": everything}, *({"value": key, "label": str(name)} for key, name in named.items())]


def _notes(question: Question) -> list[str]:
    notes = []
    if question.show_if is not None:
        notes.append(_("Only some people are asked this"))
    if question.safety:
        notes.append(_("A low answer raises a flag"))
    if question.background:
        notes.append(_("Divides results"))
    return notes
