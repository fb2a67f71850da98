"""How full the published records are, body by body: figures for pages and downloads. Pure functions, no sentences.

Two things are kept apart. Usefulness: of the fields whose lack hurts readers (`why` in the schema), how many are filled
in. Accuracy: the warnings of the checks. There are no errors here, as records with an error are never published.
"""

from .measure import measure
from .model import Point, PublisherQuality, Quality, TableQuality, Warned, percent
from .trend import trend

__all__ = ["Point", "PublisherQuality", "Quality", "TableQuality", "Warned", "measure", "percent", "trend"]
