#!/bin/sh
# Compiles the NEON table with a cross compiler, where there is one, and compares its kernels under
# qemu, where that is: check_neon.sh PROJECT_FOLDER
cc=$(command -v aarch64-linux-gnu-gcc) || {
    echo "no aarch64-linux-gnu-gcc here (Debian: gcc-aarch64-linux-gnu)"
    exit 77
}
out=$(mktemp -d) || exit 99
trap 'rm -rf "$out"' EXIT
cd "$1" || exit 99
"$cc" -std=gnu17 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -ffp-contract=fast -I src \
    -c src/kern/kern_neon.c -o "$out/kern_neon.o" || exit 1
qemu=$(command -v qemu-aarch64 || command -v qemu-aarch64-static) || {
    echo "compiled; no qemu-aarch64 here to run it (Debian: qemu-user)"
    exit 0
}
"$cc" -std=gnu17 -D_GNU_SOURCE -DKERN_NEON -O2 -ffp-contract=fast -static -I src -I tests/kern \
    tests/kern/neon_main.c tests/kern/trial.c tests/kern/products.c tests/kern/convolutions.c \
    tests/kern/rows.c src/kern/kern.c src/kern/kern_c.c "$out/kern_neon.o" src/base/rng.c -lm \
    -o "$out/kernels" || exit 1
"$qemu" "$out/kernels"
