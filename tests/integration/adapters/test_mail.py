"""Notices handed to a mail server on the loopback."""

import socketserver
import threading
from collections.abc import Generator
from email import message_from_bytes
from email.policy import default
from typing import ClassVar

import pytest

from engage.adapters.mail import MailFailed, Notice, SmtpMail

LINK = "http://127.0.0.1:8000/staff/today"


class Conversation(socketserver.StreamRequestHandler):
    """Enough of SMTP to take a message; remembers every line the client says."""

    heard: ClassVar[list[bytes]] = []
    refuses: ClassVar[bytes] = b""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        in_message = False
        for line in self.rfile:
            self.heard.append(line.rstrip(b"\r\n"))
            verb = line[:4].upper()
            if in_message:
                in_message = line != b".\r\n"
                answer = b"" if in_message else b"250 taken\r\n"
            elif self.refuses and verb == self.refuses:
                answer = b"550 no such person lead@example.org\r\n"
            else:
                in_message = verb == b"DATA"
                answer = {
                    b"EHLO": b"250-here\r\n250 AUTH PLAIN\r\n",
                    b"AUTH": b"235 come in\r\n",
                    b"DATA": b"354 go on\r\n",
                    b"QUIT": b"221 bye\r\n",
                }.get(verb, b"250 ok\r\n")
            self.wfile.write(answer)


@pytest.fixture
def port() -> Generator[int]:
    """A mail server's port."""
    Conversation.heard, Conversation.refuses = [], b""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_n9_what_goes_over_the_line_is_the_notice_and_no_name_of_this_machine(port: int) -> None:
    SmtpMail(f"smtp://127.0.0.1:{port}", "engage@example.org").send("lead@example.org", Notice.CONCERN, LINK)
    heard = Conversation.heard
    assert heard[0].lower() == b"ehlo example.org"
    assert b"mail FROM:<engage@example.org>" in [line.split(b" size")[0] for line in heard]
    body = b"\n".join(heard[heard.index(b"data") + 1 : heard.index(b".")])
    taken = message_from_bytes(body, policy=default)
    assert taken["To"] == "lead@example.org"
    assert LINK in taken.get_content()
    assert set(taken.keys()) == {
        *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }


def test_a_password_is_used_on_the_loopback(port: int) -> None:
    mail = SmtpMail(f"smtp://engage:p%40ss@127.0.0.1:{port}", "engage@example.org")
    mail.send("lead@example.org", Notice.WAITING, LINK)
    assert any(line.startswith(b"AUTH PLAIN") for line in Conversation.heard)


def test_w17_a_refusal_is_reported_without_the_address_it_repeats(port: int) -> None:
    Conversation.refuses = b"RCPT"
    with pytest.raises(MailFailed) as failed:
        SmtpMail(f"smtp://127.0.0.1:{port}", "engage@example.org").send("lead@example.org", Notice.CLOCK, LINK)
    assert "lead" not in repr(failed.value)
    assert failed.value.__cause__ is None


def test_a_server_that_is_not_there_is_a_failure_to_try_again() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Conversation) as free:
        port = free.server_address[1]
    with pytest.raises(MailFailed, match="ConnectionRefusedError"):
        SmtpMail(f"smtp://127.0.0.1:{port}", "engage@example.org").send("lead@example.org", Notice.CLOCK, LINK)


def test_no_password_goes_over_an_open_line(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engage.adapters.mail._LOOPBACK", frozenset())
    with pytest.raises(MailFailed, match="SMTPNotSupportedError"):
        SmtpMail(f"smtp://engage:secret@127.0.0.1:{port}", "engage@example.org").send(
            "lead@example.org", Notice.CLOCK, LINK
        )
    assert not any(line.upper().startswith(b"AUTH") for line in Conversation.heard)
