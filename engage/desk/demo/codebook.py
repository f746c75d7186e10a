"""Larkmoor's codebook, and what the analyst made of the comments that have been read."""

import uuid
from collections.abc import Mapping

from engage.desk.demo import texts
from engage.desk.demo.cast import Cast, acting
from engage.desk.demo.chance import wordings
from engage.people.kinds import Role
from engage.rules.themes import Codebook
from engage.understanding.themes import queries, queries_coding, service, service_coding
from engage.understanding.themes.queries_coding import Wanted
from engage.understanding.themes.service import ThemeText
from engage.voices import queries as voices

_MANY = 5000
_LEFT = 70
# What practitioners call by another name.
_SAME = {"turnover": "worker"}


def build_codebook(cast: Cast, release_day: int) -> dict[str, uuid.UUID]:
    """Add the themes, code all but the newest comments and freeze the numbers; key in the texts -> theme."""
    analyst = cast.people[Role.ANALYST]
    with acting(analyst):
        themes = {
            key: service.add_theme(ThemeText(text.name, text.about, text.phrases, text.picture))
            for key, text in texts.themes().items()
        }
        service_coding.open_day(analyst)
        meant, book = _meant(themes), queries.codebook()
        comments = queries_coding.list_comments(Wanted(), _MANY)
        words = voices.texts([comment.id for comment in comments])
        # What waits begins with a comment for which the codebook has a suggestion.
        known = (place for place, one in enumerate(comments) if len(book.suggest(words[one.id])) > 1)
        end = next(place for place in known if place >= len(comments) - _LEFT)
        for comment in comments[:end]:
            service_coding.code(comment.id, _themes_of(words[comment.id], meant, book), analyst)
        service.freeze_counts(release_day)
    return themes


def _meant(themes: Mapping[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    """What somebody wrote -> the theme it was written for."""
    return {
        wording: themes[_SAME.get(key, key)]
        for survey in texts.SURVEYS
        for questions in texts.comments(survey).values()
        for written in questions.values()
        for key, lines in written.items()
        for line in lines
        for wording in wordings(line)
        if _SAME.get(key, key) in themes
    }


def _themes_of(words: str, meant: Mapping[str, uuid.UUID], book: Codebook) -> list[uuid.UUID]:
    if words in meant:
        return [meant[words]]
    # Cases and notes were written for no theme: the analyst takes the first that the codebook suggests.
    return [uuid.UUID(one.key) for one in book.suggest(words, most=1)]
