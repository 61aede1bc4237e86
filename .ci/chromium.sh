#!/usr/bin/env bash
# Debian's Chromium, for the tests that look at the desk as a person would. Source it, then:
#   chromium_install   installs it from Debian's packages where it is missing; the tests skip,
#                      and say so, where it cannot be had.

chromium_install() {
    [ -x /usr/bin/chromium ] && return 0
    if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
        echo "chromium.sh: no Chromium here, and it can be installed only by root on Debian" >&2
        return 1
    fi
    apt-get update -qq >&2 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-dejavu-core >&2
}
