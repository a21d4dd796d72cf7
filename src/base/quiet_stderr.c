/* SPDX-License-Identifier: MIT */
#include "base/quiet_stderr.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

/* Of the whole process, as the stream is. */
static atomic_flag taken = ATOMIC_FLAG_INIT;

int quiet_stderr_begin(void)
{
    if (atomic_flag_test_and_set(&taken))
        return -1;
    fflush(stderr);
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int nowhere = kept >= 0 ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
    if (nowhere < 0) {
        if (kept >= 0)
            close(kept);
        atomic_flag_clear(&taken);
        return -1;
    }
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
    return kept;
}

void quiet_stderr_end(int kept)
{
    if (kept < 0)
        return;
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    atomic_flag_clear(&taken);
}
