"""What a page costs a reader who pays for every megabyte. Bytes as they travel, compressed as GitHub Pages does."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Visit
from tests.browser.page_types import LANGUAGES, ONE_OF_EACH

HOME = 60_000  # bytes
ANY_PAGE = 150_000
PACKED = (".png", ".jpg", ".webp", ".woff2")  # compressed already


@pytest.fixture(scope="module")
def weighed() -> dict[str, int]:
    """Address -> bytes of every file that was weighed before: most are the same on all pages."""
    return {}


def weight(visit: Visit, name: str, weighed: dict[str, int]) -> dict[str, int]:
    """Path of each file that the page loads -> bytes."""
    answers: list[Response] = []
    page = visit.page

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    visit.open(name)
    page.remove_listener("response", note)
    for answer in answers:
        if answer.url not in weighed:
            body = answer.body()
            weighed[answer.url] = len(body if answer.url.endswith(PACKED) or not body else gzip.compress(body))
    return {answer.url.removeprefix(visit.home): weighed[answer.url] for answer in answers}


@pytest.mark.parametrize("name", ["index.html", *(f"{language}/index.html" for language in LANGUAGES)])
def test_home_is_light(name: str, reader: Visit, weighed: dict[str, int]) -> None:
    files = weight(reader, name, weighed)
    assert sum(files.values()) < HOME, files


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_no_page_is_heavy(name: str, reader: Visit, weighed: dict[str, int]) -> None:
    files = weight(reader, name, weighed)
    assert sum(files.values()) < ANY_PAGE, files
