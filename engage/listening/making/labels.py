"""What controls are called, in the words of somebody who makes surveys; one that nobody named shows its own name."""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from engage.listening.surveys.views_manage import AUDIENCES


class Label(NamedTuple):
    """The words beside a control."""

    label: LazyString | str
    hint: LazyString | str = ""


LABELS: Mapping[str, Label] = {
    "text": Label(_l("Words")),
    "question.text": Label(_l("Question")),
    "options.text": Label(_l("Answer")),
    "words.text": Label(_l("Point")),
    "title": Label(_l("Title")),
    "hint": Label(_l("Hint"), _l("A line of help below the question")),
    "symbol": Label(_l("Symbol"), _l("Stands beside the words, never instead of them")),
    "options": Label(_l("Answers to choose from"), _l("Empty lines are left out.")),
    "exclusive": Label(_l("Goes with nothing else (“none of these”)")),
    "other": Label(_l("Opens a small box to say what")),
    "options_from": Label(_l("Take answers from a list kept elsewhere")),
    "words": Label(_l("Words of the points"), _l("Lowest first. Used where no ready scale is chosen.")),
    "scale": Label(_l("Scale"), _l("The same scale for several questions makes them easier to answer and to compare.")),
    "most": Label(_l("At most")),
    "least": Label(_l("At least")),
    "length": Label(_l("How much can be written")),
    "name_label": Label(_l("Label of the box for a name")),
    "reach_label": Label(_l("Label of the box for a way to reach them")),
    "reach_hint": Label(_l("Hint below that box")),
    "picture": Label(_l("Picture"), _l("From the partnership’s own pictures, sound and films")),
    "sound": Label(_l("Recording"), _l("From the partnership’s own pictures, sound and films")),
    "film": Label(_l("Film"), _l("From the partnership’s own pictures, sound and films")),
    "audio": Label(
        _l("Recordings"), _l("Somebody reading the page aloud, for each language. Add them to the library first.")
    ),
    "bsl": Label(_l("Film in British Sign Language"), _l("From the partnership’s own pictures, sound and films")),
    "ask_how": Label(_l("Ask how somebody answered"), _l("Alone or with somebody, on the last page")),
    "alt": Label(_l("What the picture shows"), _l("Read aloud to those who do not see it")),
    "from": Label(_l("Begins at")),
    "low": Label(_l("Words at the beginning")),
    "high": Label(_l("Words at the end")),
    "slider.to": Label(_l("Ends at")),
    "step": Label(_l("In steps of")),
    "unit": Label(_l("Unit"), _l("For instance “years”")),
    "min": Label(_l("Smallest number")),
    "max": Label(_l("Largest number")),
    "decimals": Label(_l("Digits after the point")),
    "bands": Label(
        _l("Groups for results"), _l("Where each group begins, with spaces between. No finer number is kept.")
    ),
    "ask": Label(_l("What is asked for")),
    "earliest": Label(_l("Earliest month"), _l("Written like 2026-01")),
    "latest": Label(_l("Latest month"), _l("Written like 2026-12")),
    "statements": Label(_l("What is agreed to")),
    "agree": Label(_l("Words to agree")),
    "disagree": Label(_l("Words to say no")),
    "takes": Label(_l("What may be given")),
    "rows": Label(_l("Sentences"), _l("Each is answered with the same answers.")),
    "rows.text": Label(_l("Sentence")),
    "statements.text": Label(_l("Sentence")),
    "side": Label(_l("Sides of the body")),
    "places": Label(_l("Places")),
    "pictures": Label(_l("Pictures")),
    "captions": Label(_l("Captions")),
    "required": Label(_l("Ask for an answer"), _l("“I would rather not say” is offered all the same.")),
    "skippable": Label(_l("Offer “I would rather not say”")),
    "section": Label(_l("Section")),
    "sections": Label(_l("Sections")),
    "begins_section": Label(
        _l("A new section begins here"),
        _l("Its title. It takes this question and those after it, up to the next section."),
    ),
    "show_if": Label(_l("Ask this only if"), _l("Without a line below, everybody is asked.")),
    "when": Label(_l("If")),
    "say": Label(_l("What is said then")),
    "nothing_kept": Label(_l("Keep nothing of what was answered")),
    "skips": Label(_l("Go on further down"), _l("Where the answers are as below, the next question is another one.")),
    "ends": Label(_l("End here"), _l("Where the answers are as below, there is nothing more to ask.")),
    "to": Label(_l("Go on at"), _l("The short name of a later question or section")),
    "carry": Label(_l("Bring answers along from an earlier question")),
    "question": Label(_l("Earlier question")),
    "take": Label(_l("Which answers")),
    "order": Label(_l("Order")),
    "background": Label(
        _l("May divide results"), _l("For instance age. Each such question makes people easier to find.")
    ),
    "safety": Label(_l("Answers that a person looks at soon"), _l("They raise a flag for the safeguarding team.")),
    "tags": Label(_l("Tags"), _l("Short names of what this is evidence for, with spaces between")),
    "audience": Label(_l("Who is asked")),
    "threshold": Label(_l("Smallest number that may be shown"), _l("Results about fewer people stay hidden.")),
    "age_min": Label(_l("Youngest age")),
    "age_max": Label(_l("Oldest age")),
    "languages": Label(_l("Languages"), _l("Only what somebody has checked is shown to the public.")),
    "intro": Label(_l("What people read before they start")),
    "who": Label(_l("Who is asking?")),
    "why": Label(_l("Why?")),
    "known": Label(_l("Will you know it is me?")),
    "reads": Label(_l("Who reads it, and when?")),
    "limits": Label(_l("When would you tell someone?")),
    "expectation": Label(_l("What can this not change?")),
    "after": Label(_l("What happens after?")),
    "minutes": Label(_l("Minutes it takes")),
    "thanks": Label(_l("Thank you, at the end")),
    "lawful_basis": Label(_l("Lawful ground for holding the answers")),
    "expected": Label(_l("About how many people will be asked")),
}
"""By the field's name; "kind.field" where one kind calls it differently."""

CHOICES: Mapping[str, LazyString | str] = {
    **{f"audience.{name}": words for name, words in AUDIENCES.items()},
    "threshold.children": _l("10: children and families"),
    "threshold.staff": _l("11: staff"),
    "length.short": _l("One line"),
    "length.long": _l("A box of several lines"),
    "options_from.services": _l("The services of this partnership"),
    "order.random": _l("Another order for each person"),
    "take.chosen": _l("Those that were chosen"),
    "take.not_chosen": _l("Those that were not chosen"),
    "lawful_basis.public_task": _l("A task in the public interest"),
    "lawful_basis.legal_obligation": _l("A duty in law"),
    "lawful_basis.consent": _l("Consent"),
    "lawful_basis.legitimate_interests": _l("Legitimate interests"),
}

KINDS_ABOUT: Mapping[str, LazyString] = {
    "faces": _l("Faces from unhappy to happy, each with its words. For young children too."),
    "stars": _l("One to five stars, each with its words. To rate a service."),
    "single": _l("A list to choose one answer from."),
    "multiple": _l("A list to choose any number of answers from."),
    "agreement": _l("How much somebody agrees with a sentence."),
    "text": _l("A box to write in. A trained person reads every word."),
    "contact": _l("A name and a way to reach somebody who wants to be answered."),
    "number": _l("A number, typed in."),
    "slider": _l("A line to choose a place on, with the same as plain buttons."),
    "ranking": _l("A list to put in order, with buttons up and down."),
    "pair": _l("Two pictures to choose between. For the youngest."),
    "matrix": _l("Several sentences with the same answers; on a phone, one after another."),
    "date": _l("A month or a day."),
    "bodymap": _l("A drawing of a body, to show where."),
    "consent": _l("Something to agree to before going on."),
    "information": _l("A page to read, with nothing to answer."),
    "drawing": _l("A space to draw in, or to describe it instead."),
    "audio": _l("To say it aloud instead of writing."),
    "upload": _l("A photo or a file."),
    "video": _l("A film to watch, with captions and sign language."),
}


def label_of(name: str, *scopes: str) -> Label:
    """The words for a field, as the first of `scopes` calls it that has a word of its own."""
    named = (LABELS[f"{scope}.{name}"] for scope in scopes if f"{scope}.{name}" in LABELS)
    return next(named, None) or LABELS.get(name) or Label(name.replace("_", " ").capitalize())


def choice_of(name: str, value: str) -> str:
    """The words for one value of a closed list."""
    return str(CHOICES.get(f"{name}.{value}") or value.replace("_", " ").capitalize())
