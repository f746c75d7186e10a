"""What themes calls things on pages: groups and their frozen numbers, what may identify, refusals, what was done."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString, format_date, gettext
from flask_babel import lazy_gettext as _l

from engage.rules.themes import Group, rule_for
from engage.understanding.themes.kinds import Refusal
from engage.voices.kinds import Channel

GROUPS: dict[Group, LazyString] = {
    Group.CHILDREN: _l("Children and young people"),
    Group.FAMILIES: _l("Parents and carers"),
    Group.STAFF: _l("People who work with children"),
    Group.ANYONE: _l("Everybody who told us something"),
}
CHANNELS: dict[Channel, LazyString] = {
    Channel.SURVEY: _l("Survey"),
    Channel.CASE: _l("Tell us something"),
    Channel.INSPECTION: _l("Young inspection"),
}
REFUSALS: dict[Refusal, LazyString] = {
    Refusal.IDENTIFIES: _l("Somebody could tell who said it"),
    Refusal.UPSETS: _l("It could hurt or upset somebody"),
    Refusal.TWISTS: _l("It no longer says what they meant"),
    Refusal.WITHDRAWN: _l("It is not needed any more"),
}
EVENTS: dict[str, LazyString] = {
    "theme-added": _l("Theme added"),
    "theme-changed": _l("Theme changed"),
    "theme-closed": _l("Theme closed"),
    "theme-opened": _l("Theme opened again"),
    "comment-coded": _l("Comment coded"),
    "quote-prepared": _l("Quote prepared"),
    "quote-released": _l("Quote released"),
    "quote-refused": _l("Quote refused"),
    "quote-original-opened": _l("Original comment opened"),
}


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def heard(group: Group, shown: int | None) -> str:
    """A group's frozen number in words; None is "Fewer than 10 children and young people", or nobody (D4)."""
    number = {"count": shown} if shown is not None else {"count": rule_for(group).threshold}
    about = {
        Group.CHILDREN: _("About %(count)s children and young people", **number),
        Group.FAMILIES: _("About %(count)s parents and carers", **number),
        Group.STAFF: _("About %(count)s people who work with children", **number),
        Group.ANYONE: _("About %(count)s people", **number),
    }
    fewer = {
        Group.CHILDREN: _("Fewer than %(count)s children and young people", **number),
        Group.FAMILIES: _("Fewer than %(count)s parents and carers", **number),
        Group.STAFF: _("Fewer than %(count)s people who work with children", **number),
        Group.ANYONE: _("Fewer than %(count)s people", **number),
    }
    return (fewer if shown is None else about)[group]


def heard_from(shown: Mapping[Group, int]) -> list[str]:
    """Every group's frozen number that may be seen, in words; when none may, one line for all."""
    lines = [heard(group, shown[group]) for group in Group if group in shown]
    return lines or [_("Fewer than 10 people in every group")]


def day(when: date) -> str:
    """A date as people say it: "12 May 2026"."""
    return str(format_date(when, "d MMMM y"))
