"""An answer that is spoken: recorded on the page or added as a sound file, or written instead."""

from typing import ClassVar, Literal

from pydantic import Field

from engage.rules.questionnaire.kinds.attached import Attached


class Audio(Attached):
    """One recording of at most `seconds` seconds. "Write it instead" is always on the page."""

    media: ClassVar[tuple[str, ...]] = ("audio",)

    kind: Literal["audio"]
    seconds: int = Field(default=120, ge=10, le=300)

    @property
    def most_seconds(self) -> int:
        return self.seconds
