"""Who answers in Larkmoor: children, practitioners, parents. Each is made by chance, the same ones every time."""

from collections.abc import Callable
from dataclasses import dataclass

from engage.desk.demo.answers import Answers, Said, chosen, is_low, level, several
from engage.desk.demo.chance import PLAIN, Chance

_SAFE = {"safe_home": 4.5, "safe_school": 3.85, "safe_outside": 3.8, "safe_online": 3.95}
# How much safer or less safe than the middle an age feels there.
_AGES = {
    "8-10": {"safe_school": 0.35, "safe_outside": 0.2, "safe_online": 0.2},
    "11-13": {"safe_online": -0.1},
    "14-15": {"safe_school": -0.35, "safe_outside": -0.15, "safe_online": -0.25},
    "16-17": {"safe_school": 0.05, "safe_outside": 0.1},
}
_TELL = {"family": 0.62, "relative": 0.25, "school": 0.38, "friend": 0.45, "health": 0.06, "helpline": 0.05}


@dataclass(frozen=True)
class Audience:
    """One survey's invented people: how many, who they are, what they write."""

    survey: str
    count: int
    person: Callable[[Chance], Answers]
    said: Callable[[], Said]


def child(chance: Chance) -> Answers:
    """Somebody of 8 to 17: less safe at 14 and 15, in care, or with extra needs."""
    age = chance.pick({"8-10": 22, "11-13": 36, "14-15": 27, "16-17": 15})
    care = chance.pick({"now": 7, "before": 6, "never": 84, "not-sure": 3})
    extra = chance.pick({"yes": 17, "no": 74, "not-sure": 9})
    in_care, needs = care in {"now", "before"}, extra == "yes"
    mood = chance.bell(0, 0.4) - 0.3 * in_care - 0.15 * needs
    given = {question: level(chance, middle + _AGES[age].get(question, 0) + mood) for question, middle in _SAFE.items()}
    helped = 0.18 + 0.6 * in_care + 0.18 * needs
    return given | {
        "tell": several(chance, _TELL | {"worker": 0.5 if in_care else 0.1}, "no-one"),
        "listened": level(chance, 3.1 + mood, knows=0.93),
        "helped": chosen("yes" if chance.happens(helped) else chance.pick({"no": 9, "not-sure": 1})),
        "know_why": chosen(chance.pick({"yes": 50, "a-bit": 32, "no": 18})),
        "same_worker": level(chance, 2.3 + mood, knows=0.95),
        "told_back": level(chance, 2.2 + mood, knows=0.92),
        "help_good": level(chance, 3.6 + mood),
        "age": chosen(age),
        "care": chosen(care),
        "extra_help": chosen(extra),
    }


def _child_writes_about(given: Answers, theme: str) -> float:
    is_helped = given["helped"].get("value") == "yes"
    weights = {
        "bus": 5.0 if is_low(given, "safe_outside") else 2.0,
        "pushing": 5.0 if is_low(given, "safe_school") else 1.6,
        "quiet": 4.0 if is_low(given, "safe_school") else 1.8,
        "online": 5.0 if is_low(given, "safe_online") else 1.2,
        "worker": 6.0 if is_helped else 0.1,
        "told_back": 4.0 if is_helped else 0.8,
        "waiting": 4.0 if is_helped else 0.7,
        "trusted": 5.0,
        "place": 3.0,
        "friends": 2.5,
        "worry": 0.9 if is_low(given, "safe_home") else 0.15,
        "polish": 0.15,
        PLAIN: 2.2,
    }
    return weights[theme]


def practitioner(chance: Chance) -> Answers:
    """Somebody who works with children: sure of what to do, short of time, and told too late."""
    sectors = {"social-care": 24, "early-help": 12, "health": 20, "police": 10, "education": 26, "voluntary": 8}
    sector = chance.pick(sectors)
    mood = chance.bell(0, 0.4)
    is_frontline = sector in {"social-care", "health"}
    middles = {
        "confident": 4.2,
        "local_help": 3.6 + 0.4 * (sector == "early-help"),
        "challenge": 3.2 - 0.3 * (sector == "education"),
        "sharing": 2.6 - 0.3 * (sector in {"education", "voluntary"}),
        "child_voice": 3.3 - 0.6 * is_frontline,
        "leaders": 2.7 - 0.3 * is_frontline,
        "supported": 3.6 - 0.4 * (sector == "voluntary"),
    }
    given = {question: level(chance, middle + mood, knows=0.97) for question, middle in middles.items()}
    return given | {
        "sector": chosen(sector),
        "face_to_face": chosen(chance.pick({"daily": 68, "sometimes": 22, "rarely": 10})),
        "learning": chosen(chance.pick({"yes": 46, "no": 38, "none-seen": 16})),
    }


def _practitioner_writes_about(given: Answers, theme: str) -> float:
    is_low_sharing = is_low(given, "sharing")
    return {"again": 5.0 if is_low_sharing else 1.5, "turnover": 2.5, "waiting": 1.6, "joined": 4.0, PLAIN: 1.0}[theme]


def parent(chance: Chance) -> Answers:
    """A parent or carer: content with hub and health visitors, worn down by the wait for the clinic."""
    helpers = {
        "social-care": 0.3, "family-worker": 0.4, "health": 0.45, "mental-health": 0.3, "school": 0.5, "police": 0.1,
        "charity": 0.15,
    }  # fmt: skip
    helped = several(chance, helpers, "none")
    waits = "mental-health" in helped["values"]
    mood = chance.bell(0, 0.45) - 0.5 * waits + 0.25 * ("family-worker" in helped["values"])
    middles = {"early": 2.9 - 0.6 * waits, "listened": 3.7, "explained": 3.2, "joined_up": 2.6, "child_asked": 3.1}
    given = {question: level(chance, middle + mood, knows=0.95) for question, middle in middles.items()}
    better = {"better": 44.0 - 18 * waits, "same": 28.0, "worse": 9.0 + 9 * waits, "too-soon": 19.0 + 9 * waits}
    return given | {
        "helpers": helped,
        "judged": level(chance, 2.4 - mood, knows=0.96),
        "difference": chosen(chance.pick(better)),
        "help_good": level(chance, 3.8 - 0.5 * waits + mood),
        "who_you_are": chosen(chance.pick({"parent": 74, "family-carer": 12, "foster-carer": 11, "other": 3})),
        "child_age": chosen(chance.pick({"under-5": 28, "5-10": 34, "11-15": 29, "16-or-over": 9})),
    }


def _parent_writes_about(given: Answers, theme: str) -> float:
    waits = "mental-health" in given["helpers"]["values"]
    weights = {
        "waiting": 6.0 if waits else 1.5,
        "again": 3.5 if is_low(given, "joined_up") else 1.0,
        "worker": 3.0 if "social-care" in given["helpers"]["values"] else 0.6,
        "told_back": 3.0 if is_low(given, "explained") else 0.8,
        "judged": 1.0,
        "trusted": 4.0,
        PLAIN: 1.2,
    }
    return weights[theme]


def audiences() -> tuple[Audience, ...]:
    """The three surveys' people."""
    return (
        Audience(
            "your-voice", 480, child, lambda: Said("your-voice", {"going_well": 0.4, "safer": 0.5}, _child_writes_about)
        ),
        Audience(
            "staff-voice",
            150,
            practitioner,
            lambda: Said(
                "staff-voice",
                {"learning_example": 0.22, "works": 0.25, "in_the_way": 0.5},
                _practitioner_writes_about,
            ),
        ),
        Audience(
            "parents-carers",
            200,
            parent,
            lambda: Said("parents-carers", {"best": 0.28, "change": 0.5}, _parent_writes_about),
        ),
    )
