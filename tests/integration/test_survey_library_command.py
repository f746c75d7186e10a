"""`engage survey library` and `engage survey check`: what comes ready, and what the gate says, on the command line."""

from pathlib import Path

from click.testing import CliRunner, Result

from engage.cli.main import main

BAD = Path(__file__).parents[1] / "unit" / "questionnaire" / "bad"


def engage(*words: str) -> Result:
    return CliRunner().invoke(main, ["survey", *words])


def test_the_library_lists_surveys_and_finds_questions() -> None:
    listed = engage("library")
    assert listed.exit_code == 0, listed.output
    assert "my-world: My world (children, 8 questions, 5 minutes)" in listed.output
    found = engage("library", "same", "worker")
    assert "help-same-worker: The same worker has stayed with me. [nel.workforce-consistency]" in found.output
    assert engage("library", "zzz").output == ""


def test_checking_says_why_it_matters_and_what_to_write_and_fails_only_where_it_must() -> None:
    bad = engage("check", str(BAD / "asks-who-you-are.yaml"))
    assert bad.exit_code == 1
    assert "asks who somebody is: “What is your full name” [identifying]" in bad.output
    assert "It shows who somebody is" in bad.output
    assert "(worth a look) divides about 40 people" in bad.output
    good = engage("check", "my-world")
    assert (good.exit_code, good.output) == (0, "Nothing that has to be put right.\n")
