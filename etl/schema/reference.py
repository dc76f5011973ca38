"""Facts of the world that articles refer to.

What belongs here: tables that are loaded whole from etl/reference/.
"""

from etl.schema.columns import SOURCE_KINDS, country_code_column
from etl.schema.table import Column, Table

COUNTRIES = Table(
    name="countries",
    kind="reference",
    grain="country of ISO 3166-1, and Kosovo under its user-assigned code",
    description="Countries and territories.",
    key=("country_code",),
    columns=(
        Column(name="country_code", type="VARCHAR", description="ISO 3166-1 alpha-2 code."),
        Column(name="alpha_3", type="VARCHAR", description="ISO 3166-1 alpha-3 code."),
        Column(
            name="numeric_code",
            type="VARCHAR",
            description="ISO 3166-1 numeric code (UN M49), three digits.",
            nullable=True,
        ),
        Column(name="name", type="VARCHAR", description="Short English name."),
        Column(name="official_name", type="VARCHAR", description="Formal English name."),
        Column(name="region", type="VARCHAR", description="UN M49 region.", nullable=True),
        Column(name="subregion", type="VARCHAR", description="UN M49 subregion.", nullable=True),
        Column(name="demonyms", type="VARCHAR[]", description="Adjectives and people, English."),
    ),
)

SOURCES = Table(
    name="sources",
    kind="reference",
    grain="outlet or agency",
    description="The registry of outlets and agencies.",
    key=("source_id",),
    columns=(
        Column(name="source_id", type="VARCHAR", description="Stable short name, lower case."),
        Column(name="name", type="VARCHAR", description="Name as the outlet writes it."),
        Column(name="kind", type="VARCHAR", description="What it is.", allowed=SOURCE_KINDS),
        country_code_column("Country of its seat; null for a supranational one.", nullable=True),
        Column(name="homepage", type="VARCHAR", description="Domain name.", nullable=True),
        Column(name="aliases", type="VARCHAR[]", description="Other names in use."),
        Column(
            name="domains",
            type="VARCHAR[]",
            description="Its other domains; 'host=CC' where that edition is of another country.",
        ),
        Column(
            name="wikidata_id",
            type="VARCHAR",
            description="Its item in Wikidata, where a list gives it.",
            nullable=True,
        ),
        Column(
            name="verified_by",
            type="VARCHAR[]",
            description="Lists of outlets that have it too: wikidata, fundus.",
        ),
    ),
)
