#!/bin/sh
# The Debian packages that the tests need beside Python; the one list of Makefile and .ci/run.
#   scripts/packages.sh list [all]   their names (all: with those of `make scale`)
#   scripts/packages.sh need [all]   install what is missing if this may (root, or CI), else say the command and fail
#   scripts/packages.sh venv PYTHON  fail, with the command, if PYTHON cannot make an environment with pip
set -eu

list() {
    echo "chromium-headless-shell fonts-noto-cjk git nginx-light prometheus redis-server systemd${1:+ rabbitmq-server}"
}

# What a test calls, wherever it comes from: another distribution, another package.
has() {
    case $1 in
        chromium-headless-shell) command -v "$1" >/dev/null || command -v chromium >/dev/null ;; # half as fast
        fonts-noto-cjk) ls /usr/share/fonts/*/noto/*CJK* >/dev/null 2>&1 || fc-list :lang=ja 2>/dev/null | grep -q . ;;
        prometheus) command -v promtool >/dev/null ;; # the rules of alerts are tested with it
        nginx-light) PATH="$PATH:/usr/sbin" command -v nginx >/dev/null ;;
        systemd) command -v systemd-analyze >/dev/null ;; # it reads the units; nothing is started
        rabbitmq-server) [ -x /usr/sbin/rabbitmq-server ] || command -v rabbitmq-server >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

install_packages() {
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then # the tests start servers of their own: apt need not start any
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod +x $policy
        trap 'rm -f $policy' EXIT
    fi
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

need() {
    missing=
    for package in $(list "${1:-}"); do
        has "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 - a list of words
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        install_packages $missing
    elif [ -n "${CI:-}" ] && command -v sudo >/dev/null; then
        sudo "$0" need ${1:-}
    else
        echo "The tests need these packages:$missing. Install them with:" >&2
        echo "  sudo apt-get install --no-install-recommends$missing" >&2
        return 1
    fi
}

venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        install_packages python3-venv
    else
        echo "Python cannot make an environment of its own here. Install what it needs with:" >&2
        echo "  sudo apt-get install --no-install-recommends python3-venv" >&2
        return 1
    fi
}

"$@"
