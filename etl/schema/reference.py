"""Facts of the world that articles refer to.

What belongs here: tables that are loaded whole from etl/reference/.
"""

from etl.schema.columns import PLACE_KINDS, SOURCE_KINDS, country_code_column, position_columns
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
        Column(name="geonames_id", type="BIGINT", description="Its id in GeoNames.", nullable=True),
        Column(name="population", type="BIGINT", description="People.", nullable=True),
        Column(name="area_km2", type="DOUBLE", description="Square kilometres.", nullable=True),
        Column(
            name="languages",
            type="VARCHAR[]",
            description="Languages by their tags of IETF, the most spoken first.",
        ),
        *position_columns("the centroid of its largest piece of land"),
    ),
)

COUNTRY_GROUPS = Table(
    name="country_groups",
    kind="reference",
    grain="country's membership in a group of countries",
    description="Who is a member of the EU, NATO, ASEAN, the AU, the G7, the G20 and BRICS, since "
    "when and until when.",
    key=("country_group", "country_code", "since"),
    columns=(
        Column(name="country_group", type="VARCHAR", description="Short name of the group."),
        country_code_column("The member."),
        Column(name="since", type="DATE", description="First day of membership."),
        Column(name="until", type="DATE", description="Its last day, if it ended.", nullable=True),
    ),
)

PLACES = Table(
    name="places",
    kind="reference",
    grain="place that a mention can mean: a country, a first-level division or a town",
    description="Towns of 5,000 people and more, divisions and countries, with where they lie.",
    key=("place_id",),
    columns=(
        Column(
            name="place_id",
            type="VARCHAR",
            description="Of a town its id in GeoNames, of a division its code of ISO 3166-2 or, "
            "where it is not known, GeoNames' own ('DE.02'), of a country its alpha-2 code.",
        ),
        Column(name="geonames_id", type="BIGINT", description="Id in GeoNames.", nullable=True),
        Column(name="name", type="VARCHAR", description="Name as GeoNames or ISO have it."),
        Column(
            name="kind",
            type="VARCHAR",
            description="What it is; capital is that of a country.",
            allowed=PLACE_KINDS,
        ),
        country_code_column("Country that it is in, or is."),
        Column(
            name="division",
            type="VARCHAR",
            description="Name of the first-level division that it is in, or is.",
            nullable=True,
        ),
        Column(
            name="division_code",
            type="VARCHAR",
            description="ISO 3166-2 code of that division, where it is known.",
            nullable=True,
        ),
        *position_columns("the place; of a division the middle between its outermost towns"),
        Column(name="population", type="BIGINT", description="People.", nullable=True),
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
            description=(
                "Lists of outlets that have it too: "
                "wikidata, fundus, newscatcher, newspaper, govnews."
            ),
        ),
    ),
)
