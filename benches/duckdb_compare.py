"""How long DuckDB takes for the numbers of one day's summary, from the same parquet: the yardstick of `aggregate`.

    python3 benches/duckdb_compare.py <data dir>/lake 2020-03-09 [threads]

Needs the package `duckdb`. Prints seconds per question and their sum. The bootstrap is left out: SQL has none.
"""

import sys
import time

import duckdb

lake, day = sys.argv[1], sys.argv[2]
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2
threshold = 0.5
top = 20

SUMS = f"""count(*) as posts, count(negative) as scored, sum(negative::double) as negative,
           sum(positive::double) as positive, count(needs_checking) as checked,
           count(*) filter (needs_checking >= {threshold}) as flagged"""

QUESTIONS = {
    "each post once": "select count(*), count(distinct (source, post_id)) from day",
    "cells": """select source, lang, scored, model, epoch_ms(posted_at) // 900000 as slot, count(*), sum(truncated::int),
                       count(*) filter (negative > neutral and negative > positive),
                       sum(hash(source, post_id, text_key, posted_at, negative, neutral, positive, needs_checking, scored) >> 32)
                from day group by all""",
    "authors": f"""create or replace temp table people as
                   select author, source, lang, {SUMS}, count(*) filter (kind = 'original'), count(*) filter (kind = 'reply'),
                          count(*) filter (kind = 'repost'), count(*) filter (kind = 'quote')
                   from day group by author, source, lang""",
    "blocks by language": f"""select lang, hash(author) % 2048 as block, sum(posts), sum(scored), sum(negative), sum(positive),
                                     sum(flagged), count(distinct author) from people group by all""",
    "blocks by source": f"""select source, hash(author) % 2048 as block, sum(posts), sum(scored), sum(negative), sum(positive),
                                   sum(flagged), count(distinct author) from people group by all""",
    "effective authors": """select sum(n) ^ 2 / sum(n * n), count(*)
                            from (select sum(posts)::double as n from people group by author)""",
    "hashtags": f"""create or replace temp table top as select tag from (select unnest(hashtags) as tag from day)
                    group by tag order by count(*) desc, tag limit {top}""",
    "blocks by hashtag": f"""select tag, hash(author) % 2048 as block, sum(posts), sum(scored), sum(negative), sum(positive),
                                    sum(flagged), count(*)
                             from (select tag, author, {SUMS}
                                   from (select unnest(hashtags) as tag, author, negative, positive, needs_checking from day)
                                   semi join top using (tag) group by tag, author)
                             group by all""",
    "links": f"""select link, count(*) as posts, count(distinct author) as people
                 from (select unnest(links) as link, author from day) group by link order by people desc, posts desc, link limit {top}""",
    "repeated texts": f"""create or replace temp table repeated as
                          select text_key, count(*) as posts, count(distinct author) as people
                          from day group by text_key having people > 1 order by people desc, posts desc, text_key limit {top}""",
    "different texts": "select count(distinct text_key) from day",
    "their words": """select text_key, arg_min(text, posted_at), arg_min(negative, posted_at)
                      from day semi join repeated using (text_key) group by text_key""",
}

base = duckdb.connect(config={"threads": threads})
base.execute(f"create view day as select * from read_parquet('{lake}/observations/day={day}/*.parquet', hive_partitioning = false)")
total = 0.0
for name, sql in QUESTIONS.items():
    start = time.perf_counter()
    base.execute(sql).fetchall()
    seconds = time.perf_counter() - start
    total += seconds
    print(f"{seconds:7.2f} s  {name}")
print(f"{total:7.2f} s  all, {threads} threads")
