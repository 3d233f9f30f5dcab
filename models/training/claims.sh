#!/bin/sh
# Fits claims.toml, with which posts are matched with claims and their stance is told, to a bundle that is made.
#
#   POLSO=path/to/polso ./claims.sh DATA_DIR WORK_DIR [BUNDLE_DIR]
#
# Works on a copy of the bundle in WORK_DIR/claims/bundle, because the features of a later step depend on what an earlier
# one fitted; BUNDLE_DIR stays as it is until somebody has compared the figures and copies claims.toml and card.toml over.
# Features of rows that are there are not written again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)
mkdir -p "$2/claims"
work=$(cd "$2/claims" && pwd)
bundle=$(cd "${3:-$here/../polso-mini-2}" && pwd)
library=${LIBRARY:-$here/../../seeds/claims.toml}
python=${PYTHON:-python3}
step() { (cd "$here" && "$python" "$@"); }
fit() { step claims.py --out "$work/bundle/claims.toml" "$@"; }
polso() { "$POLSO" eval --model "$work/bundle" "$@"; }
# stance ROWS: features of each text; match NAME ROWS CLAIMS: features of each candidate.
stance() { [ -f "$work/$1.csv" ] || written "$1" --task stance --data "$work/$1.jsonl"; }
match() { [ -f "$work/$1.csv" ] || written "$1" --task claims --data "$2" --claims "$3"; }
written() {
    name=$1; shift
    polso --quiet "$@" --features "$work/$name.part" > /dev/null
    mv "$work/$name.part" "$work/$name.csv"
    echo "claims: $name: read $*; wrote $work/$name.csv"
}
clef=$data/clef2020_t2_queries
verified=$data/clef2020_t2_verified_claims/all.jsonl.gz
italian=$here/claims_it/claims.jsonl

if [ ! -d "$work/bundle" ]; then
    cp -R "$bundle" "$work/bundle"
    fit start
fi
step claim_rows.py "$data" "$library" "$work"
for part in attitude pair kept; do step frames.py "$library" --part $part --out "$work/frames.$part.jsonl"; done

stance posts
fit contrast "$work/posts.csv"

match clef.train "$clef/train.jsonl.gz" "$verified"
match italian.fit "$work/italian.fit.jsonl" "$italian"
match ordinary.clef "$work/ordinary.fit.jsonl" "$verified"
for lang in it en fi; do
    match "phrasings.$lang" "$work/phrasings.jsonl" "$work/seeds.$lang.jsonl"
    match "ordinary.$lang" "$work/ordinary.fit.jsonl" "$work/seeds.$lang.jsonl"
done
fit match --fit "$work/clef.train.csv:0.5" "$work/italian.fit.csv" "$work/phrasings.it.csv:0.1" "$work/phrasings.en.csv:0.1" \
    "$work/phrasings.fi.csv:0.1" --ordinary "$work/ordinary.clef.csv" "$work/ordinary.it.csv" "$work/ordinary.en.csv" \
    "$work/ordinary.fi.csv"

for rows in replies.fit replies.kept ordinary.fit texts frames.attitude frames.pair frames.kept; do stance $rows; done
fit attitude --fit "$work/replies.fit.csv" "$work/frames.attitude.csv:0.5" "$work/ordinary.fit.csv:0.3" \
    --kept "$work/replies.kept.csv"
fit pair "$work/texts.csv" --fit "$work/frames.pair.csv" --kept "$work/frames.kept.csv"

echo "claims: kept out, CLEF 2020 task 2 (dev)"; polso --task claims --data "$clef/dev.jsonl.gz" --claims "$verified"
echo "claims: kept out, Italian posts"; polso --task claims --data "$work/italian.kept.jsonl" --claims "$italian"
echo "claims: ordinary posts, kept out, against CLEF's claims"
polso --task claims --data "$work/ordinary.kept.jsonl" --claims "$verified"
echo "claims: kept out, replies"; polso --task stance --data "$work/replies.kept.jsonl"
echo "claims: read $data, $library and $bundle; wrote $work/bundle/claims.toml and the card's claims_sha256 beside it"
