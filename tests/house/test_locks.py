"""The pins in pyproject.toml and the two lock files say the same, and the locks name no place."""

import re
import tomllib

import pytest

from tests.house.measures import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "dev.lock")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(requirements: list[str]) -> dict[str, str]:
    """Name to version; fails for a requirement that is not an exact pin."""
    pairs = [requirement.split("==") for requirement in requirements]
    return {canonical(name): version for name, version in pairs}


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Name to (version, number of hashes) of one lock file."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        wanted, *hashes = line.split("--hash=sha256:")
        requirement = wanted.split(";")[0].strip()
        ((package, version),) = pinned([requirement]).items()
        found[package] = (version, len(hashes))
    return found


def versions(name: str) -> dict[str, str]:
    return {package: version for package, (version, _) in locked(name).items()}


def test_the_pins_of_the_project_are_the_locked_versions() -> None:
    runtime, tools = PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"]
    assert pinned(runtime).items() <= versions("requirements.lock").items()
    assert pinned(runtime + tools).items() <= versions("dev.lock").items()


def test_the_build_backend_is_the_locked_one() -> None:
    assert pinned(PROJECT["build-system"]["requires"]).items() <= versions("dev.lock").items()


def test_the_developer_lock_contains_the_runtime_lock() -> None:
    assert locked("requirements.lock").items() <= locked("dev.lock").items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_checked_by_hash(name: str) -> None:
    assert [package for package, (_, hashes) in locked(name).items() if hashes == 0] == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_index_and_no_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?:|file:|--index|--extra|--find-links|--trusted| @ |/[a-z]+/", text) == []


def test_windows_gets_what_only_windows_needs() -> None:
    assert "colorama" in versions("dev.lock")


def test_every_locked_package_stands_in_the_list_of_licences() -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    shipped = {
        canonical(name): version
        for name, version in re.findall(r"^\| ([\w.-]+) \| ([\d.]+) \|", text, re.MULTILINE)
    }
    assert shipped == versions("requirements.lock")
    tools = {canonical(name) for name in re.findall(r"[\w.-]+", text.split("## 只供开发")[1])}
    assert versions("dev.lock").keys() - shipped.keys() <= tools
