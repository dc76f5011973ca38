-- # What is there

-- How many articles, stories, countries and outlets are there, and of which days?
-- shows: one row for the whole file; versions that were replaced are not counted
SELECT count(*) AS articles, (SELECT count(*) FROM stories) AS stories,
       count(DISTINCT source_id) AS outlets,
       min(published_on) AS first_day, max(published_on) AS last_day
FROM articles WHERE is_latest;

-- What are the newest articles?
-- shows: day, outlet, countries and headline; whole texts are in `body`
SELECT published_on, source, focus_countries, title
FROM v_articles WHERE is_latest ORDER BY published_on DESC, article_id LIMIT 10;

-- What came in each night, and what became of it?
-- shows: documents by outcome; their sum is what was delivered
FROM v_nights ORDER BY ingested_on DESC;

-- Why was a document rejected?
-- shows: the rule and the value that broke it
SELECT q.path, q.rule, q.detail
FROM quarantine q WHERE q.superseded_on IS NULL ORDER BY q.path, q.detail LIMIT 10;

-- Which rules reject most?
-- shows: documents by stage and rule
SELECT stage, rule, count(*) AS documents FROM quarantine WHERE superseded_on IS NULL
GROUP BY ALL ORDER BY documents DESC, rule;

-- Which feed brings what, and which is ill?
-- shows: the newest night; what each feed brought, the share that was rejected, and by which rules
SELECT feed, delivered_count, published_count, quarantined_share, quarantined_by_rule
FROM v_feeds WHERE ingested_on = (SELECT max(ingested_on) FROM deliveries);

-- Which feeds have fallen silent?
-- shows: feeds that the newest night lacks, with their last night and how often they came
SELECT feed, max(ingested_on) AS last_night, count(*) AS nights,
       median(delivered_count) AS usual_documents
FROM v_feeds WHERE feed IS NOT NULL
GROUP BY feed HAVING last_night < (SELECT max(ingested_on) FROM deliveries)
ORDER BY last_night DESC, feed;

-- In which languages are the articles?
-- shows: ISO 639-1 codes with their shares
SELECT language_code, count(*) AS articles,
       round(100 * count(*) / sum(count(*)) OVER (), 1) AS percent
FROM articles WHERE is_latest GROUP BY ALL ORDER BY articles DESC, language_code;

-- # Search

-- Which articles are about some words?
-- shows: the best first: day, outlet, headline, and the place in the text
SELECT score, published_on, source, title, snippet FROM search('school uniforms Kano') LIMIT 10;

-- And of one country, since a day?
-- shows: the same, of articles that name the country and were published since
SELECT score, published_on, title
FROM search('police ministers talks', since := '2020-01-01', country := 'KE') LIMIT 10;

-- On which days was something written about?
-- shows: articles by day among the thousand that fit the words best
SELECT published_on, count(*) AS articles FROM search('harvest', best := 1000) GROUP BY ALL
ORDER BY articles DESC, published_on LIMIT 10;

-- # Countries

-- Which countries is the news about?
-- shows: articles and stories about each, the most covered first
SELECT country, sum(focus_article_count) AS articles, sum(focus_story_count) AS stories
FROM v_country_days GROUP BY ALL HAVING articles > 0 ORDER BY articles DESC, country LIMIT 10;

-- What is there about one country?
-- shows: articles that are about Kenya, the newest first
SELECT published_on, source, title FROM v_articles
WHERE list_contains(focus_countries, 'KE') AND is_latest ORDER BY published_on DESC, article_id;

-- How did the coverage of a country develop?
-- shows: articles by week that name Kenya, and those about it
SELECT date_trunc('week', published_on)::DATE AS week_on,
       sum(article_count) AS naming_it, sum(focus_article_count) AS about_it
FROM v_country_days WHERE country_code = 'KE' GROUP BY ALL ORDER BY week_on;

-- Which share of all articles is about a country?
-- shows: by month, in percent of the articles with a known day
SELECT date_trunc('month', published_on)::DATE AS month_on,
       round(100 * sum(focus_article_count) / sum(day_article_count), 1) AS percent
FROM v_country_shares WHERE country_code = 'KE' GROUP BY ALL ORDER BY month_on;

-- Which countries are in the news more than in the month before?
-- shows: the newest day that has a month before it, in percent of the day's articles
SELECT published_on, country, rank, round(100 * share, 1) AS percent,
       round(100 * month_share, 1) AS percent_before
FROM v_country_shares
WHERE published_on = (SELECT max(published_on) FROM v_country_shares WHERE deviation IS NOT NULL)
ORDER BY deviation DESC, country LIMIT 10;

-- Which countries are named together?
-- shows: pairs of countries, and how many articles are about both
SELECT a.name AS country, b.name AS other_country,
       sum(article_count) AS articles, sum(focus_article_count) AS about_both
FROM v_country_pairs
JOIN countries a USING (country_code) JOIN countries b ON b.country_code = other_country_code
GROUP BY ALL ORDER BY articles DESC, country, other_country LIMIT 10;

-- Which countries go with one country?
-- shows: those that articles about China name beside it
SELECT c.name, count(*) AS articles
FROM article_countries x JOIN article_countries y USING (article_id)
JOIN countries c ON c.country_code = y.country_code
WHERE x.country_code = 'CN' AND x.is_focus AND y.country_code <> 'CN'
GROUP BY ALL ORDER BY articles DESC, c.name LIMIT 10;

-- Which countries are named together more often than chance has it?
-- shows: pairs that at least two articles of a month name, and how many times as often as by chance
SELECT month_on, country_code, other_country_code, article_count, round(lift, 1) AS lift
FROM v_country_ties WHERE article_count >= 2 AND country_code < other_country_code
ORDER BY lift DESC, country_code, other_country_code LIMIT 10;

-- Why does an article have this country?
-- shows: the words that are the evidence, how they were read, and how sure that is
SELECT title, country_code, is_focus, method, evidence, round(score, 2) AS score
FROM (FROM article_countries ORDER BY article_id, rank LIMIT 10) JOIN articles USING (article_id)
ORDER BY article_id, rank;

-- Which news of a country comes from within, which from abroad?
-- shows: articles about it by outlets of its own, and by those of other countries
SELECT country, sum(domestic_article_count) AS domestic, sum(foreign_article_count) AS abroad
FROM v_home_and_abroad GROUP BY ALL ORDER BY domestic + abroad DESC, country LIMIT 10;

-- What is reported about a region of the world?
-- shows: articles by subregion, as the United Nations have them
WITH about AS (SELECT focus_countries, count(*) AS articles FROM articles GROUP BY ALL)
SELECT region, subregion, sum(articles) AS articles FROM (
    SELECT DISTINCT focus_countries, articles, region, subregion
    FROM (SELECT *, unnest(focus_countries) AS country_code FROM about)
    JOIN countries USING (country_code))
GROUP BY ALL ORDER BY articles DESC, subregion LIMIT 10;

-- How much is there about the members of a group?
-- shows: articles that name members of ASEAN, on the days on which they were members
SELECT d.country, sum(d.article_count) AS articles
FROM v_country_days d JOIN country_groups g USING (country_code)
WHERE g.country_group = 'ASEAN' AND d.published_on BETWEEN g.since AND coalesce(g.until, 'infinity')
GROUP BY ALL ORDER BY articles DESC, d.country;

-- From where do the articles report?
-- shows: countries of datelines
SELECT c.name, count(*) AS articles FROM articles a
JOIN countries c ON c.country_code = a.dateline_country_code
WHERE a.is_latest GROUP BY ALL ORDER BY articles DESC, c.name LIMIT 10;

-- Which articles report from one country about another?
-- shows: dateline and countries of the focus
SELECT published_on, dateline_place, focus_countries, title FROM articles
WHERE dateline_country_code IS NOT NULL
  AND NOT list_contains(focus_countries, dateline_country_code)
ORDER BY published_on DESC, article_id LIMIT 10;

-- When was a country first in the news of this file?
-- shows: the earliest article about each country
WITH firsts AS (SELECT country, country_code, min(published_on) AS published_on
                FROM v_country_days WHERE focus_article_count > 0 GROUP BY ALL)
SELECT country, published_on, min_by(title, article_id) AS title
FROM firsts JOIN articles USING (published_on)
WHERE list_contains(focus_countries, country_code) AND date_precision = 'day'
GROUP BY ALL ORDER BY published_on, country LIMIT 10;

-- # People and organisations

-- Who is named most?
-- shows: persons with the articles that mention them, by their bare name too where it means them
SELECT name, sum(article_count) AS articles, min(published_on) AS first_on,
       max(published_on) AS last_on
FROM v_entity_timeline WHERE label = 'PERSON'
GROUP BY entity_id, name ORDER BY articles DESC, name LIMIT 10;

-- Whom does a bare name mean?
-- shows: bare names with the person whom the news of those days gives them, and how sure that is
SELECT bare.name AS bare_name, meant.name, count(*) AS articles, min(l.score) AS least_score
FROM entity_links l JOIN entities bare USING (entity_id)
JOIN entities meant ON meant.entity_id = l.linked_entity_id
GROUP BY ALL ORDER BY articles DESC, bare_name, meant.name LIMIT 10;

-- Which organisations are named most?
-- shows: organisations with the wordings seen of them
SELECT name, article_count, aliases
FROM entities WHERE label = 'ORG' ORDER BY article_count DESC, name LIMIT 10;

-- When was somebody in the news?
-- shows: articles by day of whoever is named most
SELECT name, published_on, article_count FROM v_entity_timeline
WHERE entity_id = (SELECT entity_id FROM v_entity_timeline WHERE label = 'PERSON'
                   GROUP BY entity_id, name ORDER BY sum(article_count) DESC, name LIMIT 1)
ORDER BY published_on;

-- Who is named together with somebody?
-- shows: persons in the same articles as whoever is named most
WITH chosen AS (SELECT entity_id FROM v_entity_timeline WHERE label = 'PERSON'
                GROUP BY entity_id, name ORDER BY sum(article_count) DESC, name LIMIT 1)
SELECT e.name, count(*) AS articles
FROM (SELECT unnest(entity_ids) AS entity_id FROM articles
      WHERE is_latest AND list_contains(entity_ids, (FROM chosen)))
JOIN entities e USING (entity_id)
WHERE e.label = 'PERSON' AND e.entity_id <> (FROM chosen)
GROUP BY e.entity_id, e.name ORDER BY articles DESC, e.name LIMIT 10;

-- Which people does the news of a country name?
-- shows: persons in articles about the United States
SELECT e.name, count(*) AS articles
FROM (SELECT unnest(entity_ids) AS entity_id FROM articles
      WHERE is_latest AND list_contains(focus_countries, 'US'))
JOIN entities e USING (entity_id) WHERE e.label = 'PERSON'
GROUP BY e.entity_id, e.name ORDER BY articles DESC, e.name LIMIT 10;

-- Where in a text is somebody mentioned?
-- shows: the words around mentions of whoever most articles name; offsets count characters from 0
WITH chosen AS (SELECT entity_id, name FROM entities WHERE label = 'PERSON'
                ORDER BY article_count DESC, name LIMIT 1),
sites AS (SELECT c.name, m.* EXCLUDE (name) FROM mentions m JOIN chosen c USING (entity_id)
          WHERE m.field = 'body' ORDER BY m.article_id, m.start_char LIMIT 5)
SELECT m.name, a.title,
       substring(a.body, greatest(m.start_char - 30, 0) + 1, m.end_char - m.start_char + 60) AS words
FROM sites m JOIN articles a USING (article_id) ORDER BY m.article_id, m.start_char;

-- Which places do the articles name?
-- shows: towns, regions and countries with the country that they were read as
SELECT name, country_code, article_count FROM entities
WHERE label = 'PLACE' ORDER BY article_count DESC, name, country_code LIMIT 10;

-- Where on the map do the articles play?
-- shows: towns by articles that name them, with coordinates and division
SELECT p.name, p.division, p.country_code, p.latitude, p.longitude, n.articles
FROM (SELECT place_id, count(*) AS articles
      FROM (SELECT unnest(place_ids) AS place_id FROM articles WHERE is_latest) GROUP BY ALL) n
JOIN places p USING (place_id) WHERE p.kind IN ('capital', 'city')
ORDER BY n.articles DESC, p.name, p.division LIMIT 10;

-- Who is new?
-- shows: entities that no article before the last seven days of the file had named
SELECT label, name, first_published_on, article_count FROM entities
WHERE first_published_on > (SELECT max(published_on) FROM articles) - 7
ORDER BY article_count DESC, name LIMIT 10;

-- Who was named for the first time?
-- shows: persons, the newest first, with an article that named them on that day
SELECT name, published_on, title FROM v_first_mentions
WHERE label = 'PERSON' ORDER BY published_on DESC, name LIMIT 10;

-- # Stories and copies

-- Which events are most covered?
-- shows: stories with the number of outlets that tell them; v_stories has their names
SELECT first_published_on, headline, article_count, source_count
FROM stories ORDER BY article_count DESC, story_id LIMIT 10;

-- Which articles tell one story?
-- shows: the articles of the most covered story, the first one first
SELECT published_on, source, title FROM v_articles
WHERE story_id = (SELECT story_id FROM stories ORDER BY article_count DESC, story_id LIMIT 1)
ORDER BY published_on, article_id;

-- Why do two articles belong to one story?
-- shows: what links them, and how strongly
SELECT a.title, b.title AS nearest_title, l.method, round(l.score, 2) AS score
FROM (FROM story_links ORDER BY score DESC, article_id LIMIT 10) l
JOIN articles a USING (article_id) JOIN articles b ON b.article_id = l.nearest_id
ORDER BY l.score DESC, a.article_id;

-- Who republished whom?
-- shows: the first text, its copy, and how much of the copy lies in it
SELECT f.title AS first_title, a.title, t.kind, t.direction, round(t.share, 2) AS share
FROM text_groups t JOIN articles a USING (article_id) JOIN articles f ON f.article_id = t.copy_of
ORDER BY t.share DESC, a.article_id LIMIT 10;

-- Which articles were changed after they came out?
-- shows: how many words each new version added and took away
SELECT a.title, v.number, v.words_added, v.words_removed, v.is_title_changed
FROM article_versions v JOIN articles a USING (article_id)
WHERE v.number > 1 ORDER BY v.words_added DESC, a.article_id LIMIT 10;

-- Who reported an event first?
-- shows: the first outlet of each story of several articles
SELECT t.headline, arg_min(s.name, a.published_on) AS first_source,
       min(a.published_on) AS first_on
FROM stories t JOIN articles a USING (story_id) JOIN sources s USING (source_id)
WHERE t.article_count > 1 AND a.date_precision = 'day'
GROUP BY t.story_id, t.headline ORDER BY first_on, t.headline LIMIT 10;

-- What changed since a night?
-- shows: articles that are new and such that came again with another text, the last night's
SELECT changed_on, change, title, words_added, words_removed FROM v_changes
WHERE changed_on > (SELECT max(ingested_on) FROM deliveries) - 1
ORDER BY change DESC, title LIMIT 10;

-- # Outlets

-- Which outlets deliver, how much and how late?
-- shows: articles by outlet with the middle delay in days
SELECT source, country_code, article_count, last_published_on, median_delay_days
FROM v_source_coverage ORDER BY article_count DESC, source LIMIT 10;

-- Which outlets does the registry not know?
-- shows: names as they were found, the commonest first
SELECT name, origin, article_count FROM v_unmapped_sources LIMIT 10;

-- Whom do outlets cite?
-- shows: outlets that other articles name as the origin of what they tell
SELECT s.name, count(*) AS articles FROM article_sources JOIN sources s USING (source_id)
WHERE role = 'cited' GROUP BY ALL ORDER BY articles DESC, s.name LIMIT 10;

-- Which share of an outlet's articles comes from agencies?
-- shows: articles of each outlet with an agency's name, in percent
SELECT p.source_id, count(DISTINCT p.article_id) AS articles,
       round(100 * count(DISTINCT g.article_id) / count(DISTINCT p.article_id)) AS percent
FROM article_sources p
LEFT JOIN article_sources g ON g.article_id = p.article_id AND g.role = 'agency'
WHERE p.role = 'publisher' GROUP BY ALL ORDER BY articles DESC, p.source_id LIMIT 10;

-- Which countries do outlets of a country write about?
-- shows: articles by country of the outlet and of the news
WITH written AS (SELECT source_id, focus_countries, count(*) AS articles
                 FROM articles WHERE is_latest GROUP BY ALL)
SELECT s.country_code AS outlet_country, w.country_code, sum(w.articles) AS articles
FROM (SELECT *, unnest(focus_countries) AS country_code FROM written) w
JOIN sources s USING (source_id)
GROUP BY ALL ORDER BY articles DESC, outlet_country, w.country_code LIMIT 10;

-- Who wrote it?
-- shows: bylines with their articles
SELECT byline, count(*) AS articles FROM articles
WHERE byline IS NOT NULL AND is_latest GROUP BY ALL ORDER BY articles DESC, byline LIMIT 10;

-- # Dates

-- How is the day of an article known?
-- shows: articles by what told the day, and how sure that is
SELECT date_origin, count(*) AS articles, round(avg(date_confidence), 2) AS confidence,
       count(*) FILTER (date_conflict IS NOT NULL) AS conflicts
FROM articles GROUP BY ALL ORDER BY articles DESC, date_origin;

-- Which dates are in doubt?
-- shows: articles whose dates contradict each other
SELECT published_on, date_origin, date_conflict, title FROM articles
WHERE date_conflict IS NOT NULL ORDER BY published_on, article_id LIMIT 10;

-- Which days do the articles speak about?
-- shows: the days that most articles name beside their own
SELECT starts_on, count(*) AS articles
FROM (SELECT unnest(spoken_days) AS starts_on FROM articles WHERE is_latest)
GROUP BY ALL ORDER BY articles DESC, starts_on LIMIT 10;

-- What is announced?
-- shows: articles that speak of days to come, and these days; date_mentions has the words
SELECT published_on, starts_on, title
FROM (SELECT *, unnest(spoken_days) AS starts_on FROM articles WHERE is_latest)
WHERE starts_on > published_on ORDER BY starts_on, article_id LIMIT 10;

-- # Trust

-- What was checked, and did it hold?
-- shows: expectations of the last run, those that did not hold first
SELECT expectation, severity, passed, observed FROM quality_results
WHERE run_id = (SELECT arg_max(run_id, sequence) FROM runs)
ORDER BY passed, severity, expectation LIMIT 10;

-- By which code and model were the rows made?
-- shows: versions by stage, with the articles that they made
SELECT stage, model_version, count(*) AS derivations FROM derivations GROUP BY ALL ORDER BY stage;

-- Where does an article come from?
-- shows: file, member and SHA-256 of the bytes that were delivered
SELECT a.title, d.path, d.member, d.feed, d.sha256
FROM articles a JOIN deliveries d USING (delivery_id)
ORDER BY a.article_id LIMIT 5;

-- What does a column mean?
-- shows: all columns of a table or view with their types and meanings
SELECT column_name, type, meaning FROM dictionary WHERE table_name = 'v_articles';

-- Which files were published, and what did each change?
-- shows: the newest first; articles against the file before, and why any row differs
SELECT version, version_before, articles_added, articles_removed, articles_changed, reasons
FROM v_releases LIMIT 10;

-- Which tables differ from the file before, and why?
-- shows: rows of each table of this file, by reason
SELECT table_name, reason, added_count, removed_count, changed_count FROM release_diffs
WHERE version = (SELECT version FROM v_releases LIMIT 1)
ORDER BY table_name, reason;
