"""Claim retrieval: pairs to learn from, and how well vectors find the claim a post repeats."""

import numpy as np

from normalize import normalize
from rows import encode
from sets import lines

LONGEST = 96


def load_claims(data):
    """Fact-checked claims of CLEF 2020 task 2, by id."""
    return {r["id"]: normalize(r["text"]) for r in lines(data / "clef2020_t2_verified_claims/all.jsonl.gz")}


def load_queries(data, part):
    """Posts of one part with the ids of their claims."""
    return [(normalize(r["text"]), r["relevant_claim_ids"])
            for r in lines(data / f"clef2020_t2_queries/{part}.jsonl.gz")]


def load_pairs(data, tokenizer):
    """(post, claim) token ids of the train part."""
    claims = load_claims(data)
    texts = [(text, claims[i]) for text, ids in load_queries(data, "train") for i in ids if i in claims]
    posts, found = zip(*texts)
    return list(zip(encode(posts, tokenizer, LONGEST), encode(found, tokenizer, LONGEST)))


def map_at_5(queries, claims, relevant):
    """Mean average precision of the five nearest claims (rows of `claims` are in the order of `relevant`'s places)."""
    total = 0.0
    for vector, places in zip(queries, relevant):
        ranked = np.argsort(-(claims @ vector), kind="stable")[:5]
        hits, precision = 0, 0.0
        for rank, place in enumerate(ranked, 1):
            if place in places:
                hits += 1
                precision += hits / rank
        total += precision / max(min(len(places), 5), 1)
    return total / len(queries)
