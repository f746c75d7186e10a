"""The catalogues and where their words come from: extraction, what a language lacks, compiling.

`python -m tests.support.catalogues` (make catalogues) extracts every marked string, brings translations/messages.pot
and each language's catalogue up to date and says what is missing. Nothing in the result depends on the day, the place
or the order in which files were read.
"""

import functools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from engage import paths
from engage.core import languages
from tests.conventions.tree import ROOT, name_of, tracked

POT = ROOT / "translations" / "messages.pot"
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None, "to_translate": None,
    "worded": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.do", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true",
    "silent": "false",
}  # fmt: skip
# CLDR's categories in CLDR's order (zero one two few many other), each with the rule that gettext evaluates.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ur": "nplurals=2; plural=(n!=1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);",
    "so": "nplurals=2; plural=(n!=1);",
}
# Python that speaks to children, families and young inspectors; the templates are found through their layout.
YOUNG_PYTHON = (
    "engage/answering/you_said/views.py", "engage/answering/you_said/words.py",
    "engage/desk/codes.py", "engage/desk/home.py", "engage/desk/ratings.py",
    "engage/listening/surveys/views.py", "engage/listening/surveys/routes.py", "engage/listening/casework/routes.py",
    "engage/listening/surveys/showing_how.py", "engage/listening/surveys/speaking.py",
    "engage/listening/surveys/views_files.py", "engage/listening/surveys/views_kinds.py",
    "engage/listening/kiosk/routes_offline.py", "engage/listening/reach/views_paper.py", "engage/web/layout.py",
    "engage/safeguarding/words_hours.py",
    "engage/listening/reach/invitations.py",
    "engage/listening/inspections/views.py", "engage/listening/inspections/views_public.py",
    "engage/listening/inspections/views_together.py", "engage/rules/questionnaire/", "engage/rules/stars/",
)  # fmt: skip
_LOADING = ("conditions", "consistent", "definition", "kinds/", "load", "shape_words", "texts", "tree")
STAFF_PYTHON = tuple(f"engage/rules/questionnaire/{name}" for name in ("checks/", *_LOADING))
"""Among these: what the publish gate and the loader say, to those who make surveys."""
_DRAWN_FROM = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+'([^']+)'")
_NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def catalogue_path(code: str) -> Path:
    """Where the catalogue of `code` lies."""
    return ROOT / "translations" / code / "LC_MESSAGES" / "messages.po"


def translated() -> list[str]:
    """The codes that have a catalogue: every language but the one the source is written in."""
    return [code for code in languages.codes() if code != languages.DEFAULT]


def extract() -> Catalog:
    """Every string that pages pass to gettext; a message's locations are file names without lines."""
    found = Catalog(project="Engage", charset="utf-8", header_comment="# Every text of Engage's pages.\n#")
    sources: list[tuple[Path, str, dict[str, str]]] = [
        *((path, "python", {}) for path in tracked((".py",), "engage")),
        *((path, "jinja2", TEMPLATE_OPTIONS) for path in tracked((".html",), "templates")),
    ]
    for path, method, options in sources:
        for _line, said, _comments, context in extract_from_file(method, path, KEYWORDS, options=options):
            if all(said if isinstance(said, tuple) else (said,)):
                found.add(said, locations=[(name_of(path), None)], context=context)
    return found


def read(code: str) -> Catalog:
    """The catalogue of `code`; an empty one where it has none yet."""
    path = catalogue_path(code)
    if not path.exists():
        return Catalog(locale=code, charset="utf-8")
    with path.open("rb") as text:
        return read_po(text, locale=code)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalogue if message.id)


def key(message: Message) -> str:
    """What gettext looks a message up by."""
    return message.id[0] if isinstance(message.id, tuple) else message.id


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message, one or one a plural form."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def names(text: str) -> set[str]:
    """The placeholders of a text."""
    return {first or second for first, second in _NAMED.findall(text)}


def lacking(code: str, wanted: Iterable[Message]) -> list[str]:
    """The keys among `wanted` for which the catalogue of `code` has no words (one form empty counts as none)."""
    have = {key(message) for message in messages(read(code)) if all(forms(message)) and not message.fuzzy}
    return sorted(key(message) for message in wanted if key(message) not in have)


@functools.cache
def young_templates() -> frozenset[str]:
    """Templates that stand on the young layout, and everything these are drawn from."""
    drawn = {
        path.relative_to(ROOT / "templates").as_posix(): set(_DRAWN_FROM.findall(path.read_text(encoding="utf-8")))
        for path in tracked((".html",), "templates")
    }
    young = {"layouts/young.html"}
    while more := {name for name, froms in drawn.items() if froms & young} - young:
        young |= more
    # Kinds of question are included by a name that is put together.
    young |= {name for name in drawn if name.startswith("surveys/kinds/")}
    while more := {name for one in young for name in drawn.get(one, ())} - young:
        young |= more
    return frozenset(f"templates/{name}" for name in young)


def is_young(message: Message) -> bool:
    """Whether a child, a parent or a young inspector may see this message."""
    return any(_speaks_to_the_young(where) for where, _line in message.locations)


def _speaks_to_the_young(where: str) -> bool:
    return where in young_templates() or (where.startswith(YOUNG_PYTHON) and not where.startswith(STAFF_PYTHON))


def wanted(code: str, everything: Catalog) -> list[Message]:
    """What the catalogue of `code` has to have: all, or what stands on young pages."""
    is_whole = languages.get(code).extent is languages.Extent.EVERY_PAGE
    return [message for message in messages(everything) if is_whole or is_young(message)]


def update(code: str, everything: Catalog) -> Catalog:
    """The catalogue of `code` with exactly what it should have: known words kept, gone ones dropped, new ones empty."""
    known = {key(message): message for message in messages(read(code))}
    fresh = Catalog(locale=code, charset="utf-8", header_comment=_header(code))
    fresh.mime_headers = [("Plural-Forms", PLURALS[code])]
    count = int(PLURALS[code].split("=", 1)[1].split(";", 1)[0])
    for message in wanted(code, everything):
        old = known.get(key(message))
        many = isinstance(message.id, tuple)
        said = forms(old) if old is not None and isinstance(old.id, tuple) == many else ()
        words = (*said, *("",) * count)[:count] if many else (said or ("",))[0]
        fresh.add(message.id, words, locations=message.locations, flags=message.flags, context=message.context)
    return fresh


def _header(code: str) -> str:
    return f"# {languages.get(code).english_name}. A draft: no speaker has checked it yet.\n#"


def write(path: Path, catalogue: Catalog, head: str) -> None:
    """Write a catalogue: sorted, `head` for its header, no dates."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as text:
        text.write(f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n{head}\n'.encode())
        write_po(text, catalogue, omit_header=True, sort_output=True, width=0, include_lineno=False)


def head(code: str = "") -> str:
    """The header fields of a catalogue as its lines."""
    fields = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if code:
        fields += [f"Language: {code}", f"Plural-Forms: {PLURALS[code]}"]
    return "".join(f'"{field}\\n"\n' for field in fields)


def compile_all(target: Path | None = None) -> None:
    """Compile every catalogue beside its text, or below `target`; what is newer than its text is left alone."""
    for code in translated():
        source = catalogue_path(code)
        made = (target or paths.translations()) / code / "LC_MESSAGES" / "messages.mo"
        if not source.exists() or (made.exists() and made.stat().st_mtime >= source.stat().st_mtime):
            continue
        made.parent.mkdir(parents=True, exist_ok=True)
        with made.open("wb") as compiled:
            write_mo(compiled, read(code))


def main() -> None:
    """Bring everything up to date and say what is missing."""
    everything = extract()
    write(POT, everything, head())
    for code in translated():
        write(catalogue_path(code), update(code, everything), head(code))
        missing = lacking(code, wanted(code, everything))
        said = [f"{code}: {len(wanted(code, everything))} texts, {len(missing)} missing", *missing]
        sys.stdout.write("\n  ".join(said) + "\n")
    compile_all()


if __name__ == "__main__":
    main()
