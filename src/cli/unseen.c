/* SPDX-License-Identifier: MIT */
#include "cli/unseen.h"

#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/desk.h"
#include "sys/font.h"

static const uint64_t look_again = 2000; /* microseconds until it is seen that somebody woke it */

static void wake_up(void *user)
{
    struct desk *desk = user;
    atomic_store(&desk->woken, true);
}

static void wait_until(struct desk *desk, uint64_t due)
{
    const struct timespec nap = {.tv_nsec = (long)look_again * 1000};
    while (!atomic_exchange(&desk->woken, false) && clock_microseconds() < due)
        nanosleep(&nap, NULL);
}

bool unseen_run(struct desk *desk, struct app_setup *setup, const struct unseen_size *size,
                struct err *err)
{
    struct app_frame frame;
    struct ui_input *input = calloc(1, sizeof *input);
    if (!input)
        return err_memory(err, "the window");
    setup->host = desk_host(desk, wake_up);
    setup->metrics = fonts_metrics(desk->fonts);
    desk->app = app_new(setup, err);
    if (!desk->app) {
        free(input);
        return false;
    }
    input->width = size->width;
    input->height = size->height;
    input->scale = size->scale;
    input->left = true; /* there is no pointer */
    do {
        input->now = clock_microseconds();
        frame = app_update(desk->app, input);
        app_painted(desk->app, clock_microseconds());
        log_stream_send(&desk->log);
        if (!frame.quit)
            wait_until(desk, frame.wake);
    } while (!frame.quit);
    free(input);
    return true;
}
