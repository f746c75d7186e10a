"""Rendering the pages of a journey from plain data: what each template is given stands here."""

from collections.abc import Hashable, Sequence
from typing import Any

from flask import get_template_attribute, render_template, request

from engage.core import clock
from engage.core.context import asked
from engage.listening.surveys import drafts, returning, showing_how, speaking, views, views_files
from engage.listening.surveys.aids import aids_of, sounds_of
from engage.listening.surveys.flow import Flow, Full, NotOpen, Step
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.links import Links
from engage.listening.surveys.views import Filled, Reader
from engage.people import queries as people
from engage.rules.questionnaire.answers import KIOSK, PUBLIC_CHANNELS
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.audio import Audio
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.texts import Said, Text
from engage.rules.questionnaire.translations import offer
from engage.safeguarding import queries_duty, words_hours
from engage.web import layout, tablet
from engage.web.appearance import appearance
from engage.web.kept import mark, render_kept
from engage.web.layout import language
from engage.web.places import place
from engage.web.security import allow_recording
from engage.web.words import shown


def reader() -> Reader:
    """How whoever asks for this page reads."""
    look = appearance()
    return Reader(language(), look.easy, look.symbols)


def offer_languages(flow: Flow) -> None:
    """Let this page be in a language the questionnaire may be shown in, and in no other."""
    found = place()
    languages, unchecked = offer(flow.definition, drafts=found is not None and found.shows_drafts)
    layout.offer(languages, unchecked)


def channel() -> str:
    """Through which door somebody comes: one of a closed list, whatever an address or a form says. On a shared tablet
    it is the tablet, by whichever page they came to the questions.
    """
    if tablet.present():
        return KIOSK
    asked = request.values.get("via", "")
    return asked if asked in PUBLIC_CHANNELS else PUBLIC_CHANNELS[0]


def modes() -> dict[str, str]:
    """In which modes whoever asks for this page reads it."""
    look = appearance()
    chosen = {"easy": look.easy, "symbols": look.symbols, "large_print": look.size in {"larger", "double"}}
    return {name: "yes" if is_on else "no" for name, is_on in chosen.items()}


def code_in_address() -> str:
    """The access code that a card's address carries; "" for none."""
    return request.args.get("code", "").strip()[:40]


def refused(typed: str) -> dict[str, str]:
    """What the intro's address says after a code that opens nothing: the page is one to reload and to translate."""
    return {"refused": "1", "code": typed[:40], **door(channel())}


def door(channel: str) -> dict[str, str]:
    """What an address says of a channel: nothing of the usual one."""
    return {"via": channel} if channel != PUBLIC_CHANNELS[0] else {}


def intro_page(flow: Flow, links: Links, steps: Sequence[Step], *, begun: bool, needs_code: bool) -> str:
    """What is promised before question 1. `needs_code`: nobody has let them in, or their ballot went elsewhere."""
    lost, via, start_href = request.args.get("lost", ""), channel(), links.to("start")
    is_back = begun and "back" in request.args
    typed, is_refused = code_in_address(), "refused" in request.args and needs_code
    asks = "" if flow.gate is None or not needs_code else ("needed" if flow.gate.is_required else "possible")
    aids, when_read = aids_of(flow.definition.intro, language()), _when_read()

    def context() -> dict[str, Any]:
        return {
            **_promise(flow.definition),
            "when_read": when_read,
            "aids": aids,
            "sounds": aids.sounds,
            "sound_href": links.sound() if aids.sounds else "",
            "begun": begun,
            "lost": lost,
            "is_back": is_back,
            "asks": asks,
            "typed": typed,
            "refused": is_refused,
            "via": via,
            "steps": steps,
            "start_href": start_href,
        }

    if flow.version_id is None or typed or is_refused:
        return render_template("surveys/intro.html", **context())
    key = (flow.version_id, begun, is_back, lost, asks, via, tuple(steps), start_href, aids.key, when_read)
    return render_kept("surveys/intro.html", key, context)


def preview_page(definition: Definition, back: str, start: str = "", **frame: object) -> str:
    """The promise as people read it, for staff: nothing can be sent. `start` leads on, where the rest can be tried."""
    aids = aids_of(definition.intro, language())
    words = {**_promise(definition), "aids": aids, "sounds": aids.sounds, "sound_href": "", "when_read": _when_read()}
    return render_template("surveys/intro.html", **words, preview_of=back or start, start=start, **frame)


def preview_question(flow: Flow, question: Question, filled: Filled, **around: object) -> str:
    """One question as people see it, for staff who try it: nothing of it is kept, so there is nothing to stop."""
    aids = aids_of(flow.definition.question(question.id), language())
    shown = {"aids": aids, "sounds": aids.sounds, "sound_href": "", "kept": [], "trouble": "", "no_stop": True}
    q = views.question_view(flow, question, reader(), aids.media)
    return render_template("surveys/question.html", q=q, filled=filled, **shown, **around)


def _when_read() -> tuple[str, str]:
    """The hours in which somebody reads, and out of hours when that is next: what is true now."""
    hours = queries_duty.duty().hours
    return words_hours.on_days(hours), words_hours.nobody_there(hours)


def _promise(definition: Definition) -> dict[str, Any]:
    you = reader()
    return {
        "name": you.say(definition.title),
        "intro": {name: you.say(text) for name, text in definition.intro.texts()},
        "minutes": definition.intro.minutes,
        "takes_names": any(question.store == "contact" for question in definition.questions),
    }


def question_page(journey: Journey, question_id: str, links: Links, filled: Filled, trouble: str = "") -> str:
    """One question. `trouble`: "" | "busy" (could not be saved) | "expired" (the form was refused)."""
    changing = "change" in asked().args
    previous = journey.path.previous(question_id)
    back = links.to_question(previous) if previous else links.to("intro")
    part = journey.path.part(question_id)
    around = {
        "part": (part.at, part.of, reader().say(part.section.title)) if part else None,
        "at": journey.path.position(question_id) - _only_told(journey, question_id),
        "of": journey.path.about - _only_told(journey, journey.path.ids[-1]),
        "back_href": links.to("check") if changing else back,
        "action": links.to_question(question_id, changing=changing),
    }
    kept = views_files.kept_files(journey, question_id, links)

    written = journey.flow.definition.question(question_id)
    if isinstance(written, Audio):
        allow_recording()
    aids = aids_of(written, language())
    sound_href = links.sound(question_id) if aids.sounds and speaking.is_one_sound(written) else ""

    def context() -> dict[str, Any]:
        q = views.question_view(journey.flow, question, reader(), aids.media)
        sound = {"sounds": aids.sounds, "sound_href": sound_href}
        return {"q": q, "filled": filled, "trouble": trouble, "kept": kept, "aids": aids, **sound, **around}

    question, variant = journey.path.question(question_id), journey.path.variant(question_id)
    if trouble or kept or variant is None or not views.says_nothing_own(journey.flow, question, filled):
        return render_template("surveys/question.html", **context())
    values = tuple((name, tuple(chosen)) for name, chosen in filled.values.items())
    key = (journey.flow.version_id, question_id, variant, values, *around.values(), aids.key)
    return render_kept("surveys/question.html", key, context)


def _only_told(journey: Journey, question_id: str) -> int:
    """How many pages up to this one ask nothing: they are not counted as questions."""
    path, silent = journey.path, journey.flow.definition.silent
    return sum(one in path and path.position(one) <= path.position(question_id) for one in silent)


def check_page(journey: Journey, links: Links, trouble: str = "") -> str:
    """Everything that was answered, with a way to change each."""
    rows = [
        {
            "question": row.question,
            "answers": row.answers,
            "href": links.to_question(row.id, changing=True),
            "parts": row.parts,
        }
        for row in views.check_rows(journey, reader())
    ] + showing_how.how_row(journey, links)
    around = {
        "farewell": reader().say(journey.path.farewell),
        "stop_href": links.to("stop"),
        "sounds": sounds_of(language()),
        "back_href": links.to_question(journey.path.ids[-1]),
        "action": links.to("send"),
        "trouble": trouble,
    }
    table = get_template_attribute("components/check_answers.html", "check_answers")(rows)
    key = _of_version(journey.flow, *around.values())
    return render_kept("surveys/check.html", key, lambda: {"table": mark(0), **around}, (table,))


def _of_version(flow: Flow, *shown: Hashable) -> Hashable:
    """What makes a page another one, for a version, which never changes; None where the flow has none."""
    return (flow.version_id, *shown) if flow.version_id is not None else None


def sent_page(flow: Flow, secret: bytes, links: Links, steps: Sequence[Step]) -> str:
    """Thank you, the receipt, what happens next, who to call. Never the answers."""
    words = returning.words_of(flow, secret, language())
    around = {
        "thanks": reader().say(flow.definition.thanks),
        "sounds": sounds_of(language()),
        "steps": tuple(steps),
        "numbers": tuple(people.list_help_numbers()),
        "finish_href": links.to("finish"),
    }
    have_pictures = [bool(picture) for _word, picture in words]

    def context() -> dict[str, Any]:
        marks = [(mark(2 * n), mark(2 * n + 1) if has else "") for n, has in enumerate(have_pictures)]
        return {"words": marks, **around}

    key = _of_version(flow, *around.values(), *have_pictures)
    return render_kept("surveys/sent.html", key, context, tuple(part for pair in words for part in pair))


def stop_page(journey: Journey, links: Links, question: str = "", trouble: str = "") -> str:
    """What stopping here means, how to come back, and the words for it once they were asked for."""
    held = journey.held
    return render_template(
        "surveys/stop.html",
        words=returning.words_of(journey.flow, journey.secret, language()) if held.can_return else [],
        kept_until=drafts.kept_until(held.week or clock.iso_week()),
        back_href=links.to_question(question) if question in journey.path else links.to("check"),
        keep_href=links.to("keep"),
        delete_href=links.to("delete"),
        finish_href=links.to("finish"),
        trouble=trouble,
    )


def stopped_page(farewell: Text, links: Links) -> str:
    """Thank you all the same: nothing was kept."""
    return render_template(
        "surveys/stopped.html",
        farewell=reader().say(farewell),
        intro_href=links.to("intro", **door(channel())),
        finish_href=links.to("finish"),
        numbers=people.list_help_numbers(),
    )


def shut_page(error: NotOpen, said: Said | None, doors: Sequence[Step]) -> str:
    """Nobody can answer this now: who to call, and where else to go. `said`: what it is called; None for nothing."""
    title = shown(said, language()) if said else ""
    given = {"name": title, "doors": doors, "numbers": people.list_help_numbers(), "opens_on": error.opens_on}
    return render_template("surveys/shut.html", **given, is_full=isinstance(error, Full))
