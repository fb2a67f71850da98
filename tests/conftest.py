"""What every test may use: the tiny portal of data/tiny, a made-up island in the languages eo and en."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portal.exports import Job
from portal.load import load_tables
from portal.package import Package, read_package
from portal.validate import Tables, validate_tables
from tests.exports_of_tiny import tiny_job

TINY = Path(__file__).parent / "data" / "tiny"
LANGUAGES = ("eo", "en")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew; then read the difference")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny portal's data folder, to be changed at will."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session")
def package() -> Package:
    """The descriptor of the tiny portal. Shared, as its 25 schemas take a third of a second to read."""
    return read_package(TINY, LANGUAGES)


@pytest.fixture(scope="session")
def tables(package: Package) -> Tables:
    """The typed tables of the tiny portal. Shared, as validation takes more than a second: do not change them."""
    return validate_tables(load_tables(package))


@pytest.fixture(scope="session")
def job(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The tiny portal to be exported. Shared: do not change it; dataclasses.replace() makes another one."""
    return tiny_job(tables, tmp_path_factory.mktemp("words"))
