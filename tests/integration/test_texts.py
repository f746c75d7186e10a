"""Texts of a page stay in its language, and in the one that is forced for a while."""

from flask import Flask
from flask_babel import force_locale, gettext

from engage.web import layout


def _in_a_template(app: Flask) -> str:
    return app.jinja_env.from_string("{{ _('Continue') }} {{ ngettext('%(num)d', '%(num)d', 2) }}").render()


def test_a18_a_forced_language_ends_where_it_ends(app: Flask) -> None:
    english = {"Accept-Language": "en"}
    with app.test_request_context("/", headers=english):
        assert (gettext("Continue"), _in_a_template(app)) == ("Continue", "Continue 2")
        with force_locale("ar"):
            arabic = gettext("Continue")
            assert arabic != "Continue"
            assert _in_a_template(app) == f"{arabic} 2"
        assert (gettext("Continue"), _in_a_template(app)) == ("Continue", "Continue 2")


def test_a18_the_language_can_change_within_one_page(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert gettext("Continue") == "Continue"
        layout.g.engage_language = "ar"
        layout.refresh()
        assert gettext("Continue") != "Continue"


def test_outside_a_page_texts_are_as_they_were_written(app: Flask) -> None:
    assert app.jinja_env.from_string("{{ 1 + 1 }}").render() == "2"
    with app.app_context():
        assert gettext("Continue") == "Continue"
