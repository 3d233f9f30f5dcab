"""What is done with a Synapse on loopback: act.py configure|settle|messages FOLDER PORT [ROOM]."""

import hashlib
import hmac
import json
import os
import pathlib
import secrets
import sys
import urllib.parse
import urllib.request

verb, folder, port = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
base = f"http://127.0.0.1:{port}"


def call(method, path, body=None, token=None):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def configure():
    """JSON is YAML. No federation, no e-mail, no limits that a test would run into."""
    shared = secrets.token_hex(16)
    (folder / "shared").write_text(shared)
    log = {"version": 1, "root": {"level": "WARNING"}, "disable_existing_loggers": False}
    (folder / "log.yaml").write_text(json.dumps(log))
    config = {
        "server_name": "polso.test",
        "pid_file": str(folder / "pid"),
        "listeners": [{"bind_addresses": ["127.0.0.1"], "port": int(port), "tls": False, "type": "http", "resources": [{"names": ["client"]}]}],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "matrix.db")}},
        "log_config": str(folder / "log.yaml"),
        "media_store_path": str(folder / "media"),
        "registration_shared_secret": shared,
        "macaroon_secret_key": secrets.token_hex(16),
        "form_secret": secrets.token_hex(16),
        "signing_key": "ed25519 a_test " + secrets.token_urlsafe(32).rstrip("=")[:43],
        "report_stats": False,
        "trusted_key_servers": [],
    }
    (folder / "homeserver.yaml").write_text(json.dumps(config))


def settle():
    """An account and a room with it; the room's id."""
    shared = (folder / "shared").read_text()
    nonce = call("GET", "/_synapse/admin/v1/register")["nonce"]
    password = secrets.token_hex(16)
    said = "\0".join([nonce, "polso", password, "notadmin"]).encode()
    body = {"nonce": nonce, "username": "polso", "password": password, "admin": False}
    body["mac"] = hmac.new(shared.encode(), said, hashlib.sha1).hexdigest()
    token = call("POST", "/_synapse/admin/v1/register", body)["access_token"]
    with open(os.open(folder / "token", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(token)
    print(call("POST", "/_matrix/client/v3/createRoom", {"name": "Press office"}, token)["room_id"])


def messages():
    token = (folder / "token").read_text()
    room = urllib.parse.quote(sys.argv[4])
    said = call("GET", f"/_matrix/client/v3/rooms/{room}/messages?dir=f&limit=100", token=token)
    for event in said["chunk"]:
        if event["type"] == "m.room.message":
            print(json.dumps(event["content"]))


{"configure": configure, "settle": settle, "messages": messages}[verb]()
