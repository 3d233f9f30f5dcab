# shellcheck shell=bash
# start_postgres [OPTION...]: an empty PostgreSQL of our own, lost when it goes down, hence without fsync.
# Its superuser is `polso` with the password `polso`. Sourced after lib.sh, which gives dir, scratch, ports and become.
# shellcheck disable=SC2154

postgres_bin() { printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1; }

install_postgres() {
    [ -x "$(postgres_bin)/initdb" ] || apt_install "$(postgres_bin)/initdb=postgresql"
}

start_postgres() {
    local bin
    bin=$(postgres_bin)
    port POSTGRES
    as_user postgres
    echo polso >"$scratch/password"
    mkdir "$scratch/pg"
    [ ${#become[@]} = 0 ] || chown postgres "$scratch/pg" "$scratch/password"
    (cd "$scratch" && "${become[@]}" "$bin/initdb" -D "$scratch/pg" -U polso --pwfile="$scratch/password" -A scram-sha-256 -E UTF8 --no-sync) \
        >"$dir/initdb.log" 2>&1 || die "initdb failed, see $dir/initdb.log"
    spawn postgres INT "${become[@]}" "$bin/postgres" -D "$scratch/pg" -p "${ports[POSTGRES]}" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories="$scratch/pg" -c fsync=off
    wait_for 30 PostgreSQL "$bin/pg_isready" -h 127.0.0.1 -p "${ports[POSTGRES]}"
}
