"""`pip install` gives the whole program: code, migrations, resources and samples travel in the wheel."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lianxin import __version__, installed
from tests.house.measures import ROOT

UNTRACKED = {"__pycache__", ".DS_Store"}


def files_below(folder: Path) -> set[str]:
    """Relative paths of the files a wheel has to carry."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not UNTRACKED & set(path.parts)
    }


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def unpacked(built_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip lays it down, without its dependencies."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(built_wheel) as archive:
        archive.extractall(folder)
    return folder


def ask_unpacked(unpacked: Path, question: str) -> subprocess.CompletedProcess[str]:
    """Ask the unpacked program something, in a process that cannot see the checkout's copy first."""
    program = f"from lianxin import installed; print({question})"
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=unpacked, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_wheel_carries_every_file_of_the_package(built_wheel: Path) -> None:
    wanted = {f"lianxin/{name}" for name in files_below(ROOT / "src" / "lianxin")}
    assert "lianxin/installed.py" in wanted
    assert wanted - names_in(built_wheel) == set()


@pytest.mark.parametrize(("name", "place"), [("resources", ""), ("samples", ""), ("manual", "docs")])
def test_the_wheel_carries_what_the_program_reads(built_wheel: Path, name: str, place: str) -> None:
    wanted = {f"lianxin/_data/{name}/{file}" for file in files_below(ROOT / place / name)}
    assert wanted
    assert wanted - names_in(built_wheel) == set()


def test_the_wheel_carries_the_licences_and_the_command(built_wheel: Path) -> None:
    about = f"lianxin-{__version__}.dist-info"
    with zipfile.ZipFile(built_wheel) as archive:
        commands = archive.read(f"{about}/entry_points.txt").decode()
    assert "lianxin = lianxin.__main__:main" in commands
    assert {f"{about}/licenses/LICENSE", f"{about}/licenses/THIRD_PARTY.md"} <= names_in(built_wheel)


def test_a_checkout_finds_its_own_folders() -> None:
    assert installed.resource_dir() == ROOT / "resources"
    assert installed.samples_dir() == ROOT / "samples"


def test_an_installed_program_finds_the_folders_inside_itself(unpacked: Path) -> None:
    answer = ask_unpacked(unpacked, "installed.resource_dir(), installed.samples_dir(), sep='\\n'")
    data = unpacked / "lianxin" / "_data"
    assert answer.stdout.splitlines() == [str(data / "resources"), str(data / "samples")], answer.stderr


def test_an_incomplete_program_says_what_is_missing(unpacked: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(unpacked, broken)
    shutil.rmtree(broken / "lianxin" / "_data" / "samples")
    answer = ask_unpacked(broken, "installed.samples_dir()")
    assert answer.returncode == 1
    assert "程序文件不完整：缺少 samples 文件夹" in answer.stderr
