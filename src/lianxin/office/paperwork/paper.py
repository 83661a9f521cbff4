"""What a printed document is: its name, what it is about, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lianxin.domain.periods import Period
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading

About = Literal["record", "record or blank", "period", "period or all", "period or blank"]


class PapersProblem(ValueError):
    """The document cannot be made as asked; the message is a Chinese sentence."""


class NoSuchMatter(ValueError):
    """The paper's subject is not here; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Asked:
    """What a document is made for; a `shipped` one is in our layout, whatever the office has put in."""

    desk: Desk
    reading: Reading
    uid: str | None
    period: Period | None
    shipped: bool = False


@dataclass(frozen=True)
class Paper:
    """One document of the house: its name on the command line, its Chinese name, its ending.

    An `official` one keeps the page rules of GB/T 9704-2012, which `lianxin document --check` measures.
    """

    name: str
    label: str
    ending: str
    about: About
    make: Callable[[Asked], bytes]
    official: bool = False

    @property
    def blank(self) -> bool:
        """Whether it exists as a form to be written on by hand."""
        return self.about.endswith("or blank")


def or_blank(filled: Callable[[Asked], bytes], blank: Callable[[Asked], bytes]) -> Callable[[Asked], bytes]:
    """Makes a document of a record, or without one the form to be written on by hand."""

    def make(asked: Asked) -> bytes:
        return filled(asked) if asked.uid is not None else blank(asked)

    return make


def of_one(made: Callable[[Desk, str], tuple[str, bytes]]) -> Callable[[Asked], bytes]:
    """Makes a document of one record from what gives its file name and content; a subject not here is told."""

    def make(asked: Asked) -> bytes:
        assert asked.uid is not None
        try:
            return made(asked.desk, asked.uid)[1]
        except NoSuchMatter as missing:
            raise PapersProblem(str(missing)) from missing

    return make
