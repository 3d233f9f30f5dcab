#!/usr/bin/env bash
# A real nginx on loopback with what a feed reader meets: conditional answers, gzip, 429, 410, redirects, slow and huge
# bodies. What each path does stands in nginx/nginx.conf. Verbs:
#   install
#   up DIR       FRONT_URL and OTHER_URL are two hosts; files written to SITE are served at once; ACCESS_LOG says what was asked
#   touch DIR    the feeds change: same entries, new Last-Modified and ETag
#   down DIR
# Ports: PORT_FRONT, PORT_OTHER. UPSTREAM=URL is asked for every path that the site lacks.
name=nginx
# shellcheck source=tests/servers/lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=tests/servers/nginx/start.sh
source "$here/nginx/start.sh"

install() { install_nginx; }

up() {
    port FRONT
    port OTHER
    start_nginx "${UPSTREAM:-}"
}

# One second ahead of the last change, however quickly one follows another: Last-Modified counts in seconds.
do_touch() {
    local file
    for file in "$SITE"/*; do touch -d "@$(($(stat -c %Y "$file") + 1))" "$file"; done
}

serve_verb "$@"
