"""R3: sixty pairs of wordings, one bad, one good: the gate finds the bad one by name and says nothing of the good."""

import pytest

from engage.rules.questionnaire.checks import check
from engage.rules.questionnaire.definition import Definition
from tests.unit.questionnaire.samples import sample, words

CHILDREN: dict[str, object] = {"audience": "children", "age_min": 8, "age_max": 11}
YOUNG: dict[str, object] = {"audience": "young", "age_min": 12, "age_max": 17}
PARENTS: dict[str, object] = {"audience": "parents"}
STAFF: dict[str, object] = {"audience": "practitioners", "threshold": "staff"}
SCALE = [words(word) for word in ("Bad", "Not good", "In between", "Good", "Very good")]
AGREE = [words(word) for word in ("Disagree", "Disagree a bit", "In between", "Agree a bit", "Agree", "I do not know")]


def text(said: str) -> dict[str, object]:
    return {"en": {"plain": said, "easy": "And you?"}}


def stars(said: str, **header: object) -> Definition:
    return sample({"id": "ask", "kind": "stars", "words": SCALE, "text": text(said)}, **header)


def statement(said: str, **header: object) -> Definition:
    return sample({"id": "ask", "kind": "agreement", "words": AGREE, "text": text(said)}, **header)


def written(said: str, **header: object) -> Definition:
    return sample({"id": "ask", "kind": "text", "text": text(said)}, **header)


def easy(said: str, **header: object) -> Definition:
    return sample(
        {"id": "ask", "kind": "text", "text": {"en": {"plain": "And you?", "easy": said}}}, **{**CHILDREN, **header}
    )


PAIRS: list[tuple[str, Definition, Definition]] = [
    # Which answer would please.
    ("leading", stars("Don’t you think our workers are kind?"), stars("How kind are our workers?")),
    ("leading", stars("How much did you enjoy the day?"), stars("How was the day?")),
    ("leading", stars("How was our excellent new hub?", **PARENTS), stars("How was the new hub?", **PARENTS)),
    ("leading", written("What do you like best about the club?"), written("What is the club like?")),
    ("leading", statement("Most children say they feel safe here."), statement("Children get help here.")),
    ("leading", stars("How much better do you feel now?"), stars("How do you feel now?")),
    ("leading", written("Why did you like the visit?"), written("What do you think of the visit?")),
    ("leading", statement("Obviously, training helps me.", **STAFF), statement("Training helps me.", **STAFF)),
    ("leading", stars("Do you agree that help came early?", **PARENTS), stars("When did help come?", **PARENTS)),
    ("leading", stars("How satisfied were you with the team?", **PARENTS), stars("How was the team?", **PARENTS)),
    # No said twice.
    ("double_negative", stars("Is it not impossible to get help?"), stars("How hard is it to get help?")),
    ("double_negative", statement("No one was unkind to me."), statement("People were kind to me.")),
    ("double_negative", statement("I was not listened to."), statement("I was listened to.")),
    ("double_negative", statement("Workers never tell me why."), statement("Workers tell me why.")),
    ("double_negative", statement("I do not dislike my school."), statement("I like my school.")),
    ("double_negative", written("Who should never have done nothing?"), written("Who should have helped?")),
    ("double_negative", statement("I cannot get advice.", **STAFF), statement("I can get advice.", **STAFF)),
    ("double_negative", statement("We don’t avoid hard talks.", **STAFF), statement("We have hard talks.", **STAFF)),
    # Two questions in one.
    ("double_barrelled", statement("Workers are kind and helpful."), statement("Workers are kind.")),
    ("double_barrelled", stars("How safe and happy are you here?", **YOUNG), stars("How happy are you here?", **YOUNG)),
    ("double_barrelled", statement("They listened to me and acted on it."), statement("They listened to me.")),
    (
        "double_barrelled",
        statement("Help was quick and easy to get.", **PARENTS),
        statement("Help was quick.", **PARENTS),
    ),
    ("double_barrelled", stars("How was the day? How was the food?"), stars("How was the food?")),
    ("double_barrelled", stars("How is your home and/or school?"), stars("How is your school?")),
    ("double_barrelled", statement("I was informed and involved.", **STAFF), statement("I was involved.", **STAFF)),
    # Who somebody is.
    ("identifying", written("What is your name?"), written("What do you want to say?")),
    ("identifying", written("What is your date of birth?"), written("What age group are you in?")),
    ("identifying", written("Which school do you go to?"), written("What is school like?")),
    ("identifying", written("Who is your social worker?"), written("What is your social worker like?")),
    ("identifying", written("What is your home postcode?", **PARENTS), written("How is your area?", **PARENTS)),
    ("identifying", written("Please give your email address."), written("Do not give your email address.")),
    ("identifying", written("What is the name of your foster carer?"), written("What is your foster carer like?")),
    ("identifying", written("When were you born?"), written("How long have you lived here?")),
    ("identifying", written("Which team do you work in?", **STAFF), written("What work do you do?", **STAFF)),
    ("identifying", written("What’s your phone number?", **YOUNG), written("What is on your phone?", **YOUNG)),
    # Words of our trade.
    ("hard_word", written("Was the intervention right for you?"), written("Was the help right for you?")),
    ("hard_word", stars("How was your assessment?", **PARENTS), stars("How did we find out what you need?", **PARENTS)),
    ("hard_word", written("What about your placement?"), written("What about where you live?")),
    ("hard_word", written("What do your siblings think?"), written("What do your brothers and sisters think?")),
    ("hard_word", written("Did you participate?", **YOUNG), written("Did you take part?", **YOUNG)),
    ("hard_word", written("Was the referral quick?", **PARENTS), written("How soon did help come?", **PARENTS)),
    ("hard_word", stars("How was CAMHS?", **YOUNG), stars("How was the NHS?", **YOUNG)),
    ("hard_word", written("Did you get an EHCP?", **PARENTS), written("Did you get a plan?", **PARENTS)),
    ("hard_word", written("What safeguarding is there?"), written("What keeps children safe?")),
    ("hard_word", written("Did you have an advocate?"), written("An advocate is someone who helps you say it.")),
    # Figures of speech.
    ("idiom", written("Did you fall through the cracks?", **YOUNG), written("Did nobody help you?", **YOUNG)),
    ("idiom", written("What got the ball rolling?", **PARENTS), written("What began it?", **PARENTS)),
    ("idiom", written("Who kept you in the loop?", **PARENTS), written("Who told you?", **PARENTS)),
    ("idiom", written("What would you get off your chest?"), written("What do you want to tell us?")),
    ("idiom", written("Were there ups and downs?", **YOUNG), written("What was good?", **YOUNG)),
    # Easy words: who does what, and short.
    ("passive", easy("Were you told why?"), easy("Did they tell you why?")),
    ("passive", easy("Your words are kept here."), easy("We keep your words here.")),
    ("passive", easy("You will be shown a room."), easy("We show you a room.")),
    ("passive", easy("It was written by a child."), easy("A child wrote it.")),
    (
        "long_sentence",
        easy("We want to know if you feel safe at home and at school and in the park and online."),
        easy("We want to know if you feel safe. Think of home and school."),
    ),
    (
        "long_plain_sentence",
        written("Think of " + "all the days when " * 9 + "somebody came to see you?", **PARENTS),
        written("Think of all the days. When did somebody come to see you?", **PARENTS),
    ),
    # Promises and safety.
    ("banned_words", written("This is completely anonymous."), written("We do not ask your name.")),
    ("banned_words", written("It is confidential."), written("It is confidential unless a child is in danger.")),
    ("unflagged_safety", stars("How safe is the park?"), stars("How clean is the park?")),
    ("unflagged_safety", stars("Do you feel safe on the bus?", **YOUNG), stars("Is the bus late?", **YOUNG)),
]


def test_r3_there_are_sixty_pairs() -> None:
    assert len(PAIRS) == 60


@pytest.mark.parametrize(("code", "bad", "good"), PAIRS, ids=lambda value: value if isinstance(value, str) else "")
def test_r3_the_gate_tells_a_bad_wording_from_a_good_one(code: str, bad: Definition, good: Definition) -> None:
    assert code in {finding.code for finding in check(bad)}
    assert check(good) == ()
