"""Migrations: schema.py and the revisions agree, and a kill at any step leaves the old or the new database."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from lianxin.store import schema
from lianxin.store.database import (
    DATABASE_NAME,
    DatabaseMissing,
    KeyDoesNotFit,
    NewerDatabase,
    connect_keyed,
    immediate,
    open_database,
    reading,
    revision_of,
    sidecars,
)
from lianxin.store.home_lock import HomeInUse, SharedHold
from lianxin.store.migrate import MIGRATIONS, Prepared, UpgradeFailed, prepare
from lianxin.store.passphrase import Argon2Cost, DatabaseKey, create_keyring

KEY = DatabaseKey(bytes(range(32)))
NEXT = (*schema.REVISIONS, "test_next")
POSIX_KILL = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX word")


def folder_with_one_more(tmp_path: Path, body: str) -> Path:
    """The released revisions and one that only this test knows."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = 'test_next'\n"
        f"down_revision = {schema.HEAD!r}\n\ndef upgrade() -> None:\n{textwrap.indent(body, '    ')}\n",
        encoding="utf-8",
    )
    return folder


ADDS_A_COLUMN = "op.add_column('setting', sa.Column('note', sa.Text))"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of the present shape with one setting and one journal entry."""
    made = tmp_path / "home" / DATABASE_NAME
    prepare(made, KEY, create=True)
    engine = open_database(made, KEY)
    with immediate(engine) as connection:
        connection.execute(text("INSERT INTO setting VALUES ('office', '\"石牌镇\"')"))
        connection.execute(
            schema.entry.insert().values(
                stream="439901102-a", counter=1, lamport=1, prev="", kind="contact", uid="u1", op="put",
                schema=1, at="2026-11-03T09:00:00+08:00", actor="z", reason="", line=b"{}", hash="h",
                replica="439901102-a",
            )
        )  # fmt: skip
    engine.dispose()
    return made


def shapes(path: Path) -> dict[str, str]:
    raw = connect_keyed(path, KEY)
    rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    raw.close()
    return {str(name): " ".join(str(sql).split()) for name, sql in rows if name != "alembic_version"}


def test_schema_and_revisions_build_the_same_tables(path: Path, tmp_path: Path) -> None:
    plain = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    schema.metadata.create_all(plain)
    with plain.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    plain.dispose()
    assert shapes(path) == {name: " ".join(sql.split()) for name, sql in rows}


def test_alembic_sees_no_difference_either(path: Path) -> None:
    engine = open_database(path, KEY)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
    engine.dispose()


def test_the_list_of_revisions_is_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == schema.REVISIONS
    assert scripts.get_heads() == [schema.HEAD]


def test_a_new_database_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    with pytest.raises(DatabaseMissing):
        prepare(path, KEY)
    assert not path.exists()
    assert prepare(path, KEY, create=True) is Prepared.CREATED
    assert prepare(path, KEY, create=True) is Prepared.CURRENT
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in-use.lock", DATABASE_NAME]


def test_the_usual_start_does_not_import_alembic(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from lianxin.store.migrate import prepare; "
        "from lianxin.store.passphrase import DatabaseKey; "
        "prepare(Path(sys.argv[1]), DatabaseKey(bytes(range(32)))); "
        "assert 'alembic' not in sys.modules and 'cryptography' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_an_upgrade_keeps_the_data_and_the_old_file(path: Path, tmp_path: Path) -> None:
    before = shapes(path)
    folder = folder_with_one_more(tmp_path, ADDS_A_COLUMN)
    steps: list[str] = []
    done = prepare(path, KEY, hook=steps.append, migrations=folder, revisions=NEXT)
    assert (done, steps) == (Prepared.UPGRADED, ["folded", "copied", "built", "swapped"])
    raw = connect_keyed(path, KEY)
    assert raw.execute("SELECT name, value, note FROM setting").fetchall() == [("office", '"石牌镇"', None)]
    assert raw.execute("SELECT stream, counter, line FROM entry").fetchall() == [("439901102-a", 1, b"{}")]
    raw.close()
    kept = path.with_name(f"{DATABASE_NAME}.before-{schema.HEAD}")
    assert shapes(kept) == before
    assert prepare(path, KEY, migrations=folder, revisions=NEXT) is Prepared.CURRENT


def test_a_newer_database_is_refused_untouched(path: Path, tmp_path: Path) -> None:
    prepare(path, KEY, migrations=folder_with_one_more(tmp_path, ADDS_A_COLUMN), revisions=NEXT)
    before = path.read_bytes()
    with pytest.raises(NewerDatabase, match="新版本") as caught:
        prepare(path, KEY)
    assert caught.value.revision == "test_next"
    assert path.read_bytes() == before


def test_a_failing_revision_leaves_the_database_as_it_was(path: Path, tmp_path: Path) -> None:
    folder = folder_with_one_more(tmp_path, "op.execute('DELETE FROM setting')\nraise RuntimeError('broken')")
    with pytest.raises(RuntimeError, match="broken"):
        prepare(path, KEY, migrations=folder, revisions=NEXT)
    engine = open_database(path, KEY)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT name FROM setting")).scalars().all() == ["office"]
    engine.dispose()


def test_a_revision_that_loses_entries_is_not_swapped_in(path: Path, tmp_path: Path) -> None:
    folder = folder_with_one_more(tmp_path, "op.execute('DELETE FROM entry')")
    with pytest.raises(UpgradeFailed, match="条数"):
        prepare(path, KEY, migrations=folder, revisions=NEXT)
    engine = open_database(path, KEY)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM entry")).scalar_one() == 1
    engine.dispose()


def test_no_upgrade_under_an_open_window(path: Path, tmp_path: Path) -> None:
    folder = folder_with_one_more(tmp_path, ADDS_A_COLUMN)
    window = open_database(path, KEY)
    with pytest.raises(HomeInUse):
        prepare(path, KEY, migrations=folder, revisions=NEXT)
    window.dispose()
    assert prepare(path, KEY, migrations=folder, revisions=NEXT) is Prepared.UPGRADED


def test_a_wrong_key_never_starts_an_upgrade(path: Path, tmp_path: Path) -> None:
    folder = folder_with_one_more(tmp_path, ADDS_A_COLUMN)
    with pytest.raises(KeyDoesNotFit):
        prepare(path, DatabaseKey(bytes(32)), migrations=folder, revisions=NEXT)
    assert not list(path.parent.glob("*.before-*"))


_KILLED = """
import os, signal, sys
from pathlib import Path
from lianxin.store.migrate import prepare
from lianxin.store.passphrase import DatabaseKey
path, folder, fatal, *revisions = sys.argv[1:]
def hook(step):
    if step == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
prepare(Path(path), DatabaseKey(bytes(range(32))), create=True, hook=hook, migrations=Path(folder),
        revisions=tuple(revisions))
"""


def killed_at(step: str, path: Path, folder: Path, revisions: tuple[str, ...]) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), str(folder), step, *revisions], capture_output=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()


@POSIX_KILL
@pytest.mark.parametrize("step", ["folded", "copied", "built", "swapped"])
def test_killed_during_an_upgrade_the_next_start_finishes_it(path: Path, tmp_path: Path, step: str) -> None:
    folder = folder_with_one_more(tmp_path, ADDS_A_COLUMN)
    killed_at(step, path, folder, NEXT)
    raw = connect_keyed(path, KEY)
    found = revision_of(raw)
    assert raw.execute("SELECT name, value FROM setting").fetchall() == [("office", '"石牌镇"')]
    raw.close()
    assert found == ("test_next" if step == "swapped" else schema.HEAD)
    again = prepare(path, KEY, migrations=folder, revisions=NEXT)
    assert again is (Prepared.CURRENT if step == "swapped" else Prepared.UPGRADED)
    assert not any(file.exists() for file in sidecars(path))
    assert not list(path.parent.glob("*.upgrading*"))


@POSIX_KILL
@pytest.mark.parametrize("step", ["built", "swapped"])
def test_killed_during_the_first_start_the_next_one_works(tmp_path: Path, step: str) -> None:
    path = tmp_path / DATABASE_NAME
    killed_at(step, path, MIGRATIONS, schema.REVISIONS)
    assert prepare(path, KEY, create=True) is (Prepared.CREATED if step == "built" else Prepared.CURRENT)
    open_database(path, KEY).dispose()


@POSIX_KILL
def test_killed_during_the_first_start_a_set_up_can_begin_again(tmp_path: Path) -> None:
    path, light = tmp_path / DATABASE_NAME, Argon2Cost(iterations=1, lanes=1, memory_kib=8)
    create_keyring(tmp_path, "第一次", random=os.urandom, cost=light)
    killed_at("built", path, MIGRATIONS, schema.REVISIONS)
    key, _ = create_keyring(tmp_path, "第二次", random=os.urandom, cost=light)
    assert prepare(path, key, create=True) is Prepared.CREATED
    open_database(path, key).dispose()


def test_a_dead_window_holds_nothing(path: Path) -> None:
    """The lock dies with its owner, so a crash never locks the office out."""
    code = (
        "import os, sys; from pathlib import Path; from lianxin.store.home_lock import SharedHold; "
        "SharedHold(Path(sys.argv[1])).take(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, str(path.parent)], check=False)
    hold = SharedHold(path.parent)
    hold.take()
    hold.release()
    assert prepare(path, KEY) is Prepared.CURRENT
