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


def is_set_up() -> bool:
    """Whether notices can go out at all: there is a mail server, and an address of this site for them to lead to."""
    try:
        return bool(settings().site_url) and mail.from_settings(settings()).enabled
    except ValueError:
        return False  # what is set is no mail server's address


def reaches(who: Person) -> bool:
    """Whether this person signs in with an address: nobody else can be told by e-mail."""
    return mail.is_address(who.sign_in)


def send(who: Person, notice: Notice, name: str, count: int = 1) -> bool:
    """Tell one person to look at Today, once for `count` things; False where they were not told."""
    if not is_set_up() or not reaches(who):
        return False
    outgoing = mail.from_settings(settings())
    try:
        outgoing.send(who.sign_in, notice, f"{settings().site_url.rstrip('/')}/staff/today", name=name, count=count)
    except (MailFailed, ValueError) as error:
        get_logger().error("notice-not-sent", error=type(error).__name__)
        return False
    return True
