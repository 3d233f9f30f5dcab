"""What people do on the Lemmy server, one call a process: `act.py VERB ARGUMENTS` with what DIR/env says in the
environment; one line of JSON out. People are synthetic: the account `anna_1` is `seed_anna_1`.

  account NAME                          community NAME
  post NAME COMMUNITY TITLE BODY        edit-post NAME POST BODY        delete-post NAME POST       remove-post POST
  posts NAME COMMUNITY COUNT TITLE BODY  (numbered)
  comment NAME POST TEXT [PARENT]       edit-comment NAME COMMENT TEXT  delete-comment NAME COMMENT remove-comment COMMENT
  limit KIND COUNT SECONDS               (KIND: search, or message for all other reads; a debug build starts with 999)

`remove` is the moderator's, `delete` the author's. A community is given by its id.
"""

import json
import os
import sys
import urllib.error
import urllib.request

API = os.environ["LEMMY_URL"] + "/api/v3"
SESSIONS = os.environ["SESSIONS"]


def call(method, path, body):
    request = urllib.request.Request(API + path, json.dumps(body).encode(), {"content-type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")


def password(name):
    return f"password-of-{name}"


def session(name):
    kept = os.path.join(SESSIONS, name)
    if os.path.exists(kept):
        with open(kept) as file:
            return file.read()
    login = {"username_or_email": "admin" if name == "admin" else f"seed_{name}", "password": password(name)}
    return keep(name, call("POST", "/user/login", login)["jwt"])


def keep(name, jwt):
    with open(os.path.join(SESSIONS, name), "w") as file:
        file.write(jwt)
    return jwt


def install():
    """Lets anybody register: a new site asks for applications that an admin would have to read."""
    call("PUT", "/site", {"registration_mode": "open", "auth": session("admin")})
    return {}


def limit(kind, count, seconds):
    rates = {f"rate_limit_{kind}": int(count), f"rate_limit_{kind}_per_second": int(seconds)}
    site = call("PUT", "/site", rates | {"auth": session("admin")})
    return {key: site["site_view"]["local_site_rate_limit"][key] for key in (kind, f"{kind}_per_second")}


def account(name):
    secret = password(name)
    body = {"username": f"seed_{name}", "password": secret, "password_verify": secret, "show_nsfw": False}
    keep(name, call("POST", "/user/register", body)["jwt"])
    return {"name": f"seed_{name}"}


def community(name):
    body = {"name": name, "title": name.capitalize(), "auth": session("admin")}
    return {"id": call("POST", "/community", body)["community_view"]["community"]["id"]}


def made(kind, answer):
    thing = answer[f"{kind}_view"][kind]
    return {"id": thing["id"], "ap_id": thing["ap_id"]}


def post(name, community, title, body):
    body = {"name": title, "body": body, "community_id": int(community), "auth": session(name)}
    return made("post", call("POST", "/post", body))


def posts(name, community, count, title, body):
    return {"ids": [post(name, community, f"{title} {i + 1}", body)["id"] for i in range(int(count))]}


def comment(name, post, text, parent=None):
    body = {"content": text, "post_id": int(post), "auth": session(name)}
    if parent:
        body["parent_id"] = int(parent)
    return made("comment", call("POST", "/comment", body))


def change(kind, name, identity, field, value, path="", method="POST"):
    body = {f"{kind}_id": int(identity), field: value, "auth": session(name)}
    return made(kind, call(method, f"/{kind}{path}", body))


VERBS = {
    "install": install,
    "account": account,
    "community": community,
    "limit": limit,
    "post": post,
    "posts": posts,
    "comment": comment,
    "edit-post": lambda name, it, body: change("post", name, it, "body", body, method="PUT"),
    "delete-post": lambda name, it: change("post", name, it, "deleted", True, "/delete"),
    "remove-post": lambda it: change("post", "admin", it, "removed", True, "/remove"),
    "edit-comment": lambda name, it, text: change("comment", name, it, "content", text, method="PUT"),
    "delete-comment": lambda name, it: change("comment", name, it, "deleted", True, "/delete"),
    "remove-comment": lambda it: change("comment", "admin", it, "removed", True, "/remove"),
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        sys.exit(f"unknown verb, known: {' '.join(VERBS)}")
    print(json.dumps(VERBS[sys.argv[1]](*sys.argv[2:])))
