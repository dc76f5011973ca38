"""The articles as GDELT's Global Knowledge Graph has them.

What belongs here: the view whose columns bear GDELT's names. What does not: other views.

Sources: The GDELT Project, "Global Knowledge Graph (GKG) Data Format Codebook V2.1"; the schema of
the table ``gdelt-bq.gdeltv2.gkg`` in BigQuery.
"""

from etl.schema.views.view import View

LOCATION = """
    CASE WHEN p.kind = 'country' THEN 1 WHEN p.kind = 'division' AND p.country_code = 'US' THEN 2
         WHEN p.country_code = 'US' THEN 3 WHEN p.kind = 'division' THEN 5 ELSE 4 END
    || '#' || p.name || '#' || p.country_code || '#' || coalesce(p.division_code, '') || '#'
    || coalesce(p.latitude::VARCHAR, '') || '#' || coalesce(p.longitude::VARCHAR, '') || '#'
    || p.place_id
"""
"""A place ``p`` as GDELT writes one: type (1 country, 2 state and 3 town of the US, 5 division and
4 town elsewhere), name, country, division, latitude, longitude, id."""


def _joined(some: str) -> str:
    """A list as GDELT writes it; NULL where it is empty."""
    return f"nullif(array_to_string({some}, ';'), '')"


# n[1] is a name, n[2] its label, n[3] where it begins.
_NAMED = "list_zip(a.names, a.name_labels, a.name_starts)"


def _with_offset(condition: str) -> str:
    return _joined(f"[n[1] || ',' || n[3] FOR n IN {_NAMED} IF {condition}]")


def _each(label: str) -> str:
    """Names of a label in small letters, each once, sorted."""
    some = f"[lower(n[1]) FOR n IN {_NAMED} IF n[2] = '{label}']"
    return _joined(f"list_sort(list_distinct({some}))")


_EACH_PLACE = _joined(
    "list_sort(list_distinct([regexp_replace(place, '#[0-9]+$', '') FOR place IN a.locations]))"
)
# A list of codes has no more than those of all countries, so a name is looked up without a join.
_COUNTRIES = _joined(
    "['1#' || named.names[list_position(named.codes, code)] || '#' || code FOR code IN a.countries]"
)

GKG = View(
    name="v_gkg",
    description="Columns of GDELT's Global Knowledge Graph 2.1, as far as Dateline has them: under "
    "the names of its codebook, and under those of its BigQuery table, so that queries written for "
    "that one run here. Codes are of ISO 3166 where GDELT has FIPS 10-4. A document without a URL "
    "is a citation (2), by its file name. Offsets of names count in their own field: title, "
    "dateline or body. Themes, tone, counts and GCAM are not there.",
    columns={
        "GKGRECORDID": "articles.article_id",
        "V2.1DATE": "Instant of publication, else its day at midnight: YYYYMMDDHHMMSS.",
        "V2SOURCECOLLECTIONIDENTIFIER": "1: the web, by URL; 2: a citation, by file name.",
        "V2SOURCECOMMONNAME": "Domain of the outlet, else its name.",
        "V2DOCUMENTIDENTIFIER": "URL of the article, else its file name.",
        "V2ENHANCEDLOCATIONS": "Countries, the most salient first: 1#name#ISO code; ...",
        "V2ENHANCEDPERSONS": "Persons: name,offset; ...",
        "V2ENHANCEDORGANIZATIONS": "Organisations: name,offset; ...",
        "DATE": "V2.1DATE as a number.",
        "SourceCollectionIdentifier": "As V2SOURCECOLLECTIONIDENTIFIER.",
        "SourceCommonName": "As V2SOURCECOMMONNAME.",
        "DocumentIdentifier": "As V2DOCUMENTIDENTIFIER.",
        "Locations": "Places, each once: type#name#country#division#latitude#longitude#place_id; "
        "... Types: 1 country, 2 state and 3 town of the US, 4 town and 5 division elsewhere.",
        "V2Locations": "Places as in Locations, each time with #offset.",
        "Persons": "Persons in small letters, each once: name; ...",
        "V2Persons": "As V2ENHANCEDPERSONS.",
        "Organizations": "Organisations in small letters, each once: name; ...",
        "V2Organizations": "As V2ENHANCEDORGANIZATIONS.",
        "AllNames": "All names but groups of people: name,offset; ...",
        "TranslationInfo": "Language of a text that is not English: srclc:code; the text itself is "
        "not translated.",
        "Extras": "The title, as <PAGE_TITLE>...</PAGE_TITLE>.",
    },
    query=f"""
        WITH gkg AS (
            SELECT a.article_id,
                   coalesce(strftime(a.published_at, '%Y%m%d%H%M%S'),
                            strftime(a.published_on, '%Y%m%d') || '000000') AS published,
                   CASE WHEN a.url IS NULL THEN 2 ELSE 1 END AS collection,
                   coalesce(s.homepage, s.name) AS outlet,
                   coalesce(a.url, a.file_name) AS document,
                   {_COUNTRIES} AS countries,
                   {_with_offset("n[2] = 'PERSON'")} AS persons,
                   {_with_offset("n[2] = 'ORG'")} AS organizations,
                   {_with_offset("n[2] <> 'NORP'")} AS names,
                   {_each("PERSON")} AS each_person,
                   {_each("ORG")} AS each_organization,
                   {_joined("a.locations")} AS places,
                   {_EACH_PLACE} AS each_place,
                   'srclc:' || nullif(a.language_code, 'en') || ';' AS translation,
                   '<PAGE_TITLE>' || a.title || '</PAGE_TITLE>' AS extras
            FROM articles a
            CROSS JOIN (
                SELECT list(country_code ORDER BY country_code) AS codes,
                       list(name ORDER BY country_code) AS names
                FROM countries
            ) named
            LEFT JOIN sources s USING (source_id)
        )
        SELECT article_id AS GKGRECORDID,
               published AS "V2.1DATE",
               collection AS V2SOURCECOLLECTIONIDENTIFIER,
               outlet AS V2SOURCECOMMONNAME,
               document AS V2DOCUMENTIDENTIFIER,
               countries AS V2ENHANCEDLOCATIONS,
               persons AS V2ENHANCEDPERSONS,
               organizations AS V2ENHANCEDORGANIZATIONS,
               published::BIGINT AS "DATE",
               collection AS "SourceCollectionIdentifier",
               outlet AS "SourceCommonName",
               document AS "DocumentIdentifier",
               each_place AS "Locations",
               places AS "V2Locations",
               each_person AS "Persons",
               persons AS "V2Persons",
               each_organization AS "Organizations",
               organizations AS "V2Organizations",
               names AS "AllNames",
               translation AS "TranslationInfo",
               extras AS "Extras"
        FROM gkg
    """,
)
