"""Other names of persons, organisations, places and groups: entity_aliases.csv.

What belongs here: reading that table. What does not: aliases of countries and cities, which are
evidence (country_tables, place_tables).
"""

from etl.tables import made_of_tables, read_table


@made_of_tables
def load_aliases() -> dict[tuple[str, str], str]:
    """(label, alias) to the name it stands for."""
    table = read_table("entity_aliases.csv").select("label", "alias", "name")
    return {(label, alias): name for label, alias, name in table.iter_rows()}


@made_of_tables
def aliased_organisations() -> frozenset[str]:
    """Names and aliases that are organisations wherever they stand."""
    organisations = {
        alias: name for (label, alias), name in load_aliases().items() if label == "ORG"
    }
    return frozenset(organisations) | frozenset(organisations.values())
