"""The scores of names without a country, by what is known of them; what is too doubtful goes.

Adds: nothing.
Changes: the score of mentions that model or rules found and that are evidence of no country.
Drops: those of them that are wrong more often than right.

What does not belong here: what the score is made of (etl.extract.calibration).
"""

from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.calibration import calibrated_score, is_calibrated, read_known
from etl.extract.mentions import Mention

LEAST_SCORE = 0.35
"""What has less is no entity: a name lowers F1 that is right less often than half of that."""


def score_names(article: ArticleState) -> None:
    """Give names without a country their score, and drop the most doubtful ones.

    Where no model has read the article, the rules' names keep the scores that the rules gave them:
    that the model does not see a name is evidence only where it looked.
    """
    if not article.modelled:
        return
    known = read_known(article)

    def scored(mention: Mention) -> Mention:
        if not is_calibrated(mention):
            return mention
        return replace(mention, score=calibrated_score(mention, article, known))

    article.mentions.change(scored)
    article.mentions.drop(lambda m: is_calibrated(m) and m.score < LEAST_SCORE)
