#!/usr/bin/env bash
# A real mail server (aiosmtpd, from PyPI) on loopback that keeps what it gets: with STARTTLS and a login on one port, with
# TLS from the first byte on another, both with a certificate of a house of its own. Verbs:
#   install
#   up DIR       STARTTLS_PORT, TLS_PORT; user SMTP_USER with SMTP_PASSWORD; CA_FILE; one file a mail in MAILS
#   down DIR
# Recipients that begin with `late` are refused for now the first time (451), those that begin with `nobody` always (550).
name=mail
# shellcheck source=tests/servers/lib.sh
source "$(dirname "$0")/lib.sh"

install() {
    apt_install openssl=openssl
    [ -x "$place/venv/bin/pip" ] || python3 -m venv "$place/venv"
    "$place/venv/bin/pip" install --quiet --disable-pip-version-check aiosmtpd==1.4.6
}

# An authority, and a certificate by it for this machine.
certify() {
    local subject=/CN=polso-tests
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "$subject" \
        -addext basicConstraints=critical,CA:TRUE -keyout "$scratch/ca.key" -out "$scratch/ca.pem"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
        -keyout "$scratch/server.key" -out "$scratch/server.csr"
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' >"$scratch/extensions"
    openssl x509 -req -days 2 -in "$scratch/server.csr" -CA "$scratch/ca.pem" -CAkey "$scratch/ca.key" -CAcreateserial \
        -extfile "$scratch/extensions" -out "$scratch/server.pem"
}

up() {
    port STARTTLS
    port TLS
    certify >"$dir/certify.log" 2>&1 || die "no certificate could be made, see $dir/certify.log"
    mkdir "$scratch/mails"
    put STARTTLS_PORT "${ports[STARTTLS]}"
    put TLS_PORT "${ports[TLS]}"
    put SMTP_USER polso
    put SMTP_PASSWORD pulse-of-the-day
    put CA_FILE "$scratch/ca.pem"
    put MAILS "$scratch/mails"
    spawn mail TERM "$place/venv/bin/python" "$here/mail/server.py" "$scratch" "${ports[STARTTLS]}" "${ports[TLS]}"
    wait_for 10 mail accepts "${ports[TLS]}"
}

serve_verb "$@"
