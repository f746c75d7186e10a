"""How a notice goes out to one person: that something waits, and never what (N9)."""

import hashlib

from flask import current_app

from engage.adapters import mail
from engage.adapters.mail import MailFailed, Notice
from engage.core.crypto import keyring
from engage.core.logging import get_logger
from engage.people.queries import Person
from engage.settings import Settings


def settings() -> Settings:
    """The settings of this process."""
    found: Settings = current_app.extensions["engage_settings"]
    return found


def name_of(*words: object) -> str:
    """The name of a message about `words`: the same when it is handed over again after a crash, and telling nothing."""
    plain = " ".join(str(word) for word in words).encode()
    return hashlib.blake2b(plain, key=keyring().derive("notice-name")[:64], digest_size=16).hexdigest()


def send(who: Person, notice: Notice, name: str, count: int = 1) -> bool:
    """Tell one person to look at Today, once for `count` things; False where it is worth trying again."""
    outgoing = mail.from_settings(settings())
    if "@" not in who.sign_in or not outgoing.enabled:
        return True  # nothing to try again: this person looks at the page
    try:
        outgoing.send(who.sign_in, notice, f"{settings().site_url.rstrip('/')}/staff/today", name=name, count=count)
    except (MailFailed, ValueError) as error:
        get_logger().error("notice-not-sent", error=type(error).__name__)
        return False
    return True
