# shellcheck shell=bash
# What every server script here stands on: places, free ports, and processes that are always found again and stopped.
#
# A script sets `name`, defines `install`, `up` and its own verbs as `do_VERB`, and ends with `serve_verb "$@"`.
# `up` speaks through `put KEY VALUE`, `spawn` and `wait_for`; what it has put becomes DIR/env when all is ready, never before.
#
# Invariants: a server listens on 127.0.0.1 alone (checked after every start); every process is the leader of its own
# group and is known by pid and start time, so that a pid used again by a stranger is never signalled; whatever a server
# writes lies in DIR or in one scratch folder that `down` removes; `up` that fails takes down what it had started.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
store=$(realpath -m "${POLSO_SERVERS:-$here/../../target/servers}")

say() { printf '%s: %s\n' "${name:-servers}" "$*" >&2; }
die() { say "$*"; exit 1; }

# timed WHAT COMMAND...: runs it and says how long it took.
timed() {
    local what=$1 began=$SECONDS
    shift
    say "$what ..."
    "$@"
    say "$what: $((SECONDS - began)) s"
}

# apt_install COMMAND=PACKAGE...: installs the packages whose command is missing, and lets none of them start a service.
apt_install() {
    local pair wanted=() policy=/usr/sbin/policy-rc.d ours=
    for pair in "$@"; do
        if [[ ${pair%%=*} == /* ]]; then
            [ -e "${pair%%=*}" ] || wanted+=("${pair#*=}")
        else
            command -v "${pair%%=*}" >/dev/null || wanted+=("${pair#*=}")
        fi
    done
    [ ${#wanted[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || die "missing packages, install them as root: apt-get install ${wanted[*]}"
    if ! [ -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        ours=1
    fi
    local failed=0
    apt_quietly "${wanted[@]}" || failed=1
    [ -z "$ours" ] || rm -f "$policy"
    [ $failed = 0 ] || die "apt-get could not install ${wanted[*]}"
}

apt_quietly() {
    local log
    log=$(mktemp)
    if (apt-get update && DEBIAN_FRONTEND=noninteractive nice apt-get install -y --no-install-recommends "$@") >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -20 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# port NAME: ports[NAME] becomes the port given as PORT_NAME, else a free one. Below the range of outgoing connections.
declare -A ports=()
port() {
    local given="PORT_$1" candidate
    candidate=${!given:-}
    until [ -n "$candidate" ]; do
        candidate=$((20000 + RANDOM % 12000))
        [[ " ${ports[*]} " != *" $candidate "* ]] && ! accepts "$candidate" || candidate=
    done
    ports[$1]=$candidate
}

accepts() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

put() { printf '%s=%s\n' "$1" "$2" >>"$dir/env.part"; }

# scratch: one folder for what a server writes; short and reachable by a server's own user, which DIR may not be.
make_scratch() {
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/polso-$name.XXXXXX")
    chmod 755 "$scratch"
    echo "$scratch" >"$dir/scratch"
}

# spawn NAME SIGNAL COMMAND...: starts it in the background as leader of its own group; SIGNAL is what stops it politely.
spawn() {
    local process=$1 signal=$2
    shift 2
    setsid "$@" >"$dir/$process.log" 2>&1 </dev/null &
    local pid=$!
    printf '%s %s %s %s\n' "$process" "$pid" "$(started "$pid")" "$signal" >>"$dir/processes"
    put "PID_${process^^}" "$pid"
}

# started PID: its start time in clock ticks, empty when there is none (a dead child that nobody has collected counts as none).
started() {
    sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" && $1 != "X" { print $20 }' || true
}

# Every process as `pid state parent group ...`; those that end while we read are no error.
processes() { cat /proc/[0-9]*/stat 2>/dev/null | sed 's/ (.*) / /' || true; }

group_lives() { [ -n "$(processes | awk -v group="$1" '$4 == group && $2 != "Z" && $2 != "X"')" ]; }

group_pids() { processes | awk -v group="$1" '$4 == group { print $1 }'; }

# as_user USER: sets `become`, the words that drop root before a server that refuses it; none for anybody else.
# shellcheck disable=SC2034  # for the scripts
as_user() {
    become=()
    [ "$(id -u)" != 0 ] || become=(setpriv --reuid="$1" --regid="$1" --init-groups)
}

# wait_for SECONDS WHAT COMMAND...: until COMMAND succeeds; gives up early when a process of ours has ended.
wait_for() {
    local limit=$1 what=$2 began=$SECONDS
    shift 2
    until "$@" >/dev/null 2>&1; do
        all_alive || die "$what: a process has ended, see the logs in $dir"
        [ $((SECONDS - began)) -lt "$limit" ] || die "$what: not ready after $limit s, see the logs in $dir"
        sleep 0.1
    done
}

all_alive() {
    local process pid start
    [ -s "$dir/processes" ] || return 1
    while read -r process pid start _; do
        [ "$(started "$pid")" = "$start" ] || { say "$process has ended"; return 1; }
    done <"$dir/processes"
}

loopback_only() {
    command -v ss >/dev/null || { say 'ss (iproute2) is missing: not checked that all listen on loopback only'; return 0; }
    local process pid one open
    while read -r process pid _; do
        for one in $(group_pids "$pid"); do
            open=$(ss -Hltnp | grep "pid=$one," | awk '{ print $4 }' | grep -Ev '^(127\.|\[::1\])' || true)
            [ -z "$open" ] || die "$process listens beyond loopback: $open"
        done
    done <"$dir/processes"
}

stop_group() {
    local process=$1 pid=$2 start=$3 signal=$4 now _
    [ "$pid" != $$ ] || return 0
    now=$(started "$pid")
    [ -z "$now" ] || [ "$now" = "$start" ] || return 0
    for signal in "$signal" KILL; do
        kill -"$signal" -- "-$pid" 2>/dev/null || return 0
        for _ in {1..100}; do
            group_lives "$pid" || return 0
            sleep 0.1
        done
        say "$process (group $pid) outlives SIG$signal"
    done
    return 1
}

# Stops everything recorded in DIR, last started first, and removes what it wrote. Running it twice is harmless.
take_down() {
    local line left=0
    if [ -e "$dir/processes" ]; then
        while read -r line; do
            # shellcheck disable=SC2086  # the four words of the line
            stop_group $line || left=1
        done < <(tac "$dir/processes")
    fi
    [ $left = 0 ] || die 'some processes could not be stopped'
    if [ -e "$dir/scratch" ]; then
        rm -rf "$(cat "$dir/scratch")"
    fi
    rm -f "$dir/processes" "$dir/scratch" "$dir/env" "$dir/env.part"
}

give_up() {
    local status=$?
    if [ $status != 0 ]; then
        tail -n 15 "$dir"/*.log >&2 2>/dev/null || true
        take_down
    fi
    exit $status
}

bring_up() {
    mkdir -p "$dir"
    if [ -e "$dir/env" ] && all_alive; then
        cat "$dir/env"
        return
    fi
    take_down
    rm -f "$dir"/*.log
    trap give_up EXIT
    local began
    began=$(date +%s%N)
    make_scratch
    up "$@"
    loopback_only
    watch_owner
    put STARTED_IN_MS $((($(date +%s%N) - began) / 1000000))
    mv "$dir/env.part" "$dir/env"
    cat "$dir/env"
}

# With POLSO_SERVERS_OWNER=PID the servers go down by themselves once that process is gone, however it ended.
watch_owner() {
    local owner=${POLSO_SERVERS_OWNER:-}
    [ -n "$owner" ] || return 0
    # shellcheck disable=SC2016  # expanded by the inner shell
    spawn owner TERM bash -c 'while [ -d "/proc/$1" ]; do sleep 1; done; exec bash "$2" down "$3"' owner "$owner" "$script" "$dir"
}

install_once() {
    mkdir -p "$store/$name"
    place=$store/$name
    exec 9>"$store/$name.lock"
    flock 9
    timed "install into $place" install "$@"
}

serve_verb() {
    local verb=${1:-}
    script=$here/$(basename "$0")
    place=$store/$name
    case $verb in
    install) shift && install_once "$@" ;;
    up | down)
        [ -n "${2:-}" ] || die "$verb needs a folder: $(basename "$0") $verb DIR"
        dir=$(realpath -m "$2")
        shift 2
        if [ "$verb" = up ]; then bring_up "$@"; else take_down; fi
        ;;
    *)
        declare -F "do_$verb" >/dev/null || die "unknown verb \`$verb\`; see tests/servers/README.md"
        dir=$(realpath -m "${2:?$verb needs the folder of a running server}")
        [ -e "$dir/env" ] || die "nothing is up in $dir"
        # shellcheck source=/dev/null
        source "$dir/env"
        shift 2
        "do_$verb" "$@"
        ;;
    esac
}
