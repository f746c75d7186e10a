"""A seeded CSV of believable answers: `python -m tests.factories.responses_csv your-voice 2000 > answers.csv`."""

import csv
import io
import random
import sys
from typing import Any

from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.import_rows import csv_columns
from engage.rules.questionnaire.path import path_for
from tests.factories.surveys import ready_made

COMMENTS = (
    "More lights by the bus stop please",
    "My social worker keeps changing and I have to say it all again",
    "The youth club is good, the people listen",
    "I dont feel safe online, people send stuff",
    "someone to talk to at lunch",
    "School should do something about bullying in the corridors",
    "nothing really its ok",
    "I want to know what happens after the meeting",
    "The park is scary when it is dark",
    "They helped my mum and me",
    "he hits me and nobody does anything",
    "I like my foster home",
    "shorter waits for the counsellor",
    "\u0644\u0627 \u0623\u062d\u062f \u064a\u0633\u0645\u0639\u0646\u064a",
)


def make_csv(definition: Definition, rows: int, seed: int = 7, weeks: tuple[str, ...] = ()) -> str:
    """`rows` rows in the importer's columns; the same seed gives the same text."""
    chance = random.Random(seed)
    out = io.StringIO()
    columns = [*csv_columns(definition)]
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    for _ in range(rows):
        row: dict[str, str] = _row(definition, chance)
        if weeks:
            row["week"] = chance.choice(weeks)
        writer.writerow(row)
    return out.getvalue()


def _row(definition: Definition, chance: random.Random) -> dict[str, str]:
    answers: dict[str, Any] = {}
    row: dict[str, str] = {"language": "en", "channel": "import"}
    tilt = chance.random()
    for question in definition.questions:
        if question.id not in path_for(definition, answers):
            continue
        options = [option.id for option in question.options() or ()]
        if question.skippable and chance.random() < 0.06:
            answers[question.id], row[question.id] = {"skipped": True}, ""
        elif not options:
            row[question.id] = chance.choice(COMMENTS) if chance.random() < 0.5 else ""
            answers[question.id] = {"text": row[question.id]}
        elif question.kind == "multiple":
            picked = [chance.choice(options)]
            answers[question.id], row[question.id] = {"values": picked}, "|".join(picked)
        else:
            place = min(int(chance.betavariate(1.5 + tilt * 2, 1.6) * len(options)), len(options) - 1)
            answers[question.id], row[question.id] = {"value": options[place]}, options[place]
    return row


if __name__ == "__main__":
    sys.stdout.write(make_csv(ready_made(sys.argv[1]), int(sys.argv[2])))
