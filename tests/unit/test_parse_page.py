"""Whole pages taken apart, one shape of page at a time."""

import pytest

from etl.parse import ParsedPage, judge, parse_page

ONE = (
    "The harbour master of Port Lyre said on Thursday that the northern quay would stay closed "
    "until the end of the month."
)
TWO = (
    "Ships will be sent to the southern quay, where two cranes were repaired last year, he told "
    "reporters."
)
THREE = "Fishermen fear for their catch, as the cold store stands on the northern side."
ARTICLE = f"{ONE}\n\n{TWO}\n\n{THREE}"
TITLE = "Northern quay of Port Lyre closed"


def _kinds(page: ParsedPage) -> list[str]:
    return [cut.kind for cut in page.furniture]


def test_a_page_with_everything() -> None:
    page = parse_page(
        f" date 2021-08-15 Home » News » World »\n\nWorld\n\n{TITLE}\n\nBy A Martínez, Tim Mak\n\n"
        "Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago\n\nShare Save\n\n"
        f"PORT LYRE, Lyria (AP) — {ARTICLE}\n\nALSO READ: Rain stops play in Weldon\n\n"
        "The post Northern quay closed appeared first on Lyre Post.\n\nRelated News\n\n"
        "Goats win the cup\n\nMayor wins second term\n\nComments\n\n"
        "I have been to the quay many times before, and I liked it there very much.\n\n"
        "© 2021 Lyre Post. All rights reserved."
    )
    assert page.header_date == "2021-08-15"
    assert page.title == TITLE
    assert page.byline == "By A Martínez, Tim Mak"
    assert page.stamps == ("Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago",)
    assert (page.dateline, page.dateline_place) == ("PORT LYRE, Lyria (AP) —", "PORT LYRE, Lyria")
    assert page.body == ARTICLE
    assert page.trailer == (
        "The post Northern quay closed appeared first on Lyre Post.\n"
        "© 2021 Lyre Post. All rights reserved."
    )
    assert _kinds(page) == [
        "navigation",
        "section",
        "share",
        "related",
        "related",
        "related",
        "related",
        "comments",
        "comments",
    ]


@pytest.mark.parametrize(
    ("page", "byline", "stamp"),
    [
        (
            f"{TITLE}\nAna Li 47 seconds ago Sun 15th August 2021 | 10:00 PM\n{ONE}",
            "Ana Li",
            "47 seconds ago Sun 15th August 2021 | 10:00 PM",
        ),
        (
            f"{TITLE}\n1 hour ago Share Save Ana Li Quay correspondent Share Save\n{ONE}",
            "Ana Li Quay correspondent",
            "1 hour ago",
        ),
        (f"{TITLE}\nAgencies\n08/07/2017 11:39pm\n{ONE}", "Agencies", "08/07/2017 11:39pm"),
        (
            f"{TITLE}\nBy Ana Li\nLyre News, Weldon\n"
            f"Published on Tuesday, 10 August 2021 04:15\n{ONE}",
            "By Ana Li\nLyre News, Weldon",
            "Published on Tuesday, 10 August 2021 04:15",
        ),
        (
            f"{TITLE}\nVon Anna Lehm\n19. Januar 2024, 10:30 Uhr\n{ONE}",
            "Von Anna Lehm",
            "19. Januar 2024, 10:30 Uhr",
        ),
        (
            f"UPDATED: October 18, 2020, 9:48 AM\n{TITLE}\n{ONE}",
            None,
            "UPDATED: October 18, 2020, 9:48 AM",
        ),
        (f"{TITLE}\nAna Li\n3 May 2021\n{ONE}", "Ana Li", "3 May 2021"),
    ],
)
def test_bylines_and_stamps(page: str, byline: str | None, stamp: str) -> None:
    parsed = parse_page(f" date 2021-08-15 {page}")
    assert (parsed.title, parsed.byline, parsed.stamps) == (TITLE, byline, (stamp,))
    assert parsed.body == ONE


def test_a_line_of_pipes_is_dateline_and_stamp() -> None:
    stamp = "Updated: 10-10-2020 06:18 IST | Created: 10-10-2020 06:18 IST"
    page = parse_page(f" date 2020-10-10 {TITLE}\nPTI | Moscow | {stamp}\n{ONE}\n{TWO}")
    assert (page.dateline, page.dateline_place) == ("PTI | Moscow", "Moscow")
    assert page.stamps == (stamp,)
    assert page.body == f"{ONE}\n\n{TWO}"


def test_a_repeated_title_is_kept_once() -> None:
    page = parse_page(f" date 2021-08-15 Latest News, World\n{TITLE}\n{TITLE}\n{ONE}")
    assert (page.title, page.body) == (TITLE, ONE)
    assert _kinds(page) == ["section", "repeated title"]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"{TITLE}\n\n{ARTICLE}", id="it shares words with the given title"),
        pytest.param(f" date 2021-08-15 Ships must wait\n\n{ARTICLE}", id="header"),
        pytest.param(f"Ships must wait\n\nBy Ana Li\n\n{ARTICLE}", id="byline"),
        pytest.param(f"Ships must wait\n\n3 May 2021\n\n{ARTICLE}", id="stamp"),
        pytest.param(f"Ships must wait\n\nLIMA, May 3 (AP) — {ARTICLE}", id="dateline"),
        pytest.param(f"Ships must wait\n\nShips must wait\n\n{ARTICLE}", id="it stands twice"),
    ],
)
def test_a_given_title_beats_the_headline_of_the_page(page: str) -> None:
    parsed = parse_page(page, given_title="Quay shut")
    assert (parsed.title, parsed.body) == ("Quay shut", ARTICLE)
    assert parsed.headline in (TITLE, "Ships must wait")
    assert "headline" in _kinds(parsed)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"Ships must wait\n\n{ARTICLE}", id="nothing shows that it is one"),
        pytest.param(f" date 2021-08-15 Ships must wait.\n\n{ARTICLE}", id="a full sentence"),
        pytest.param(f" date 2021-08-15 {ARTICLE}", id="running text"),
        pytest.param(" date 2021-08-15 Ships must wait at the gate", id="all there is"),
    ],
)
def test_a_first_paragraph_is_no_headline(page: str) -> None:
    parsed = parse_page(page, given_title="Quay shut")
    assert parsed.headline is None
    assert parsed.body == page.removeprefix(" date 2021-08-15 ")


@pytest.mark.parametrize("head", ["", f"{TITLE}\n\n"])
@pytest.mark.parametrize(
    "lead",
    [
        "The board of Port Lyre gave three reasons for the rise:",
        "In this order the ships were let into the port on Monday：",
    ],
)
def test_a_lead_before_a_list_is_running_text(head: str, lead: str) -> None:
    page = parse_page(f" date 2024-05-17 {head}{lead}\n\nFuel\n\nWages\n\nRent\n\n{TWO}")

    assert page.body == f"{lead}\n\nFuel\n\nWages\n\nRent\n\n{TWO}"
    assert page.title == (TITLE if head else None)


def test_a_given_title_is_not_repeated_in_the_body() -> None:
    page = parse_page(f"{TITLE}\n\n{ARTICLE}", given_title=f"{TITLE.upper()} ")
    assert page.title == TITLE.upper()
    assert page.body == ARTICLE


@pytest.mark.parametrize(
    "title", ["Will the quay of Lyre open again?", "“We stay,” says the mayor"]
)
def test_titles_may_ask_and_quote(title: str) -> None:
    assert parse_page(f" date 2021-08-15 {title}\n\n{ONE}").title == title


def test_a_feed_item_is_title_and_summary() -> None:
    page = parse_page(
        " date 2021-08-15 Quay closed in Port Lyre\n\nShips go to the southern quay.\n"
    )
    assert (page.title, page.body) == ("Quay closed in Port Lyre", "Ships go to the southern quay.")
    assert judge(page) is None


def test_a_headline_may_share_its_line_with_the_body() -> None:
    page = parse_page(f" date 2021-08-15 Northern quay closed. LYRE CITY (AP) — {ONE} {TWO}")
    assert page.title == "Northern quay closed."
    assert page.dateline == "LYRE CITY (AP) —"
    assert page.body == f"{ONE} {TWO}"


FOREIGN_LEADS = [
    "Kanada hat am Montag neue Zölle auf Stahl angekündigt. Der Minister in Ottawa sprach von "
    "einer Notlage, die Hütten warten auf die Bahn.",
    "El gobierno de Perú anunció el martes un nuevo impuesto. Las empresas de Cusco dijeron que "
    "despedirán a cientos de mineros.",
    "O governo anunciou novas tarifas. As empresas de Belém disseram na terça-feira que vão "
    "reduzir o trabalho até dezembro.",
    "Polska podniesie płacę minimalną od stycznia. Rząd poinformował we wtorek, że związki "
    "walczyły o to od wielu miesięcy.",
]


@pytest.mark.parametrize("text", FOREIGN_LEADS)
def test_a_first_sentence_in_another_language_is_no_headline(text: str) -> None:
    """The small words that tell a sentence from a headline are English."""
    page = parse_page(text)
    assert (page.title, page.body) == (None, text)


@pytest.mark.parametrize("stop", ["።", "։", "។", "။"])
def test_a_sentence_of_any_script_is_body(stop: str) -> None:
    text = f"ኢትዮጵያ እና ኬንያ ማክሰኞ በአዲስ አበባ ተፈራረሙ{stop} የሱዳን መንግሥት ስምምነቱን በደስታ ተቀብሏል{stop}"
    page = parse_page(f" date 2024-01-19\n\n{text}")
    assert (page.title, page.body) == (None, text)


def test_a_given_headline_is_cut_off_in_any_language() -> None:
    page = parse_page(FOREIGN_LEADS[2], given_title="O governo anunciou novas tarifas")
    assert page.body.startswith("As empresas")


def test_a_body_alone_has_no_title() -> None:
    page = parse_page(f" date 2021-08-15 {ONE} {TWO} {THREE}")
    assert page.title is None
    assert page.body == f"{ONE} {TWO} {THREE}"


def test_language_switchers_and_counters_are_cut() -> None:
    page = parse_page(
        " date 2021-08-15 English हिन्दी मराठी தமிழ் తెలుగు বাংলা\n501.5\nx\nHits: 4\n"
        f"{TITLE}\nLIMA – {ONE}"
    )
    assert (page.title, page.dateline, page.body) == (TITLE, "LIMA –", ONE)
    assert _kinds(page) == ["navigation", "counter", "counter", "counter"]


def test_a_dateline_is_found_behind_lines_no_rule_knows() -> None:
    page = parse_page(
        f" date 2021-08-15 {TITLE}\n\nQuays in short\n\n{THREE}\n\nLIMA, May 3 – {ONE}"
    )
    assert page.dateline == "LIMA, May 3 –"
    assert page.body == f"Quays in short\n\n{THREE}\n\n{ONE}"


def test_a_dateline_on_its_own_line() -> None:
    page = parse_page(f" date 2021-08-15 World\n\nKARACHI:\n\n{ARTICLE}")
    assert (page.dateline, page.body) == ("KARACHI:", ARTICLE)


@pytest.mark.parametrize(
    "between",
    [
        "Article continues after this advertisement",
        "ALSO READ",
        "Trending News\n\nGoats win the cup\n\nMayor wins second term",
        "Image source, Example Images\n\nImage caption, The quay in March",
        "The quay in March. (Ann Lee/Reuters)",
        "Getty Images The quay in March",
        "FILE - The quay in March",
        "Facebook\n\nTwitter\n\nWhatsApp",
        "Tags: quay, harbour",
        "___\n\n11:15 a.m.",
        "Mehr zum Thema\n\nHafen gesperrt",
        "Save over 40% on Standard Digital",
        "Comments",
    ],
)
def test_furniture_between_paragraphs_is_cut(between: str) -> None:
    page = parse_page(f"{TITLE}\n\n{ONE}\n\n{between}\n\n{TWO}\n\n{THREE}")
    assert page.body == ARTICLE
    assert page.furniture


@pytest.mark.parametrize(
    ("below", "trailer"),
    [
        (
            "Disclaimer: This post has been auto-published.",
            "Disclaimer: This post has been auto-published.",
        ),
        ("This post was syndicated from Lyre Post.", "This post was syndicated from Lyre Post."),
        ("Source: Lyre Agency", "Source: Lyre Agency"),
        ("(Reporting by Ana Li; Editing by Ben Oz)", "(Reporting by Ana Li; Editing by Ben Oz)"),
        (" REUTER", "REUTER"),
        ("(With inputs from agencies)", "(With inputs from agencies)"),
        (
            "Ana Li in Suva contributed to this report.",
            "Ana Li in Suva contributed to this report.",
        ),
    ],
)
def test_credits_below_are_the_trailer(below: str, trailer: str) -> None:
    page = parse_page(f"{TITLE}\n\n{ARTICLE}\n\n{below}")
    assert (page.body, page.trailer) == (ARTICLE, trailer)


@pytest.mark.parametrize("ending", ["(ANI)", "-- AFP", "(Source: Lyre News)", "Enditem", "REUTER"])
def test_credits_at_the_end_of_the_last_paragraph(ending: str) -> None:
    page = parse_page(f"{TITLE}\n\n{ARTICLE} {ending}")
    assert (page.body, page.trailer) == (ARTICLE, ending)


def test_tags_and_comments_below_never_reach_the_body() -> None:
    page = parse_page(
        f"{TITLE}\n\n{ARTICLE}\n- READ MORE ON:\nharbour\nquay\nTagged in ,\nLeave a Reply\n"
        "Your email address will not be published.\nName *\nEmail *"
    )
    assert page.body == ARTICLE


def test_no_paragraph_behind_comments_in_the_middle_is_lost() -> None:
    page = parse_page(f"{TITLE}\n\n3 Comments\n\n{ONE}\n\nComments\n\n{TWO}\n\n{THREE}")
    assert page.body == ARTICLE


def test_live_pages_become_one_article() -> None:
    page = parse_page(
        f"{TITLE}\n\n{ONE}\n\n___\n\n11:15 a.m.\n\n{TWO}\n\n___\n\n10:05 a.m.\n\n{THREE}"
    )
    assert page.body == ARTICLE


def test_an_unknown_short_line_is_kept() -> None:
    assert (
        parse_page(f"{ONE}\n\nA quay in trouble\n\n{TWO}").body
        == f"{ONE}\n\nA quay in trouble\n\n{TWO}"
    )


def test_cuts_say_where_they_stood() -> None:
    text = f" date 2021-08-15 {TITLE}\n\n{ONE}\n\nALSO  READ\n\n{TWO}"
    (cut,) = parse_page(text).furniture
    assert (cut.kind, cut.text, text[cut.start : cut.end]) == ("related", "ALSO READ", "ALSO  READ")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Men walk along the quay of Port Lyre in the rain. (Ann Lee/Reuters)", "caption"),
        ("Quay closed in Port Lyre", "headline alone"),
        ("The quay was closed on Monday.", "stub"),
        (
            "Latest News\n\nRain stops play in Weldon\n\nMayor wins second term\n\n"
            "Goats win the cup\n\n"
            "Ministers agree quotas\n\nQuay closed for a month\n\nFire guts old market",
            "headline list",
        ),
        (
            "Tag: harbour\n\nRain stops play in Weldon\n\nMarch 3, 2022\n\nMayor wins\n\n"
            "March 2, 2022\n\nGoats win the cup\n\nMarch 1, 2022\n\nQuay closed\n\nNext page",
            "tag page",
        ),
    ],
)
def test_pages_that_are_no_articles(text: str, what: str) -> None:
    verdict = judge(parse_page(f" date 2022-03-03 {text}"))
    assert verdict is not None
    assert verdict.rule == "not_an_article"
    assert verdict.detail.startswith(what)


def test_a_wire_table_is_an_article() -> None:
    page = parse_page(
        " date 1987-03-18 LIMA, March 18 -\n    Qtly div 25 cts vs 22 cts\n"
        "    Payable April 15 or 16\n Reuter\n"
    )
    assert judge(page) is None
    assert (page.body, page.trailer) == (
        "    Qtly div 25 cts vs 22 cts\n    Payable April 15 or 16",
        "Reuter",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Leaflets were distributed by activists on Monday, police said.",
        "The book was republished with a preface by the mayor.",
        "Sources: two people who were on the quay said so.",
        "Credit: the bank lent more than the port could pay.",
    ],
)
def test_a_sentence_with_the_words_of_a_credit_is_body(sentence: str) -> None:
    page = parse_page(f" date 2024-01-19 {TITLE}\n\n{ONE}\n\n{sentence}\n\n{TWO}")
    assert page.body == f"{ONE}\n\n{sentence}\n\n{TWO}"


@pytest.mark.parametrize(
    "credit",
    [
        "Source: agencies",
        "source: lyrepost.example",
        "Source: Lyre Post.",
        "Distributed by the Lyre Wire.",
        "(Republished from Lyre Post)",
        "This page is under a Creative Commons licence.",
    ],
)
def test_a_credit_is_no_body(credit: str) -> None:
    page = parse_page(f" date 2024-01-19 {TITLE}\n\n{ONE}\n\n{credit}")
    assert (page.body, page.trailer) == (ONE, credit)


def test_a_page_that_is_indented_as_a_whole_is_no_table() -> None:
    page = parse_page(
        f" date 2024-01-19 Home » News » World »\n    {TITLE}\n    By Ana Li\n    3 May 2021\n"
        f"    {ONE}\n    {TWO}"
    )
    assert (page.title, page.byline, page.stamps) == (TITLE, "By Ana Li", ("3 May 2021",))
    assert page.body == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize("heading", ["Trending News", "FEATURED STORIES", "ALSO READ"])
@pytest.mark.parametrize(
    "last",
    ["The first ships sail in March.", "“The ships will sail in March.”", "首批船只将于三月起航。"],
)
def test_a_short_sentence_behind_other_stories_is_the_articles_own(heading: str, last: str) -> None:
    teasers = "Singer cancels tour of Brazil\nWhat to eat in Lisbon\nWill the rain ever end?"
    page = parse_page(f"{ONE}\n\n{TWO}\n\n{heading}\n{teasers}\n\n{last}", given_title=TITLE)
    assert page.body == f"{ONE}\n\n{TWO}\n\n{last}"
    assert _kinds(page) == ["related"] * 4


@pytest.mark.parametrize(
    "teaser", ["Who Owns The Port Of Weldon Inc.", "Rain stops play.", "Ships leave for good..."]
)
def test_a_headline_with_a_full_stop_stays_with_the_other_stories(teaser: str) -> None:
    assert parse_page(f"{ONE}\n\n{TWO}\n\nTrending News\n{teaser}").body == f"{ONE}\n\n{TWO}"


def test_a_short_sentence_behind_comments_is_a_comment() -> None:
    page = parse_page(f"{ARTICLE}\n\nComments\n\nI liked it there very much.")
    assert page.body == ARTICLE


def test_words_in_the_plural_show_a_headline_too() -> None:
    given, own = "Goats of Weldon set record", "Weldon cheers as a goat climbs the town hall"
    page = parse_page(f"{own}\n\n{ARTICLE}", given_title=given)
    assert (page.headline, page.body) == (own, ARTICLE)


def test_a_name_and_outlet_behind_the_last_sentence_are_a_credit() -> None:
    page = parse_page(f"{ARTICLE} (Ana Li Oz/Lyre Post)", given_title=TITLE)
    assert (page.body, page.trailer) == (ARTICLE, "(Ana Li Oz/Lyre Post)")


@pytest.mark.parametrize("last", ["(Port Lyre or Weldon)", "(he/she)", "(Weldon/Lyre)"])
def test_other_brackets_behind_the_last_sentence_stay(last: str) -> None:
    assert parse_page(f"{ARTICLE} {last}", given_title=TITLE).body == f"{ARTICLE} {last}"


@pytest.mark.parametrize(("paragraphs", "is_article"), [(3, True), (2, False)])
def test_running_text_above_a_timeline_is_an_article(paragraphs: int, is_article: bool) -> None:
    text = "\n\n".join((ONE, TWO, ONE.replace("Thursday", "Monday"))[:paragraphs])
    timeline = "3 March 2021\nThe land is bought\n4 May 2022\nThe crane is shipped"
    page = parse_page(f"{TITLE}\n\n{text}\n\n{timeline}\n19 January 2024\nThe berth is opened")
    assert (judge(page) is None) is is_article


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("Share Save", "Quiet Harbour Nights", "Share Save"), None),
        (("Share Save", "Quiet Harbour Nights"), "Quiet Harbour Nights"),
        (("Share Save", "Four Quiet Harbour Nights", "Share Save"), "Four Quiet Harbour Nights"),
    ],
)
def test_a_short_line_between_items_of_a_menu_is_one(
    lines: tuple[str, ...], title: str | None
) -> None:
    assert parse_page("\n\n".join((*lines, ONE))).title == title


@pytest.mark.parametrize("mark", ["* ", "# ", "## ", "• ", "- "])
def test_the_mark_of_a_list_is_no_part_of_the_title(mark: str) -> None:
    assert parse_page(f" date 2024-01-19 {mark}{TITLE}\nBy Ana Li\n\n{ARTICLE}").title == TITLE


@pytest.mark.parametrize(
    "above",
    [
        "Ports and ships",
        "Skip to content\nSuva life today\nIsland sport scene\nLocal weather map",
        "Breadcrumb Trail Links\nHome\nNews",
        "Tiempo de lectura: 6 min",
        "4 Min. Lesezeit",
    ],
)
def test_what_stands_above_the_headline_is_not_it(above: str) -> None:
    title = "Northern quay of Suva opens early"
    page = parse_page(f" date 2024-01-19 {above}\n{title}\nBy Ana Li\n\n{ARTICLE}")
    assert page.title == title
    assert page.byline == "By Ana Li"


def test_a_short_headline_stays_above_its_standfirst() -> None:
    standfirst = "The ferries of the northern quay sail again."
    page = parse_page(f" date 2024-01-19 Quay opens early\n{standfirst}\nBy Ana Li\n\n{ARTICLE}")
    assert page.title == "Quay opens early"


@pytest.mark.parametrize("heading", ["Latest news", "Meistgelesen", "Top most read articles"])
def test_the_stamp_of_another_story_below_is_its_own(heading: str) -> None:
    below = f"{heading}\nStorm closes the school in Levuka\nAugust 3, 2025"
    page = parse_page(f" date 2024-01-19 {TITLE}\n\n{ARTICLE}\n\n{below}")
    assert (page.stamps, page.body) == ((), parse_page(ARTICLE, given_title=TITLE).body)


def test_a_stamp_that_says_so_counts_below_a_pointer() -> None:
    page = parse_page(f"{TITLE}\n\n{ARTICLE}\n\nAlso read: Rain stops play\nPublished: 19 Jan 2024")
    assert page.stamps == ("Published: 19 Jan 2024",)


def test_comments_in_another_language_end_the_article() -> None:
    comment = "Ich habe noch nie so viele Kräne am Hafen von Suva gesehen wie jetzt."
    below = f"12 Kommentare\n\n{comment}\nJa."
    page = parse_page(f" date 2024-01-19 {TITLE}\n\n{ARTICLE}\n\n{below}")
    assert "Kräne" not in page.body


@pytest.mark.parametrize(
    "offer",
    [
        "This is a subscriber-only story. To continue reading, log in or subscribe.",
        "Already have an account? Log in",
        "Jetzt weiterlesen mit Plus",
        "Ya eres suscriptor? Inicia sesión",
        "Cet article est réservé aux abonnés.",
        "この記事は有料会員限定です。",
        "Get the day's top news in your inbox every morning.",
    ],
)
def test_an_offer_to_readers_is_no_part_of_the_body(offer: str) -> None:
    page = parse_page(f" date 2024-01-19 {TITLE}\n\n{ONE}\n\n{offer}\n\n{TWO}")
    assert page.body == parse_page(f"{ONE}\n\n{TWO}", given_title=TITLE).body


@pytest.mark.parametrize(
    "own",
    [
        "The bank of Suva said that customers should log in to their account before they write.",
        "“To continue reading the old charts is a joy,” the master of the harbour said.",
        "Ana Volau had 400 letters in her inbox when she came back to the harbour of Suva.",
    ],
)
def test_a_paragraph_that_only_sounds_like_an_offer_stays(own: str) -> None:
    assert own in parse_page(f" date 2024-01-19 {TITLE}\n\n{ONE}\n\n{own}\n\n{TWO}").body


def test_the_count_of_characters_left_out_is_cut() -> None:
    page = parse_page(f"{ONE}\n\nThe board said in a sta… [+2345 chars]", given_title=TITLE)
    assert page.body.endswith("The board said in a sta…")


@pytest.mark.parametrize(
    ("credit", "place", "is_picture_s"),
    [
        ("Credit: Reuters/Ana Li", "top", True),
        ("Credit: Ana Li/AFP", "end", True),
        ("Credits: Ana Li via Reuters", "middle", True),
        ("Credit: AFP", "top", True),
        ("CREDIT: REUTERS", "middle", True),
        ("© AFP", "middle", True),
        ("Photo | AP", "top", True),
        ("Credit: AFP", "end", False),
        ("© AFP", "end", False),
        ("Source: Reuters", "middle", False),
    ],
)
def test_a_credit_above_running_text_is_a_picture_s(
    credit: str, place: str, is_picture_s: bool
) -> None:
    text = ["The harbour board of Lyre said on Friday that the northern quay would be closed."] * 2
    text[1] = text[1].replace("northern", "southern")
    text.insert(("top", "middle", "end").index(place), credit)
    page = parse_page(" date 2024-01-19 Quays of Port Lyre closed\n\n" + "\n\n".join(text))
    assert credit not in page.body
    assert page.byline is None
    assert (page.trailer == credit) is not is_picture_s
    assert ((credit, "caption") in {(c.text, c.kind) for c in page.furniture}) is is_picture_s
