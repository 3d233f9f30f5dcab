#!/usr/bin/env bash
# Are the servers what the tests take them for? Brings up each one named (all without words), makes real calls, takes it
# down and looks for anything left. A server that is not installed is said to be missing and fails: `NAME.sh install`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
passed=0 failed=0
trap clear_away EXIT

clear_away() {
    local folder
    for folder in "$work"/*/; do
        [ ! -d "$folder" ] || "$here/$(basename "$folder").sh" down "$folder"
    done
    rm -rf "$work"
}

ok() { passed=$((passed + 1)); }
# check WHAT COMMAND...
check() {
    local what=$1
    shift
    if "$@"; then ok; else bad "$what"; fi
}

bad() { failed=$((failed + 1)); echo "FAILED: $*" >&2; }

# holds WHAT PATTERN COMMAND...: the command's output matches; given ten seconds, as servers index in the background.
holds() {
    local what=$1 pattern=$2 output='' _
    shift 2
    for _ in {1..20}; do
        output=$("$@" 2>&1 | tr -d '\r' || true)
        if grep -Eq "$pattern" <<<"$output"; then ok; return; fi
        sleep 0.5
    done
    bad "$what: no \`$pattern\` in: ${output:0:300}"
}

ask() { curl -sS -i --max-time 20 "$@"; }

up() {
    dir=$work/$1
    if ! "$here/$1.sh" up "$dir" "${@:2}" >"$work/lines"; then
        bad "$1 does not come up"
        return 1
    fi
    check "$1: a second up says the same" [ "$("$here/$1.sh" up "$dir" "${@:2}")" = "$(cat "$work/lines")" ]
    # shellcheck source=/dev/null
    source "$dir/env"
}

down() {
    local pids scratch
    pids=$(cut -d ' ' -f 2 "$dir/processes")
    scratch=$(cat "$dir/scratch")
    "$here/$1.sh" down "$dir"
    "$here/$1.sh" down "$dir"
    check "$1 leaves no scratch folder" [ ! -e "$scratch" ]
    check "$1 leaves no env" [ ! -e "$dir/env" ]
    for pid in $pids; do
        check "$1 leaves no process" [ -z "$(sed -n 's/.*) \([^ZX]\) .*/\1/p' "/proc/$pid/stat" 2>/dev/null)" ]
    done
    rm -rf "$dir"
}

act() { "$here/$1.sh" act "$dir" "${@:2}"; }
field() { sed 's/.*"'"$1"'": *"\{0,1\}\([^",}]*\).*/\1/'; }

smoke_bluesky() {
    up bluesky pds || return 0
    local did uri _
    did=$(act bluesky account anna-1 | field did)
    uri=$(act bluesky post anna-1 'A synthetic #post' | field uri)
    local record="$PDS_URL/xrpc/com.atproto.repo.getRecord?repo=$did&collection=app.bsky.feed.post&rkey=${uri##*/}"
    holds 'a post is there' '"text":"A synthetic #post"' ask "$record"
    act bluesky delete anna-1 "$uri" >/dev/null
    holds 'a deleted post is gone' '"error":"RecordNotFound"' ask "$record"
    holds 'an old token' '"error":"ExpiredToken"' ask "$PDS_URL/xrpc/com.atproto.server.getSession" \
        -H "Authorization: Bearer $(act bluesky expired anna-1 | field accessJwt)"
    local login=("$PDS_URL/xrpc/com.atproto.server.createSession" --json '{"identifier":"seed-anna-1.test","password":"wrong"}')
    for _ in {1..30}; do ask "${login[@]}" >/dev/null; done
    holds 'too many logins' '^HTTP/1.1 429' ask "${login[@]}"
    holds 'when to come back' '^Retry-After: [0-9]+' ask "${login[@]}"
    down bluesky

    up bluesky network || return 0
    "$here/bluesky.sh" seed "$dir" >/dev/null
    local search="$APPVIEW_URL/xrpc/app.bsky.feed.searchPosts?q=%23vaccine"
    holds 'search finds' 'Rokotus sujui' ask "$search"
    holds 'search forgets what was deleted' '"posts":\[\]' ask "$APPVIEW_URL/xrpc/app.bsky.feed.searchPosts?q=too%20early"
    holds 'search through the PDS wants a session' '"error":"AuthMissing"' ask "$PDS_URL/xrpc/app.bsky.feed.searchPosts?q=x"
    down bluesky
}

smoke_nginx() {
    up nginx || return 0
    local tag _
    tag=$(ask "$FRONT_URL/feed.json" | tr -d '\r' | sed -n 's/^ETag: //p')
    holds 'unchanged' '^HTTP/1.1 304' ask -H "If-None-Match: $tag" "$FRONT_URL/feed.json"
    "$here/nginx.sh" touch "$dir"
    holds 'changed' '^HTTP/1.1 200' ask -H "If-None-Match: $tag" "$FRONT_URL/feed.json"
    holds 'a zipped tag is weak' '^ETag: W/"' ask --compressed "$FRONT_URL/gzip/feed.json"
    holds 'gone' '^HTTP/1.1 410' ask "$FRONT_URL/gone"
    holds 'moved to another host' "^Location: $OTHER_URL/feed.xml" ask "$FRONT_URL/moved-away/feed.xml"
    for _ in {1..3}; do ask "$FRONT_URL/limited/feed.json" >/dev/null; done
    holds 'too many' '^Retry-After: 1' ask "$FRONT_URL/limited/feed.json"
    holds 'the log knows the client' '"user_agent":"polso-smoke"' sh -c "curl -s -A polso-smoke $FRONT_URL/feed.xml; cat $ACCESS_LOG"
    down nginx
}

smoke_wordpress() {
    up wordpress || return 0
    local ids tag
    ids=$("$here/wordpress.sh" seed "$dir" | tail -n 1)
    holds 'pages are counted' '^X-WP-Total: 3' ask "$SITE_URL/wp-json/wp/v2/posts?per_page=2"
    holds 'past the end' 'rest_post_invalid_page_number' ask "$SITE_URL/wp-json/wp/v2/posts?page=9"
    holds 'a deleted post is gone' 'rest_post_invalid_id' ask "$SITE_URL/wp-json/wp/v2/posts/$(field deleted <<<"$ids")"
    holds 'an edit is seen' 'per un giorno' ask "$SITE_URL/wp-json/wp/v2/posts/$(field edited <<<"$ids")"
    holds 'comments' 'Does it hurt' ask "$SITE_URL/comments/feed/"
    tag=$(ask "$SITE_URL/feed/" | tr -d '\r' | sed -n 's/^ETag: //p')
    holds 'an unchanged feed' '^HTTP/1.1 304' ask -H "If-None-Match: $tag" "$SITE_URL/feed/"
    holds 'the paths of nginx are there' '^HTTP/1.1 410' ask "$SITE_URL/gone"
    down wordpress
}

smoke_lemmy() {
    up lemmy || return 0
    local ids
    ids=$("$here/lemmy.sh" seed "$dir" | tail -n 1)
    holds 'search finds' 'Flu shots start' ask "$LEMMY_URL/api/v3/search?q=vaccine&type_=Posts"
    holds 'a deleted post is blank' '"name":""' ask "$LEMMY_URL/api/v3/post?id=$(field deleted <<<"$ids")"
    holds 'a thread' '"path":"0\.[0-9]+\.[0-9]+"' ask "$LEMMY_URL/api/v3/comment/list?post_id=$(field flu <<<"$ids")"
    holds 'an unknown post' 'couldnt_find_post' ask "$LEMMY_URL/api/v3/post?id=99999"
    act lemmy limit search 1 600 >/dev/null
    ask "$LEMMY_URL/api/v3/search?q=vaccine" >/dev/null
    holds 'too many' '^HTTP/1.1 400' ask "$LEMMY_URL/api/v3/search?q=vaccine"
    holds 'too many, in words' '"rate_limit_error"' ask "$LEMMY_URL/api/v3/search?q=vaccine"
    down lemmy
}

smoke_mail() {
    up mail || return 0
    local letter=("smtp://localhost:$STARTTLS_PORT" --cacert "$CA_FILE" --mail-from polso@health.example -T "$work/letter")
    local login=(--ssl-reqd --user "$SMTP_USER:$SMTP_PASSWORD")
    printf 'Subject: a test\r\n\r\nNothing happened.\r\n' >"$work/letter"
    check 'a mail is taken' ask "${letter[@]}" "${login[@]}" --mail-rcpt press@health.example
    holds 'it is kept with its recipient' '^press@health.example' cat "$MAILS/001.eml"
    holds 'nobody is there' '550' ask -v "${letter[@]}" "${login[@]}" --mail-rcpt nobody@health.example
    holds 'later, the first time' '451' ask -v "${letter[@]}" "${login[@]}" --mail-rcpt late@health.example
    check 'and then taken' ask "${letter[@]}" "${login[@]}" --mail-rcpt late@health.example
    holds 'nothing in the open' '530' ask -v "${letter[@]}" --mail-rcpt press@health.example
    holds 'a wrong password' '535' ask -v "${letter[@]}" --ssl-reqd --user "$SMTP_USER:wrong" --mail-rcpt press@health.example
    holds 'a certificate of nobody' 'self-signed|issuer' ask "${letter[@]}" "${login[@]}" --cacert /etc/ssl/certs/ca-certificates.crt --mail-rcpt press@health.example
    down mail
}

smoke_matrix() {
    up matrix || return 0
    local room send
    room=$(sed 's/!/%21/; s/:/%3A/' <<<"$ROOM")
    send=(-X PUT "$MATRIX_URL/_matrix/client/v3/rooms/$room/send/m.room.message/one" --json '{"msgtype":"m.text","body":"a test"}')
    holds 'a stranger' 'M_MISSING_TOKEN' ask "${send[@]}"
    holds 'a message' 'event_id' ask "${send[@]}" -H "Authorization: Bearer $(cat "$TOKEN_FILE")"
    holds 'the same again' 'event_id' ask "${send[@]}" -H "Authorization: Bearer $(cat "$TOKEN_FILE")"
    check 'is one message' [ "$("$here/matrix.sh" messages "$dir" | grep -c 'a test')" = 1 ]
    down matrix
}

# A pid that a stranger has now is left alone, and servers whose owner has died go down by themselves.
smoke_lib() {
    local stranger
    mkdir "$work/nginx"
    sleep 60 &
    stranger=$!
    echo "stranger $stranger 1 TERM" >"$work/nginx/processes"
    "$here/nginx.sh" down "$work/nginx"
    check 'a process of somebody else is left alone' kill "$stranger"
    POLSO_SERVERS_OWNER=$(sh -c 'echo $$') "$here/nginx.sh" up "$work/nginx" >/dev/null || true
    holds 'servers without an owner' '^gone$' sh -c "[ -e $work/nginx/processes ] || echo gone"
    rm -rf "$work/nginx"
}

for server in "${@:-lib nginx mail matrix bluesky wordpress lemmy}"; do
    # shellcheck disable=SC2086  # the words of the default
    for one in $server; do
        echo "$one ..." >&2
        "smoke_$one"
    done
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
