/* host.h -- what the app needs of the world, with a window or without: fonts, pictures, the log. */
#ifndef CLI_HOST_H
#define CLI_HOST_H

#include <stdatomic.h>

#include "app/host.h"
#include "base/log_stream.h"
#include "par/signals.h"

struct app;
struct err;
struct fonts;
struct window;

struct host {
    struct fonts *fonts;
    struct window *window; /* or NULL */
    struct signals signals; /* that end it, while there is one */
    struct app *app;
    struct log_stream log; /* .file -1: there is none yet */
    atomic_bool woken;     /* where there is no window to wake */
};

/* Fonts, and the log at a path (log_stream_open). False with a sentence. */
bool host_open(struct host *host, const char *log, struct err *err);

/* Frees what it holds. False with a sentence where a part of the log was lost: that is told at the
 * end, for the sake of the script that reads it. */
bool host_close(struct host *host, struct err *err);

/* What the app asks of it; the host must not be moved afterwards. `wake` is called with it. */
struct app_host host_for_app(struct host *host, void (*wake)(void *host));

#endif
