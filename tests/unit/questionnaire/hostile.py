"""What nobody should send and somebody will: strings that break things, and forms that no page of ours would make."""

from collections.abc import Iterator

from engage.rules.questionnaire.answers import SKIP, Form
from engage.rules.questionnaire.kinds.base import Question

NAUGHTY: tuple[str, ...] = (
    *(
        "",
        " ",
        "\t\r\n",
        "\x00",
        "a\x00b",
        "\x07\x1b[31mred",
        "\x7f\x85",
        "\ud800",
        "\udfff\ud800",
        "\ufffe\uffff",
        "\ufeff",
    ),
    # direction turned round, marks without end, letters that look alike or vanish
    *(
        "\u202e1\u202c",
        "\u2066\u2067\u2068\u2069",
        "\u200f\u200e",
        "a\u200d\u200d",
        "e" + "\u0301" * 500,
        "раураl",
        "ｆｕｌｌ",
        "İıſ",
    ),
    # figures that are not numbers, numbers that are too many
    *(
        "-0",
        "+1",
        "1e309",
        "1_000",
        "0x1F",
        "NaN",
        "Infinity",
        "-Infinity",
        "1.",
        ".5",
        "1..2",
        "1,2,3",
        "½",
        "٣",
        "१२",
        "𝟙",
        "²",
        "Ⅷ",
    ),
    *("9" * 400, "-" + "9" * 50, "0" * 5000, "1" + "." + "0" * 60 + "1"),
    # days that never were
    *("0000-00-00", "2026-02-30", "2026-13-01", "99999999-01-01", "-1-1-1", "2026-W54", "today", "29/02/2023"),
    # markup, queries, templates, paths, formulas
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'; DROP TABLE response; --",
        "' OR ''='",
        "{{ 7*7 }}",
    ),
    *(
        "{value}",
        "%(value)s %s %n",
        "${jndi:ldap://x}",
        "../../etc/passwd",
        "C:\\con\\con",
        "=cmd|'/c calc'!A0",
        "@SUM(1)",
        "a|b|c",
    ),
    # words that machines take for something else
    *(
        "null",
        "None",
        "undefined",
        "true",
        "false",
        "[object Object]",
        "__proto__",
        "constructor",
        "skipped",
        SKIP,
        f"{SKIP} ",
    ),
    *('{"value": "1"}', '["1"]', "1\n2", "1,2", "1;2", "1&safe=2", "%00", "%u0031", "\\u0031"),
    # people: names that programs refuse, and languages of every direction
    *(
        "O’Neill",
        "Jo",
        "Null",
        "François",
        "Nguyễn Thị Ánh",
        "محمد",
        "שלום",
        "किताब",
        "漢字かな",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "ﷺ",
        "𓀀",
    ),
    *("x" * 10_001, "ab " * 5000, "\n" * 3000, "👍" * 3001),
)


def forms(question: Question) -> Iterator[Form]:
    """Every field of the question with every naughty string, alone and in a crowd; fields that are not its own."""
    names = sorted({
        *question.fields(),
        question.id,
        question.skip_field,
        f"{question.id}-other",
        f"{question.id}-move",
    })
    known = [option.id for option in question.options() or ()]
    for words in NAUGHTY:
        yield {question.id: [words]}
        yield {name: [words] for name in names}
        for name in names:
            yield {name: [words]}
            yield {**{one: ["1"] for one in names}, name: [words, words]}
        yield {question.id: [*known, words]}
        yield {question.id: [words] * 200}
        yield {f"{question.id}{words[:40]}": ["1"], words[:40]: [words]}
    yield {}
    yield {name: [] for name in names}
    yield dict.fromkeys(names, known)
    yield dict.fromkeys(names, known[::-1] + known)
    yield {name: [str(number) for number in range(2000)] for name in names}


def crowd(question: Question) -> Iterator[Form]:
    """A few forms that hold much of it at once, where each costs a whole request."""
    names = sorted({*question.fields(), f"{question.id}-move"})
    # A web form carries no broken surrogates: a browser sends U+FFFD in their place.
    sent = [words for words in NAUGHTY if not any(0xD800 <= ord(char) <= 0xDFFF for char in words)]
    for place in range(0, len(sent), 6):
        words = sent[place : place + 6]
        yield dict.fromkeys(names, words)
        yield dict.fromkeys(names, words[:1])
    known = [option.id for option in question.options() or ()]
    yield dict.fromkeys(names, known[::-1] + known)
