"""Endings of words, by language. Unfolded, as people write them.

Two words are forms of one when they begin alike and what follows in each is an ending of one language: балдар and
балдарга, детей and детский. The endings need not be all: words are compared by their first letters anyway.
"""

from __future__ import annotations

from itertools import product

RUSSIAN = """
    а ам ами ах ая е его ее ей ем ему ев и ие ии ий им ими их ия ию иям иями иях о ов ого ое ой ом ому ою
    у ую ы ые ый ым ыми ых ь ьми ю юю я ям ями ях яя ость ости остью
    ский ская ское ские ского ской скому ским ском ских скую
    ать ает ают ание ания анию анием ании ить ит ят ение ения ению ением ении
"""
# Turkic: “а” stands for the wide vowel and “ы” for the narrow one, each as it goes with the word before it.
VOWELS = ("аы", "еи", "оу", "өү")
VOWELS_OF_ONE = (*VOWELS, "ау")  # without a plural ending between
PLURALS = ("лар", "дар", "тар")
CASES = ("дын", "га", "ды", "да", "дан", "ы", "ынын", "ына", "ын", "ында", "ынан")  # after a plural
CASES_OF_ONE = """
    нын дын тын га ка на ны ды ты да та нда дан тан нан сы сынын сына сын сында сынан ы ынын ына ын ында ынан
    дагы тагы ындагы лык дык тык ат ып ган кан
"""
ENGLISH = ("s", "es", "ed", "ing", "er", "ers", "y", "ies", "ly", "led", "ility", "ilities", "re", "res")


def _turkic() -> tuple[str, ...]:
    many = [plural + case for plural, case in product(PLURALS, ("", *CASES))]
    patterns = ((many, VOWELS), (CASES_OF_ONE.split(), VOWELS_OF_ONE))
    endings = {
        pattern.translate(str.maketrans("аы", vowels))
        for of_number, harmonies in patterns
        for pattern, vowels in product(of_number, harmonies)
    }
    return tuple(sorted(endings))


ENDINGS = {"ky": _turkic(), "ru": tuple(RUSSIAN.split()), "en": ENGLISH}
