"""What machines can read, as an OpenAPI document; a test holds it to the routes and to what they answer."""

from typing import Any, Final

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_DAY: Final[Schema] = {"type": "string", "format": "date"}
_NUMBER: Final[Schema] = {"type": "integer"}
_PEOPLE: Final[Schema] = {
    "type": ["integer", "null"],
    "description": "Rounded. null: hidden, which may be nobody and may be a few.",
}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_SCHEMAS: Final[dict[str, Schema]] = {
    "Problem": _object(type=_TEXT, title=_TEXT, status=_NUMBER),
    "ReleaseName": _object(release=_NUMBER, frozen_on=_DAY, version_sha256=_TEXT),
    "Survey": _object(survey=_TEXT, title=_TEXT, releases=_list(_named("ReleaseName"))),
    "Surveys": _object(surveys=_list(_named("Survey"))),
    "Releases": _object(survey=_TEXT, releases=_list(_named("ReleaseName"))),
    "Rule": _object(threshold=_NUMBER, rounding=_NUMBER, max_filters=_NUMBER),
    "Cell": _object(option=_TEXT, count=_PEOPLE),
    "Table": _object(
        question=_TEXT,
        multiple={"type": "boolean"},
        filters={"type": "object", "additionalProperties": _TEXT},
        cells=_list(_named("Cell")),
        base=_PEOPLE,
    ),
    "Release": _object(
        survey=_TEXT,
        release=_NUMBER,
        version_sha256=_TEXT,
        frozen_on=_DAY,
        rule=_named("Rule"),
        base=_PEOPLE,
        tables=_list(_named("Table")),
    ),
    "Answer": _object(
        **{"you_said": _TEXT, "from": {"enum": ["children", "families", "staff", "anyone"]}},
        heard=_PEOPLE,
        outcome={"enum": ["did", "doing", "did_not", "not_yet"]},
        we_did=_TEXT,
        because=_TEXT,
        published_on=_DAY,
    ),
    "Answers": _object(answers=_list(_named("Answer"))),
}

_PLACES: Final[dict[str, Schema]] = {
    "partnership": {"description": "Short name of the partnership whose key it is.", "schema": _TEXT},
    "survey": {"description": "Short name of a survey.", "schema": _TEXT},
    "number": {"description": "Number of a release.", "schema": _NUMBER},
}


def _problem(means: str) -> Schema:
    return {"description": means, "content": {"application/problem+json": {"schema": _named("Problem")}}}


_PROBLEMS: Final[dict[str, Schema]] = {
    "401": _problem("No working key of this partnership in the Authorization header."),
    "404": _problem("There is no such thing here."),
    "429": _problem("Too much at once: Retry-After says how many seconds to wait."),
}


def _read(summary: str, schema: str, *places: str) -> Schema:
    return {
        "get": {
            "summary": summary,
            "parameters": [{"name": name, "in": "path", "required": True, **_PLACES[name]} for name in places],
            "responses": {
                "200": {"description": summary, "content": {"application/json": {"schema": _named(schema)}}},
                **_PROBLEMS,
            },
        }
    }


_HERE: Final = "/api/v1/{partnership}"

DESCRIPTION: Final[Schema] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Engage: frozen results",
        "version": "1",
        "description": (
            "For machines of a partnership. Numbers come from frozen releases alone: small ones are hidden, all are"
            " rounded, and none ever changes. The partnership's administrator makes the key."
        ),
    },
    "servers": [{"url": "/"}],
    "security": [{"key": []}],
    "paths": {
        f"{_HERE}/surveys": _read("Every survey that has a release.", "Surveys", "partnership"),
        f"{_HERE}/surveys/{{survey}}/releases": _read(
            "The releases of a survey, the newest first.", "Releases", "partnership", "survey"
        ),
        f"{_HERE}/surveys/{{survey}}/releases/{{number}}": _read(
            "All that may be seen of one release.", "Release", "partnership", "survey", "number"
        ),
        f"{_HERE}/you-said": _read("The published answers, the newest first.", "Answers", "partnership"),
    },
    "components": {
        "schemas": _SCHEMAS,
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
    },
}
"""The whole document. `/api/openapi.json` itself needs no key."""
