"""The closed lists of words that making uses: stored by value, free for upper floors."""

from enum import StrEnum


class CopyState(StrEnum):
    """Where a working copy is: being written, or looked at by the gate since its last change with nothing to mend."""

    DRAFT = "draft"
    CHECKED = "checked"
