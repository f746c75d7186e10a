"""R3: a child's survey stops for a question that certainly asks two things, and for no other; adults get advice."""

import pytest

from engage.paths import surveys
from engage.rules.questionnaire.bank import by_itself
from engage.rules.questionnaire.checks import check
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from tests.unit.questionnaire.samples import option, sample, words
from tests.unit.questionnaire.test_bank import BANK

FIVE = [words(word) for word in ("Bad", "Not good", "In between", "Good", "Very good")]
AGREE = [words(word) for word in ("Disagree", "Disagree a bit", "In between", "Agree a bit", "Agree", "I do not know")]

STOPS = (
    "Do you feel safe and happy?",
    "Do you feel safe and happy at home?",
    "Are you happy and safe here?",
    "How safe and happy are you here?",
    "How safe and how happy do you feel?",
    "How happy and safe do you feel at school?",
    "Are you feeling safe and calm?",
    "Are you happy and do you feel safe?",
    "Is your worker kind and fair?",
    "Is your social worker kind, and helpful?",
    "Was your worker friendly and helpful?",
    "Were they polite and respectful to you?",
    "Workers are kind and helpful.",
    "My worker is kind and fair to me.",
    "The people here are kind and they are fair.",
    "Do adults listen to you and help? They listened and helped.",
    "Did they listen to you and act on what you said?",
    "They listened to me and acted on it.",
    "Were you listened to and understood?",
    "I was heard and understood.",
    "I feel respected and valued.",
    "I feel heard and very welcome.",
    "I was informed and involved.",
    "Was it explained clearly and quickly?",
    "Were the rules clear and fair?",
    "Is the food good and warm?",
    "Is your room warm and clean?",
    "Was the help quick and easy to get?",
    "Was the visit useful and enjoyable?",
    "Is the form clear and easy?",
    "Do you feel sad and lonely?",
    "Are you worried and scared?",
    "Do you feel angry and sad?",
    "Do you feel welcome and included?",
    "Do you feel cared for and supported?",
    "Are the workers honest and open?",
    "Do you feel calm and also confident?",
    "Do you feel safe at home and at school?",
    "Are you happy at school and at home?",
    "Are you bullied at school and online? Are you bullied in school and on the bus?",
    "Do you feel safe in your home and in the park?",
    "How is your home and/or school?",
    "Do you like your carer and/or your worker?",
    "How well and how quickly did we act? Did we act well and quickly?",
)
PASSES = (
    "Do you feel safe?",
    "How happy are you here?",
    "Do you feel safe and well?",
    "Do you feel sad or worried?",
    "Are you ever bullied or scared?",
    "When you feel sad and worried, can you talk to somebody?",
    "Can you talk to somebody when you are sad and lonely?",
    "Is there an adult you can go to if you are scared and sad?",
    "Did things change after you were heard and understood?",
    "Do adults help children who are sad and lonely?",
    "Does it help to talk about feeling sad and angry?",
    "Is being kind and fair a rule here?",
    "Do you know how to stay safe and calm online?",
    "Do you have a safe and warm place to sleep?",
    "Is there somewhere safe and warm to go?",
    "Is there somebody kind and helpful near you?",
    "Did you go to the Safe and Happy club?",
    "Have you read “Safe and happy”?",
    "Did you get the leaflet (Clear and fair)?",
    "What kind of help and what kind of support is there?",
    "Which of these is safe and happy?",
    "Who makes you feel safe and happy?",
    "Where do you feel safe and happy?",
    "What makes you happy and calm?",
    "Do you feel safe both at home and at school?",
    "Do you feel the same at home and at school?",
    "Is it different at home and at school?",
    "Are you more happy and calm than last year?",
    "Are you happy going between home and school?",
    "Do your mum and dad listen to you?",
    "Do your brothers and sisters live with you?",
    "Do your friends and family know?",
    "Do you play with boys and girls?",
    "Is there time to rest and play?",
    "Can you come and go?",
    "Did you wait and wait?",
    "Do you have bed and breakfast?",
    "Is the day now and then too long?",
    "Was there food and drink?",
    "Do you have pens and paper?",
    "Do you get to school by bus and train?",
    "Are there rules about phones and tablets?",
    "Does your worker come on Mondays and Fridays?",
    "Do you like arts and crafts?",
    "Would you tell a friend if you were sad and scared?",
    "Do you feel well?",
)


def asked(said: str, kind: str = "faces", **header: object) -> Definition:
    text = {"en": {"plain": said, "easy": "And you?"}}
    if kind == "single":
        answers: dict[str, object] = {"options": [option("yes"), option("no")]}
    else:
        answers = {"words": AGREE if kind == "agreement" else FIVE}
    return sample({"id": "ask", "kind": kind, "text": text, **answers}, **header)


def weights(definition: Definition) -> list[str]:
    return [finding.weight for finding in check(definition) if finding.code == "double_barrelled"]


@pytest.mark.parametrize("said", STOPS)
def test_r3_what_certainly_asks_two_things_stops_a_childs_survey_and_is_advice_elsewhere(said: str) -> None:
    assert weights(asked(said)) == ["must"]
    assert weights(asked(said, "single", audience="young")) == ["must"]
    assert "must" not in weights(asked(said, audience="parents"))


@pytest.mark.parametrize("said", PASSES)
def test_r3_what_may_be_one_question_never_stops_it(said: str) -> None:
    assert "must" not in weights(asked(said))
    assert "must" not in weights(asked(said, "agreement"))


def test_r3_an_answer_in_ones_own_words_or_of_several_can_tell_the_two_apart() -> None:
    said = {"en": {"plain": "Do you feel safe and happy?", "easy": "And you?"}}
    several = {"id": "ask", "kind": "multiple", "options": [option("safe"), option("happy")], "text": said}
    assert weights(sample(several)) == []
    assert weights(sample({"id": "ask", "kind": "text", "text": said})) == []
    chosen = {"id": "ask", "kind": "single", "options": [option("safe"), option("happy")], "text": said}
    assert weights(sample(chosen)) == ["look"], "one of the two can be chosen, so it is not certain"


def test_r3_the_sets_are_large_enough_to_tell() -> None:
    assert min(len(set(STOPS)), len(set(PASSES))) >= 40


def test_r3_nothing_of_the_library_or_the_bank_is_stopped_for_it() -> None:
    ready = [load(path.read_text(encoding="utf-8"), path.name) for path in sorted(surveys().glob("*.yaml"))]
    for definition in ready:
        assert weights(definition) == [], definition.survey
    assert len(ready) >= 12
    for banked in BANK:
        assert weights(by_itself(banked)) == [], banked.key
