"""The passes of extraction, in their order: this is where to read what happens to an article.

What belongs here: the order, which articles a pass sees, and running passes. What does not:
the passes themselves, one module each, whose docstring says what it may add, change or drop: add
where nothing stood, change what stays in whole or part, drop what leaves nothing behind.
docs/extraction.md explains the order, what each pass brings, and how to add one.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType

from etl.extract.article import ArticleState
from etl.extract.passes.acronym_definitions import add_defined_names
from etl.extract.passes.acronym_mentions import add_acronyms
from etl.extract.passes.agency_credits import find_credits
from etl.extract.passes.bare_organisation_heads import name_bare_heads
from etl.extract.passes.calibrated_scores import score_names
from etl.extract.passes.canonical_names import name_by_tables
from etl.extract.passes.country_context import find_context
from etl.extract.passes.credit_mentions import add_credits
from etl.extract.passes.divided_countries import add_halves
from etl.extract.passes.english_place_names import add_english_places
from etl.extract.passes.gazetteer_names import match_gazetteer
from etl.extract.passes.homonyms import drop_homonyms
from etl.extract.passes.known_organisations import add_known_organisations
from etl.extract.passes.known_persons import add_known_persons
from etl.extract.passes.label_agreement import agree_on_labels
from etl.extract.passes.local_country_names import add_local_countries
from etl.extract.passes.model_fusion import add_model_spans
from etl.extract.passes.national_institutions import name_national_institutions
from etl.extract.passes.office_holders import add_office_holders
from etl.extract.passes.organisation_descriptions import cut_descriptions
from etl.extract.passes.organisation_first_words import name_first_words
from etl.extract.passes.organisation_wording import relabel_by_wording
from etl.extract.passes.person_full_names import name_persons_in_full
from etl.extract.passes.person_namesakes import relabel_namesakes
from etl.extract.passes.place_sites import find_sites
from etl.extract.passes.repeated_mentions import add_repetitions
from etl.extract.passes.rule_based_names import find_rule_based_names
from etl.extract.passes.rule_mentions import mention_rule_findings
from etl.extract.passes.set_phrases import drop_set_phrases
from etl.extract.passes.span_boundaries import cut_spans
from etl.extract.passes.span_labels import relabel_spans
from etl.extract.passes.spurious_mentions import drop_spurious_mentions
from etl.extract.passes.spurious_spans import drop_spurious_spans
from etl.extract.passes.surname_mentions import add_surnames


class Scope(StrEnum):
    """Which articles a pass sees, by language."""

    EVERY = "every"
    ENGLISH = "English"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pass:
    """One step over the state of one article; ``apply`` changes the state."""

    apply: Callable[[ArticleState], None]
    scope: Scope

    @property
    def name(self) -> str:
        """The name of the module that holds it."""
        return self.apply.__module__.rsplit(".", 1)[-1]

    @property
    def module(self) -> ModuleType:
        """The module that holds it; its docstring says what the pass may do."""
        return sys.modules[self.apply.__module__]

    @property
    def summary(self) -> str:
        """The first line of what the module says of itself."""
        return (self.module.__doc__ or "").split("\n", 1)[0]


PASSES: tuple[Pass, ...] = (
    # What stands in each field.
    Pass(find_credits, Scope.EVERY),
    Pass(match_gazetteer, Scope.EVERY),
    Pass(find_rule_based_names, Scope.ENGLISH),
    Pass(find_sites, Scope.EVERY),
    # What each name means in this article.
    Pass(find_context, Scope.ENGLISH),
    Pass(drop_homonyms, Scope.ENGLISH),
    Pass(mention_rule_findings, Scope.ENGLISH),
    Pass(add_halves, Scope.ENGLISH),
    Pass(add_local_countries, Scope.OTHER),
    Pass(add_english_places, Scope.OTHER),
    # What the model saw.
    Pass(cut_spans, Scope.ENGLISH),
    Pass(drop_spurious_spans, Scope.ENGLISH),
    Pass(relabel_spans, Scope.ENGLISH),
    Pass(add_model_spans, Scope.ENGLISH),
    # What tables and wording say of the mentions.
    Pass(add_credits, Scope.ENGLISH),
    Pass(add_known_organisations, Scope.ENGLISH),
    Pass(add_known_persons, Scope.EVERY),
    Pass(cut_descriptions, Scope.ENGLISH),
    Pass(relabel_by_wording, Scope.ENGLISH),
    Pass(drop_spurious_mentions, Scope.ENGLISH),
    Pass(drop_set_phrases, Scope.EVERY),
    # What the mentions say of each other: coreference.
    Pass(add_defined_names, Scope.EVERY),
    Pass(add_acronyms, Scope.EVERY),
    Pass(relabel_namesakes, Scope.EVERY),
    Pass(agree_on_labels, Scope.EVERY),
    Pass(add_repetitions, Scope.EVERY),
    Pass(add_surnames, Scope.EVERY),
    Pass(name_first_words, Scope.EVERY),
    Pass(name_bare_heads, Scope.EVERY),
    Pass(add_office_holders, Scope.ENGLISH),
    Pass(name_persons_in_full, Scope.EVERY),
    Pass(name_by_tables, Scope.EVERY),
    Pass(name_national_institutions, Scope.EVERY),
    # How sure each name is.
    Pass(score_names, Scope.ENGLISH),
)


def run_passes(article: ArticleState, passes: Iterable[Pass] = PASSES) -> None:
    """Run over an article, in order, the passes that are for its language."""
    other = Scope.OTHER if article.is_english else Scope.ENGLISH
    for step in passes:
        if step.scope is not other:
            step.apply(article)
