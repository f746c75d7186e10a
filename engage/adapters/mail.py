"""Notices by e-mail: that something waits, never what (N9).

A notice is one of a few fixed sentences and a link to a page behind the sign-in. There is no way to hand in other
words, so no child's sentence, name or number can leave by this door. An invitation to a survey has a few sentences
around the survey's own title, which are made in one place. When it is sent is the outbox's business.
"""

import smtplib
import ssl
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from enum import StrEnum
from typing import Final, Protocol
from unicodedata import category
from urllib.parse import SplitResult, unquote, urlsplit

from engage.core import clock
from engage.settings import Settings

_TIMEOUT_SECONDS: Final = 20
_SMTPS_PORT, _SUBMISSION_PORT = 465, 587
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class _Policy(EmailPolicy):
    """Lines of 78 letters, as encoded words must have (RFC 2047, 2); but an address in a header stays whole.

    Broken in two it becomes an encoded word, and no mail program finds there what ends the reminders.
    """

    def fold(self, name: str, value: str) -> str:
        """A header as text."""
        folded: str = EmailPolicy.fold(self._for(name), name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it travels."""
        return EmailPolicy.fold_binary(self._for(name), name, value)

    def _for(self, name: str) -> EmailPolicy:
        # The longest line a server must take (RFC 5322, 2.1.1).
        return self.clone(max_line_length=998) if name in _WHOLE else self


_WHOLE: Final = frozenset({"List-Unsubscribe", "Message-ID", "From", "To"})
_POLICY: Final = _Policy()


class Notice(StrEnum):
    """What a message may be about."""

    CONCERN = "concern"
    CLOCK = "clock"
    WAITING = "waiting"
    EMPLOYMENT_PAY = "employment-pay"
    EMPLOYMENT_WORKLOAD = "employment-workload"
    EMPLOYMENT_MANAGEMENT = "employment-management"
    EMPLOYMENT_TREATMENT = "employment-treatment"
    EMPLOYMENT_CONDITIONS = "employment-conditions"
    EMPLOYMENT_OTHER = "employment-other"


_SENTENCES: Final[Mapping[Notice, tuple[str, str]]] = {
    Notice.CONCERN: ("Engage: please look now", "Something in Engage needs a trained person now. Please sign in."),
    Notice.CLOCK: ("Engage: a date is near", "Something in Engage has a date that is near or past. Please sign in."),
    Notice.WAITING: ("Engage: work is waiting", "Something in Engage is waiting for you. Please sign in."),
}
_MANY: Final = "{} things in Engage need a trained person now. This is one message for all. Please sign in."
_EMPLOYMENT: Final = (
    "Somebody who works for you raised a matter of employment in a survey of the safeguarding partnership: {}. No name,"
    " time or words come with it, and nobody at the partnership can find them for you."
)
_SUBJECTS: Final[Mapping[Notice, str]] = {
    Notice.EMPLOYMENT_PAY: "pay and contracts",
    Notice.EMPLOYMENT_WORKLOAD: "workload and staffing",
    Notice.EMPLOYMENT_MANAGEMENT: "management and supervision",
    Notice.EMPLOYMENT_TREATMENT: "how staff are treated",
    Notice.EMPLOYMENT_CONDITIONS: "working conditions",
    Notice.EMPLOYMENT_OTHER: "another matter of employment",
}
_CLOSING: Final = "This message says no more on purpose. Please do not reply to it."


@dataclass(frozen=True)
class Invitation:
    """What somebody who was invited to a survey is told, in one language or in several, one after the other.

    `languages`: their codes, in the order of the text. `stop_link` leads to the page that ends the reminders.
    `message_id`: the same for the same message, so that one handed over twice is known to be one.
    """

    subject: str
    text: str
    languages: tuple[str, ...]
    stop_link: str
    message_id: str


class MailFailed(Exception):
    """The message was not handed over; trying again later is right."""


class Mail(Protocol):
    """A way to send notices."""

    @property
    def enabled(self) -> bool:
        """Whether anything is sent at all, so that a page can say so."""
        ...

    def invite(self, to: str, invitation: Invitation) -> None:
        """Send one invitation to one address; raises as `send` does."""
        ...

    def send(self, to: str, notice: Notice, link: str, *, name: str = "", count: int = 1) -> None:
        """Send one notice to one address.

        `link`: where to sign in, http or https, without query or fragment. `name`: the same for the same notice, so
        that one handed over twice is known to be one; it must tell nothing. `count`: how many things wait. Raises
        ValueError for another link or an address that is none, MailFailed where the server did not take it.
        """
        ...


class NoMail:
    """No e-mail is set up: people find what waits on their page."""

    enabled = False

    def send(self, to: str, notice: Notice, link: str, *, name: str = "", count: int = 1) -> None:
        """Nothing is sent."""

    def invite(self, to: str, invitation: Invitation) -> None:
        """Nothing is sent."""


@dataclass
class MemoryMail:
    """Keeps what would have been sent, for tests and rehearsals."""

    enabled: bool = True
    sent: list[EmailMessage] = field(default_factory=list)

    def send(self, to: str, notice: Notice, link: str, *, name: str = "", count: int = 1) -> None:
        """Add the message to `sent`."""
        self.sent.append(message("engage@example.org", to, notice, link, name, count))

    def invite(self, to: str, invitation: Invitation) -> None:
        """Add the message to `sent`."""
        self.sent.append(invitation_message("engage@example.org", to, invitation))


class SmtpMail:
    """Hands messages to a mail server: encrypted where it offers that, and always where a password is sent."""

    enabled = True

    def __init__(self, url: str, sender: str) -> None:
        """`url`: smtp://user:password@host:port (or smtps://). Raises ValueError where it, or the sender, is none."""
        self._url = urlsplit(url)
        if self._url.scheme not in {"smtp", "smtps"} or not self._url.hostname:
            raise ValueError("the mail server's address reads smtp://user:password@host:port or smtps://...")
        self._sender = sender
        self._domain = _address(sender).domain

    def send(self, to: str, notice: Notice, link: str, *, name: str = "", count: int = 1) -> None:
        """Send over a connection of its own (see `Mail.send`)."""
        self._hand_over(message(self._sender, to, notice, link, name, count))

    def invite(self, to: str, invitation: Invitation) -> None:
        """Send over a connection of its own (see `Mail.invite`)."""
        self._hand_over(invitation_message(self._sender, to, invitation))

    def _hand_over(self, outgoing: EmailMessage) -> None:
        try:
            with self._connect(self._url) as server:
                server.send_message(outgoing)
        except (OSError, smtplib.SMTPException) as error:
            # The server's answer may repeat the address: only the kind of failure goes on.
            raise MailFailed(type(error).__name__) from None

    def _connect(self, url: SplitResult) -> smtplib.SMTP:
        host, secure = str(url.hostname), ssl.create_default_context()
        # The sender's domain as our name: smtplib's default asks the network for this machine's and tells it.
        if url.scheme == "smtps":
            port = url.port or _SMTPS_PORT
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, self._domain, timeout=_TIMEOUT_SECONDS, context=secure)
        else:
            server = smtplib.SMTP(host, url.port or _SUBMISSION_PORT, self._domain, timeout=_TIMEOUT_SECONDS)
        try:
            self._greet(server, url, secure)
        except BaseException:
            server.close()
            raise
        return server

    @staticmethod
    def _greet(server: smtplib.SMTP, url: SplitResult, secure: ssl.SSLContext) -> None:
        server.ehlo()
        encrypted = url.scheme == "smtps"
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=secure)
            server.ehlo()
            encrypted = True
        if url.username is not None:
            if not encrypted and url.hostname not in _LOOPBACK:
                raise smtplib.SMTPNotSupportedError("no password over an open line")
            server.login(unquote(url.username), unquote(url.password or ""))


def from_settings(settings: Settings) -> Mail:
    """The mail server of the settings; none where either of its two settings is empty."""
    if not settings.smtp_url or not settings.mail_from:
        return NoMail()
    return SmtpMail(settings.smtp_url, settings.mail_from)


def message(sender: str, to: str, notice: Notice, link: str, name: str = "", count: int = 1) -> EmailMessage:
    """The whole message; raises ValueError as `Mail.send` does."""
    parts = urlsplit(link)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("a notice links to a page behind the sign-in, without query or fragment")
    subject, sentence = _said(notice)
    if count > 1:
        sentence = _MANY.format(count)
    return _composed(sender, to, subject, f"{sentence}\n\n{link}\n\n{_CLOSING}\n", name or uuid.uuid4().hex)


def _said(notice: Notice) -> tuple[str, str]:
    if notice in _SUBJECTS:
        return "Engage: a matter of employment was raised", _EMPLOYMENT.format(_SUBJECTS[notice])
    return _SENTENCES[notice]


def invitation_message(sender: str, to: str, invitation: Invitation) -> EmailMessage:
    """An invitation as a message; raises ValueError for an address that is none."""
    outgoing = _composed(sender, to, _one_line(invitation.subject), invitation.text, invitation.message_id)
    outgoing["List-Unsubscribe"] = f"<{invitation.stop_link}>"
    outgoing["Content-Language"] = ", ".join(invitation.languages)
    return outgoing


def _one_line(text: str) -> str:
    """Words as one line of a header. What looks like an encoded word would be read as one, with what it hides."""
    shown = "".join(sign for sign in " ".join(text.split()) if category(sign) != "Cc")
    return shown.replace("=?", "= ?")


def _composed(sender: str, to: str, subject: str, text: str, name: str) -> EmailMessage:
    outgoing = EmailMessage(_POLICY)
    outgoing["Subject"] = subject
    outgoing["From"] = _address(sender)
    outgoing["To"] = _address(to)
    outgoing["Date"] = format_datetime(clock.now())
    outgoing["Message-ID"] = f"<{name}@{_address(sender).domain}>"
    outgoing["Auto-Submitted"] = "auto-generated"
    outgoing.set_content(text, cte="quoted-printable")
    return outgoing


def is_address(text: str) -> bool:
    """Whether a message can be sent to this address at all."""
    try:
        _address(text)
    except ValueError:
        return False
    return True


def _address(text: str) -> Address:
    try:
        address = Address(addr_spec=text.strip())
    except (MessageError, ValueError, IndexError, AttributeError):  # the parser stumbles over some, as a@[b.example
        raise ValueError("not an e-mail address") from None
    if not address.username or not address.domain:
        raise ValueError("not an e-mail address")
    return address
