"""The identity of an article: a hash of its text.

What belongs here: what makes two deliveries the same article. What does not: which of them
owns it (that needs all nights) and near-copies (stories).
"""

import hashlib
import unicodedata

import polars as pl

# Below this many letters and digits (some 120 words) a body may be a teaser that other pieces
# share: "Subscribe to read the full story" stands under many headlines.
TEASER_CHARS = 600

# A first paragraph of one line that ends like no sentence, with more below it.
_HEADLINE = r"""\A([^\n]{0,220}(?:[^\n.।。"”’»)]|[^\n.।。]["”’»)]))\n\n"""
_NO_LETTERS = r"[^\p{L}\p{M}\p{N}]"


def article_ids(articles: pl.DataFrame) -> pl.Series:
    """The ``article_id`` of each row: 32 hexadecimal digits of a SHA-256.

    Input: ``title``, ``dateline`` and ``body`` as in ``schema.PARSED_ARTICLES``, and
    ``headline`` (parts that were parsed before it was known lack it).

    Hashed are dateline and body; where these are no more than a teaser (``TEASER_CHARS``),
    the headline too. So a full text is one article under whatever headline, be it its own or
    a sidecar's, while two headlines over the same one-line summary are two articles. The
    headline is the page's own where a sidecar gave another, also where it still heads the
    body, else ``title``. The dateline counts because "Money rates were unchanged" is news
    again in another city or on another day.

    Compared are letters, combining marks and digits only, after Unicode's NFKC and case
    folding: typographic quotes, dashes, line breaks, full-width forms and capitals make no
    other article, and it makes no difference whether the parser told the dateline from the
    body. Marks are kept because they are the vowels of many scripts.

    Source: Unicode Standard Annex 15 (NFKC); Unicode Standard 5.18 (case folding).
    """
    own_headline = pl.col("body").str.extract(_HEADLINE)
    rest = pl.col("body").str.replace(_HEADLINE, "")
    known = [name for name in ("headline",) if name in articles.columns]
    texts = articles.select(
        headline=_canonical(pl.coalesce(*known, own_headline, "title")),
        text=_canonical(pl.concat_str("dateline", rest, separator=" ", ignore_nulls=True)),
    ).select(
        pl.when(pl.col("text").str.len_chars() < TEASER_CHARS)
        .then(pl.concat_str("headline", "text"))
        .otherwise("text")
    )
    ids = [_digest(text) for text in texts.to_series()]
    return pl.Series("article_id", ids, dtype=pl.String)


def _canonical(text: pl.Expr) -> pl.Expr:
    return text.fill_null("").str.normalize("NFKC").str.replace_all(_NO_LETTERS, "")


def _digest(text: str) -> str:
    """Case folding can undo the normal form, so that comes last: ``ᾳ`` folds to two letters."""
    folded = unicodedata.normalize("NFKC", text.casefold())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:32]
