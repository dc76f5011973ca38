"""The articles as GDELT's Global Knowledge Graph has them.

What belongs here: the view whose columns bear GDELT's names. What does not: other views.

Source: The GDELT Project, "Global Knowledge Graph (GKG) Data Format Codebook V2.1".
"""

from etl.schema.views.view import View

GKG = View(
    name="v_gkg",
    description="Columns of GDELT's Global Knowledge Graph 2.1, as far as Dateline has them: "
    "eight of its 27. Locations are countries only, by ISO 3166-1 code where GDELT has FIPS "
    "10-4, and have the first three of its fields: type, name, code. A document without a URL "
    "is a citation (2), by its file name. Offsets of names count in their own field: title, "
    "dateline or body.",
    columns={
        "GKGRECORDID": "articles.article_id",
        "V2.1DATE": "Instant of publication, else its day at midnight: YYYYMMDDHHMMSS.",
        "V2SOURCECOLLECTIONIDENTIFIER": "1: the web, by URL; 2: a citation, by file name.",
        "V2SOURCECOMMONNAME": "Domain of the outlet, else its name.",
        "V2DOCUMENTIDENTIFIER": "URL of the article, else its file name.",
        "V2ENHANCEDLOCATIONS": "Countries, the most salient first: 1#name#ISO code; ...",
        "V2ENHANCEDPERSONS": "Persons: name,offset; ...",
        "V2ENHANCEDORGANIZATIONS": "Organisations: name,offset; ...",
    },
    query="""
        SELECT a.article_id AS GKGRECORDID,
               coalesce(strftime(a.published_at, '%Y%m%d%H%M%S'),
                        strftime(a.published_on, '%Y%m%d') || '000000') AS "V2.1DATE",
               CASE WHEN a.url IS NULL THEN 2 ELSE 1 END AS V2SOURCECOLLECTIONIDENTIFIER,
               coalesce(s.homepage, s.name) AS V2SOURCECOMMONNAME,
               coalesce(a.url, a.file_name) AS V2DOCUMENTIDENTIFIER,
               l.locations AS V2ENHANCEDLOCATIONS,
               m.persons AS V2ENHANCEDPERSONS,
               m.organizations AS V2ENHANCEDORGANIZATIONS
        FROM articles a
        LEFT JOIN sources s USING (source_id)
        LEFT JOIN (
            SELECT ac.article_id,
                   string_agg('1#' || c.name || '#' || ac.country_code, ';'
                              ORDER BY ac.rank) AS locations
            FROM article_countries ac JOIN countries c USING (country_code)
            GROUP BY ac.article_id
        ) l USING (article_id)
        LEFT JOIN (
            SELECT article_id,
                   string_agg(name || ',' || start_char, ';' ORDER BY field, start_char)
                       FILTER (label = 'PERSON') AS persons,
                   string_agg(name || ',' || start_char, ';' ORDER BY field, start_char)
                       FILTER (label = 'ORG') AS organizations
            FROM mentions GROUP BY article_id
        ) m USING (article_id)
    """,
)
