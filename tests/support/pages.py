"""What tests press on staff pages."""

import re

from tests.support.client import PageClient, token_of


def press(browser: PageClient, address: str, **data: object) -> str:
    """Post a staff form as the person signed in, follow where it leads, and give the page's text."""
    token = token_of(browser.get("/staff/account"))
    return browser.post(address, data={"csrf_token": token, **data}, follow_redirects=True).get_data(as_text=True)


def hidden(page: str, name: str) -> list[str]:
    """The values of a page's hidden inputs (or buttons) of one name."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page)
