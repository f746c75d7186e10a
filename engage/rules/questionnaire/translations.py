"""The translations of a definition: its texts one by one, what an edit does to them, which languages may be shown."""

from collections.abc import Callable, Mapping, Set
from typing import Literal, NamedTuple

from engage.rules.questionnaire.definition import CheckedBy, Definition
from engage.rules.questionnaire.freshness import CHECKED, State, is_stamped
from engage.rules.questionnaire.freshness import states as states_of
from engage.rules.questionnaire.texts import ENGLISH, Text, Words
from engage.rules.questionnaire.tree import Tree

Checker = Literal["speaker", "child"]


class Unit(NamedTuple):
    """One text of a definition. `key` stays when questions or options are moved; `place` says where it is now."""

    key: str
    question_id: str | None
    place: str
    text: Text


class Offer(NamedTuple):
    """The languages a survey is shown in, English first, and those of them that nobody has checked."""

    languages: tuple[str, ...]
    unchecked: frozenset[str]


def units(definition: Definition) -> tuple[Unit, ...]:
    """Every text of the definition, in reading order."""
    tree = definition.model_dump(mode="json", by_alias=True)
    return tuple(Unit(_key(tree, place), name, place, text) for name, place, text in definition.texts())


def states(definition: Definition, language: str) -> tuple[State, ...]:
    """Where each text stands in a language, in the order of `units` and of `Definition.texts`."""
    return states_of([text for _, _, text in definition.texts()], language, definition.checked.get(language, "draft"))


def offer(definition: Definition, *, drafts: bool) -> Offer:
    """The languages people may choose: those that are ready (complete, about the present English, checked).

    With `drafts` also those in which at least something is translated; they are marked, and what is missing or stale
    in them is shown in English (`for_readers`).
    """
    ready = frozenset(code for code, there in definition.translated.items() if there.is_ready)
    begun = frozenset(code for code, there in definition.translated.items() if there.missing + there.stale < there.of)
    shown = ready | begun if drafts else ready
    return Offer((ENGLISH, *(code for code in definition.translated if code in shown)), shown - ready)


def for_readers(definition: Definition) -> Definition:
    """The definition without stale translations: nobody is asked what the question used to say."""

    def fresh(_unit: Unit, text: Text) -> Text:
        stale = [language for language in text.root if text.is_stale(language)]
        return Text({code: words for code, words in text.root.items() if code not in stale}) if stale else text

    if not any(there.stale for there in definition.translated.values()):
        return definition
    return with_texts(definition, fresh)


def mark_checked(definition: Definition, language: str, by: Checker, who: CheckedBy | None = None) -> Definition:
    """The definition with every translation in `language` stamped as checked now, and by whom where that is known."""

    def stamp(_unit: Unit, text: Text) -> Text:
        words = text.root.get(language)
        if words is None:
            return text
        stamps = {"of": words.of or text.root[ENGLISH].fingerprint, "checked": text.pair(language)}
        return Text({**text.root, language: words.model_copy(update=stamps)})

    names = {code: named for code, named in definition.checked_by.items() if code != language}
    return with_texts(
        definition,
        stamp,
        checked={**definition.checked, language: by},
        checked_by={**names, language: who} if who is not None else names,
    )


def with_texts(definition: Definition, change: Callable[[Unit, Text], Text], **fields: object) -> Definition:
    """The definition with each text as `change` gives it back, and with other top-level fields as given.

    Supplied options are left out: change a definition before it is supplied.
    """
    tree = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for unit in units(definition):
        changed = change(unit, unit.text)
        if changed is not unit.text:
            _put(tree, unit.place, changed.model_dump(mode="json", exclude_defaults=True))
    return Definition.model_validate({**tree, **fields})


def settle(before: Definition, after: Definition) -> Definition:
    """`after`, an edit of `before`, with honest stamps: call it on every change of a definition.

    A translation whose English was edited keeps what it was made from, so it is stale. In a checked language whatever
    was edited or added is a draft until the next check.
    """
    old = {unit.key: unit.text for unit in units(before)}
    edited = {language for language in before.checked if _was_edited(before, after, old, language)}

    def stamp(unit: Unit, text: Text) -> Text:
        past = old.get(unit.key)
        words = {language: _settled(text, language, past, edited) for language in text.root}
        return text if past is None or words == text.root else Text(words)

    settled = with_texts(after, stamp)
    unproved = {language for language in edited if not is_stamped((text for _, _, text in settled.texts()), language)}
    if not unproved:
        return settled
    return with_texts(settled, lambda _, text: text, checked={**settled.checked, **dict.fromkeys(unproved, "draft")})


def _was_edited(before: Definition, after: Definition, old: Mapping[str, Text], language: str) -> bool:
    """Was a checked language touched, while nobody says that it was checked anew?"""
    if before.checked[language] not in CHECKED or after.checked.get(language) != before.checked[language]:
        return False
    return any(unit.key not in old or old[unit.key].pair(language) != unit.text.pair(language) for unit in units(after))


def _settled(text: Text, language: str, past: Text | None, edited: Set[str]) -> Words:
    words, was = text.root[language], past.root.get(language) if past is not None else None
    if past is None or was is None or language == ENGLISH:
        return words
    of, checked = words.of, words.checked
    if of is None and words.wording == was.wording:
        past_english = past.root[ENGLISH].fingerprint
        of = was.of or (past_english if past_english != text.root[ENGLISH].fingerprint else None)
    if checked is None:
        checked = was.checked or (past.pair(language) if language in edited else None)
    return words.model_copy(update={"of": of, "checked": checked})


def _key(tree: Tree, place: str) -> str:
    """The place with the id of a question or an option for its number: `questions.tell.options.family.text`."""
    steps: list[str] = []
    for step in place.split("."):
        tree = _below(tree, step)
        name = tree.get("id") if isinstance(tree, dict) and step.isdigit() else None
        steps.append(name if isinstance(name, str) else step)
    return ".".join(steps)


def _put(tree: Tree, place: str, value: Tree) -> None:
    *above, last = place.split(".")
    for step in above:
        tree = _below(tree, step)
    if isinstance(tree, list):
        tree[int(last)] = value
    elif isinstance(tree, dict):
        tree[last] = value


def _below(tree: Tree, step: str) -> Tree:
    if isinstance(tree, list):
        return tree[int(step)]
    return tree[step] if isinstance(tree, dict) else None
