"""Every component on sample pages, drawn without the application: for looking at, for validity and for accessibility.

Lives here: the sample pages and what renders them. Must not: be imported by the product.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import jinja2
from markupsafe import Markup
from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from engage.web.drawings import drawing

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGES = sorted(path.stem for path in (HERE / "pages").glob("*.html"))


class SampleForm(Form):
    """One of each kind of control, two of them wrong."""

    title = StringField("Name of the survey", [InputRequired("Enter a name")], description="Children see this name")
    who = RadioField(
        "Who is it for?",
        [InputRequired("Pick who it is for")],
        choices=[SelectChoice("children", "Children"), SelectChoice("staff", "Staff")],
    )
    agency = SelectField("Agency", choices=[SelectChoice("a", "Larkmoor Council"), SelectChoice("b", "Police")])
    why = TextAreaField("Why are you asking?")
    sure = BooleanField("I have checked the wording")


@cache
def environment() -> jinja2.Environment:
    """Jinja as the product sets it up (autoescape, new-style gettext), with stand-ins for what the web layer gives."""
    loader = jinja2.FileSystemLoader([ROOT / "templates", HERE / "pages"])
    jinja = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    jinja.add_extension("jinja2.ext.i18n")
    jinja.install_null_translations(newstyle=True)
    functions: dict[str, Callable[..., object]] = {
        "drawing": drawing,
        "asset": lambda name: f"/static/dist/{name}",
        "csp_nonce": lambda: "sample",
        "csrf_token": lambda: "sample",
    }
    jinja.globals.update(functions)
    return jinja


def context(**changes: object) -> dict[str, object]:
    """What every page is given, as the web layer gives it; `changes` replaces parts of it."""
    form = SampleForm()
    form.validate()
    given: dict[str, object] = {
        "lang": "en",
        "text_dir": "ltr",
        "appearance": SimpleNamespace(theme="", size="", letters="", easy=False, symbols=True),
        "partnership": SimpleNamespace(
            slug="larkmoor",
            name="Larkmoor Safeguarding Children Partnership",
            short_name="Larkmoor",
            strapline="Safeguarding Children Partnership",
        ),
        "principal": SimpleNamespace(name="Priya Nair", can=lambda _: True),
        "staff_nav": [
            SimpleNamespace(label=label, href=f"#{label}", current=label == "Today")
            for label in ("Today", "Listening", "Safeguarding", "Understanding", "Answering", "Assurance")
        ],
        "languages": [SimpleNamespace(code="en", name="English", current=True)],
        "home_href": "#home",
        "help_href": "#help",
        "comfort_href": "#ease",
        "exit_href": "#leave",
        "account_href": "#me",
        "sign_out_href": "#out",
        "form": form,
        "evil": "<script>alert(1)</script>",
        "get_flashed_messages": lambda **_: [("message", "The survey is open")],
    }
    return given | changes


def render(page: str, **changes: object) -> str:
    """The sample page `page` as HTML."""
    return environment().get_template(f"{page}.html").render(context(**changes))


def draw(source: str, **given: object) -> Markup:
    """A piece of template on its own, for a test about one macro."""
    return Markup(environment().from_string(source).render(given))  # noqa: S704  autoescaped by the environment
