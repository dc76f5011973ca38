"""The views of the published file.

What belongs here: all of them, in the order in which they are made. What does not: any view.
"""

from etl.schema.views.analysts import ANALYSTS
from etl.schema.views.gkg import GKG
from etl.schema.views.self_description import self_descriptions
from etl.schema.views.view import View, comment_statements

VIEWS: tuple[View, ...] = (*ANALYSTS, GKG, *self_descriptions((*ANALYSTS, GKG)))

__all__ = ["VIEWS", "View", "comment_statements"]
