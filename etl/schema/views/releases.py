"""The view on published files: what each was, and what it changed of the articles.

What belongs here: views on the logs of publications. What does not: views on the news.
"""

from etl.schema.views.view import View

RELEASES = (
    View(
        name="v_releases",
        description="Every published file, the newest first: what its checks found, and of the "
        "last thirty how many articles differ from the file before, and why any row does.",
        columns={
            "version": "releases.version",
            "version_before": "releases.version_before",
            "published_at": "releases.published_at",
            "row_count": "releases.row_count",
            "passed_count": "releases.passed_count",
            "warning_count": "Expectations that did not hold and stop nothing.",
            "articles_added": "Articles that were not there; this and what follows are null where "
            "no row of any table differs, or the file is not one of the last thirty.",
            "articles_removed": "Articles that are gone.",
            "articles_changed": "Articles of which any value is another, the story included.",
            "reasons": "Why rows of any table differ.",
        },
        query="""
            SELECT r.version, r.version_before, r.published_at, r.row_count, r.passed_count,
                   len(r.warnings) AS warning_count, d.articles_added, d.articles_removed,
                   d.articles_changed, d.reasons
            FROM releases r
            LEFT JOIN (
                SELECT version,
                       coalesce(sum(added_count) FILTER (table_name = 'articles'), 0)::BIGINT
                           AS articles_added,
                       coalesce(sum(removed_count) FILTER (table_name = 'articles'), 0)::BIGINT
                           AS articles_removed,
                       coalesce(sum(changed_count) FILTER (table_name = 'articles'), 0)::BIGINT
                           AS articles_changed,
                       list(DISTINCT reason ORDER BY reason) AS reasons
                FROM release_diffs GROUP BY version
            ) d USING (version)
            ORDER BY r.sequence DESC
        """,
    ),
)
