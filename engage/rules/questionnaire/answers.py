"""What comes back from a question: an answer, or a mistake to explain. Both are plain data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypedDict

from engage.rules.marking import to_translate
from engage.rules.questionnaire.texts import ENGLISH, Text

SKIP: Final = "rather-not"
"""The value of "I would rather not say" in a choice's own field; no option may have this id."""

KIOSK: Final = "kiosk"
"""The channel of a shared tablet."""

CHANNELS: Final = ("link", "qr", "poster", KIOSK, "paper", "handed-out", "import")
"""How an answer reached us: the only words allowed for it."""

PUBLIC_CHANNELS: Final = ("link", "qr", "poster", KIOSK, "handed-out")
"""Those that an address may name; the others are said by who keys answers in or loads a file."""

# Control characters (but line ends and tabs), surrogates, and what stands for no character in any of the 17 planes.
_NO_CHARACTERS = "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
_UNSTORABLE: Final = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")

MISTAKES: Final[Mapping[str, str]] = {
    "choose_one": to_translate("Choose one answer"),
    "choose_one_or_skip": to_translate("Choose one answer, or choose “I would rather not say”"),
    "choose_some": to_translate("Choose at least one answer"),
    "choose_some_or_skip": to_translate("Choose at least one answer, or choose “I would rather not say”"),
    "choose_fewer": to_translate("Choose no more than {most} answers"),
    "one_only": to_translate("Choose only one answer"),
    "unknown_option": to_translate("Choose one of the answers on this page"),
    "exclusive": to_translate("Choose either “{option}” or other answers, not both"),
    "write_something": to_translate("Write something in the box"),
    "write_or_skip": to_translate("Write something in the box, or choose “I would rather not say”"),
    "words_and_skip": to_translate("You wrote something and also ticked “I would rather not say”. Choose one of them"),
    "too_long": to_translate("Write at most {most} letters. You have written {over} too many"),
    "attach_or_write": to_translate("Add something, or write in the box"),
    "attach_or_skip": to_translate("Add something, write in the box, or choose “I would rather not say”"),
    "file_too_many": to_translate("You can add at most {most}. Remove one first"),
    "file_too_large": to_translate("This file is too large. It can have at most {most} MB"),
    "file_no_room": to_translate("There is no room for more files. Remove one first"),
    "file_not_photo": to_translate("This is not a photo we can open. It must be a JPEG, PNG or WebP picture"),
    "file_not_pdf": to_translate("This is not a photo or PDF we can take. Photos must be JPEG, PNG or WebP"),
    "file_not_audio": to_translate("This is not a recording we can play. Record it here, or write instead"),
    "file_broken": to_translate("Something is wrong with this file. Try to save it again, or choose another one"),
    "file_too_many_dots": to_translate("This photo is too large to open. Make it smaller, or choose another one"),
    "file_too_long": to_translate("This recording is too long. It can last {most} seconds"),
    "number_or_skip": to_translate("Write a number, or choose “I would rather not say”"),
    "number_needed": to_translate("Write a number"),
    "not_a_number": to_translate("Write a number in figures, such as 12"),
    "not_whole": to_translate("Write a whole number, such as 12"),
    "number_too_low": to_translate("Write a number that is {least} or more"),
    "number_too_high": to_translate("Write a number that is {most} or less"),
    "date_or_skip": to_translate("Write a date, or choose “I would rather not say”"),
    "date_needed": to_translate("Write a date"),
    "not_a_date": to_translate("Write a real date in figures, such as {example}"),
    "date_too_early": to_translate("Write a date that is {earliest} or later"),
    "date_too_late": to_translate("Write a date that is {latest} or earlier"),
    "rank_all": to_translate("Something is missing from this list. Here are all {of} again: put them in order"),
    "moved": to_translate("“{option}” is now {at} of {of}"),
    "rows_or_skip": to_translate("Choose an answer for at least one line, or choose “I would rather not say”"),
    "rows_needed": to_translate("Choose an answer for at least one line"),
    "row_needed": to_translate("Choose an answer for this line too"),
    "every_row": to_translate("Choose an answer for this line too, or choose “I would rather not say” for all of them"),
    "contact_empty": to_translate("Write your name or how we can reach you"),
    "contact_or_skip": to_translate("Write your name or how we can reach you, or choose “I would rather not say”"),
}
"""Every message key a Mistake can carry, with its English words; pages translate by key, never show a key."""

OR_SKIP: Final[Mapping[str, str]] = {
    "choose_one": "choose_one_or_skip",
    "choose_some": "choose_some_or_skip",
    "write_something": "write_or_skip",
    "attach_or_write": "attach_or_skip",
    "number_needed": "number_or_skip",
    "date_needed": "date_or_skip",
    "rows_needed": "rows_or_skip",
    "row_needed": "every_row",
    "contact_empty": "contact_or_skip",
}
"""What is missing -> the same said where the page offers "I would rather not say": it is then always named."""

Form = Mapping[str, Sequence[str]]
"""What a page sent: field name -> all its values."""


class Answer(TypedDict, total=False):
    """One answer as it is stored: JSON-able, and only the keys its kind uses.

    `{"skipped": True}` for every kind; `value` (one option id) where one is chosen; `values` (option ids in the order
    of the definition) where several are; `other` (free words) beside them; `text` (free words) text; `name` and `reach`
    contact; `number` and `date` (ISO, a day or a month) what was written, with the band it falls into as `value`;
    `order` (option ids, first choice first) ranking; `rows` (row id -> option id) matrix; `seen` a page that tells;
    `attachments` (ids of files kept with the draft, `text` beside them) drawing, audio, upload.
    """

    skipped: bool
    value: str
    values: list[str]
    other: str
    text: str
    name: str
    reach: str
    attachments: list[str]
    number: str
    date: str
    order: list[str]
    rows: dict[str, str]
    seen: bool


Answers = Mapping[str, Answer]
"""Question id -> its answer. A question nobody has reached yet is absent."""


@dataclass(frozen=True)
class Mistake:
    """Why an answer cannot be taken, and everything the page needs to say so and lose nothing."""

    key: str
    control: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    option: Text | None = None
    is_wrong: bool = True
    """False where nothing is wrong: the page is shown again because something on it was moved."""

    def said(self, language: str, *, easy: bool = False) -> dict[str, str | int]:
        """What to put into the translated message: `params`, with the words of `option` in the reader's language."""
        words = {} if self.option is None else {"option": self.option.say(language, easy=easy).text}
        return {**self.params, **words}

    @property
    def english(self) -> str:
        """The message in English, for lists of problems in a file."""
        return MISTAKES[self.key].format(**self.said(ENGLISH))


def skipped() -> Answer:
    return {"skipped": True}


def option_ids(answer: Answer) -> tuple[str, ...]:
    """The option ids of an answer that is one choice or several; () when skipped, in free words or of another shape."""
    return (answer["value"],) if "value" in answer else tuple(answer.get("values", ()))


def is_answered(answer: Answer | None) -> bool:
    """True when something was said: an absent or skipped answer says nothing, nor does a page that was only read."""
    return answer is not None and not answer.get("skipped", False) and not answer.get("seen", False)


def clean(text: str) -> str:
    """Free words as they are kept: line ends as one newline, the edges trimmed, nothing else taken away.

    Control characters and broken surrogates cannot be typed and cannot be stored everywhere (PostgreSQL, XML): each is
    replaced by U+FFFD so that a reader sees that something stood there.
    """
    return showable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def showable(text: str) -> str:
    """Whatever was sent, as a page may show it again: what cannot stand in a page is replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)
