"""The views of the published file.

What belongs here: all of them, in the order in which they are made. What does not: any view.
"""

from etl.schema.views.analysts import ANALYSTS
from etl.schema.views.comparisons import COMPARISONS
from etl.schema.views.entities import ENTITY_VIEWS
from etl.schema.views.gkg import GKG
from etl.schema.views.releases import RELEASES
from etl.schema.views.self_description import self_descriptions
from etl.schema.views.view import View, comment_statements

_OF_NEWS: tuple[View, ...] = (*ANALYSTS, *ENTITY_VIEWS, *COMPARISONS, GKG, *RELEASES)

VIEWS: tuple[View, ...] = (*_OF_NEWS, *self_descriptions(_OF_NEWS))

__all__ = ["VIEWS", "View", "comment_statements"]
