"""Names of people in what somebody wrote, with capitals, without, or in nothing else."""

from collections.abc import Iterator, Sequence
from typing import Final

from engage.rules.redaction.findings import Finding
from engage.rules.redaction.vocabulary import Token, first_names, is_known, tokens, word_set

_TITLES: Final = word_set("mr mrs ms mx dr miss sir madam")
# Who people are called by together with a name, in the languages of families here.
_KIN: Final = word_set(
    "auntie aunty aunt uncle pc sergeant sgt nurse nanny nanna nana nan nain taid granny grandma grandad grandpa "
    "pastor father brother sister coach baji bhai apa khala chacha hooyo abo pan pani doamna domnul tia tio abla "
    "abi teyze amma thatha babcia bunica imam rabbi reverend vicar cousin mum mummy dad daddy"
)
_ROLES: Final = word_set(
    "mum mums mom dad dads brother brothers sister sisters cousin cousins friend friends mate mates bestie "
    "boyfriend girlfriend partner stepdad stepmum son daughter baby twin worker workers keyworker carer carers "
    "advocate teacher tutor mentor manager nurse doctor therapist counsellor officer neighbour adviser advisor host "
    "boss coach driver headteacher head psychologist pa aunt uncle nan gran grandad judge reviewer iro"
)
_NAMING: Final = word_set("called named name names")
_LINKS: Final = word_set("is was called named whos who by its")
# After these, and before those, a word that is also a name speaks of somebody.
_BEFORE: Final = word_set(
    "does did told tell ask asked trust with called named miss from saw met by meet like love hate"
)
_AFTER: Final = word_set(
    "who whos said says say told tells came comes isnt doesnt didnt wont shouted shouts asked gave gives helps "
    "helped lives left works worked on has had was goes went got gets listens listened promised and"
)
_WHERE: Final = word_set("in from at is")
_TURNS: Final = word_set("and but so because cos cuz")
_NICK: Final = word_set("big little lil scary old tall young crazy ginger posh grumpy mad fat tiny nice auntie")
_JOINS: Final = word_set(
    "al el bin bint ibn abu um ul ur de da do dos di van von mae lee rose jane marie ann anne jo may grace thi lou "
    "leigh"
)
_STOP: Final = word_set(
    "a about after again all also am an and any are as at back be because been before but by came can cant come "
    "could did do does doesnt doing dont down for from get gets give go goes got had has hasnt have he her here him "
    "his how i if im in is isnt it its just keeps left let lets like made make me more my never new no not nothing "
    "now of off ok old on one or our out over people says said saw says she so some still that thats the their them "
    "then there they this to told too until up us very was wasnt we went were what when where which who why will "
    "with wont would you your"
)
_FEWEST: Final = 2


def names(text: str) -> Iterator[Finding]:
    """Names of people, surely or perhaps ("unknown": a word that is no everyday word, or has a capital of its own)."""
    words = tokens(text)
    certain, also = first_names()
    done = -1
    for at, word in enumerate(words):
        if at <= done:
            continue
        for rule in (_titled, _introduced, _of_a_role, _listed, _also_a_word):
            length = rule(words, at)
            if length:
                first = _with_nickname(words, at)
                done = _extended(words, at + length - 1)
                yield Finding("name", words[first].start, words[done].end)
                break
        else:
            if _is_unknown(word, certain | also):
                yield Finding("unknown", word.start, word.end)


def _is_unknown(word: Token, listed: frozenset[str]) -> bool:
    if len(word.low) < _FEWEST or word.low in _STOP:
        return False
    if word.is_capital and not word.opens:
        return word.low not in {"i", "mum", "dad", "nan", "god"}
    parts = word.low.split("-")
    return not all(is_known(part) or part in _STOP or not part for part in parts) and word.low not in listed


def _like_a_name(word: Token) -> bool:
    """A listed name, a word that is no everyday word, or one with a capital."""
    if word.low in _STOP:
        return False
    return _is_listed(word) or word.low in first_names()[1] or word.is_capital or not is_known(word.low)


def _is_listed(word: Token) -> bool:
    certain = first_names()[0]
    return any(part in certain for part in (word.low, *word.low.split("-")))


def _next(words: Sequence[Token], at: int, by: int = 1) -> Token | None:
    place = at + by
    return words[place] if 0 <= place < len(words) else None


def _titled(words: Sequence[Token], at: int) -> int:
    """mr haddad, auntie bea, pani nowak: the title with its name. "i miss you" is no title."""
    word, following = words[at], _next(words, at)
    if following is None or following.low in _STOP:
        return 0
    if word.low in _TITLES and word.low != "miss":
        return 2
    before = _next(words, at, -1)
    is_verb = (
        word.low == "miss" and before is not None and before.low in {"i", "we", "you", "really", "to", "will", "they"}
    )
    if word.low in _TITLES | _KIN and not is_verb and _like_a_name(following):
        return 2
    return 0


def _introduced(words: Sequence[Token], at: int) -> int:
    """The word after "called", "my name is", "named"."""
    word, before, second = words[at], _next(words, at, -1), _next(words, at, -2)
    if before is None or word.low in _STOP or not _like_a_name(word):
        return 0
    is_called = second is not None and second.low in {"call", "calls"} and before.low == "me"
    if is_called and (_is_listed(word) or word.low in first_names()[1] or not is_known(word.low)):
        return 1
    if before.low in _NAMING - {"names"} or (second is not None and second.low in _NAMING and before.low in _LINKS):
        return 1
    return 0


def _of_a_role(words: Sequence[Token], at: int) -> int:
    """my worker pat, my carer is rose, our head miss x."""
    word, before, second = words[at], _next(words, at, -1), _next(words, at, -2)
    if before is None or word.low in _STOP:
        return 0
    is_person = _is_listed(word) or word.low in first_names()[1] or not is_known(word.low)
    if before.low in _ROLES and is_person:
        return 1
    is_linked = second is not None and second.low in _ROLES and before.low in {"is", "was", "called", "named", "whos"}
    return 1 if is_linked and (_is_listed(word) or word.low in first_names()[1]) else 0


def _listed(words: Sequence[Token], at: int) -> int:
    return 1 if _is_listed(words[at]) else 0


def _also_a_word(words: Sequence[Token], at: int) -> int:
    """rose, will, may: only where the sentence speaks of somebody."""
    word, before, following = words[at], _next(words, at, -1), _next(words, at)
    if word.low not in first_names()[1] or word.low in _STOP - {"will"}:
        return 0
    if word.is_capital and not word.opens:
        return 1
    is_acting = following is not None and following.low in _AFTER
    if before is None:
        return 1 if is_acting or (following is not None and following.low in _WHERE) else 0
    if before.low in _TURNS and is_acting:
        return 1
    if following is None and before.low == "is":
        return 1
    if before.low in _BEFORE and not _takes_an_object(before, word):
        return 1
    beside = [_next(words, at, -2), before] if before.low in {"and", "or"} else []
    return 1 if any(one is not None and _is_listed(one) for one in beside) else 0


def _takes_an_object(before: Token, word: Token) -> bool:
    """ "with hope", "like summer", "love may": as likely the word."""
    return before.low in {"with", "like", "love", "hate", "from", "by"} and not word.is_capital


def _with_nickname(words: Sequence[Token], at: int) -> int:
    before = _next(words, at, -1)
    return at - 1 if before is not None and before.low in _NICK else at


def _is_more(word: Token) -> bool:
    return word.low not in _STOP and (_is_listed(word) or word.is_capital or not is_known(word.low))


def _extended(words: Sequence[Token], last: int) -> int:
    """On over what belongs to the same name: nguyen thi hoa, mary jane, Al Sayed."""
    while True:
        following, second = _next(words, last), _next(words, last, 2)
        if following is None or following.start - words[last].end > 1 or following.low in _STOP:
            return last
        if _is_more(following):
            last += 1
        elif following.low in _JOINS and second is not None and _is_more(second):
            last += 2
        else:
            return last
