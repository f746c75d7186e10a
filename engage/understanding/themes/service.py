"""The verbs of the codebook: add and change themes, close and open them, freeze their numbers."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound
from engage.core.ids import new_id
from engage.rules.themes import Group, may_recount, rule_for
from engage.rules.themes.matching import tidy
from engage.understanding.themes import queries
from engage.understanding.themes.kinds import PICTURES
from engage.understanding.themes.models import Theme, ThemeCount


@dataclass(frozen=True)
class ThemeText:
    """What a theme says: `picture` is one of kinds.PICTURES."""

    name: str
    about: str = ""
    phrases: Sequence[str] = ()
    picture: str = PICTURES[0]


def add_theme(text: ThemeText) -> uuid.UUID:
    """A new open theme; Conflict where the name is taken, in whatever case."""
    session = begin_write()
    _check_name(text.name, None)
    theme = Theme(id=new_id(), **_columns(text))
    session.add(theme)
    session.flush()
    audit.record("theme-added", "theme", theme.id)
    return theme.id


def change_theme(theme_id: uuid.UUID, text: ThemeText) -> None:
    """Say a theme anew; the trail keeps which parts were changed, by whom and when."""
    begin_write()
    theme = _theme(theme_id)
    _check_name(text.name, theme_id)
    changed = [name for name, value in _columns(text).items() if getattr(theme, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(theme, name, _columns(text)[name])
    audit.record("theme-changed", "theme", theme_id, fields=",".join(changed))


def set_open(theme_id: uuid.UUID, *, is_open: bool) -> None:
    """Close a theme, so that no more comments get it, or open it again; what was coded stays."""
    begin_write()
    theme = _theme(theme_id)
    if theme.is_open == is_open:
        return
    theme.is_open = is_open
    audit.record("theme-opened" if is_open else "theme-closed", "theme", theme_id)


def freeze_counts(fixed_day: int) -> int:
    """Count themes anew where the rule allows it (D1); how many numbers were frozen.

    fixed_day: day of the month from which a number may be replaced. A number that may not move yet stays as it was.
    """
    people = queries.people_by_theme()
    session = begin_write()
    frozen = queries.frozen_counts()
    today = clock.today()
    moved = 0
    for key in people.keys() | frozen.keys():
        before = frozen.get(key)
        if may_recount(
            rule_for(key[1]),
            people=people.get(key, 0),
            counted=before.counted if before else None,
            counted_on=before.counted_on if before else today,
            today=today,
            fixed_day=fixed_day,
        ):
            session.merge(_count(key, people.get(key, 0)))
            moved += 1
    if moved:
        audit.record("themes-counted", "theme")
    return moved


def _count(key: tuple[uuid.UUID, Group], people: int) -> ThemeCount:
    theme_id, group = key
    return ThemeCount(
        theme_id=theme_id,
        heard_from=group,
        counted=people,
        shown=rule_for(group).gated(people),
        counted_on=clock.today(),
    )


def _columns(text: ThemeText) -> dict[str, object]:
    columns = asdict(text) | {"phrases": tidy(text.phrases), "name": " ".join(text.name.split())}
    if columns["picture"] not in PICTURES:
        columns["picture"] = PICTURES[0]
    return columns


def _check_name(name: str, but: uuid.UUID | None) -> None:
    wanted = " ".join(name.split()).casefold()
    if any(other.casefold() == wanted for theme_id, other in queries.names().items() if theme_id != but):
        raise Conflict("theme-name-taken")


def _theme(theme_id: uuid.UUID) -> Theme:
    theme = db.session.scalars(sa.select(Theme).where(Theme.id == theme_id)).first()
    if theme is None:
        raise NotFound
    return theme
