/* SPDX-License-Identifier: MIT */
/* The comparison of all kernels as a program of its own, for a processor that is emulated and has
 * no library of tests. */
#include <stdio.h>

#include "trial.h"

int main(void)
{
    int wrong = kernels_compare();
    if (!kern_find("neon")) {
        printf("there is no NEON table to compare\n");
        return 1;
    }
    printf("%d wrong\n", wrong);
    return wrong > 0;
}
