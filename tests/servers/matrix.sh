#!/usr/bin/env bash
# A real Matrix home server (Synapse, from PyPI; SQLite) on loopback that knows nobody else. Verbs:
#   install
#   up DIR           MATRIX_URL, ROOM (its id), TOKEN_FILE (of an account in the room, mode 0600)
#   messages DIR     what was said in the room, one JSON object a line, oldest first
#   down DIR
name=matrix
# shellcheck source=tests/servers/lib.sh
source "$(dirname "$0")/lib.sh"

install() {
    [ -x "$place/venv/bin/pip" ] || python3 -m venv "$place/venv"
    "$place/venv/bin/pip" install --quiet --disable-pip-version-check matrix-synapse==1.163.2
}

up() {
    port MATRIX
    local python=$place/venv/bin/python
    "$python" "$here/matrix/act.py" configure "$scratch" "${ports[MATRIX]}"
    put MATRIX_URL "http://127.0.0.1:${ports[MATRIX]}"
    spawn matrix TERM "$python" -m synapse.app.homeserver --config-path "$scratch/homeserver.yaml"
    wait_for 60 matrix accepts "${ports[MATRIX]}"
    put TOKEN_FILE "$scratch/token"
    put ROOM "'$("$python" "$here/matrix/act.py" settle "$scratch" "${ports[MATRIX]}")'"
}

do_messages() { "$place/venv/bin/python" "$here/matrix/act.py" messages "$(cat "$dir/scratch")" "${MATRIX_URL##*:}" "$ROOM"; }

serve_verb "$@"
