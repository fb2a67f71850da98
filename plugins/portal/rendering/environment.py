"""The environment of one language and one depth of folders."""

from __future__ import annotations

import hashlib
import marshal
import pickle
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from functools import cached_property, lru_cache
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType
from typing import Any, Protocol

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket, bc_magic
from markupsafe import Markup

from . import compiling
from .template import QuickContext, QuickTemplate
from .writing import markup, written

WORTH = 1_000  # pages of a template after which it is compiled once more: that takes as long as it saves in so many
_MADE_BY = (
    MAGIC_NUMBER,
    jinja2.__version__,
    *(path.read_bytes() for path in (Path(__file__), Path(compiling.__file__))),
)
COMPILER = hashlib.sha256(repr(_MADE_BY).encode()).hexdigest()  # short, as each key takes it in
DIGEST = hashlib.sha256().digest_size


class Words(Protocol):
    """Where the words of a language come from."""

    def gettext(self, text: str, meaning: str | None = None) -> str:
        """The translation of a text; `meaning` tells apart texts that are the same in English."""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form that the language asks for."""


Key = str | tuple[str, str]  # an English text, or its meaning and the text


class _Phrases(dict[Key, str]):
    """English -> translation with its %(places)s, looked up once."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __missing__(self, key: Key) -> str:
        found = self._words.gettext(key) if isinstance(key, str) else self._words.gettext(key[1], key[0])
        self[key] = found
        return found


class _WholeWords(dict[Key, Markup]):
    """English -> translation of a text without places."""

    def __init__(self, phrases: _Phrases) -> None:
        self._phrases = phrases

    def __missing__(self, key: Key) -> Markup:
        self[key] = found = markup(self._phrases[key] % {})
        return found


class QuickEnvironment(Environment):
    """An Environment that has each template once.

    In a direct one, `x.name` is only an attribute: that took an eighth of a page. Jinja also looks for x["name"], and
    what is neither may still be asked for, `x.name is defined`; there a direct template raises AttributeError.
    """

    code_generator_class = compiling.Plain
    context_class = QuickContext
    template_class = QuickTemplate

    def __init__(self, loader: FileSystemLoader, kept: Path, words: Words, worth: int, is_direct: bool = True) -> None:
        super().__init__(
            loader=loader,
            bytecode_cache=_Compiled(kept, is_direct),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # a build does not change its theme; asking the disk at each import took a tenth
            lstrip_blocks=True,
            optimized=False,  # it would compute filters, whose values differ by language, into code that all share
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self.newstyle_gettext = True  # for the extension: words and their values go to one function
        self._made_from = loader, kept, words, worth
        self.worth = worth
        self.is_direct = is_direct
        self.indirect: set[str | None] = set()  # templates that ask for attributes that may not be there
        self.phrases = _Phrases(words)
        self.words = _WholeWords(self.phrases)
        self._ready: dict[str, Template] = {}

    @cached_property
    def jinjas_own(self) -> QuickEnvironment:
        """The same environment with attributes as Jinja reads them."""
        made = QuickEnvironment(*self._made_from, is_direct=False)
        made.globals.update(self.globals)
        made.filters.update(self.filters)
        return made

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals; Jinja's view of two dictionaries took a tenth of a page to copy."""
        return {**self.globals, **d} if d else self.globals

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """The template of this name. The folders do not change while a site is built."""
        ready = self._ready.get(name) if isinstance(name, str) and globals is None else None
        if ready is None:
            ready = super().get_template(name, parent, globals)
            if isinstance(name, str) and globals is None:
                self._ready[name] = ready
        return ready


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, apart from those that another compiler made. A build that cannot keep any goes on without."""

    def __init__(self, folder: Path, is_direct: bool) -> None:
        super().__init__(str(folder))
        self.is_direct = is_direct

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Of a template, as the compiler of today makes it."""
        return hashlib.sha256(repr((name, filename, self.is_direct, COMPILER)).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept of this very text; a file that was cut or changed, or that another program wrote, is none.

        Jinja unpickles what follows its magic number, which of a foreign file raises anything. Here the file has to
        begin with the very octets that Jinja would write.
        """
        try:
            kept = Path(self._get_cache_filename(bucket)).read_bytes()
        except OSError:
            return
        head = _head(bucket)
        if kept.startswith(head):
            bucket.code = _code(kept.removeprefix(head))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template with the digest of its code: one changed octet is other words, or ends Python."""
        assert bucket.code
        code = marshal.dumps(bucket.code)
        file = Path(self._get_cache_filename(bucket))
        with suppress(OSError):
            beside = NamedTemporaryFile(dir=file.parent, prefix=file.name, suffix=".tmp", delete=False)  # noqa: SIM115
            try:
                with beside:
                    beside.write(_head(bucket) + hashlib.sha256(code).digest() + code)
                Path(beside.name).replace(file)
            except BaseException:
                Path(beside.name).unlink()
                raise


def _head(bucket: Bucket) -> bytes:
    return bc_magic + pickle.dumps(bucket.checksum, 2)


@lru_cache(maxsize=256)
def _code(kept: bytes) -> CodeType | None:
    """A compiled template, the same for all environments: 778 pages in seven of them took a quarter less time."""
    digest, code = kept[:DIGEST], kept[DIGEST:]
    if hashlib.sha256(code).digest() != digest:
        return None
    found: CodeType = marshal.loads(code)
    return found


def make_environment(loader: FileSystemLoader, kept: Path, words: Words, worth: int = WORTH) -> Environment:
    """An environment for templates of the language of `words`. Compiled templates stay in the folder `kept`."""
    made = QuickEnvironment(loader, kept, words, worth)

    def gettext(text: str, /, **values: Any) -> Markup:
        return _filled(made.phrases[text], values)

    def pgettext(meaning: str, text: str, /, **values: Any) -> Markup:
        return _filled(made.phrases[meaning, text], values)

    def ngettext(one: str, many: str, number: int, /, **values: Any) -> Markup:
        return _filled(words.ngettext(one, many, number), {"num": number, **values})

    made.globals.update(_=gettext, gettext=gettext, ngettext=ngettext, pgettext=pgettext)
    return made


def _filled(phrase: str, values: Mapping[str, Any]) -> Markup:
    return markup(phrase % {name: written(value) for name, value in values.items()})
