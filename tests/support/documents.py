"""A document with one of everything, in English and in Arabic, and texts that want to be more than text."""

from datetime import date

from engage.adapters.documents import (
    Bullets,
    Chart,
    Document,
    Heading,
    Notice,
    Paragraph,
    Quote,
    Table,
)

ATTACKS = (
    '=HYPERLINK("http://evil.example","click")',
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "a;=1+1",
    'a"\t=1+1',
    "a,\n=1+1",
    "'=1+1",
    "<script>alert(1)</script>",
    "<img src=http://evil.example/x.png onerror=alert(1)>",
    "</w:t></w:r><w:r><w:instrText>INCLUDETEXT c:/secret</w:instrText></w:r>",
    "]]><x/>&amp;&lt;",
    "{{7*7}} {% raw %}",
    "]>\ud800\ufffe\x1b[31m\u202egnp.exe",
    "url(file:///etc/passwd)",
)


def sample(language: str = "en") -> Document:
    """Everything a document can hold."""
    return Document(
        title="Do children feel listened to?",
        language=language,
        subtitle="Thematic assurance report",
        facts=(("Release", "Your voice, release 2"), ("Answers", "412 children")),
        blocks=(
            Heading(1, "What children said"),
            Paragraph("Most said they are listened to.\nFewer said so about meetings."),
            Table(
                "Listening, by age",
                ("Age", "Always", "Never"),
                (("8 to 10", 55, None), ("11 to 13", 1060, 15)),
                "Rounded.",
            ),
            Heading(2, "In their own words"),
            Quote("He wrote down what I said.", "A child, 11 to 13"),
            Quote("أحب المدرسة", "A child", "ar"),
            Heading(3, "What adults said"),
            Bullets(("Waiting is too long.", "Letters are hard to read.")),
            Chart("Feeling safe", "Most said always.", (("Always", 160), ("Sometimes", 40), ("Never", None))),
            Notice("One table is hidden to protect people."),
        ),
        issued=date(2026, 11, 22),
    )


def arabic() -> Document:
    """A document that runs from right to left, with one sentence that does not."""
    return Document(
        title="هل يستمع الكبار إلى الأطفال؟",
        language="ar",
        blocks=(
            Heading(1, "ما قاله الأطفال"),
            Table("الاستماع", ("العمر", "دائمًا"), (("8 إلى 10", None),)),
            Quote("They listen to me.", "طفل", "en"),
        ),
        hidden="أقل من 10",
    )


def hostile() -> Document:
    """Every attack in every place that takes text."""
    one = " ".join(ATTACKS)
    texts = tuple(Paragraph(attack) for attack in ATTACKS)
    return Document(
        title=one,
        language="en",
        subtitle=one,
        facts=((one, one),),
        hidden=one,
        blocks=(
            *texts,
            Heading(1, one),
            Bullets(ATTACKS),
            Table(one, ("a", one), tuple((attack, None) for attack in ATTACKS), one),
            Quote(one, one, "ar"),
            Chart(one, one, tuple((attack, 3) for attack in ATTACKS), (one, one, one)),
            Notice(one),
        ),
    )
