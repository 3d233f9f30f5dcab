#!/bin/sh
# Fifty kills at random moments of `polso run`; prints the test runner's own summary.
cd "$(dirname "$0")/.." && POLSO_KILLS="${1:-50}" cargo test --release --workspace --test polso crash -- --nocapture
