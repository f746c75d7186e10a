"""The files of the library for everybody: at an address that names their content, in ranges where a player asks."""

from flask import Blueprint, Response, abort, jsonify, request, stream_with_context
from flask.typing import ResponseReturnValue

from engage.adapters import speech
from engage.listening.library import queries
from engage.listening.library.queries import ItemRow
from engage.web.access import public

bp = Blueprint("media", __name__)
_A_DAY = 24 * 3600
# What is sent for one question of a player: a slow phone then holds no thread for a whole film.
_MOST_AT_ONCE = 4 * queries.PART_BYTES


@bp.get("/<slug:partnership>/media/<slug:name>/<string:file>")
@public
def file(name: str, file: str) -> ResponseReturnValue:
    """One file, or the captions of a film. 404 for another content than the address names, and once withdrawn."""
    row = queries.get_item(name)
    if row is None or not row.is_there:
        abort(404)
    if file == row.file:
        return _kept(_bytes_of(row))
    hashed, _, language = file.removesuffix(".vtt").partition(".")
    if hashed != row.file.partition(".")[0] or language not in row.captions:
        abort(404)
    return _kept(Response(row.captions[language], mimetype="text/vtt"))


@bp.get("/<slug:partnership>/sounds/<string:language>/all.json")
@public
def sounds(language: str) -> ResponseReturnValue:
    """The keys of all sound there is in a language: a page then asks for none that is not there."""
    return jsonify(queries.spoken_keys(language))


@bp.get("/<slug:partnership>/sounds/<string:language>/<string:key>.wav")
@public
def sound(language: str, key: str) -> ResponseReturnValue:
    """The sound of some words that everybody may read, rendered before anybody asked (a page never renders)."""
    data = queries.spoken(language, [key]).get(key)
    if data is None:
        abort(404)
    return _kept(Response(data, mimetype=speech.MEDIA_TYPE))


def _bytes_of(row: ItemRow) -> Response:
    start, stop, status = 0, row.size, 200
    if request.range is not None:
        asked = request.range.range_for_length(row.size)
        if asked is None:
            return Response(status=416, headers={"Content-Range": f"bytes */{row.size}"}, mimetype=row.media_type)
        start, stop, status = asked[0], min(asked[1], asked[0] + _MOST_AT_ONCE), 206
    body = stream_with_context(queries.read_bytes(row, start, stop))
    response = Response(body, status, mimetype=row.media_type)
    response.headers["Content-Length"] = str(stop - start)
    response.headers["Accept-Ranges"] = "bytes"
    if status == 206:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{row.size}"
    return response


def _kept(response: Response) -> Response:
    """A day in the browser's own store: the address changes with the content, and what is withdrawn is soon gone."""
    response.cache_control.private = True
    response.cache_control.max_age = _A_DAY
    response.cache_control.immutable = True
    return response
