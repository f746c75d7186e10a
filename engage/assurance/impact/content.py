"""An assessment as a document, made from the survey's definition, the settings that stand, and what people signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.adapters.documents import Block, Bullets, Document, Heading, Notice, Paragraph, Table
from engage.core import clock
from engage.listening.surveys.queries import SurveyRow
from engage.listening.surveys.service_impact import ImpactRow
from engage.rules.disclosure import Rule
from engage.rules.questionnaire.data_map import data_map
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH

BASES = {
    "public_task": _l("Public task: article 6(1)(e)"),
    "legal_obligation": _l("Legal obligation: article 6(1)(c)"),
    "consent": _l("Consent: article 6(1)(a)"),
    "legitimate_interests": _l("Legitimate interests: article 6(1)(f)"),
}
SORTS = {
    "chosen": _l("The answer chosen, with the week and nothing finer"),
    "words": _l("Words, encrypted, read by a trained person"),
    "files": _l("A file, padded and encrypted, opened by readers only"),
    "contact": _l("A name and a way to reach them, encrypted, in a lane of its own"),
    "nothing": _l("Nothing"),
}
RESIDUAL = {"low": _l("Low"), "medium": _l("Medium"), "high": _l("High")}
FLOWS = (
    _l("The browser of the person who answers: what is not sent is encrypted under a key that only they hold."),
    _l("The database here: answers chosen, with the ISO week; words and files encrypted; no name, address or device."),
    _l("A trained person reads every word; the safeguarding lead decides on flags."),
    _l("A release counts the answers once and freezes them; small groups are hidden and numbers rounded."),
    _l('Reports and "you said, we did" use releases and quotes that a second person has released.'),
    _l("Nothing goes to another company: no analytics, no fonts or scripts from elsewhere, no cloud that reads words."),
)
# Risk to a child, what stands against it, and the tests that hold it.
RISKS = (
    (
        _l("Somebody finds out who answered"),
        _l("Week only, no order, separate lanes, frozen results"),
        "N1, N2, D2, D3",
    ),
    (_l("Words show who wrote them"), _l("A warning before sending, redaction, a second person"), "D5, D6"),
    (_l("A child in danger is not heard"), _l("Flags, clocks, everything is read by a person"), "C7, S1-S7"),
    (_l("A child thinks it is secret and it is not"), _l("Limits said before and beside each box"), "C1, C2, C3"),
    (_l("Somebody else uses the same device"), _l("Leave quickly, nothing kept in the browser"), "N16"),
    (_l("A child cannot take part"), _l("Easy words, symbols, sound, keyboard, paper"), "A1-A20"),
    (_l("More is kept, or longer, than needed"), _l("Periods with two people, taking back by receipt"), "P5, P6, N13"),
)


@dataclass(frozen=True)
class Subject:
    """What an assessment is about: the survey, what it asks, and the newest signed assessment."""

    survey: SurveyRow
    definition: Definition
    impact: ImpactRow | None
    months: Mapping[str, int]


def document_of(subject: Subject, language: str) -> Document:
    """The whole pack."""
    title = subject.definition.title.say(ENGLISH).text
    return Document(
        _("Data protection impact assessment: %(survey)s", survey=title),
        language,
        facts=_facts(subject),
        blocks=(*_asking(subject), *_keeping(subject), *_against(subject), *_signing(subject)),
        issued=clock.today(),
    )


def _facts(subject: Subject) -> tuple[tuple[str, str], ...]:
    definition, version = subject.definition, subject.survey.version
    basis = BASES.get(definition.lawful_basis or "", _("not chosen yet"))
    return (
        (_("Who is asked"), f"{definition.audience} {_ages(definition)}".strip()),
        (_("Lawful basis (UK GDPR)"), str(basis)),
        (_("Version"), f"{version.number}, SHA-256 {version.sha256}" if version else _("not published yet")),
        (_("State"), _state(subject.impact)),
    )


def _ages(definition: Definition) -> str:
    ages = [str(age) for age in (definition.age_min, definition.age_max) if age is not None]
    return "-".join(ages)


def _state(impact: ImpactRow | None) -> str:
    if impact is None:
        return str(_("Not signed"))
    return str(_("Signed and current") if impact.is_current else _("Signed for an earlier survey: look again"))


def _asking(subject: Subject) -> list[Block]:
    intro = subject.definition.intro
    blocks: list[Block] = []
    if subject.impact is None or not subject.impact.is_current:
        blocks.append(Notice(_("Nobody has signed this for what the survey asks now.")))
    blocks += [
        Heading(1, _("Why, and who asks")),
        Paragraph(intro.who.say(ENGLISH).text),
        Paragraph(intro.why.say(ENGLISH).text),
        Heading(2, _("Condition for special category data (article 9)")),
        Paragraph(subject.impact.assessed.condition if subject.impact else _("To be written")),
        Heading(2, _("Necessity and proportion")),
        Paragraph(subject.impact.assessed.necessity if subject.impact else _("To be written")),
    ]
    return blocks


def _keeping(subject: Subject) -> list[Block]:
    entries = data_map(subject.definition)
    rows = tuple((entry.text, str(SORTS[entry.sort]), _("yes") if entry.can_be_left else _("no")) for entry in entries)
    kept = ", ".join(f"{kind} {months}" for kind, months in sorted(subject.months.items()))
    return [
        Heading(1, _("Data map")),
        Table(_("What is kept of each question"), (_("Question"), _("What is kept"), _("Can be left out")), rows),
        Paragraph(_("Months that each kind of thing is kept: %(kept)s.", kept=kept)),
        Heading(1, _("Flows")),
        Bullets(tuple(str(flow) for flow in FLOWS)),
    ]


def _against(subject: Subject) -> list[Block]:
    rule = Rule.for_audience("staff" if subject.definition.threshold == "staff" else "children")
    settings = (
        (_("Smallest group shown"), rule.threshold),
        (_("Numbers rounded to"), rule.rounding),
        (_("Filters at once"), rule.max_filters),
    )
    risks = tuple((str(risk), str(against), tests) for risk, against, tests in RISKS)
    assessed = subject.impact.assessed if subject.impact else None
    return [
        Heading(1, _("Risks to children, and what stands against them")),
        Table(_("Risks"), (_("Risk"), _("What stands against it"), _("Tests")), risks),
        Paragraph(_("Each code names tests that run before every change of the product is released.")),
        Heading(2, _("Risks of this survey")),
        Paragraph(assessed.risks if assessed else _("To be written")),
        Heading(1, _("How children and others were asked")),
        Paragraph(assessed.consulted if assessed else _("To be written")),
        Heading(1, _("Settings that protect people in results")),
        Table(_("Settings"), (_("What"), _("Set to")), settings),
    ]


def _signing(subject: Subject) -> list[Block]:
    assessed = subject.impact.assessed if subject.impact else None
    rows = (
        (_("Risk that is left"), str(RESIDUAL[assessed.residual]) if assessed else ""),
        (_("Signed by"), assessed.signed_by if assessed else ""),
        (_("On"), str(format_date(assessed.signed_on, "d MMMM yyyy")) if assessed else ""),
        (_("Number"), str(subject.impact.number) if subject.impact else ""),
    )
    return [
        Heading(1, _("What is left, and who signed")),
        Table(_("Sign-off"), (_("What"), _("Said")), rows),
        Paragraph(
            _(
                "What no program can prove: whether three people who know the place, with a newspaper and a rota, can "
                "name a child from what was published. Try it, and write down what they found."
            )
        ),
    ]
