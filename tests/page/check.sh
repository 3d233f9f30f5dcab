#!/usr/bin/env bash
# Looks at finished pages as a browser shows them: axe-core finds no violation in light, dark and on a telephone, and the
# first six sections of a bulletin fit on two sides of A4. Needs Chromium, Node and pdftotext (`check.sh install`).
#
#     tests/page/check.sh FILE.html…
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=$here/../../target/page-tools
axe=4.14.1

if [ "${1:-}" = install ]; then
    export DEBIAN_FRONTEND=noninteractive
    command -v chromium >/dev/null && command -v pdftotext >/dev/null || apt-get install -y -qq chromium poppler-utils >/dev/null
    [ -f "$tools/node_modules/axe-core/axe.min.js" ] ||
        npm install --silent --no-audit --no-fund --prefix "$tools" "axe-core@$axe" >/dev/null
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 checked=0

browser() {
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
        --disable-background-networking --disable-component-update --user-data-dir="$work/profile" "$@" 2>/dev/null
}

# The page with the checker in it, and without the policy that keeps every script out.
instrumented() {
    node "$here/instrument.mjs" "$1" "$tools/node_modules/axe-core/axe.min.js" >"$work/page.html"
}

for page in "$@"; do
    instrumented "$page"
    for look in '1100,1400' '1100,1400 --force-dark-mode --blink-settings=preferredColorScheme=0' '390,844'; do
        # shellcheck disable=SC2086 # several flags
        browser --window-size=${look%% *} ${look#"${look%% *}"} --virtual-time-budget=20000 --dump-dom \
            "file://$work/page.html" >"$work/seen.html" || true
        checked=$((checked + 1))
        node "$here/violations.mjs" "$work/seen.html" "$page ($look)" || failed=$((failed + 1))
    done
    case $page in *alert-* | *week-*) continue ;; esac
    browser --no-pdf-header-footer --print-to-pdf="$work/page.pdf" "file://$(realpath "$page")" || true
    checked=$((checked + 1))
    node "$here/sides.mjs" "$page" "$work/page.pdf" || failed=$((failed + 1))
done
echo "$((checked - failed)) passed, $failed failed"
[ "$failed" = 0 ] && [ "$checked" -gt 0 ]
