"""Texts in the language of the page, found once a page: Flask-Babel asks anew for every text which language it is."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Babel, Domain, get_domain, get_locale

_BABEL = "_flask_babel"  # where Flask-Babel keeps what it knows of a page; a language forced for a while is another


class _Texts(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    def get_translations(self) -> Any:
        found = _kept()
        if found is None:
            found = super().get_translations()
            if (here := g.get(_BABEL) if g else None) is not None:
                here.engage_texts = (get_locale(), found)
        return found


class _Texted(Babel):  # type: ignore[misc]  # as above
    @cached_property
    def domain_instance(self) -> Domain:
        return _Texts(domain=self.domain)


def init_app(app: Flask, language: Callable[[], str]) -> None:
    """Give the pages and templates of `app` their texts; `language` says whose this page is."""
    _Texted(app, locale_selector=language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension that Flask-Babel adds
        gettext=lambda text: _texts().ugettext(text),
        ngettext=lambda one, many, count: _texts().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, text: _texts().upgettext(context, text),
        npgettext=lambda context, one, many, count: _texts().unpgettext(context, one, many, count),
    )


def _texts() -> NullTranslations:
    found: NullTranslations = _kept() or get_domain().get_translations()
    return found


def _kept() -> NullTranslations | None:
    """Those of this page, unless another language was forced since."""
    here = g.get(_BABEL) if g else None
    locale, found = getattr(here, "engage_texts", (None, None))
    return found if locale is not None and locale is getattr(here, "babel_locale", None) else None
