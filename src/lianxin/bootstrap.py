"""Composition root: data folder, passphrase, store, rules: one typed `App` for window and command line."""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lianxin.domain.roles import Acting
from lianxin.domain.rules import RuleProfile
from lianxin.office.access.users import FIRST_ACTOR, acting_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.handed.calendars import shipped_calendar
from lianxin.office.handed.rule_files import profile_in, shipped_names, shipped_profile
from lianxin.office.safekeeping.after_handover import hand_over
from lianxin.office.safekeeping.backups import back_up
from lianxin.office.safekeeping.elsewhere import backups_elsewhere
from lianxin.office.safekeeping.keeping import new_recovery_code
from lianxin.office.safekeeping.repair_account import file_words
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.office.trust.trusting import county_trust_in, is_county
from lianxin.store import attempts
from lianxin.store import passphrase as keyring
from lianxin.store import repair as mending
from lianxin.store import restore as restoring
from lianxin.store.acting import require
from lianxin.store.backup import never, quiet
from lianxin.store.backup_file import Cancelled, Progress, read_facts
from lianxin.store.backup_rotation import by_age, newest_first
from lianxin.store.database import DatabaseDamaged, NotADatabase
from lianxin.store.errors import StoreProblem
from lianxin.store.home_lock import HomeInUse
from lianxin.store.keyring_file import read_keyring
from lianxin.store.layout import ASIDE, AUTOMATIC, DATABASE_NAME, KEYRING_NAME
from lianxin.store.own_copy import from_backup, keeps_own, note_whole, require_whole
from lianxin.store.passphrase import DatabaseKey, KeyringMissing, Opened, RecoveryCode
from lianxin.store.places import require_here, sync_warning
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.store.repair import LedgerDamaged

if TYPE_CHECKING:
    from lianxin.office.safekeeping.moving import MovedIn

HomeState = Literal["new", "locked"]


class HomeNotEmpty(StoreProblem):
    """Something is here already, where the office of the old computer was to come."""

    code = "D192"

    def __init__(self) -> None:
        super().__init__(
            "这台电脑上已经有台账，没有搬进来，两边的数据都没有改动。要换掉这里的，请打开后在“备份与恢复”里恢复；"
            "要合在一起，请用“交接到另一台电脑”。"
        )


@dataclass(frozen=True)
class App:
    """The open program: its data folder and its desk."""

    home: Path
    desk: Desk

    def close(self) -> None:
        """Lets go of the data folder; a county's copy of what it wrote is brought up to date first."""
        try:
            if keeps_own(self.desk.store):
                from lianxin.office.receiving.taking_back import keep_copy

                keep_copy(self.desk)
        finally:
            self.desk.store.close()


def surroundings() -> Surroundings:
    """This computer's clock, randomness, name and per-user folder."""
    from platformdirs import user_state_path

    return Surroundings(
        clock=lambda: datetime.now().astimezone(),
        randomness=secrets.token_bytes,
        machine=platform.node(),
        witness_folder=user_state_path("lianxin", appauthor=False) / "ledgers",
    )


def begin(
    home: Path, passphrase: str, beginning: Beginning, *, around: Surroundings | None = None
) -> tuple[App, RecoveryCode]:
    """Makes a new office in an empty data folder; the recovery code exists only in the answer."""
    require_here(home, os.environ)
    profile = profile_named(beginning.profile)
    key, code = keyring.create_keyring(home, passphrase, random=secrets.token_bytes)
    store = RecordStore.create(
        home, key, around or surroundings(), org_code=beginning.code, actor=FIRST_ACTOR
    )
    set_up(store, beginning)
    return App(home, _with_keys(Desk(store, profile))), code


def _with_keys(desk: Desk) -> Desk:
    """A county has its root, operating key and reader key from the first day; a township makes its own later.

    A county restored from a backup takes over what its former data, put aside, know of revocations.
    """
    with desk.store.reading() as reading:
        at_county, lacking = is_county(office_of(reading).office_type), county_trust_in(reading) is None
        restored = from_backup(reading) is not None
    if at_county and lacking:
        # Certificates are loaded only where some have to be made.
        from lianxin.county.certificates.root_key import make_county_keys

        make_county_keys(desk)
    elif at_county and restored:
        from lianxin.county.certificates.after_restore import take_over_revocations

        take_over_revocations(desk)
    return desk


def home_state(home: Path) -> HomeState:
    """Whether a data folder waits for its first office or for its passphrase.

    Raises WrongPlace before anything is touched there, KeyringMissing when there are data whose key is gone, and what
    `settle` raises.
    """
    require_here(home, os.environ)
    # A restore that was cut off is finished first: until then key and database may not belong together.
    restoring.settle(home)
    kept = (home / DATABASE_NAME).exists() or mending.has_data(home)
    if (home / KEYRING_NAME).exists():
        # A key without data is what a set-up leaves that was cut off at once; it can begin again.
        return "locked" if kept else "new"
    if (home / DATABASE_NAME).exists():
        raise KeyringMissing(home / KEYRING_NAME)
    return "new"


def wait_left(home: Path) -> int:
    """Seconds until the next passphrase is tried here, after wrong ones; 0 when it may be now."""
    return attempts.wait_left(home, now=surroundings().clock())


def who_opens(home: Path, passphrase: str, *, who: str = "") -> Opened:
    """Whose passphrase this is, for a window that is locked. Raises WrongPassphrase, TooSoon."""
    return attempts.unlock_patiently(home, passphrase, now=surroundings().clock(), who=who)


def unlock(home: Path, passphrase: str, *, who: str = "") -> App:
    """Opens the office of a data folder: for the person named, else for whoever the passphrase belongs to.

    Raises WrongPassphrase, TooSoon, KeyringMissing, the store's problems, and NotSetUp when set-up was cut off.
    """
    restoring.settle(home)
    opened = who_opens(home, passphrase, who=who)
    return _opened(home, opened.key, opened.actor)


def unlock_lost(home: Path, passphrase: str) -> App:
    """Opens a data folder whose database is gone, made anew from what is kept beside the bundles.

    Raises NothingToRebuild, WrongPassphrase and what `unlock` raises.
    """
    from lianxin.office.receiving.taking_back import take_in_own
    from lianxin.store.own_copy import make_lost

    key = keyring.unlock(home, passphrase)
    make_lost(home, key, surroundings(), actor=FIRST_ACTOR).close()
    store = RecordStore.open(home, key, surroundings(), actor=FIRST_ACTOR)
    # Which rules apply is written in the office's own record, which comes with its entries.
    take_in_own(Desk(store, profile_named("national")))
    store.close()
    return _app(home, key)


def unlock_with_recovery(home: Path, code: str, new_passphrase: str, *, who: str = "") -> App:
    """Opens by the code of the recovery sheet and sets another passphrase, for the person named or the first one.

    Raises RecoveryCodeMistyped, WrongRecoveryCode, EmptyPassphrase, NobodyOfThatName and what `unlock` raises.
    """
    restoring.settle(home)
    key = keyring.unlock_with_recovery(home, code)
    actor = keyring.login_of(home, who).actor
    keyring.change_passphrase(home, key, new_passphrase, actor=actor, random=secrets.token_bytes)
    attempts.forget(home)
    return _opened(home, key, actor)


def take_over_absent(
    home: Path, code: str, *, name: str, passphrase: str, leaving: str = ""
) -> tuple[App, RecoveryCode]:
    """原经办人不在场的交接: by the code of the envelope a new person becomes 管理, and the leaving one's passphrase ends.

    Answers the open office and the code of the new recovery sheet; the old sheet is void. Raises as
    `unlock_with_recovery`, and UserProblem.
    """
    restoring.settle(home)
    key = keyring.unlock_with_recovery(home, code)
    gone = keyring.login_of(home, leaving).actor
    app = _opened(home, key, gone)
    try:
        # Who holds the envelope of the chair may do what a 管理 does, whatever the absent one's role was.
        app.desk.store.act_as(Acting(gone))
        hand_over(app.desk, name=name, passphrase=passphrase, leaving=gone)
        attempts.forget(home)
        return app, new_recovery_code(app.desk)
    except BaseException:
        app.close()
        raise


def _opened(home: Path, key: DatabaseKey, actor: str) -> App:
    require_here(home, os.environ)
    require_whole(home)
    if mending.check_wanted(home):
        _require_sound(home, key)
    try:
        return _app(home, key, actor)
    except (NotADatabase, DatabaseDamaged):
        # What it failed of may be told more plainly, and mended.
        _require_sound(home, key)
        raise


def opening_words(home: Path) -> str:
    """What to show while a ledger is opened: after a power cut every page is read, which takes its time."""
    return "上次没有正常退出，正在检查数据…" if mending.check_wanted(home) else "正在打开…"


def _require_sound(home: Path, key: DatabaseKey) -> None:
    try:
        found = mending.find_trouble(home, key, thorough=True)
    except HomeInUse:
        # Another window works on it: it opens.
        return
    if found is not None:
        raise LedgerDamaged(found, key)
    mending.note_checked(home)


def backup_at_hand(home: Path, plugged: Iterable[Path] = ()) -> str:
    """The newest backup of this ledger, on this disk or elsewhere, in words; from the manifests alone."""
    now = surroundings().clock()
    elsewhere = backups_elsewhere(home, plugged, until=now)
    for path in newest_first((*by_age(home / AUTOMATIC, until=now), *elsewhere), until=now):
        with suppress(StoreProblem, OSError):
            if read_facts(path).key_id == read_keyring(home / KEYRING_NAME).key_id:
                where = f"在{path.parent}，" if path in elsewhere else "在本机，"
                return f"最近一份备份{where}是{file_words(path)}。"
    return (
        "本机没有自动备份，也没有找到插着的U盘备份；会先看坏了的文件里还读得出多少。"
        "有U盘或另一块盘备份的，请先插上，按“再找一遍”。"
    )


def repair(home: Path, damaged: LedgerDamaged, *, plugged: Iterable[Path] = ()) -> mending.Repaired:
    """Mends a ledger found damaged from the newest sound backup, here or elsewhere (`backups_elsewhere`).

    A county also takes in its own copy of what it wrote (`own_copy`). Raises NothingToRepairFrom with all as it was,
    HomeInUse, NoRoom, RestoreFailed, RestoreUnfinished.
    """
    around = surroundings()
    also = backups_elsewhere(home, plugged, until=around.clock())
    done = mending.repair(
        home, damaged.key, damaged.what, now=around.clock(), witnesses=around.witness_folder, also=also
    )
    store = RecordStore.open(home, damaged.key, around, actor=FIRST_ACTOR)
    try:
        if keeps_own(store):
            from lianxin.office.receiving.taking_back import take_in_own
            from lianxin.store.taking_in import NotTaken

            # Where the copy does not go on from what is here it brings nothing; the rest stands all the same.
            with suppress(NotTaken, StoreProblem):
                take_in_own(Desk(store, profile_named("national")))
    finally:
        store.close()
    return mending.counted_again(done, home, damaged.key, witnesses=around.witness_folder)


def _app(home: Path, key: DatabaseKey, actor: str = FIRST_ACTOR) -> App:
    store = RecordStore.open(home, key, surroundings(), actor=actor)
    try:
        with store.reading() as reading:
            profile = profile_in(reading)
            store.act_as(acting_in(reading, actor))
        return App(home, _with_keys(Desk(store, profile)))
    except BaseException:
        store.close()
        raise


def finish_beginning(home: Path, passphrase: str, beginning: Beginning) -> tuple[App, RecoveryCode]:
    """Sets up an office whose beginning was cut off: same passphrase, fresh ledger, fresh recovery code.

    The ledger that was left holds no office; it goes to the folder `aside`, for its replica id may carry another
    office code. Raises WrongPassphrase; ValueError when there is an office after all.
    """
    key = keyring.unlock(home, passphrase)
    profile = profile_named(beginning.profile)
    left = home / DATABASE_NAME
    if left.exists():
        _require_no_office(home, key)
        aside = home / ASIDE / f"{surroundings().clock():%Y%m%d-%H%M%S}-unused"
        aside.mkdir(parents=True, exist_ok=True)
        for file in (*home.glob(f"{DATABASE_NAME}-*"), left):
            file.replace(aside / file.name)
    store = RecordStore.create(home, key, surroundings(), org_code=beginning.code, actor=FIRST_ACTOR)
    set_up(store, beginning)
    code = keyring.renew_recovery_code(home, key, random=secrets.token_bytes)
    return App(home, _with_keys(Desk(store, profile))), code


def _require_no_office(home: Path, key: DatabaseKey) -> None:
    from lianxin.domain.records import Office

    store = RecordStore.open(home, key, surroundings(), actor=FIRST_ACTOR)
    try:
        with store.reading() as reading:
            if reading.count(Office):
                raise ValueError("this data folder has an office")
    finally:
        store.close()


def backup(app: App, to: Path) -> Path:
    """A verified backup of the data folder in one file. Raises BackupFailed and its kin."""
    return back_up(app.desk, to)


def restore(
    home: Path, file: Path, passphrase: str, *, progress: Progress = quiet, cancelled: Cancelled = never
) -> restoring.Restored:
    """Puts a backup in place of a data folder; the passphrase in force when it was made opens it.

    Raises NotAllowed when it is today's passphrase of somebody whose role does not replace everybody's data.
    """
    require_here(home, os.environ)
    _require_may_restore(home, passphrase)
    done = restoring.restore(
        file,
        home,
        unlock=lambda folder: keyring.unlock(folder, passphrase),
        now=surroundings().clock(),
        progress=progress,
        cancelled=cancelled,
    )
    note_whole(home)
    return done


def _require_may_restore(home: Path, passphrase: str) -> None:
    """A passphrase of another day, or a ledger that no longer opens, keeps nobody from his backup."""
    if not (home / KEYRING_NAME).exists() or not (home / DATABASE_NAME).exists():
        return
    try:
        opened = keyring.unlock_as(home, passphrase)
        store = RecordStore.open(home, opened.key, surroundings(), actor=opened.actor)
        try:
            with store.reading() as reading:
                acting = acting_in(reading, opened.actor)
        finally:
            store.close()
    except (StoreProblem, OSError):
        return
    require(acting, "restore")


def move_in(
    home: Path, file: Path, passphrase: str, *, progress: Progress = quiet, cancelled: Cancelled = never
) -> tuple[App, MovedIn]:
    """从旧电脑搬来: the file of the old computer becomes the office of an empty data folder, counted and checked.

    Raises HomeNotEmpty, and what `restore` and `unlock` raise.
    """
    if home_state(home) != "new":
        raise HomeNotEmpty
    from lianxin.office.safekeeping.moving import moved_in

    facts = restore(home, file, passphrase, progress=progress, cancelled=cancelled).facts
    app = unlock(home, passphrase)
    try:
        return app, moved_in(app.desk, facts)
    except BaseException:
        app.close()
        raise


def place_warning(home: Path) -> str:
    """What is to be said of the place of a data folder at every opening; empty when all is well."""
    return sync_warning(home, os.environ)


def put_back(home: Path, aside: Path, passphrase: str) -> Path | None:
    """Undoes a restore: what it set aside comes back, what stands now is set aside in its turn."""
    return restoring.put_back(
        aside, home, unlock=lambda folder: keyring.unlock(folder, passphrase), now=surroundings().clock()
    )


def profile_named(name: str) -> RuleProfile:
    """A rule profile that travels with the program, with the calendar that does. Raises BadProfile."""
    return replace(shipped_profile(name), calendar=shipped_calendar())


def known_profiles() -> tuple[RuleProfile, ...]:
    """Every rule profile that travels with the program, the national one first."""
    return tuple(profile_named(name) for name in shipped_names())
