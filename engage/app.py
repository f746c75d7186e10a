"""The factory: a short list of named steps. What each page shares is in `web`, what a feature is in its package."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

from engage import paths
from engage.answering.you_said import routes as answers
from engage.answering.you_said import routes_public as you_said
from engage.assurance.accessibility import routes as access_tests
from engage.assurance.impact import routes as impact
from engage.assurance.reports import routes as reports
from engage.core import database, heartbeat, logging, scope
from engage.core.crypto import Keyring
from engage.core.database import db
from engage.desk import about, api, codes, health, home, ratings, today
from engage.desk import help as help_now
from engage.desk.rights import routes as rights
from engage.desk.rights import routes_about as held
from engage.listening.bank import routes as bank
from engage.listening.casework import naming as case_naming
from engage.listening.casework import routes as casework
from engage.listening.casework import routes_glass as glass
from engage.listening.inspections import routes as inspections
from engage.listening.inspections import routes_plan as inspection_planning
from engage.listening.kiosk import routes as kiosk
from engage.listening.kiosk import routes_manage as tablets
from engage.listening.kiosk import routes_offline as kiosk_offline
from engage.listening.library import routes as library
from engage.listening.library import routes_public as media
from engage.listening.making import routes as making
from engage.listening.making import (
    routes_file,
    routes_forms,
    routes_gate,
    routes_list,
    routes_preview,
    routes_publish,
    routes_versions,
)
from engage.listening.reach import routes as reach
from engage.listening.reach import routes_entry as paper_entry
from engage.listening.reach import routes_invited as invited
from engage.listening.reach import routes_paper as reach_paper
from engage.listening.surveys import naming as survey_naming
from engage.listening.surveys import routes as surveys
from engage.listening.surveys import routes_manage as survey_management
from engage.listening.surveys import routes_sound as survey_sound
from engage.listening.translating import routes as translating
from engage.listening.translating import routes_files as translation_files
from engage.listening.xlsforms import routes as xlsforms
from engage.migrations import run
from engage.people import keyed, queries, routes_erasing, routes_keys, routes_manage, routes_numbers, signed_in
from engage.people import routes as people
from engage.people.passwords import Passwords
from engage.safeguarding import routes as triage
from engage.safeguarding import routes_duty as duty
from engage.safeguarding import routes_employment as employment
from engage.safeguarding import routes_reading as reading
from engage.safeguarding.contact import routes as contact
from engage.safeguarding.contact import routes_together as contact_together
from engage.settings import Settings
from engage.understanding.releases import routes as releases
from engage.understanding.releases import routes_files as release_files
from engage.understanding.releases import routes_known as known_totals
from engage.understanding.releases import routes_overlap as overlaps
from engage.understanding.releases import routes_restricted as restricted
from engage.understanding.themes import routes as themes
from engage.understanding.themes import routes_coding as coding
from engage.understanding.themes import routes_names as known_names
from engage.understanding.themes import routes_quotes as quotes
from engage.voices import sources
from engage.web import (
    access,
    brand,
    claims,
    comfort,
    errors,
    layout,
    limits,
    origin,
    places,
    security,
    sessions,
    uploads,
)
from engage.web.access import Permission
from engage.web.csrf import csrf
from engage.web.layout import MenuEntry

BLUEPRINTS = (
    health.bp,
    api.bp,
    comfort.bp,
    brand.bp,
    people.bp,
    routes_manage.bp,
    routes_erasing.bp,
    routes_numbers.bp,
    routes_keys.bp,
    help_now.bp,
    home.bp,
    about.bp,
    codes.bp,
    inspections.bp,
    inspection_planning.bp,
    ratings.bp,
    today.bp,
    surveys.bp,
    survey_management.bp,
    bank.bp,
    routes_gate.bp,
    survey_sound.bp,
    kiosk.bp,
    kiosk_offline.bp,
    tablets.bp,
    library.bp,
    media.bp,
    reach.bp,
    reach_paper.bp,
    translating.bp,
    translation_files.bp,
    xlsforms.bp,
    making.bp,
    routes_list.bp,
    routes_forms.bp,
    routes_publish.bp,
    routes_versions.bp,
    routes_file.bp,
    routes_preview.bp,
    invited.bp,
    paper_entry.bp,
    triage.bp,
    duty.bp,
    employment.bp,
    contact.bp,
    contact.staff_bp,
    contact_together.bp,
    reading.bp,
    releases.bp,
    release_files.bp,
    known_totals.bp,
    overlaps.bp,
    restricted.bp,
    casework.bp,
    casework.public_bp,
    glass.bp,
    themes.bp,
    coding.bp,
    quotes.bp,
    known_names.bp,
    answers.bp,
    you_said.bp,
    reports.bp,
    access_tests.bp,
    impact.bp,
    rights.bp,
    held.bp,
)

# Who tells a reader what was asked, by the kind of origin.
NAMERS = {"response": survey_naming.name_asked, "case": case_naming.name_asked}

MENU = (
    MenuEntry(_l("Today"), "today.page", "/staff/today", tuple(Permission)),
    MenuEntry(
        _l("Safeguarding"),
        "safeguarding.flags",
        "/staff/safeguarding",
        (Permission.TRIAGE_FLAGS, Permission.READ_VOICES, Permission.READ_ALLEGATIONS, Permission.READ_WHISTLEBLOWING),
    ),
    MenuEntry(
        _l("Surveys"),
        "surveys_list.surveys_page",
        ("/staff/surveys", "/staff/library", "/staff/ready-made"),
        (Permission.MANAGE_SURVEYS,),
    ),
    MenuEntry(_l("Paper"), "paper_entry.surveys", "/staff/paper", (Permission.ENTER_PAPER,)),
    MenuEntry(_l("Cases"), "cases.cases", "/staff/cases", (Permission.HANDLE_CASES, Permission.SEE_CASES)),
    MenuEntry(_l("Inspections"), "inspection_planning.visits", "/staff/inspections", (Permission.PLAN_INSPECTIONS,)),
    MenuEntry(_l("Understanding"), "releases.results", ("/staff/results", "/staff/themes"), (Permission.SEE_RESULTS,)),
    MenuEntry(_l("Answering"), "answers.answers", "/staff/answers", (Permission.WRITE_ANSWERS,)),
    MenuEntry(_l("Assurance"), "reports.reports", "/staff/reports", (Permission.SEE_REPORTS, Permission.MAKE_REPORTS)),
    MenuEntry(_l("Data"), "rights.keeping", "/staff/data", (Permission.MANAGE_PARTNERSHIP,)),
    MenuEntry(_l("People"), "manage.people", "/staff/people", (Permission.MANAGE_PEOPLE,)),
)


class _Rule(Rule):
    """Works out how its address is built when that is first asked for: most of what starts, a verb of the command above
    all, builds few addresses, and to work out all of them takes five times as long as everything else in starting.
    """

    def _compile_builder(self, *given: Any, **named: Any) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, *given, **named))
        return lambda rule, /, **values: compiled()(rule, **values)


class _Plain(Flask):
    """No view or hook here is async: asking each of them, on every request, costs a page several hundredths."""

    url_rule_class = _Rule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The product as a WSGI application, with its database connected but not migrated."""
    settings = settings or Settings()
    logging.configure(settings.log_level)
    app = _Plain("engage", template_folder=str(paths.templates()), static_folder=None)
    app.extensions["engage_settings"] = settings
    _connect(app, settings)
    heartbeat.init_app(app)
    security.init_app(app)
    origin.init_app(app)
    sessions.init_app(app)
    uploads.init_app(app)
    csrf.init_app(app)
    places.init_app(app, queries.get_partnership)
    access.init_app(app, signed_in.load, keyed.check)
    limits.init_app(app, settings)
    layout.init_app(app, MENU, settings.exit_url)
    claims.init_app(app)
    errors.init_app(app, stylesheet=layout.asset("young.css"))
    for kind, namer in NAMERS.items():
        sources.names(kind)(namer)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.check(app)
    _serve_static(app)
    return app


def _connect(app: Flask, settings: Settings) -> None:
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    database.init_app(app, settings.database, settings.database_owner_url)
    scope.init_app(app)
    keyring = _keyring(app, settings)
    app.extensions["engage_keyring"] = keyring
    app.secret_key = keyring.derive("form-token")
    app.extensions["engage_passwords"] = Passwords.with_cost(settings.argon2_memory_kib, settings.argon2_passes)


def _keyring(app: Flask, settings: Settings) -> Keyring:
    """A key file is made for an empty database only: new keys would open nothing of what is stored (F18)."""
    path = settings.home / "engage.key"
    with app.app_context():
        is_new = not path.exists() and run.present(db.engine) is None
    make = Keyring.load_or_create if is_new else Keyring.load
    return make(path, argon2_memory_kib=settings.argon2_memory_kib, argon2_passes=settings.argon2_passes)


def _serve_static(app: Flask) -> None:
    hops = app.extensions["engage_settings"].trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask tells to
    files = WhiteNoise(
        app.wsgi_app,
        max_age=365 * 24 * 3600,
        allow_all_origins=False,
        add_headers_function=security.static_headers,
    )
    for folder in (paths.static() / name for name in ("dist", "fonts", "symbols")):
        if folder.is_dir():
            files.add_files(str(folder), prefix=f"static/{folder.name}/")
    files.add_files(str(paths.static() / "icon"))  # browsers ask for /favicon.ico by themselves, once a person
    app.wsgi_app = files  # type: ignore[method-assign]  # as Flask tells to
