# shellcheck shell=bash
# start_nginx [UPSTREAM]: nginx with the site of nginx/site; paths that the site lacks go to UPSTREAM where one is given.
# Sourced after lib.sh by nginx.sh and by the servers that stand behind nginx.
# shellcheck disable=SC2154  # dir, scratch, here and ports are lib.sh's

install_nginx() { apt_install nginx=nginx-light; }

start_nginx() {
    local fallback="try_files \$uri =404;"
    if [ -n "${1:-}" ]; then
        fallback="try_files \$uri @upstream; } location @upstream { proxy_pass $1; proxy_set_header Host \$http_host;"
    fi
    cp -r "$here/nginx/site" "$scratch/site"
    head -c "${BOMB_BYTES:-64000000}" /dev/zero | gzip -1 >"$scratch/bomb.json.gz"
    sed -e "s|@SCRATCH@|$scratch|g" -e "s|@DIR@|$dir|g" -e "s|@USER@|$(id -un)|g" -e "s|@FRONT@|${ports[FRONT]}|g" \
        -e "s|@OTHER@|${ports[OTHER]}|g" -e "s|@FALLBACK@|$fallback|" \
        -e "s|@RETRY_DATE@|$(LC_ALL=C date -u -d '+2 hours' '+%a, %d %b %Y %T GMT')|" "$here/nginx/nginx.conf" >"$scratch/nginx.conf"
    put FRONT_URL "http://127.0.0.1:${ports[FRONT]}"
    put OTHER_URL "http://localhost:${ports[OTHER]}"
    put SITE "$scratch/site"
    put ACCESS_LOG "$dir/access.log"
    spawn nginx QUIT "$(command -v nginx || echo /usr/sbin/nginx)" -p "$scratch" -e stderr -c "$scratch/nginx.conf"
    wait_for 10 nginx accepts "${ports[FRONT]}"
}
