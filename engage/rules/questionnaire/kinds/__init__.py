"""The kinds of question: one file a kind, listed here once; a kind's template partial has the kind's name.

A new kind is a new file with a subclass of `base.Question` and its name in `AnyQuestion` below.
"""

from typing import Annotated, Final, get_args

from pydantic import Field

from engage.rules.questionnaire.kinds.agreement import Agreement
from engage.rules.questionnaire.kinds.audio import Audio
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.bodymap import BodyMap
from engage.rules.questionnaire.kinds.consent import Consent
from engage.rules.questionnaire.kinds.contact import Contact
from engage.rules.questionnaire.kinds.date import Date
from engage.rules.questionnaire.kinds.drawing import Drawing
from engage.rules.questionnaire.kinds.faces import Faces
from engage.rules.questionnaire.kinds.information import Information
from engage.rules.questionnaire.kinds.matrix import Matrix
from engage.rules.questionnaire.kinds.multiple import Multiple
from engage.rules.questionnaire.kinds.number import Number
from engage.rules.questionnaire.kinds.pair import Pair
from engage.rules.questionnaire.kinds.ranking import Ranking
from engage.rules.questionnaire.kinds.single import Single
from engage.rules.questionnaire.kinds.slider import Slider
from engage.rules.questionnaire.kinds.stars import Stars
from engage.rules.questionnaire.kinds.text import FreeText
from engage.rules.questionnaire.kinds.upload import Upload
from engage.rules.questionnaire.kinds.video import Video

AnyQuestion = Annotated[
    Faces
    | Stars
    | Single
    | Multiple
    | Agreement
    | Pair
    | Slider
    | Ranking
    | Matrix
    | BodyMap
    | Number
    | Date
    | FreeText
    | Consent
    | Information
    | Video
    | Contact
    | Drawing
    | Audio
    | Upload,
    Field(discriminator="kind"),
]

_CLASSES: tuple[type[Question], ...] = get_args(get_args(AnyQuestion)[0])
KINDS: Final[dict[str, type[Question]]] = {get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in _CLASSES}
"""Kind name -> its class, in the order a builder offers them."""
