"""raw_documents → parsed_articles: the function of the first stage.

What belongs here: its steps in their order. What does not: the steps (etl/decode.py and this
room's modules).
"""

import polars as pl

from etl import schema
from etl.decode import decode_documents
from etl.parse import parse_documents
from etl.parse.front_matter import read_front_matter
from etl.parse.markup import take_out_markup
from etl.parse.web_pages import read_web_pages
from etl.stage import StageFunction, Tables, rejections


def build_parse(**versions: str | None) -> StageFunction:
    """Bytes to text, articles out of pages of HTML, fields and markup out of texts, then parts."""
    del versions  # its rows do not tell what derived them

    def parse(raw: pl.DataFrame) -> Tables:
        documents, undecoded = decode_documents(raw)
        read, unread = read_web_pages(documents)
        texts, foreign = take_out_markup(read_front_matter(read))
        parsed, unparsed, furniture = parse_documents(texts)
        return {
            "parsed_articles": schema.PARSED_ARTICLES.conform(parsed),
            "furniture": schema.FURNITURE.conform(furniture),
            "quarantine": rejections(undecoded, unread, foreign, unparsed),
        }

    return parse
