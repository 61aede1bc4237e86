#!/usr/bin/env bash
# A throw-away PostgreSQL for the tests of the ledger. Source it, then:
#   postgres_start   installs PostgreSQL from Debian's packages where it is missing,
#                    starts a cluster of its own in a temporary folder, on a free port of
#                    127.0.0.1, and exports DATELINE_TEST_POSTGRES; a second call does nothing.
#   postgres_stop    ends the cluster it started and removes its folder.
# A DATELINE_TEST_POSTGRES that is set already is left alone. As root, the cluster runs as
# the user "postgres", since the server refuses to run as root.

POSTGRES_HOME=""

_postgres_bin() {
    # Debian keeps initdb and pg_ctl out of PATH; the newest version is the last.
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$found" ] && [ -x "$found/initdb" ]; then
        echo "$found"
    elif command -v initdb >/dev/null 2>&1; then
        dirname "$(readlink -f "$(command -v initdb)")"
    else
        return 1
    fi
}

_postgres_as() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

_postgres_install() {
    _postgres_bin >/dev/null && return 0
    if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
        echo "postgres.sh: no PostgreSQL here, and it can be installed only by root on Debian" >&2
        return 1
    fi
    # No cluster of Debian's own is wanted, only the programs.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    apt-get update -qq >&2 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >&2
}

postgres_start() {
    [ -n "${DATELINE_TEST_POSTGRES:-}" ] && return 0
    _postgres_install || return 1
    local bin port try
    bin=$(_postgres_bin) || return 1
    POSTGRES_HOME=$(mktemp -d "${TMPDIR:-/tmp}/dateline-postgres.XXXXXX") || return 1
    if [ "$(id -u)" -eq 0 ]; then
        id postgres >/dev/null 2>&1 || useradd --system --no-create-home postgres || return 1
        chown postgres "$POSTGRES_HOME"
    fi
    (
        # The server's user may have no right to stand where the caller stands.
        cd "$POSTGRES_HOME" || exit 1
        _postgres_as "$bin/initdb" -D "$POSTGRES_HOME/data" -U dateline -A trust -E UTF8 \
            --locale=C.UTF-8 --no-sync >"$POSTGRES_HOME/initdb.log" 2>&1
    ) || {
        cat "$POSTGRES_HOME/initdb.log" >&2
        postgres_stop
        return 1
    }
    for try in 1 2 3 4 5; do
        port=$((20000 + (RANDOM + RANDOM) % 40000))
        # Durability is nothing to a cluster that lives for one test run.
        if (
            cd "$POSTGRES_HOME" || exit 1
            _postgres_as "$bin/pg_ctl" -D "$POSTGRES_HOME/data" -w -t 60 -s \
                -l "$POSTGRES_HOME/data/server.log" \
                -o "-p $port -k $POSTGRES_HOME -c listen_addresses=127.0.0.1 -c fsync=off \
                    -c full_page_writes=off -c synchronous_commit=off" start >/dev/null 2>&1
        ); then
            export DATELINE_TEST_POSTGRES="postgresql://dateline@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    tail -n 20 "$POSTGRES_HOME/data/server.log" >&2
    postgres_stop
    return 1
}

postgres_stop() {
    [ -n "$POSTGRES_HOME" ] || return 0
    local bin
    bin=$(_postgres_bin) &&
        (cd "$POSTGRES_HOME" && _postgres_as "$bin/pg_ctl" -D "$POSTGRES_HOME/data" -m immediate \
            -w -s stop >/dev/null 2>&1)
    rm -rf "$POSTGRES_HOME"
    POSTGRES_HOME=""
    unset DATELINE_TEST_POSTGRES
}
