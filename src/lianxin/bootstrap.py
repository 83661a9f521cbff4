"""Composition root: data folder, passphrase, store, rules: one typed `App` for window and command line."""

from __future__ import annotations

import logging
import os
import platform
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lianxin.domain.rules import BadProfile, RuleProfile, load_profile
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk, office_of
from lianxin.office.setting_up import Beginning, set_up
from lianxin.store import backup as backing_up
from lianxin.store import passphrase as keyring
from lianxin.store import restore as restoring
from lianxin.store.passphrase import RecoveryCode
from lianxin.store.record_store import RecordStore, Surroundings

PASSPHRASE_VARIABLE = "LIANXIN_PASSPHRASE"
FIRST_ACTOR = "01"
"""Actor code until the office has more than one user."""


@dataclass(frozen=True)
class App:
    """The open program: its data folder and its desk."""

    home: Path
    desk: Desk

    def close(self) -> None:
        """Lets go of the data folder."""
        self.desk.store.close()


def default_home() -> Path:
    """The per-user data folder of this computer."""
    from platformdirs import user_data_path

    return user_data_path("lianxin", appauthor=False)


def surroundings() -> Surroundings:
    """This computer's clock, randomness, name and per-user folder."""
    from platformdirs import user_state_path

    return Surroundings(
        clock=lambda: datetime.now().astimezone(),
        randomness=secrets.token_bytes,
        machine=platform.node(),
        witness_folder=user_state_path("lianxin", appauthor=False) / "ledgers",
    )


def given_passphrase() -> str | None:
    """The passphrase of the environment, which makes commands ask nothing (cli.md)."""
    return os.environ.get(PASSPHRASE_VARIABLE) or None


def begin(home: Path, passphrase: str, beginning: Beginning) -> tuple[App, RecoveryCode]:
    """Makes a new office in an empty data folder; the recovery code exists only in the answer."""
    profile = profile_named(beginning.profile)
    key, code = keyring.create_keyring(home, passphrase, random=secrets.token_bytes)
    store = RecordStore.create(home, key, surroundings(), org_code=beginning.code, actor=FIRST_ACTOR)
    set_up(store, beginning)
    return App(home, Desk(store, profile)), code


def unlock(home: Path, passphrase: str) -> App:
    """Opens the office of a data folder. Raises WrongPassphrase, KeyringMissing and the store's problems."""
    # A restore that was cut off is finished first: until then key and database may not belong together.
    restoring.settle(home)
    key = keyring.unlock(home, passphrase)
    store = RecordStore.open(home, key, surroundings(), actor=FIRST_ACTOR)
    with store.reading() as reading:
        profile = profile_named(office_of(reading).profile)
    return App(home, Desk(store, profile))


def backup(app: App, to: Path) -> Path:
    """A verified backup of the data folder in one file. Raises BackupFailed and its kin."""
    store = app.desk.store
    return backing_up.backup(store.engine, store.key, app.home, to, now=store.now())


def restore(home: Path, file: Path, passphrase: str) -> restoring.Restored:
    """Puts a backup in place of a data folder; the passphrase in force when it was made opens it."""
    return restoring.restore(
        file, home, unlock=lambda folder: keyring.unlock(folder, passphrase), now=surroundings().clock()
    )


def profile_named(name: str) -> RuleProfile:
    """A rule profile that travels with the program. Raises BadProfile."""
    path = resource_dir() / "profiles" / f"{name}.json"
    if not name.isidentifier() or not path.is_file():
        known = "、".join(sorted(each.stem for each in path.parent.glob("*.json")))
        raise BadProfile(f"没有名为“{name}”的规则库，现有：{known}")
    return load_profile(path.read_text("utf-8"))


def log_to(home: Path) -> None:
    """Sends what people should not have to read to `<home>/lianxin.log`."""
    home.mkdir(parents=True, exist_ok=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.basicConfig(
        filename=home / "lianxin.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        encoding="utf-8",
    )
