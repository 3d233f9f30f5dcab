#!/bin/sh
# Collects a thousand times from platforms where everything goes wrong; prints the test runner's own summary.
cd "$(dirname "$0")/.." && POLSO_FAULTS="${1:-1000}" cargo test --release --workspace --test polso faults -- --nocapture
