#!/usr/bin/env bash
# A Java runtime for the tests on Spark. Source it, then java_install installs one from
# Debian's packages where there is none.

java_install() {
    command -v java >/dev/null 2>&1 && return 0
    if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
        echo "java.sh: no Java here, and it can be installed only by root on Debian" >&2
        return 1
    fi
    apt-get update -qq >&2 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            openjdk-17-jre-headless >&2
}
