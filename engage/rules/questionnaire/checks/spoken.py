"""Where children up to 7 are asked, something reads every part to them: a person's recording first, else this site.

What a child's own device can read nobody knows beforehand, so a language that only a device might speak is told.
"""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import READS_LITTLE, Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_VOICE: Final = Code(
    "no_voice",
    "must",
    to_translate("A child who cannot read is handed questions that nothing reads to them."),
    to_translate("record this part in this language, or take the language off the list"),
)
VOICE_OF_DEVICE: Final = Code(
    "voice_of_device",
    "look",
    to_translate("A child who cannot read hears it only where their device has a voice of its own."),
    to_translate("record this part, or have the program that reads aloud (espeak-ng) installed with this site"),
)
CODES: Final = (NO_VOICE, VOICE_OF_DEVICE)

_ANY: Final = to_translate("nobody has recorded any of it in {language}, and this site cannot read {language} aloud")
_BEFORE: Final = to_translate(
    "nobody has recorded what is told before question 1 in {language}, and this site cannot read {language} aloud"
)
_THIS: Final = to_translate("nobody has recorded it in {language}, and this site cannot read {language} aloud")


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    if facts.speech is None or not definition.is_young or (definition.age_min or 25) > READS_LITTLE:
        return
    for language in definition.languages:
        if language in facts.speech.here:
            continue
        code = VOICE_OF_DEVICE if language in facts.speech.known else NO_VOICE
        yield from _unrecorded(definition, language, code)


def _unrecorded(definition: Definition, language: str, code: Code) -> Iterator[Finding]:
    """The parts without a recording; where there is none at all they are told as one."""
    missing = [question for question in definition.questions if language not in question.audio]
    is_silent = language not in definition.intro.audio
    if is_silent and len(missing) == len(definition.questions):
        yield code.at(None, _ANY, f"intro.audio.{language}", language=language)
        return
    if is_silent:
        yield code.at(None, _BEFORE, f"intro.audio.{language}", language=language)
    for question in missing:
        yield code.at(question.id, _THIS, f"audio.{language}", language=language)
