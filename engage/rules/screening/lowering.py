"""What lowers a red line to amber: never further, and only when it stands near the words it is about."""

from collections.abc import Mapping, Sequence

from engage.rules.screening.matching import Hit, Matcher, Span
from engage.rules.screening.words import Lowering, LoweringKind

NEAR = 6  # tokens either side
_FIRST_PERSON = frozenset({"i", "im", "ive", "me", "my", "myself", "us"})

Marks = Mapping[str, Sequence[Span]]


def marks_in(matcher: Matcher, tokens: Sequence[str]) -> Marks:
    """Where words that lower stand, by kind."""
    marks: dict[str, list[Span]] = {}
    for hit in matcher.find(tokens):
        marks.setdefault(hit.line.group, []).append(hit.spans[0])
    return marks


def lowered_by(
    hit: Hit, tokens: Sequence[str], marks: Marks, rules: Mapping[LoweringKind, Lowering]
) -> LoweringKind | None:
    """The kind that lowers this hit; None when nothing does."""
    for kind, rule in rules.items():
        spans = [span for span in marks.get(kind, ()) if not _inside(span, hit)]
        if not spans or (rule.only and hit.line.group not in rule.only):
            continue
        if kind == "negation":
            lowers = _negated(hit, tokens, spans, rule)
        elif kind == "third_person":
            lowers = _about_another(hit, tokens) and _near(hit, spans, after=0)
        else:
            lowers = _near(hit, spans, after=NEAR)
        if lowers:
            return kind
    return None


def _inside(span: Span, hit: Hit) -> bool:
    return any(start < span[1] and span[0] < end for start, end in hit.spans)


def _near(hit: Hit, spans: Sequence[Span], *, after: int) -> bool:
    first, last = hit.spans[0][0] - NEAR, hit.spans[-1][1] + after
    return any(first <= start and end <= last for start, end in spans)


def _about_another(hit: Hit, tokens: Sequence[str]) -> bool:
    own = (token for start, end in hit.spans for token in tokens[start:end])
    return _FIRST_PERSON.isdisjoint(own)


def _negated(hit: Hit, tokens: Sequence[str], spans: Sequence[Span], rule: Lowering) -> bool:
    """A "not" right before the line, or between its parts; "never stops hitting me" is not one."""
    ends = {end for _, end in spans if end >= len(tokens) or tokens[end] not in rule.unless_next}
    between = range(hit.spans[0][1] + 1, hit.spans[-1][0] + 1)
    if any(end in between for end in ends):
        return True
    place = hit.spans[0][0]
    while place > 0 and place not in ends and tokens[place - 1] in rule.through:
        place -= 1
    return place in ends
