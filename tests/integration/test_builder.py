"""The builder without script: a survey from nothing, its questions added, changed, moved, removed and undone."""

import re

import pytest
from lxml import html

from engage.core.transaction import transaction
from engage.listening.library.kinds import ItemKind
from engage.listening.making import editing, service
from engage.listening.making.shape import question_controls
from engage.paths import surveys
from engage.rules.questionnaire.kinds import KINDS
from engage.rules.questionnaire.load import dump, load, tree_of
from tests.factories import library
from tests.factories.surveys import ready_made
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.making import LIST, MAKE, Controls, definition, form_of, press, save
from tests.unit.questionnaire.samples import option, sample, words

pytestmark = pytest.mark.one_database


def test_a_survey_begins_with_a_title_and_who_is_asked(app, partnership, maker: PageClient) -> None:
    assert "Write a title" in save(maker, f"{LIST}/new").get_data(as_text=True)
    assert save(maker, f"{LIST}/new", title="   ").status_code == 422
    upside_down = save(maker, f"{LIST}/new", title="X", age_min="12", age_max="9")
    assert "below the youngest" in upside_down.get_data(as_text=True)
    made = save(maker, f"{LIST}/new", title="New!", audience="children", age_min="8", age_max="11")
    assert made.headers["Location"].startswith(f"{LIST}/new-survey/make")
    begun = definition(app, partnership, "new-survey")
    assert (begun.title.say("en").text, begun.audience, begun.age_max) == ("New!", "children", 11)
    assert begun.languages == ("en",)
    page = maker.get(LIST).get_data(as_text=True)
    assert "Never published" in page
    assert save(maker, f"{LIST}/new", title="new").headers["Location"].startswith(f"{LIST}/new-survey-2/make")


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_a_form_that_opens_and_explains_what_is_missing(maker, copy, kind: str) -> None:
    """Sent as it comes, it is either a question or told what is missing at a control; never a fault."""
    address = f"{MAKE}/add/{kind}"
    assert save(maker, address).status_code in {303, 422}
    # A recording for each language is a map of short names: the one thing that is typed as it stands in the file.
    assert {control.name for control in question_controls(kind) if control.type == "yaml"} <= {"audio"}


@pytest.mark.parametrize("name", [question.id for question in ready_made("your-voice").questions])
def test_a_form_saved_as_it_is_opened_changes_nothing(app, partnership, maker, copy, name: str) -> None:
    before = definition(app, partnership)
    answer = save(maker, f"{MAKE}/questions/{name}")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert definition(app, partnership) == before


@pytest.mark.parametrize("name", sorted({path.stem for path in (surveys() / "examples").glob("*.yaml")} - {"contact"}))
def test_every_example_is_kept_by_its_forms_saved_as_they_are_opened(app, partnership, maker, name: str) -> None:
    """What is no choice of its form is lost when that is saved: a line about a question's own answer, say. Contact
    details alone are no question of a survey.
    """
    asked = ready_made(f"examples/{name}")
    with within(app, partnership), transaction():
        service.create(asked.survey, asked, None)
    address = f"{LIST}/{asked.survey}/make"
    forms = [f"{address}/questions/{question.id}" for question in asked.questions]
    for form in [*forms, f"{address}/sections", f"{address}/header"]:
        answer = save(maker, form)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert definition(app, partnership, asked.survey) == asked, form


def test_a_section_begins_at_a_question_that_names_it_and_takes_those_after_it(app, partnership, maker, copy) -> None:
    """By hand as in a file: a section without a question can't be, so that no empty one has to be made first."""
    ids = [each.id for each in definition(app, partnership).questions]
    assert "Add another" in maker.get(f"{MAKE}/sections").get_data(as_text=True)
    empty = form_of(maker, f"{MAKE}/sections") | {"do": ["rows:sections:add"]}
    empty = Controls(maker.post(f"{MAKE}/sections", data=empty).get_data(as_text=True)).sent
    refused = maker.post(f"{MAKE}/sections", data=empty | {"sections.0.title.plain": ["Nothing"]})
    said = refused.get_data(as_text=True)
    assert "A section begins at a question" in said
    assert "write section:" not in said, "nobody here writes a file"
    for question, title in ((ids[3], "The world"), (ids[0], "You"), (ids[-2], "About you")):
        address = f"{MAKE}/questions/{question}"
        assert save(maker, address, begins_section__plain=title, begins_section__easy=title).status_code == 303
    made = definition(app, partnership)
    assert [section.title.say("en").text for section in made.sections] == ["You", "The world", "About you"]
    names = [section.id for section in made.sections]
    middle = len(ids) - 5
    assert [each.section for each in made.questions] == [names[0]] * 3 + [names[1]] * middle + [names[2]] * 2
    save(maker, f"{MAKE}/questions/{ids[0]}", begins_section__plain="You again", begins_section__easy="You again")
    made = definition(app, partnership)
    assert [section.title.say("en").text for section in made.sections] == ["You again", "The world", "About you"]
    form = form_of(maker, f"{MAKE}/sections") | {"do": ["rows:sections.0.ends:add"]}
    form = Controls(maker.post(f"{MAKE}/sections", data=form).get_data(as_text=True)).sent
    words = {"sections.0.ends.0.say.plain": ["That is all."], "sections.0.ends.0.say.easy": ["That is all."]}
    when = {"sections.0.ends.0.when.0.test": ["safe_home=1"]}
    assert maker.post(f"{MAKE}/sections", data=form | words | when).status_code == 303
    assert [len(section.ends) for section in definition(app, partnership).sections] == [1, 0, 0]


def test_a_section_cut_in_two_is_asked_of_the_same_people_and_ends_as_before() -> None:
    who = {"question": "told", "is": "yes"}
    ends = [{"when": {"question": "told", "is": "yes"}, "say": words("That is all.")}]
    told = {"id": "told", "kind": "single", "options": [option("yes"), option("no")]}
    inside = [{"id": each, "kind": "text", "section": "part"} for each in ("one", "two", "three")]
    part = {"id": "part", "title": words("Part"), "show_if": who, "ends": ends}
    before = sample(told, *inside, {"id": "last", "kind": "text"}, sections=[part])
    named = {**tree_of(before)["questions"][2], "begins_section": words("Later")}
    made = editing.put(before, "two", named)
    assert [each.section for each in made.questions] == [None, "part", *[made.sections[1].id] * 2, None]
    assert [(each.show_if, bool(each.ends)) for each in made.sections] == [
        (before.sections[0].show_if, False),
        (before.sections[0].show_if, True),
    ]


def test_where_an_answer_leads_is_built_from_the_question_s_own_answers(app, partnership, maker, copy) -> None:
    address = f"{MAKE}/questions/helped"
    form = form_of(maker, address) | {"do": ["rows:ends:add"]}
    form = Controls(maker.post(address, data=form).get_data(as_text=True)).sent
    words = {"ends.0.say.plain": ["Thank you for telling us."], "ends.0.say.easy": ["Thank you."]}
    assert maker.post(address, data=form | words | {"ends.0.when.0.test": ["helped=no"]}).status_code == 303
    [end] = definition(app, partnership).question("helped").ends
    assert [(leaf.question, leaf.option_ids()) for leaf in end.when.leaves()] == [("helped", ("no",))]
    assert "This question" in maker.get(address).get_data(as_text=True)


def test_the_header_saved_as_it_is_opened_changes_nothing(app, partnership, maker, copy) -> None:
    before = definition(app, partnership)
    assert save(maker, f"{MAKE}/header").status_code == 303
    assert save(maker, f"{MAKE}/scales/safe").status_code == 303
    assert definition(app, partnership) == before


def test_one_field_changed_changes_that_field_only(app, partnership, maker, copy) -> None:
    before = definition(app, partnership)
    assert save(maker, f"{MAKE}/questions/safe_home", text__easy="Is home safe?").status_code == 303
    after = definition(app, partnership)
    assert after.question("safe_home").text.say("en", easy=True).text == "Is home safe?"
    assert after.question("safe_home").text.is_stale("ar")
    text = load(dump(after), "x").model_copy(update={"questions": before.questions})
    assert text == before
    assert [q for q in after.questions if q.id != "safe_home"] == [q for q in before.questions if q.id != "safe_home"]


def test_answers_are_added_moved_and_removed_before_saving(app, partnership, maker, copy) -> None:
    """A row keeps what the form doesn't show (its translation, its name in results) wherever it is moved."""
    address = f"{MAKE}/questions/tell"
    before = definition(app, partnership).question("tell").options()
    assert before is not None
    form = form_of(maker, address)
    count = len(before)
    for deed, at in (("rows:options:down:0", 1), ("rows:options:remove:2", 2), ("rows:options:add", count - 1)):
        page = maker.post(address, data=form | {"do": deed})
        assert page.status_code == 200
        rows = html.fromstring(page.get_data(as_text=True)).xpath("//ol[contains(@class, 'engage-make-rows')]/li")
        assert [number for number, row in enumerate(rows) if "autofocus" in row.attrib] == [at]
        form = Controls(page.get_data(as_text=True)).sent
    last = max(int(found.group(1)) for key in form if (found := re.fullmatch(r"options\.(\d+)\.was", key)))
    form |= {f"options.{last}.text.plain": ["A neighbour"], f"options.{last}.text.easy": ["A neighbour"]}
    assert maker.post(address, data=form).status_code == 303
    after = definition(app, partnership).question("tell").options()
    assert after is not None
    ids = [option.id for option in before]
    assert [option.id for option in after] == [ids[1], ids[0], *ids[3:], "a_neighbour"]
    assert after[1].text == before[0].text


def test_mistakes_stand_at_their_field_and_nothing_is_lost(maker, copy) -> None:
    page = save(maker, f"{MAKE}/questions/tell", text__plain="", options__0__text__plain="", options__0__text__easy="x")
    assert page.status_code == 422
    words = page.get_data(as_text=True)
    assert 'href="#f-text"' in words
    assert 'href="#f-options.0.text"' in words
    assert words.count("Write something here") >= 4
    number = save(maker, f"{MAKE}/header", intro__minutes="soon", age_min="99")
    assert "write a whole number" in number.get_data(as_text=True)
    assert "at most 25" in number.get_data(as_text=True)


def test_questions_are_moved_copied_removed_and_undone(app, partnership, maker, copy) -> None:
    ids = [question.id for question in definition(app, partnership).questions]
    for question, deed in ((ids[1], "up"), (ids[0], "copy"), (ids[2], "remove"), ("", "undo")):
        assert press(maker, question, deed).status_code == 303
    now = [question.id for question in definition(app, partnership).questions]
    assert now == [ids[1], ids[0], f"{ids[0]}_2", *ids[2:]]
    while press(maker, "", "undo").status_code == 303:
        pass
    assert [question.id for question in definition(app, partnership).questions] == ids


def test_a_question_that_others_rest_on_is_not_removed(app, partnership, maker, copy) -> None:
    before = definition(app, partnership)
    rests = next(question for question in before.questions if question.show_if is not None)
    leaf = next(iter(rests.show_if.leaves()))
    refused = press(maker, leaf.question, "remove")
    assert refused.status_code == 422
    assert "Another question is asked only after this one" in refused.get_data(as_text=True)
    assert definition(app, partnership) == before


def test_routing_is_built_from_earlier_answers(app, partnership, maker, copy) -> None:
    names = [question.id for question in definition(app, partnership).questions]
    address = f"{MAKE}/questions/{names[3]}"
    lines = {"show_if__0__test": f"{names[0]}=1", "show_if__1__test": f"{names[1]}=*", "show_if__1__sign": "not"}
    assert save(maker, address, **lines).status_code == 303
    condition = definition(app, partnership).question(names[3]).show_if
    assert condition is not None
    assert [leaf.operator for leaf in condition.leaves()] == ["is", "not_answered"]
    assert "Asked only if" in maker.get(MAKE).get_data(as_text=True)
    assert save(maker, address, show_if__0__test="", show_if__1__test="").status_code == 303
    assert definition(app, partnership).question(names[3]).show_if is None


def test_two_people_see_each_other(app, partnership, maker, copy) -> None:
    """Another question changed meanwhile is no trouble; the same one shows both, and saving again decides."""
    address = f"{MAKE}/questions/safe_home"
    mine = form_of(maker, address) | {"text.plain": ["Mine"]}
    assert save(maker, f"{MAKE}/questions/safe_school", text__plain="Theirs elsewhere").status_code == 303
    assert maker.post(address, data=mine).status_code == 303
    stale = mine | {"text.plain": ["Mine again"]}
    conflict = maker.post(address, data=stale)
    assert conflict.status_code == 409
    words = conflict.get_data(as_text=True)
    assert "Somebody else was here" in words
    assert "Mine again" in words
    assert maker.post(address, data=Controls(words).sent).status_code == 303
    now = definition(app, partnership)
    assert now.question("safe_home").text.say("en").text == "Mine again"
    assert now.question("safe_school").text.say("en").text == "Theirs elsewhere"


@pytest.mark.parametrize("hostile", ["\x00", "\u202e", "x" * 3000, "{{ 7*7 }}", "<script>", "؟"])
def test_w21_hostile_words_are_stored_exactly_or_explained(app, partnership, maker, copy, hostile: str) -> None:
    answer = save(maker, f"{MAKE}/questions/safe_home", text__plain=hostile, show_if__0__test=hostile, tags=hostile)
    assert answer.status_code in {303, 400, 422}
    weird = {"do": f"rows:{hostile}:up:9999999999999", "options.0.was": hostile, "revision": hostile}
    answer = maker.post(f"{MAKE}/questions/tell", data=form_of(maker, f"{MAKE}/questions/tell") | weird)
    assert answer.status_code in {200, 400}


def test_films_and_recordings_are_chosen_from_the_library(app, partnership, maker, copy) -> None:
    """A13 A16: by name, only what is there and in that language; what was withdrawn stays until it is changed."""
    library.add(app, partnership, ItemKind.FILM, "Maya signs it")
    library.add(app, partnership, ItemKind.FILM, "A film that is spoken", language="en")
    library.add(app, partnership, ItemKind.SOUND, "Read by Sam")
    page = f"{MAKE}/questions/safe_home"
    shown = maker.get(page).text
    assert '<option value="maya-signs-it">Maya signs it</option>' in shown
    assert "A film that is spoken" not in shown
    save(maker, page, **{"bsl": "maya-signs-it", "audio.en": "read-by-sam"})
    asked = definition(app, partnership).question("safe_home")
    assert (asked.bsl, asked.audio) == ("maya-signs-it", {"en": "read-by-sam"})
    with within(app, partnership), transaction():
        library.service.withdraw("maya-signs-it")
    assert "maya-signs-it (no longer in the library)" in maker.get(page).text
    save(maker, page)
    assert definition(app, partnership).question("safe_home") == asked


def test_a_question_is_added_from_the_bank(app, partnership, maker, copy) -> None:
    """From the survey to the bank and back, with the survey in hand."""
    way = re.search(r'href="(/staff/ready-made/questions\?into=your-voice)"', maker.get(MAKE).text)
    assert way
    one = re.search(r'href="(/staff/ready-made/questions/[a-z0-9-]+\?into=your-voice)"', maker.get(way[1]).text)
    assert one
    before = len(definition(app, partnership).questions)
    revision = re.search(r'name="revision" value="(\d+)"', maker.get(one[1]).text)
    assert revision
    sent = maker.submit(one[1], {"revision": revision[1]}, to=f"{one[1].split('?', maxsplit=1)[0]}/put-in/your-voice")
    assert sent.status_code == 303
    assert len(definition(app, partnership).questions) == before + 1


@pytest.mark.usefixtures("copy")
def test_a18_english_questions_stay_english_on_an_arabic_page(maker: PageClient) -> None:
    """A18: what is written left to right is shown and typed so, with its language said."""
    maker.set_cookie("engage-look", "language=ar")
    page = maker.get(MAKE).get_data(as_text=True)
    assert 'dir="rtl"' in page
    assert '<bdi lang="en">How safe do you feel at home?</bdi>' in page
    form = maker.get(f"{MAKE}/questions/safe_home").get_data(as_text=True)
    assert 'rows="2" lang="en" dir="ltr">How safe do you feel at home?</textarea>' in form


def test_a18_a_survey_keeps_its_direction_on_a_page_in_arabic(maker: PageClient, copy) -> None:
    """Its words are English whatever staff read in: marked, so that a question mark stands where it belongs."""
    maker.post("/comfort", data={"back": "/staff/surveys", "language": "ar"})
    page = maker.get(f"{MAKE}/questions/safe_home").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl"' in page
    asked = ready_made("your-voice").question("safe_home").text.say("en").text
    assert f'<h1><bdi lang="en">{asked}</bdi></h1>' in page
    asked = ready_made("your-voice").question("helped").text.say("en").text
    assert f"\u2068{asked}\u2069" in maker.get(MAKE).get_data(as_text=True)
    survey = maker.get(f"{LIST}/your-voice").get_data(as_text=True)
    assert '<th scope="row"><bdi lang="ar">' in survey  # translated, so in the words of the page
    assert "<h1><bdi>" in survey


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"contact"}))
def test_every_kind_can_be_made_by_hand(app, partnership, maker, kind: str) -> None:
    """What an example's form holds, typed into the form of a new question, makes the same question (by hand as by
    file).
    """
    asked = ready_made(f"examples/{kind}")
    wanted = next(question for question in asked.questions if question.kind == kind)
    with within(app, partnership), transaction():
        service.create(asked.survey, asked, None)
    address = f"{LIST}/{asked.survey}/make"
    form = form_of(maker, f"{address}/questions/{wanted.id}")
    answer = maker.post(f"{address}/add/{kind}?after={asked.questions[-1].id}", data=form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    made = definition(app, partnership, asked.survey).questions[-1]
    assert (made.kind, made.text.say("en"), made.store) == (kind, wanted.text.say("en"), wanted.store)
    words = [[option.text.say("en") for option in question.options() or ()] for question in (made, wanted)]
    assert words[0] == words[1]


def test_a_scale_for_several_questions_is_made_by_hand(app, partnership, maker, copy) -> None:
    """It is called by its last point, and chosen where a question has points."""
    form = form_of(maker, f"{MAKE}/scales")
    points = {f"words.{n}.plain": [words] for n, words in enumerate(("Never", "Very often"))}
    points |= {f"words.{n}.easy": [words] for n, words in enumerate(("Never", "A lot"))}
    empty = maker.post(f"{MAKE}/scales", data=form)
    assert (empty.status_code, "Write at least two" in empty.get_data(as_text=True)) == (422, True)
    for name in ("very-often", "very-often-2"):
        assert maker.post(f"{MAKE}/scales", data=form_of(maker, f"{MAKE}/scales") | points).status_code == 303
        assert name in definition(app, partnership).scales
    assert save(maker, f"{MAKE}/questions/listened", scale="very-often").status_code in {303, 422}
    assert f'href="{MAKE}/scales/very-often-2"' in maker.get(MAKE).get_data(as_text=True)
    seen = {"revision": form_of(maker, f"{MAKE}/scales/very-often-2")["revision"]}
    assert maker.submit(f"{MAKE}/scales/very-often-2", seen, to=f"{MAKE}/scales/very-often-2/remove").status_code == 303
    seen = {"revision": form_of(maker, f"{MAKE}/scales/safe")["revision"]}
    asked_with = maker.submit(f"{MAKE}/scales/safe", seen, to=f"{MAKE}/scales/safe/remove")
    assert (asked_with.status_code, "is asked with this scale" in asked_with.text) == (422, True)
    assert {"very-often", "safe"} <= definition(app, partnership).scales.keys()
    assert "very-often-2" not in definition(app, partnership).scales
    assert maker.submit(MAKE, to=f"{MAKE}/scales/very-often-2/remove").status_code == 404


def test_the_page_of_a_survey_leads_to_the_working_copy_that_is_there(maker, copy) -> None:
    there, go_on, begin = f"{LIST}/your-voice", f'href="{MAKE}"', f'action="{MAKE}"'
    assert [words in maker.get(there).text for words in (go_on, begin)] == [True, False]
    revision = form_of(maker, f"{MAKE}/header")["revision"]
    assert maker.submit(f"{MAKE}/discard", {"revision": revision}).status_code == 303
    assert [words in maker.get(there).text for words in (go_on, begin)] == [False, True]
