"""Which words are names, which are everyday words, which are both. Words are compared in small letters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from engage.rules.questionnaire.checks.common_words import is_common
from engage.rules.questionnaire.reading import is_difficult

_ALSO_A_WORD: Final = "# also a word"
_SHORTEST_NAME: Final = 3
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
# Words that children write and word lists for schools do not hold: contractions without their sign, what is on a phone,
# food, what care is made of. Own list.
_EVERYDAY: Final = """
aint arent cant coz couldnt cos cuz didnt doesnt dont hadnt hasnt havent hes id ill im isnt its ive kinda lol mustnt
couldve shes shouldnt shouldve thats theirs theres theyd theyll theyre theyve u ur wanna wasnt werent weve whats whos
wont wouldnt wouldve youd youll youre youve yeah yep nope ok okay omg gonna gotta tbh bc thx pls plz innit accent
activity activities adult adults adviser advocate agency allergic amazing anxious anxiety appointment appointments app
apps arabic assembly assessment asthma attention autism autistic autumn awful awkward basically bloke bored boring
bullied bullies bully bullying bursary calm carer carers ceiling chat clubs coach comfortable complain complained
complaint complaints computer confidential confused consent council counsellor counselling court crying culture deaf
decide decided decision decisions definitely depressed different disability disabled disrespectful doctor doctors
eating embarrassed emergency emotional english equipment especially everyday everywhere excluded excluding family
families feedback feelings fiver foster fostered freezing garden gaming gas guy guys hair halal headteacher healthy
helpful helpline hijab homework honest honestly hospital host hostel housing hungry idiot ignored important
independent information internet interpreter interview isolated issues jealous journey keyworker kid kids laptop
lawyer lgbt library literally lonely lunch lunchtime maths medication medicine meeting meetings mental mobile money
mosque mould moved mum mums muslim nan nans neighbour nervous nobody noisy normal nowhere nurse obviously office
officer online opinion options outing outside overnight panic parent parents park passport passports patience patient
period personal phone phones placement placements plan plans playground please pocket police polish politely polite
portuguese practical practice privacy private problem problems professional professionals promise promised promises
proper properly quiet racism racist racially random rather reception refugee religion respect respectful respite
review reviews rights romanian rubbish rude rules safe safer safety scared scary school secure self session sessions
shoes shower sibling siblings sickness snacks social somali someone something sometimes somewhere staff stressed
stressful stress stuff stupid support supported supporting swearing tablet takeaway teacher teachers telly therapy
therapist tidy timetable toilet toilets translate translated translates translator transport trauma trousers trust
tutor tv uncomfortable unfair uniform unkind unsafe upset upstairs urdu vegan veggie video videos violent visa visit
visits volunteer weekend weekends weird wheelchair whatsapp wifi worker workers worried worry worries worrying worse
worst yard youth kurdish turkish ukrainian gujarati punjabi bengali chinese vietnamese welsh somalia christmas easter
eid diwali ramadan monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
fridays saturdays sundays january february march april june july august september october november december america
england poland romania ukraine syria iraq wales ireland scotland pizza rice noodles chips burger biscuits pasta
football cricket netball basketball rugby hockey swimming xbox playstation minecraft roblox bday braid braids bestie
cheeky chess discord dob email emails female gamertag haha hahaha male mate mates nhs postcode pupil safest science
secondary site sleepover snore snores spelt student students text texted texting texts vape vaping fortnite youtube
tiktok insta instagram snap snapchat facebook netflix google
"""


def word_set(words: str) -> frozenset[str]:
    """Words that are written one after another, as a set."""
    return frozenset(words.split())


@dataclass(frozen=True)
class Token:
    """A word of a text: as it is written, in small letters without signs, where it stands, how its capitals are."""

    written: str
    low: str
    start: int
    end: int
    opens: bool

    @property
    def is_capital(self) -> bool:
        """Written with a capital and not shouted."""
        return self.written[0].isupper() and (len(self.written) == 1 or not self.written.isupper())


def tokens(text: str) -> list[Token]:
    """The words of a text in order; `opens` says that a sentence begins with it."""
    found = []
    for match in _TOKEN.finditer(text):
        before = text[: match.start()].rstrip(" \t(“\"'‘")
        opens = not before or before[-1] in ".!?:\n•-"
        found.append(Token(match[0], plain(match[0]), match.start(), match.end(), opens))
    return found


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Small letters without accents and apostrophes: "D'Andre" is dandre, "Gülay" gulay."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return re.sub("['’`]", "", bare.lower()).replace("ł", "l").replace("ı", "i")


@lru_cache(maxsize=8192)
def is_known(word: str) -> bool:
    """Is it an everyday English word, or made from one?"""
    return word in _everyday() or is_common(word) or not is_difficult(word)


@cache
def first_names() -> tuple[frozenset[str], frozenset[str]]:
    """First names that are nothing else, and those that are everyday words too."""
    lines = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines()
    certain: set[str] = set()
    words: set[str] = set()
    block = certain
    for line in lines:
        if line.startswith("#"):
            block = words if line == _ALSO_A_WORD else certain
        else:
            block.update(plain(word) for word in line.split())
    words |= {name for name in certain if len(name) < _SHORTEST_NAME}
    return frozenset(certain - words), frozenset(words)


@cache
def _everyday() -> frozenset[str]:
    return word_set(_EVERYDAY)
