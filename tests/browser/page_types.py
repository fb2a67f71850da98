"""One page of every type: what the browser tests look at. A new template gets its line here."""

FRONT_DOOR = "index.html"
LOST = "404.html"
LANGUAGES = ("ky", "ru", "en")
BY_LANGUAGE = (
    "index.html",
    "explore.html",
    "programs/index.html",
    "programs/KGP-020.html",
    "calls/index.html",
    "calls/KGP-008.html",
    "grants/index.html",
    "grants/KGA-001.html",  # as full as a grant gets here
    "grants/KGA-010.html",  # announced only
    "organizations/index.html",
    "organizations/MUN-001.html",
    "places/index.html",
    "places/KG-Y.html",
    "spheres/index.html",
    "spheres/social_protection.html",
    "years/index.html",
    "years/2019.html",
    "coverage.html",
    "quality.html",
    "changes.html",
    "releases/2026-11-25.1.html",
    "standards/360giving.html",
    "verify.html",
    "check.html",
    "contradictions.html",
    "totals.html",
    "sources/index.html",
    "data.html",
    "about.html",
    "method.html",
    "publish.html",
    "use-the-data.html",
    "glossary.html",
    "accessibility.html",
)
PAGE_TYPES = (FRONT_DOOR, LOST, *(f"{language}/{name}" for name in BY_LANGUAGE for language in LANGUAGES))
# Each type once, in the languages in turn: for what does not depend on the words.
ONE_OF_EACH = (FRONT_DOOR, LOST, *(f"{LANGUAGES[at % len(LANGUAGES)]}/{name}" for at, name in enumerate(BY_LANGUAGE)))
