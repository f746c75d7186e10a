"""What a list of comments is narrowed to, as the address bar says it. A value nobody offers narrows nothing."""

import uuid
from collections.abc import Mapping
from typing import Any

from engage.rules.themes import Group
from engage.understanding.themes.queries_coding import Wanted
from engage.voices.kinds import Channel

NAMES = ("show", "channel", "source", "group", "theme")
_DONE = {"": False, "done": True, "all": None}


def wanted(fields: Mapping[str, str]) -> Wanted:
    """The narrowing that an address or a form carries."""
    channel, group = fields.get("channel", ""), fields.get("group", "")
    return Wanted(
        channel=Channel(channel) if channel in set(Channel) else None,
        source_key=fields.get("source") or None,
        group=Group(group) if group in set(Group) else None,
        theme_id=id_of(fields.get("theme", "")),
        is_done=_DONE.get(fields.get("show", ""), False),
    )


def kept(fields: Mapping[str, str]) -> dict[str, Any]:
    """The narrowing as it came, to carry on in addresses."""
    return {name: value for name in NAMES if (value := fields.get(name, ""))}


def id_of(text: str) -> uuid.UUID | None:
    """An id from an address; None where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
