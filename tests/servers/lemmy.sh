#!/usr/bin/env bash
# A real Lemmy 0.17.4 on loopback (the newest that crates.io has: API v3, `auth=` in query and body). Verbs:
#   install            compiles it: about 300 crates, minutes; kept in target/servers/lemmy/bin
#   up DIR             LEMMY_URL
#   act DIR VERB ...   what people do there, see lemmy/act.py
#   seed DIR           two communities, a few posts, a thread, one edited, one deleted, one removed
#   down DIR
# Ports: PORT_LEMMY, PORT_POSTGRES.
name=lemmy
# shellcheck source=tests/servers/lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=tests/servers/postgres/start.sh
source "$here/postgres/start.sh"

version=0.17.4

install() {
    timed PostgreSQL install_postgres
    if ! [ -e /usr/include/postgresql/libpq-fe.h ]; then
        timed 'headers of PostgreSQL' apt_install /usr/include/postgresql/libpq-fe.h=libpq-dev
    fi
    [ -x "$place/bin/lemmy_server" ] || timed "Lemmy $version (compiled)" compile
}

# The lock that Lemmy ships is kept, but for one crate that no longer compiles. Without the lock another one does not.
compile() {
    local source
    rm -rf "$place/fetch" "$place/src"
    mkdir -p "$place/fetch/src" "$place/bin"
    printf '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nlemmy_server = "=%s"\n[workspace]\n' \
        "$version" >"$place/fetch/Cargo.toml"
    echo 'fn main() {}' >"$place/fetch/src/main.rs"
    (cd "$place/fetch" && cargo fetch --quiet)
    source=$(cd "$place/fetch" && cargo metadata --format-version 1 --offline |
        grep -o "\"manifest_path\":\"[^\"]*/lemmy_server-$version/Cargo.toml\"" | head -n 1 | cut -d '"' -f 4)
    cp -r "$(dirname "$source")" "$place/src"
    rm -rf "$place/fetch"
    cd "$place/src"
    printf '\n[workspace]\n' >>Cargo.toml
    cargo update --quiet -p time@0.3.20 --precise 0.3.36
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$place/build nice -n 19 \
        cargo build --quiet --locked --bin lemmy_server
    cp "$place/build/debug/lemmy_server" "$place/bin"
    rm -rf "$place/src" "$place/build"
}

up() {
    [ -x "$place/bin/lemmy_server" ] || die "not installed: run \`lemmy.sh install\` first"
    port LEMMY
    start_postgres
    put LEMMY_URL "http://127.0.0.1:${ports[LEMMY]}"
    put SESSIONS "$scratch/sessions"
    mkdir "$scratch/sessions"
    PGPASSWORD=polso "$(postgres_bin)/createdb" -h 127.0.0.1 -p "${ports[POSTGRES]}" -U polso lemmy
    # The name must not be an address: with one, a comment makes the server panic.
    cat >"$scratch/lemmy.hjson" <<END
{
  hostname: "localhost:${ports[LEMMY]}", bind: "127.0.0.1", port: ${ports[LEMMY]}, tls_enabled: false
  database: { user: "polso", password: "polso", host: "127.0.0.1", port: ${ports[POSTGRES]}, database: "lemmy", pool_size: 3 }
  setup: { admin_username: "admin", admin_password: "password-of-admin", site_name: "Clinic talk" }
}
END
    LEMMY_CONFIG_LOCATION=$scratch/lemmy.hjson RUST_LOG=warn spawn lemmy TERM "$place/bin/lemmy_server"
    wait_for 60 Lemmy curl -fsS "http://127.0.0.1:${ports[LEMMY]}/api/v3/site"
    act env.part install >/dev/null
}

# act ENV-FILE ARGUMENTS...
act() {
    local from=$dir/$1
    shift
    # shellcheck disable=SC2046  # words by design
    env $(cat "$from") python3 "$here/lemmy/act.py" "$@"
}

do_act() { act env "$@"; }

number() { sed 's/.*"id": \([0-9]*\).*/\1/'; }

do_seed() {
    local health salute flu edited gone removed first
    for person in anna_1 matti_2 giulia_3; do do_act account $person >/dev/null; done
    health=$(do_act community health | number)
    salute=$(do_act community salute | number)
    flu=$(do_act post anna_1 "$health" 'Flu shots start on Monday' 'Book **online** and bring your card. #vaccine' | number)
    edited=$(do_act post giulia_3 "$salute" 'Domande sul vaccino' 'Un braccio dolorante è normale.' | number)
    do_act edit-post giulia_3 "$edited" 'Un braccio dolorante è normale per un giorno.' >/dev/null
    gone=$(do_act post matti_2 "$health" 'Said too early' 'Nothing to see. vaccine' | number)
    do_act delete-post matti_2 "$gone" >/dev/null
    removed=$(do_act post matti_2 "$health" 'Buy cheap things' 'Not here. vaccine' | number)
    do_act remove-post "$removed" >/dev/null
    first=$(do_act comment matti_2 "$flu" 'Does it hurt?' | number)
    do_act comment anna_1 "$flu" 'Only a little.' "$first" >/dev/null
    printf '{"health":%s,"salute":%s,"flu":%s,"edited":%s,"deleted":%s,"removed":%s,"comment":%s}\n' \
        "$health" "$salute" "$flu" "$edited" "$gone" "$removed" "$first"
}

serve_verb "$@"
