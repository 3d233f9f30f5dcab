#!/bin/sh
# What each choice is worth, at a size that one CPU can afford: so many labelled rows, one epoch, one seed, and no
# teacher where the name does not say so. Compare lines with one another, never with the bundle's figures.
#
#   ./ablate.sh WORK_DIR [ROWS]        (WORK_DIR as run.sh leaves it)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
rows=${2:-5000}
python=${PYTHON:-python3}
try() {
    name=$1
    shift
    (cd "$here" && "$python" finetune.py "$work" "ablation-$name" --rows "$rows" --epochs 1 --rate 8e-5 --threads "${THREADS:-2}" "$@") \
        | grep 'last weights' | sed 's/^ablation-//'
    rm -f "$work/ablation-$name.pt"
}

try 'twelve-layers' --layers 0,1,2,3,4,5,6,7,8,9,10,11
try 'eight-layers-spread' --layers 0,2,3,5,6,8,9,11
try 'six-layers-spread' --layers 0,2,4,7,9,11
try 'six-layers-lowest' --layers 0,1,2,3,4,5
try 'four-layers-spread' --layers 0,4,8,11
try 'eight-layers-lower-half-frozen' --layers 0,2,3,5,6,8,9,11 --frozen 4
try 'six-layers-from-scratch' --start scratch --layers 0,1,2,3,4,5
try 'eight-layers-of-the-teacher' --start "$work/teacher.pt" --layers 0,2,3,5,6,8,9,11
try 'eight-layers-of-the-teacher-and-its-answers' --start "$work/teacher.pt" --layers 0,2,3,5,6,8,9,11 \
    --answers "$work/answers.npy"
try 'eight-layers-no-emoji' --layers 0,2,3,5,6,8,9,11 --no-emoji
try 'eight-layers-no-hashtags' --layers 0,2,3,5,6,8,9,11 --no-hashtags
