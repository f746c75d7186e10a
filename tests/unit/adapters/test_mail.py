"""Notices say that something waits, never what."""

import pytest

from engage.adapters.mail import Mail, MemoryMail, NoMail, Notice, SmtpMail, from_settings, message
from engage.settings import Settings

LINK = "https://engage.example.org/staff/today"


@pytest.mark.parametrize("notice", Notice)
def test_n9_a_notice_is_a_fixed_sentence_and_a_link(notice: Notice) -> None:
    mail = MemoryMail()
    mail.send("lead@example.org", notice, LINK)
    mail.send("other@example.org", notice, LINK)
    first, second = mail.sent
    assert first["To"] == "lead@example.org"
    assert second["To"] == "other@example.org"
    assert first.get_content() == second.get_content()
    assert first["Subject"] == second["Subject"]
    assert LINK in first.get_content()
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] != second["Message-ID"]
    assert not any(sign.isdigit() for sign in first["Subject"] + first.get_content())


@pytest.mark.parametrize(
    "link",
    [
        "https://engage.example.org/staff/flags?id=7f3a",
        "https://engage.example.org/staff/flags#7f3a",
        "https://someone@engage.example.org/staff",
        "javascript:alert(1)",
        "/staff/today",
        "",
    ],
)
def test_n9_a_link_carries_nothing_beyond_the_page(link: str) -> None:
    with pytest.raises(ValueError, match="without query or fragment"):
        message("engage@example.org", "lead@example.org", Notice.CONCERN, link)


@pytest.mark.parametrize(
    "to", ["", "lead", "@example.org", "lead@", "a@b.org\nBcc: c@d.org", "a@b.org, c@d.org", "A <a@b.org>"]
)
def test_w12_an_address_is_one_address_and_adds_no_header(to: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        message("engage@example.org", to, Notice.WAITING, LINK)


def test_without_settings_no_mail_is_sent() -> None:
    mail: Mail = from_settings(Settings(smtp_url="smtp://mail.example.org"))
    assert isinstance(mail, NoMail)
    assert not mail.enabled
    mail.send("not even an address", Notice.WAITING, "")


def test_with_both_settings_the_server_is_used() -> None:
    mail = from_settings(Settings(smtp_url="smtp://mail.example.org", mail_from="engage@example.org"))
    assert isinstance(mail, SmtpMail)
    assert mail.enabled


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp:///x"])
def test_a_server_that_is_none_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://user:password@host:port"):
        SmtpMail(url, "engage@example.org")
