#!/usr/bin/env bash
# A real WordPress on loopback (Debian's, with MariaDB) behind nginx: REST API, RSS, Atom and comment feeds. Verbs:
#   install
#   up DIR             SITE_URL is WordPress; every path of nginx/nginx.conf is there too (429, 301, slow bodies, a JSON Feed)
#   act DIR VERB ...   what authors and readers do, see wordpress/act.php
#   seed DIR           a few posts and comments in three languages, one edited, one deleted
#   down DIR
# Ports: PORT_FRONT, PORT_OTHER, PORT_PHP, PORT_DB.
name=wordpress
# shellcheck source=tests/servers/lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=tests/servers/nginx/start.sh
source "$here/nginx/start.sh"

install() {
    timed 'WordPress, PHP and MariaDB' apt_install /usr/share/wordpress/wp-load.php=wordpress php=php-cli \
        /usr/share/wordpress/wp-content/themes/twentytwentythree/style.css=wordpress-theme-twentytwentythree \
        /usr/share/doc/php-mysql=php-mysql mariadbd=mariadb-server
    timed nginx install_nginx
    # Debian's tree is made of links and reads its settings from /etc; a plain copy reads ours.
    if ! [ -e "$place/site/wp-config.php" ]; then
        rm -rf "$place/site"
        cp -rL /usr/share/wordpress "$place/site"
        echo "<?php require getenv('WP_CONFIG');" >"$place/site/wp-config.php"
    fi
}

up() {
    [ -e "$place/site/wp-config.php" ] || die "not installed: run \`wordpress.sh install\` first"
    port FRONT
    port OTHER
    port PHP
    port DB
    put SITE_URL "http://127.0.0.1:${ports[FRONT]}"
    put WP_URL "http://127.0.0.1:${ports[FRONT]}"
    put WP_SITE "$place/site"
    put WP_CONFIG "$here/wordpress/config.php"
    put WP_DB_PORT "${ports[DB]}"
    up_database
    act env.part install >"$dir/install.log" 2>&1 || die "WordPress's own installation failed, see $dir/install.log"
    # shellcheck disable=SC2046  # words by design
    spawn php TERM env $(cat "$dir/env.part") PHP_CLI_SERVER_WORKERS=4 php -d sendmail_path=/bin/true -d variables_order=EGPCS \
        -S "127.0.0.1:${ports[PHP]}" -t "$place/site" "$here/wordpress/router.php"
    wait_for 10 PHP accepts "${ports[PHP]}"
    start_nginx "http://127.0.0.1:${ports[PHP]}"
    wait_for 30 WordPress curl -fsS "http://127.0.0.1:${ports[FRONT]}/wp-json/"
}

up_database() {
    local socket=$scratch/run/db.sock
    as_user mysql
    mkdir "$scratch/db" "$scratch/run"
    [ ${#become[@]} = 0 ] || chown mysql "$scratch/db" "$scratch/run"
    (cd "$scratch" && "${become[@]}" mariadb-install-db --no-defaults --datadir="$scratch/db" \
        --auth-root-authentication-method=normal --skip-test-db) >"$dir/db-install.log" 2>&1 || die "see $dir/db-install.log"
    spawn mariadb TERM "${become[@]}" mariadbd --no-defaults --datadir="$scratch/db" --bind-address=127.0.0.1 \
        --port="${ports[DB]}" --socket="$socket" --pid-file="$scratch/run/pid" --innodb-flush-log-at-trx-commit=0
    wait_for 30 MariaDB mariadb --no-defaults --host=127.0.0.1 --port="${ports[DB]}" --user=root \
        --execute='create database if not exists wordpress character set utf8mb4'
}

# act ENV-FILE ARGUMENTS...
act() {
    local from=$dir/$1
    shift
    # shellcheck disable=SC2046  # words by design
    env $(cat "$from") php -d sendmail_path=/bin/true "$here/wordpress/act.php" "$@"
}

do_act() { act env "$@"; }

number() { sed 's/.*"id":\([0-9]*\).*/\1/'; }

do_seed() {
    local flu edited gone first
    flu=$(do_act post 'Flu shots start on Monday' '<p>Book your <em>flu shot</em> online &amp; bring your card.</p>' --author anna_1 --tags flu,vaccine | number)
    do_act post 'Rokotukset alkavat' '<p>Ajan voi varata verkossa.</p>' --author matti_2 --tags rokotus,vaccine --date '2026-11-20 06:15:00'
    edited=$(do_act post 'Domande sul vaccino' '<p>Un braccio dolorante è normale.</p>' --author giulia_3 --tags vaccino --date '2026-11-19 09:00:00' | number)
    do_act edit "$edited" '<p>Un braccio dolorante è normale per un giorno.</p>'
    gone=$(do_act post 'Said too early' '<p>Nothing to see.</p>' --tags flu | number)
    do_act delete "$gone"
    first=$(do_act comment "$flu" matti_2 'Does it hurt?' | number)
    do_act comment "$flu" anna_1 'Only a little & not for long.' --parent "$first"
    do_act comment "$flu" visitor_9 'Buy cheap things' --status spam
    printf '{"flu":%s,"edited":%s,"deleted":%s,"comment":%s}\n' "$flu" "$edited" "$gone" "$first"
}

serve_verb "$@"
