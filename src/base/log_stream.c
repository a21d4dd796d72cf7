/* SPDX-License-Identifier: MIT */
#include "base/log_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"

enum { LAST_SECONDS = 1 };

bool log_stream_open(struct log_stream *log, const char *path, struct err *err)
{
    *log = (struct log_stream){.file = -1};
    if (!path)
        return true;
    log->file = strcmp(path, "-") == 0
                    ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                    : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return log->file >= 0 ||
           err_set(err, _("The log %s cannot be written: %s."), path, strerror(errno));
}

static void give_up(struct log_stream *log, const char *why)
{
    if (log->file >= 0)
        close(log->file);
    free(log->waiting);
    *log = (struct log_stream){.file = -1};
    snprintf(log->trouble, sizeof log->trouble, "%s", why);
}

/* Sends what can be sent within so many milliseconds without blocking: whoever can take anything
 * takes PIPE_BUF bytes. The descriptor itself must not be made non-blocking, as others may share
 * it. */
static void send_some(struct log_stream *log, int milliseconds)
{
    size_t sent = 0;
    struct pollfd can = {.fd = log->file, .events = POLLOUT};
    while (sent < log->size && poll(&can, 1, milliseconds) > 0) {
        size_t left = log->size - sent;
        ssize_t n = write(log->file, log->waiting + sent, left < PIPE_BUF ? left : PIPE_BUF);
        if (n < 0 && errno != EINTR && errno != EAGAIN) {
            give_up(log, errno == EPIPE ? "" : strerror(errno));
            return;
        }
        sent += n > 0 ? (size_t)n : 0;
    }
    log->size -= sent;
    if (sent > 0)
        memmove(log->waiting, log->waiting + sent, log->size);
}

bool log_stream_send(struct log_stream *log)
{
    if (log->file >= 0 && log->size > 0)
        send_some(log, 0);
    return log->size > 0;
}

static bool make_room(struct log_stream *log, size_t room)
{
    size_t larger = log->room ? log->room : 1 << 12;
    while (larger < room)
        larger *= 2;
    char *more = larger > log->room ? realloc(log->waiting, larger) : log->waiting;
    if (!more)
        return false;
    log->waiting = more;
    log->room = larger;
    return true;
}

void log_stream_write(struct log_stream *log, const char *line)
{
    size_t len = strlen(line);
    if (log->file < 0)
        return;
    if (log->size + len >= LOG_WAITING_MAX) {
        give_up(log, _("nobody reads it"));
    } else if (!make_room(log, log->size + len + 1)) {
        give_up(log, strerror(ENOMEM));
    } else {
        memcpy(log->waiting + log->size, line, len);
        log->waiting[log->size + len] = '\n';
        log->size += len + 1;
        log_stream_send(log);
    }
}

bool log_stream_close(struct log_stream *log, struct err *err)
{
    double until = clock_seconds() + LAST_SECONDS;
    for (double left = LAST_SECONDS; log->size > 0 && left > 0; left = until - clock_seconds())
        send_some(log, (int)(1000 * left) + 1);
    if (log->size > 0)
        give_up(log, _("nobody reads it"));
    char why[sizeof log->trouble];
    strcpy(why, log->trouble);
    give_up(log, "");
    return !why[0] ||
           err_set(err, _("The log cannot be written: %s; what came after that is not in it."),
                   why);
}
