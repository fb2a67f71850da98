"""How the explorer looks at words: letters folded until Cyrillic and Latin writing meet. fold.js does the same.

«Школа», shkola and SHKOLA fold to one word; so do ё and е, э and е, й, ы and и, ө and о, ү and у, ң and н. Signs
that are written in one way and left out in another (ъ, ь, accents, apostrophes, doubled letters) do not count.
"""

from __future__ import annotations

import re
import unicodedata

CUT = 6  # letters of a key: the endings of Russian and the suffixes of Turkic languages stand behind the sixth
SHORTEST = 2  # letters of a word that is kept, before folding
# Sounds that Latin writes with several letters.
SOUNDS = {
    "sh": "ш",
    "zh": "ж",
    "kh": "х",
    "ch": "ч",
    "ce": "це",
    "ci": "ци",
    "cy": "ци",
    "ya": "я",
    "yu": "ю",
    "yo": "е",
    "ye": "е",
    "our": "ор",
}
LETTERS = str.maketrans(
    {
        **dict(zip("abcdefghijklmnopqrstuvwxyzı", "абкдефгхижклмнопкрстуввхизи", strict=True)),
        **dict(zip("эщыөүңієґқғәұһ", "ешиоуниегкгаух", strict=True)),
        "ц": "тс",  # not the other way: then Latin words would lose the “s” of more than one (grants)
        "ъ": None,
        "ь": None,
    }
)
# Sounds that both scripts write with two letters here and with one there.
JOINED = {"дж": "ж", "шч": "ш", "нг": "н", "иа": "я", "иу": "ю"}
WORDS = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*")
SIGNS = re.compile(r"[\W_]+")
ACCENTS = re.compile("[\u0300-\u036f]")
SOUND = re.compile("|".join(SOUNDS))
HOOKS = re.compile("[\u0327\u030c]")  # behind their letter: ş and š are sh, ç and č are ch, ž is zh
LAST_J = re.compile("(?<=[aeiouy])j$")  # detej, molodoj: elsewhere j is ж
JOIN = re.compile("|".join(JOINED))
TWICE = re.compile(r"(\D)\1+")


def fold(word: str) -> str:
    """A word as it is compared: «Детей» -> «детеи», Shkola -> «школа»."""
    plain = (word if word.isascii() else unicodedata.normalize("NFKD", word)).lower()
    plain = SIGNS.sub("", SOUND.sub(lambda found: SOUNDS[found[0]], LAST_J.sub("i", HOOKS.sub("h", plain))))
    plain = TWICE.sub(r"\1", plain.translate(LETTERS))
    return TWICE.sub(r"\1", JOIN.sub(lambda found: JOINED[found[0]], plain))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in their order. Accents that have no letter of their own are passed over."""
    plain = ACCENTS.sub("", unicodedata.normalize("NFC", text))
    found = (fold(word) for word in WORDS.findall(plain) if len(word) >= SHORTEST)
    return [word for word in found if word]
