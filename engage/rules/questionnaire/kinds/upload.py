"""A photo or another file. Photos are made anew from their pixels; a PDF is kept as it is and only ever downloaded."""

from typing import Literal

from pydantic import Field

from engage.rules.questionnaire.kinds.attached import Attached

Taken = Literal["photo", "pdf"]


class Upload(Attached):
    """`takes` names what may be given: photos, and PDF where a document is really needed (nothing in it is removed).

    `most`: how many files, 1 to 5.
    """

    kind: Literal["upload"]
    takes_types: tuple[Taken, ...] = Field(default=("photo",), min_length=1, max_length=2, alias="takes")
    most: int = Field(default=1, ge=1, le=5)

    @property
    def takes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.takes_types))

    @property
    def most_files(self) -> int:
        return self.most
