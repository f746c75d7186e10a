"""The seven sections of a thematic report: what people wrote, then what the product adds from its sources."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from engage.adapters.documents import Block, Bullets, Heading, Paragraph, Quote, Table
from engage.assurance.reports import results
from engage.assurance.reports.kinds import Field, Section
from engage.assurance.reports.sources import Evidence
from engage.assurance.reports.words import LESSONS, answer_row, owed_line, rating_row, spoken_by
from engage.rules.themes import Group
from engage.understanding.themes import words
from engage.understanding.themes.queries import ThemeRow

_CELL = ";"
_CHILDREN = (Group.CHILDREN, Group.FAMILIES, Group.ANYONE)


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


@dataclass(frozen=True)
class Draft:
    """What a section is made from."""

    texts: Mapping[str, str]
    evidence: Evidence
    language: str


def section_blocks(section: Section, draft: Draft) -> list[Block]:
    """One section without its heading: never empty, because a board should see that nothing was written."""
    added = list(_ADDED.get(section.key, _nothing)(draft))
    written = list(_written(section, draft.texts, is_alone=not added))
    return [*written, *added]


def _written(section: Section, texts: Mapping[str, str], *, is_alone: bool) -> Iterator[Block]:
    filled = [field for field in section.fields if texts.get(field.key, "").strip()]
    if not filled and is_alone:
        yield Paragraph(_("Nothing has been written here."))
    for field in filled:
        # A single list needs no heading of its own under the section's.
        if len(section.fields) > 1 and field.shape != "rows":
            yield Heading(2, str(field.label))
        yield _shaped(field, texts[field.key])


def _shaped(field: Field, text: str) -> Block:
    lines = [line.strip(" \t-•") for line in text.splitlines() if line.strip(" \t-•")]
    if field.shape == "lines":
        return Bullets(tuple(lines))
    if field.shape == "rows":
        columns = tuple(str(column) for column in field.columns)
        return Table(str(field.label), columns, tuple(_row(line, len(columns)) for line in lines))
    return Paragraph(text.strip())


def _row(line: str, width: int) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line.split(_CELL, width - 1)]
    return (*cells, *[""] * (width - len(cells)))


def _nothing(_draft: Draft) -> Iterator[Block]:
    yield from ()


def _data(draft: Draft) -> Iterator[Block]:
    sources = draft.evidence.sources
    if not sources:
        yield Paragraph(_("No released results were chosen for this report."))
        return
    yield Table(
        _("The surveys this report rests on"),
        (_("Survey"), _("Who answered"), _("Frozen on")),
        tuple(
            (results.name_of(one, draft.language), results.base_of(one), results.day(one.release.frozen_on))
            for one in sources
        ),
        note=_("People chose to answer, so these are the views of those who did, not of everybody."),
    )
    yield from results.results(draft.evidence.of(Group.FAMILIES, Group.ANYONE), draft.language, charts=False)


def _practitioners(draft: Draft) -> Iterator[Block]:
    yield from results.results(draft.evidence.of(Group.STAFF), draft.language, charts=False)
    yield from _themes(draft, (Group.STAFF,))
    yield from _answers(draft, (Group.STAFF,))


def _children(draft: Draft) -> Iterator[Block]:
    yield from results.results(draft.evidence.of(Group.CHILDREN), draft.language, charts=True)
    yield from _themes(draft, _CHILDREN)
    yield from _answers(draft, _CHILDREN)
    if draft.evidence.ratings:
        yield Heading(2, _("What young inspectors found"))
        yield Table(
            _("Star ratings"),
            (_("Service"), _("Stars"), _("What it means"), _("Lasts until")),
            tuple(rating_row(one) for one in draft.evidence.ratings),
        )


def _themes(draft: Draft, groups: tuple[Group, ...]) -> Iterator[Block]:
    heard = [theme for theme in draft.evidence.themes if any(group in theme.heard for group in groups)]
    if heard:
        yield Heading(2, _("What they wrote and said"))
        yield Table(
            _("Themes"),
            (_("Theme"), _("Who spoke of it")),
            tuple((theme.name, "\n".join(_spoke(theme, groups))) for theme in heard),
            note=_("One person can speak of several themes. Groups too small to show are left out."),
        )
    for theme in heard:
        quotes = [one for one in draft.evidence.quotes if one.theme_id == theme.id and one.audience in groups]
        if quotes:
            yield Heading(3, theme.name)
            yield from (Quote(one.text or "", spoken_by(one), one.language) for one in quotes)


def _spoke(theme: ThemeRow, groups: Iterable[Group]) -> list[str]:
    return [words.heard(group, theme.heard[group]) for group in groups if group in theme.heard]


def _answers(draft: Draft, groups: tuple[Group, ...]) -> Iterator[Block]:
    answers = [one for one in draft.evidence.answers if one.audience in groups]
    if answers:
        yield Heading(2, _("You said, we did, we did not"))
        columns = (_("You said"), _("What came of it"), _("What was done, or why not"), _("Decided by"))
        yield Table(_("Published answers"), columns, tuple(answer_row(one) for one in answers))


def _gaps(draft: Draft) -> Iterator[Block]:
    hidden = results.hidden(draft.evidence.sources, draft.language)
    if hidden:
        yield Heading(2, _("What is hidden, and why"))
        yield Table(_("Hidden to protect people"), (_("Results"), _("Why"), _("Where")), tuple(hidden))
    unheard = [
        *(
            _("%(group)s: no results are in this report.", group=group)
            for group in results.not_asked(draft.evidence.sources)
        ),
        *(
            _("%(theme)s: too few people, or nobody, to give a number.", theme=theme.name)
            for theme in draft.evidence.themes
            if not theme.heard
        ),
    ]
    if unheard:
        yield Heading(2, _("Who and what was not heard"))
        yield Bullets(tuple(unheard))


def _development(draft: Draft) -> Iterator[Block]:
    if draft.evidence.owed:
        yield Heading(2, _("Themes still owed an answer"))
        yield Bullets(tuple(owed_line(one) for one in draft.evidence.owed))
    if draft.evidence.lessons:
        yield Heading(2, _("What complaints, compliments, worries and ideas taught"))
        yield Table(
            _("Learning points"),
            (_("From"), _("What was learned")),
            tuple((str(LESSONS[one.kind]), one.words) for one in draft.evidence.lessons),
        )


_ADDED: dict[str, Callable[[Draft], Iterator[Block]]] = {
    "data": _data,
    "practitioners": _practitioners,
    "children": _children,
    "gaps": _gaps,
    "development": _development,
}
