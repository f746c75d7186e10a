"""Error pages: what a person sees when something cannot be done, always with who to call.

A page for a mistake on the asker's side is an ordinary, translated page. The pages for a fault on our side are fixed
bytes made at start: no template, database or catalogue that may be the very thing that broke can keep the help
numbers from a child.
"""

from html import escape
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.logging import get_logger
from engage.web.refusals import sentence

_PAGES = frozenset({400, 403, 404, 405, 409, 413, 429})

_STATIC = """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{stylesheet}</head>
<body class="engage-young">
<main class="engage-main" id="main"><div class="engage-wrap engage-stack">
<h1 class="engage-h1">{title}</h1>
<p class="engage-p">{text}</p>
<p class="engage-p" lang="ar" dir="rtl">{arabic}</p>
<h2 class="engage-h2">If you need help now</h2>
<ul>
<li class="engage-p">If you or someone else is in danger, call <a href="tel:999">999</a>.</li>
<li class="engage-p">You can talk to Childline on <a href="tel:08001111">0800 1111</a>. It is free, day and night.</li>
</ul>
<ul lang="ar" dir="rtl">
<li class="engage-p">إذا كنت أنت أو أي شخص آخر في خطر، اتصل بالرقم <a href="tel:999"><bdi>999</bdi></a>.</li>
<li class="engage-p">يمكنك التحدث إلى Childline على الرقم
<a href="tel:08001111"><bdi>0800 1111</bdi></a> مجانًا ليلًا ونهارًا.</li>
</ul>
</div></main>
</body>
</html>
"""

_FAULTS = {
    500: (
        "Something went wrong on our side",
        "It is not your fault. Nothing was sent. Go back: your answers are still on that page. Then try again.",
        "حدث خطأ من جانبنا وليس بسببك. لم يُرسَل شيء. ارجع إلى الصفحة السابقة، إجاباتك ما زالت فيها، ثم حاول مرة أخرى.",
    ),
    503: (
        "We cannot save anything just now",
        "Nothing was sent. Go back: your answers are still on that page. Wait a minute, then try again.",
        "لا يمكننا حفظ أي شيء الآن. لم يُرسَل شيء. ارجع، إجاباتك ما زالت في الصفحة. انتظر دقيقة ثم حاول مرة أخرى.",
    ),
}


def fault_page(status: int, stylesheet: str = "") -> bytes:
    """The whole page for 500 or 503; `stylesheet` is an address, or empty for a page without style."""
    title, text, arabic = _FAULTS[status]
    link = f'<link rel="stylesheet" href="{escape(stylesheet)}">\n' if stylesheet else ""
    return _STATIC.format(title=title, text=text, arabic=arabic, stylesheet=link).encode()


def help_page(stylesheet: str = "") -> Response:
    """The numbers that work everywhere, when a partnership's own page cannot be read."""
    link = f'<link rel="stylesheet" href="{escape(stylesheet)}">\n' if stylesheet else ""
    text = "Nobody will be cross with you. You do not have to say your name."
    arabic = "لن يغضب منك أحد. لست مضطرًا لقول اسمك."
    page = _STATIC.format(title="Help now", text=text, arabic=arabic, stylesheet=link)
    return Response(page, 200, mimetype="text/html")


def init_app(app: Flask, *, stylesheet: str = "") -> None:
    """Registers a page for every error; `stylesheet` is the address of the young pages' style."""
    faults = {status: fault_page(status, stylesheet) for status in _FAULTS}

    def fault(status: int) -> Response:
        if _wants_json():
            return _json(status)
        return Response(faults[status], status, mimetype="text/html")

    def http_error(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status >= 500:
            return fault(status if status in faults else 500)
        return _page(error, status)

    def busy(_error: OperationalError) -> Response:
        get_logger().error("database-refused", endpoint=request.endpoint, exc_info=True)
        return fault(503)

    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(DataError, _unkeepable)
    app.register_error_handler(NotFound, lambda _error: _answer(404))
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(Refused, _refused)


def page_for(error: HTTPException) -> ResponseReturnValue:
    """The page for a mistake of the asker's, for a feature that has an answer of its own to some of them only."""
    return _page(error, error.code or 400)


def _unkeepable(_error: DataError) -> ResponseReturnValue:
    """What was sent holds something that no column can (a NUL in a name): the sender's mistake, not our fault."""
    db.session.rollback()
    return _answer(400)


def _refused(error: Refused) -> ResponseReturnValue:
    """A refusal that its view did not put beside the form it belongs to."""
    return _answer(409, is_refused=True, why=sentence(error.reason, error.params))


def _conflict(error: Conflict) -> ResponseReturnValue:
    """Somebody else was first; the sentence says what they did, where there is one."""
    return _answer(409, why=sentence(str(error), {}))


def _page(error: HTTPException, status: int) -> ResponseReturnValue:
    reason = "form-expired" if isinstance(error, CSRFError) else getattr(error, "reason", None)
    response = make_response(_answer(status, reason=reason))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value  # Allow, Retry-After
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"  # the rest of the body is not read
    return response


def _answer(status: int, **context: object) -> ResponseReturnValue:
    if _wants_json():
        return _json(status)
    name = status if status in _PAGES else 400
    return render_template(f"errors/{name}.html", **context), status


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def _json(status: int) -> Response:
    """A problem as RFC 9457 has it, with nothing in it but what the status means."""
    response = jsonify(type="about:blank", title=HTTPStatus(status).phrase, status=status)
    response.status_code, response.mimetype = status, "application/problem+json"
    return response
