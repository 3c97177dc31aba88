#!/bin/bash
# Proves both commands on a machine that has never seen the project: a bare root with python3 and ca-certificates, no more.
#
#   sudo packaging/fresh_machine.sh [--keep] [SUITE [MIRROR]]      default: bookworm, from where this machine gets Debian
#
# Takes what is committed, not what lies in the working tree. What this machine knows about package sources (pip's settings,
# certificates, name servers) is read when it runs and lent to the root; nothing of it is written into the project.
set -euo pipefail

keep=no
if [ "${1:-}" = --keep ]; then keep=yes; shift; fi
suite=${1:-bookworm}
mirror=${2:-}
here=$(cd "$(dirname "$0")/.." && pwd)

if [ "$(id -u)" != 0 ]; then echo "Run this as root: it makes a root file system." >&2; exit 2; fi
command -v mmdebstrap >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends mmdebstrap

if [ -z "${FRESH_ROOT:-}" ]; then
    # Mounts are made in a mount namespace of their own: whatever happens, they are gone before the root is deleted.
    FRESH_ROOT=$(mktemp -d "${TMPDIR:-/var/tmp}/fresh-machine.XXXXXX")
    export FRESH_ROOT
    clean_up() {
        if [ "$keep" = yes ]; then echo "Kept: $FRESH_ROOT"; else rm -rf --one-file-system "$FRESH_ROOT"; fi
    }
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    unshare --mount --propagation private "$0" "$suite" "$mirror"
    exit
fi

root=$FRESH_ROOT/root

debian_mirror() {
    apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
        awk -v suite="$suite" '$2 == suite { print $1; exit } $1 ~ /\/debian\/?$/ { last = $1 } END { if (last) print last }' | head -n 1
}

pip_settings() { # NAME=VALUE for each of pip's settings here, from its files and from the environment
    { python3 -m pip config list 2>/dev/null || pip config list 2>/dev/null || true; } |
        sed -nE "s/^(global|install|:env:)\.([a-z-]+)='(.*)'$/\2 \3/p" |
        while read -r name value; do
            printf 'PIP_%s=%s\n' "$(tr 'a-z-' 'A-Z_' <<<"$name")" "$value"
        done | sort -u
}

lend() { # make a file or folder of this machine visible at the same place in the root, read-only
    [ -e "$1" ] || return 0
    if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root$(dirname "$1")"; [ -e "$root$1" ] || : >"$root$1"; fi
    mount --bind "$1" "$root$1"
    mount -o remount,bind,ro "$root$1"
}

make_root() {
    echo "== $suite: a bare root"
    mmdebstrap --quiet --variant=minbase --include=python3,ca-certificates "$suite" "$root" "${mirror:-$(debian_mirror)}"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/dev/shm"
    lend /etc/resolv.conf
    lend /etc/hosts
    lend /etc/ssl/certs/ca-certificates.crt
    for place in $(pip_settings | grep -oE '(file://|=| )/[^ ]+' | sed -E 's,^(file://|=| ),,; s,/simple/?$,,' | sort -u); do
        lend "$place"
    done
    git clone --quiet --no-local "$here" "$root/srv/crf"
}

inside() {
    local settings=()
    while IFS= read -r setting; do settings+=("$setting"); done < <(
        pip_settings
        env | grep -iE '^(https?_proxy|no_proxy)=' || true
    )
    chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "${settings[@]}" \
        sh -c 'cd /srv/crf && exec "$@"' sh "$@"
}

prove() { # a name, then the command
    local name=$1 began=$SECONDS code=0
    shift
    echo "== $name"
    inside "$@" || code=$?
    verdicts+=("$([ "$code" = 0 ] && echo passed || echo "FAILED ($code)"): $name, $((SECONDS - began)) s")
    [ "$code" = 0 ] || failed=yes
}

verdicts=() failed=no
make_root
prove "python3 run.py test" python3 run.py test
prove "python3 run.py" python3 run.py
prove "a second set-up" python3 run.py test --version
echo "== verdict on $suite"
printf '%s\n' "${verdicts[@]}"
[ "$failed" = no ]
