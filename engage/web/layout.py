"""What every template is given: language and direction, appearance, addresses of assets, who is signed in, the menu."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, g, has_request_context, request, url_for
from flask_babel import LazyString, force_locale, refresh
from flask_babel import gettext as _

from engage import paths
from engage.core import languages
from engage.core.context import asked, kept
from engage.web import brand, csrf, tablet, texts
from engage.web.access import principal
from engage.web.appearance import Appearance, appearance
from engage.web.drawings import drawing
from engage.web.places import place
from engage.web.words import listed, said_in


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the staff menu, shown to whoever holds one of `permissions`; `section` begins its addresses."""

    label: LazyString
    endpoint: str
    section: str | tuple[str, ...]
    permissions: tuple[str, ...]


@dataclass(frozen=True)
class MenuItem:
    """One entry as drawn."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class LanguageItem:
    """One language to choose."""

    code: str
    name: str
    current: bool


def language() -> str:
    """The language of this page: chosen, else what the browser asks for, else English; only what the place offers."""
    if not has_request_context():
        return languages.DEFAULT
    here = kept()
    if "engage_language" not in here:
        found = place()
        allowed = found.languages if found else languages.complete_codes()
        offered = here.get("engage_offered", allowed)
        allowed = [code for code in allowed if code in offered]
        if asked().path.startswith("/staff/"):  # where a draft has only the young pages
            allowed = [code for code in allowed if code in languages.complete_codes()]
        here.engage_language = wanted(allowed)
    code: str = here.engage_language
    return code


def wanted(allowed: Collection[str]) -> str:
    """Which of these languages the person at this request reads best: chosen, else what the browser asks for."""
    chosen = appearance().language
    tags = [chosen] if chosen else [tag for tag, _weight in asked().accept_languages]
    return languages.resolve(tags, allowed)


def offer(codes: Collection[str], unchecked: Collection[str]) -> None:
    """Show this page in one of `codes` only (a survey's languages); a page in one of `unchecked` says that it is."""
    here = kept()
    here.engage_offered, here.engage_unchecked = tuple(codes), frozenset(unchecked)
    if here.pop("engage_language", None) is not None:
        refresh()


def offer_all() -> None:
    """Show this page in any language of its place again: it has turned out to be about none of a survey's questions."""
    here = kept()
    for name in ("engage_offered", "engage_unchecked"):
        here.pop(name, None)
    if here.pop("engage_language", None) is not None:
        refresh()


def init_app(app: Flask, menu: Sequence[MenuEntry], exit_url: str) -> None:
    """Give templates what the layouts ask for."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.translations())
    texts.init_app(app, language)
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["drawing"] = drawing
    app.jinja_env.filters["listed"] = lambda words: listed(words, language())
    app.jinja_env.filters["said_in"] = lambda sentence: said_in(sentence, language())
    app.config["ENGAGE_EXIT"] = exit_url

    @app.context_processor
    def context() -> dict[str, Any]:
        return _context(menu)


def _context(menu: Sequence[MenuEntry]) -> dict[str, Any]:
    found, who, code = place(), principal(), language()
    look: Appearance = appearance()
    offered = [one for one in found.languages if one in g.get("engage_offered", found.languages)] if found else None
    here = _here() if has_request_context() else "/"
    again = tablet.again_href() if has_request_context() and not who else ""
    return {
        "lang": code,
        "csrf_token": csrf.token,
        "text_dir": languages.direction(code),
        "is_draft_language": not languages.get(code).is_checked,
        "appearance": look,
        "partnership": found,
        "brand_css": _brand_css() if found and not who else None,
        "principal": who,
        "again_href": again,
        "home_href": again or (url_for("home.partnership_home") if found and not who else "/"),
        "help_href": url_for("help.page", place=found.slug, back=here if again else None) if found else "/help",
        "comfort_href": url_for("comfort.page", back=here),
        "exit_href": again or url_for("comfort.leave"),
        "account_href": url_for("people.my_account"),
        "sign_out_href": url_for("people.sign_out"),
        "languages": _languages(languages.complete_codes() if offered is None else offered, code),
        "is_unchecked": code in g.get("engage_unchecked", ()),
        "not_offered": _not_offered(look.language, offered) if found else None,
        "staff_nav": [_item(entry) for entry in menu if who and any(who.can(p) for p in entry.permissions)],
    }


def _here() -> str:
    """The address to come back to; the choices of how pages look lead back to where they were opened."""
    chosen_for = request.args.get("back") if request.endpoint == "comfort.page" else None
    return chosen_for or request.full_path.rstrip("?")


def _brand_css() -> str | None:
    """The partnership's colours; not for the help page, which has to stand when nothing else does."""
    return None if has_request_context() and request.endpoint == "help.page" else brand.href(place())


def _languages(codes: Sequence[str], now: str) -> list[LanguageItem]:
    return [LanguageItem(code, languages.get(code).name, code == now) for code in codes]


def _not_offered(chosen: str, offered: Sequence[str] | None) -> dict[str, str] | None:
    """What to say, in the language somebody chose, where a survey has no checked words in it; None where it has."""
    if not chosen or "engage_offered" not in g or offered is None or chosen in offered:
        return None
    english = "We cannot show this in your language yet: nobody has checked the words. This page is in English."
    with force_locale(chosen):
        words = _("We cannot show this in your language yet: nobody has checked the words. This page is in English.")
    code = languages.DEFAULT if words == english else chosen
    return {"text": words, "lang": code, "dir": languages.direction(code)}


def _item(entry: MenuEntry) -> MenuItem:
    return MenuItem(str(entry.label), url_for(entry.endpoint), request.path.startswith(entry.section))


def asset(name: str) -> str:
    """The address of a built file; it carries the content's hash, so that it can be kept for a year."""
    return f"/static/dist/{name}?v={_hash(name)}"


@cache
def _hash(name: str) -> str:
    return hashlib.sha256((paths.static() / "dist" / name).read_bytes()).hexdigest()[:16]
