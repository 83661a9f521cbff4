"""What the store refuses in foreseeable ways, said in the clerk's words."""

from __future__ import annotations

from typing import ClassVar


class StoreProblem(Exception):
    """A foreseen refusal of the store; its text is one Chinese message with what to do now.

    ``code`` is the short code shown beside the message and looked up by support.
    """

    code: ClassVar[str] = "D000"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
