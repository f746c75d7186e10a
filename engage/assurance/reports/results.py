"""A release in a report: its facts in words, and each published table as a table or as bars with their numbers.

Takes published tables and makes no number: words, shares and reasons are those of the results pages.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask_babel import format_date, gettext

from engage.adapters.documents import Block, Bullets, Chart, Heading, Paragraph
from engage.adapters.documents import Table as Rows
from engage.assurance.reports.sources import Source
from engage.rules.disclosure import Cell, Table
from engage.rules.themes import Group
from engage.understanding.releases.views import CellView, TableView, about_views, table_views
from engage.understanding.themes import words


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def name_of(source: Source, language: str) -> str:
    """What a release is called wherever it is cited."""
    title = source.definition.title.say(language).text
    return _("%(survey)s, release %(number)s", survey=title, number=source.release.number)


def base_of(source: Source) -> str:
    """How many people answered, in words."""
    return words.heard(source.group, source.release.base)


def rule_of(source: Source) -> str:
    """How this release protects people, in one line."""
    return _(
        "Groups of fewer than %(threshold)s are hidden. Other numbers are rounded to the nearest %(rounding)s.",
        threshold=source.release.rule.threshold,
        rounding=source.release.rule.rounding,
    )


def day(value: object) -> str:
    """A date in words, in the language of the report."""
    return str(format_date(value, "d MMMM y"))


def results(sources: Iterable[Source], language: str, *, charts: bool) -> list[Block]:
    """The releases one after the other: what was asked first, who answered at the end."""
    return [block for source in sources for block in _release(source, language, charts=charts)]


@dataclass(frozen=True)
class _Result:
    """One published table with its words; `offered` are the options the question has, without the way to leave it."""

    view: TableView
    table: Table
    offered: frozenset[str]

    @property
    def pairs(self) -> list[tuple[CellView, Cell]]:
        """Each cell in words and as it was published."""
        return list(zip(self.view.cells, self.table.cells, strict=True))

    @property
    def is_seen(self) -> bool:
        """Whether any number of it may be seen."""
        return any(cell.count is not None for cell in self.table.cells)

    @property
    def answers(self) -> tuple[str, ...]:
        """The options in words."""
        return tuple(words.label for words, cell in self.pairs if cell.option in self.offered)

    @property
    def shares(self) -> tuple[str, ...]:
        """The share of each option in words."""
        return tuple(_share(*pair) for pair in self.pairs if pair[1].option in self.offered)


def _share(words: CellView, cell: Cell) -> str:
    return words.share if cell.count is not None else _("hidden")


def _results_of(source: Source, language: str, *, background: bool | None = None) -> list[_Result]:
    """The tables of a release in the order of its questions: only those about people, only the others, or all."""
    wanted = {
        column.key: frozenset(option.id for option in column.options)
        for question in source.definition.questions
        for column in question.columns()
        if background in {None, question.background}
    }
    return [
        _Result(view, table, wanted[table.question])
        for table in source.tables
        if table.question in wanted
        for view in table_views(source.definition, [table], source.release.rule, language)
    ]


def _release(source: Source, language: str, *, charts: bool) -> Iterator[Block]:
    yield Heading(2, name_of(source, language))
    answered = _("%(people)s answered. Frozen on %(day)s.", people=base_of(source), day=day(source.release.frozen_on))
    yield Paragraph(answered)
    asked = _results_of(source, language, background=False)
    if charts:
        yield from (_bars(one) for one in asked if one.is_seen)
    else:
        yield from _tables([one for one in asked if one.is_seen])
    yield from _unseen([one.view for one in asked if not one.is_seen])
    about = [one for one in _results_of(source, language, background=True) if one.is_seen]
    if about:
        yield Heading(3, _("Who answered"))
        yield from _tables(about)
    yield from _how(source, language)


def _how(source: Source, language: str) -> Iterator[Block]:
    """How people answered, and with whom: each table by itself, as it was published."""
    rule = source.release.rule
    by_key = {table.question: table for table in source.tables}
    views = [
        _Result(view, by_key[view.question], frozenset(cell.option for cell in by_key[view.question].cells))
        for view in about_views(source.tables, rule, language)
    ]
    seen = [one for one in views if one.is_seen]
    if seen:
        yield Heading(3, _("How people answered"))
        yield from (_table(one) for one in seen)


def _tables(found: Iterable[_Result]) -> Iterator[Block]:
    """One table a question; questions in a row that have the same answers share one."""
    for (answers, is_multiple), together in groupby(found, key=lambda one: (one.answers, one.view.is_multiple)):
        same = list(together)
        if len(same) > 1 and not is_multiple:
            yield _matrix(answers, same)
        else:
            yield from (_table(one) for one in same)


def _unseen(views: list[TableView]) -> Iterator[Block]:
    for why in dict.fromkeys(view.why_hidden for view in views):
        yield Paragraph(_("No number can be shown for these questions. %(why)s", why=why))
        yield Bullets(tuple(view.title for view in views if view.why_hidden == why))


def _table(one: _Result) -> Rows:
    rows = tuple((words.label, words.people, _share(words, cell)) for words, cell in one.pairs)
    return Rows(one.view.title, (_("Answer"), _("People"), _("Share")), rows, note=_about(one.view))


def _matrix(answers: tuple[str, ...], same: list[_Result]) -> Rows:
    """Questions under each other. Where they were answered by different numbers of people each row says by how many."""
    bases = {one.view.base for one in same}
    rows = [(one.view.title, *one.shares, one.view.base) for one in same]
    header = (_("Question"), *answers, _("People"))
    notes = [_("Left out: those who would rather not say.")]
    if len(bases) == 1:
        rows, header = [row[:-1] for row in rows], header[:-1]
        notes.insert(0, _("People: %(base)s.", base=bases.pop()))
    why = dict.fromkeys(one.view.why_hidden for one in same if one.view.why_hidden)
    return Rows(_("Share of people who gave each answer"), header, tuple(rows), note=" ".join([*notes, *why]))


def _bars(one: _Result) -> Chart:
    bars = tuple((words.label, cell.count) for words, cell in one.pairs)
    said = " ".join(part for part in (_headline(one), _about(one.view)) if part)
    return Chart(one.view.title, said, bars, (_("Answer"), _("People, about"), _("Bar")))


def _headline(one: _Result) -> str:
    """The answer most people gave, where that can be said."""
    shown = [(cell.count, words) for words, cell in one.pairs if cell.count is not None]
    most = max((count for count, _words in shown), default=0)
    top = [words for count, words in shown if count == most]
    if len(top) != 1 or top[0].percent is None:
        return ""
    return _("Most often: %(answer)s (%(share)s).", answer=top[0].label, share=top[0].share)


def _about(view: TableView) -> str:
    several = _("People could choose several.") if view.is_multiple else ""
    base = _("People: %(base)s.", base=view.base)
    return " ".join(part for part in (base, several, view.why_hidden) if part)


def hidden(sources: Iterable[Source], language: str) -> list[tuple[str, str, str]]:
    """What was hidden and why, one row a release and reason: (release, reason, in how many of its questions)."""
    rows = []
    for source in sources:
        found = _results_of(source, language)
        reasons = Counter(one.view.why_hidden for one in found if one.view.why_hidden)
        rows += [
            (name_of(source, language), why, _("%(some)s of %(all)s questions", some=count, all=len(found)))
            for why, count in reasons.items()
        ]
    return rows


def not_asked(sources: Iterable[Source]) -> list[str]:
    """The groups whose answers no chosen release holds."""
    heard = {source.group for source in sources}
    return [str(words.GROUPS[group]) for group in (Group.CHILDREN, Group.FAMILIES, Group.STAFF) if group not in heard]
