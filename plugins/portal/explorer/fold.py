"""How the explorer looks at words: letters folded until Cyrillic and Latin writing meet. fold.js does the same.

«Бишкек», Bishkek and BISHKEK fold to one word; so do ё and е, э and е, й, ы and и, ө and о, ү and у, ң and н. Signs
that are written in one way and left out in another (ъ, ь, accents, apostrophes, doubled letters) do not count.
"""

from __future__ import annotations

import re
import unicodedata

CUT = 6  # letters of a key: the endings of Russian and the suffixes of Turkic languages stand behind the sixth
SHORTEST = 2  # letters of a word that is kept, before folding
# Longer ones first. Sounds that Latin writes with several letters, and one that Cyrillic writes with two.
SOUNDS = {
    "shch": "ш",
    "dzh": "ж",
    "sh": "ш",
    "дж": "ж",
    "zh": "ж",
    "kh": "х",
    "ch": "ч",
    "ts": "ц",
    "ya": "я",
    "yu": "ю",
    "yo": "е",
    "ye": "е",
    "ia": "я",
    "iu": "ю",
    "ng": "н",
}
LETTERS = str.maketrans(
    {
        **dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввхиз", strict=True)),
        **dict(zip("ёэщйыөүңіїєґқғәұһђјљњћџў", "еешииоунииегкгауххилнхжу", strict=True)),
        "ъ": None,
        "ь": None,
    }
)
WORDS = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*")
APOSTROPHES = re.compile("['’ʼ`]")
ACCENTS = re.compile("[\u0300-\u036f]")
SOUND = re.compile("|".join(SOUNDS))
TWICE = re.compile(r"(\D)\1+")


def fold(word: str) -> str:
    """A word as it is compared: «Бишкектеги» -> «бишкектеги», Bishkek -> «бишкек»."""
    plain = APOSTROPHES.sub("", word.lower())
    if not plain.isascii():
        plain = ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    plain = SOUND.sub(lambda found: SOUNDS[found[0]], plain)
    return TWICE.sub(r"\1", plain.translate(LETTERS))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    found = (fold(word) for word in WORDS.findall(text) if len(word) >= SHORTEST)
    return [word for word in found if word]
