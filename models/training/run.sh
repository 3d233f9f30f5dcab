#!/bin/sh
# Trains, exports, calibrates, measures and writes the bundle: everything, from the sets to models/polso-mini-2.
#
#   ./run.sh DATA_DIR CORPORA_DIR [WORK_DIR] [BUNDLE_DIR]
#
# DATA_DIR holds the labelled sets, CORPORA_DIR the raw text (see README.md). WORK_DIR takes everything that must
# not enter the repository: texts, checkpoints, weights. A step whose result is there is not done again, and a training
# step that was stopped goes on from its last checkpoint. The lengths can be set: TEACHER and STUDENT are arguments of
# finetune.py, ASK those of teach.py, SIZE the number of pieces.
# With POLSO, the path of a built polso, claims.toml is fitted to the bundle too and left beside it for comparison (claims.sh).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$1
corpora=$2
work=${3:-${TMPDIR:-/tmp}/polso-mini-2}
bundle=${4:-$here/../polso-mini-2}
python=${PYTHON:-python3}
step() { (cd "$here" && "$python" "$@"); }

step normalize.py --check
[ -f "$work/data.json" ] || step prepare.py "$data" "$corpora" "$work"
[ -f "$work/words.npy" ] || step tokenizer.py "$work" --size "${SIZE:-30000}"
[ -f "$work/teacher.pt" ] || step finetune.py "$work" teacher ${TEACHER:---frozen 4 --epochs 0.8}
[ -f "$work/answers.npy" ] || step teach.py "$work" "$work/teacher.pt" ${ASK:-}
[ -f "$work/student.pt" ] || step finetune.py "$work" student --data "$data" --start "$work/teacher.pt" \
    --answers "$work/answers.npy" ${STUDENT:---layers 0,2,3,5,6,8,9,11 --epochs 1.6 --rate 8e-5 --head-rate 3e-4}
step vectors.py "$data" "$work" student
[ -f "$work/wide.npz" ] || step wide.py "$work" student
step export.py "$work" student
step calibrate.py "$work"
step evaluate.py "$data" "$work" "$bundle"
step golden_tokens.py "$bundle"
[ -z "${POLSO:-}" ] || "$here/claims.sh" "$data" "$work" "$bundle"
