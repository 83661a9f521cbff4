"""Key files that cost little to open, for tests that are about something else.

What one guess costs is proven in test_passphrase; a key file says its own cost, so opening needs no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from lianxin.store import passphrase
from lianxin.store.passphrase import Argon2Cost

LIGHT = Argon2Cost(iterations=1, lanes=1, memory_kib=64)
_MAKING = (
    passphrase.create_keyring,
    passphrase.change_passphrase,
    passphrase.renew_recovery_code,
    passphrase.add_login,
)


@contextmanager
def light_passphrases() -> Iterator[None]:
    """Whoever makes a key file meanwhile without saying its cost makes a light one."""
    with ExitStack() as stack:
        for function in _MAKING:
            stack.enter_context(patch.dict(function.__kwdefaults__, cost=LIGHT))
        yield
