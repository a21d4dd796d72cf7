#!/bin/sh
# Compiles the NEON table with a cross compiler, where there is one: check_neon.sh SOURCE_FOLDER
cc=$(command -v aarch64-linux-gnu-gcc) || {
    echo "no aarch64-linux-gnu-gcc here (Debian: gcc-aarch64-linux-gnu)"
    exit 77
}
out=$(mktemp -d) || exit 99
trap 'rm -rf "$out"' EXIT
"$cc" -std=gnu17 -O2 -Wall -Wextra -Werror -ffp-contract=fast -I "$1" -c "$1/kern/kern_neon.c" \
    -o "$out/kern_neon.o"
