#!/bin/sh
# Trains, exports, calibrates, measures and writes the bundle.
#
#   ./run.sh DATA_DIR [WORK_DIR] [MINUTES]
#
# DATA_DIR holds the labelled sets (see README.md). WORK_DIR takes everything
# that must not enter the repository: texts, checkpoints, weights. A run that
# was stopped goes on from its last checkpoint.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$1
work=${2:-${TMPDIR:-/tmp}/polso-mini-1}
minutes=${3:-55}
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1

"$python" "$here/normalize.py" --check
[ -f "$work/data.json" ] || "$python" "$here/prepare.py" "$data" "$work"
[ -f "$work/model.pt" ] || "$python" "$here/finetune.py" "$data" "$work" --minutes "$minutes"
"$python" "$here/wide.py" "$work"
"$python" "$here/export.py" "$work" --arithmetic int8
"$python" "$here/calibrate.py" "$work"
"$python" "$here/evaluate.py" "$work" "$here/../polso-mini-1"
