"""The explorer: an index of the grants as plain files, which a page searches, filters and counts without a server.

build_index() writes it; theme/static/js/explorer/ reads it. The files are scripts, as a page opened from a folder may
load nothing else: explorer("path", value).

Grants are numbered in the order of the list that a reader sees first: newest first. When there are more than one
window of them, those of a year stand region by region and program by program, so that the commonest filters choose
whole ranges, and a table of the ranges (“runs”) counts them without any further file.

    meta                 everything that is needed at once: names, dimensions and their counts, ranges, what is where
    c/<dimension>/<w>    which value each grant of a window has
    c/amounts/<w>        the amounts awarded
    t/<k>                keys, the beginnings of words, with the numbers of the grants that have them
    p/<n>/<list>-<k>     the same for keys of many grants
    v/<dimension>/<k>    names and counts of the values of a dimension that has too many for meta
    i/<k>                identifier -> number
    r/<n>/<k>            the grants themselves, with every column
    files                all paths, for keeping them without a connection
"""

from .about import About, Index
from .build import build_index

__all__ = ["About", "Index", "build_index"]
