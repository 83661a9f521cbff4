"""The refusal of what a role does not do, raised at the writing door and where the office asks."""

from __future__ import annotations

from lianxin.domain.roles import Act, Acting
from lianxin.store.errors import StoreProblem


class NotAllowed(StoreProblem):
    """The role of the person at the desk does not do this; the message says who does."""

    code = "D220"

    def __init__(self, acting: Acting, act: Act) -> None:
        self.acting, self.act = acting, act
        super().__init__(acting.refusal(act))


def require(acting: Acting, act: Act) -> None:
    """Raises NotAllowed."""
    if not acting.may(act):
        raise NotAllowed(acting, act)
