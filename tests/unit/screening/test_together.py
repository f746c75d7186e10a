"""Words written together: what is red stays red, what is harmless stays out of the way (S3, S5)."""

import pytest

from engage.rules.screening import screen

RED = (
    "he kicked me in the bath",
    "i ran away from home last night",
    "my uncle makes me touch him",
    "my stepdad punches me in the face",
    "i want to kill myself",
    "mum locks me in the shed",
    "dad threw me down the stairs",
    "he tuches me wen mum is at wurk",
    "i cut my arms every night",
    "my brother put his hand in my knickers",
    "dad burned me on the iron",
    "she slaps me in the car",
    "my teacher kissed me in his room",
    "i took all the tablets in the box",
    "he strangled mum in the kitchen",
)
HARMLESS = (
    "i love the swings in the park",
    "thank you for letting me come",
    "we played football in the hall",
    "the library is my favourite place",
    "i like my teacher and my friends",
    "the engineer came and we made a bridge",
    "lost property is a mountain",
    "our librarian finds us good books",
    "we tasted fruit from brazil",
    "the dashboard is useful for planning visits",
    "as a volunteer i would like expenses paid sooner",
    "swimming on mondays is great",
    "more benches in the square please",
    "the ducks on the pond are cheeky",
    "brass lessons are on thursdays",
)


@pytest.mark.parametrize("text", RED)
def test_s3_red_words_written_together_stay_red(text: str) -> None:
    assert screen(text).level == "red"
    assert screen(text.replace(" ", "")).level == "red"


@pytest.mark.parametrize("text", HARMLESS)
def test_s4_harmless_words_written_together_stay_out_of_the_way(text: str) -> None:
    assert screen(text.replace(" ", "")).level == "none"
