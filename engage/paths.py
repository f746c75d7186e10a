"""Where templates, static files, surveys and translations are: inside the installed package, else beside it.

Beside it is a checkout. The only module that knows; it must not read settings.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = PACKAGE.parent


def resource(name: str) -> Path:
    """The folder `name` (for instance "templates"), from the package first (a wheel), then from the checkout."""
    packaged = PACKAGE / name
    return packaged if packaged.is_dir() else _CHECKOUT / name


def templates() -> Path:
    return resource("templates")


def static() -> Path:
    return resource("static")


def surveys() -> Path:
    return resource("surveys")


def translations() -> Path:
    return resource("translations")
