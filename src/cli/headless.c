/* SPDX-License-Identifier: MIT */
#include "cli/headless.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "cli/host.h"
#include "cli/interrupt.h"
#include "sys/font.h"
#include "sys/window.h"

static const uint64_t look_again = 2000; /* microseconds until it is seen that somebody woke it */

static void wake_up(void *user)
{
    struct host *host = user;
    atomic_store(&host->woken, true);
}

static void wait_until(struct host *host, uint64_t due)
{
    const struct timespec nap = {.tv_nsec = (long)look_again * 1000};
    while (!atomic_exchange(&host->woken, false) && clock_microseconds() < due &&
           !interrupt_noted())
        nanosleep(&nap, NULL);
}

/* As in a window: the smallest one must still fit. */
static float find_zoom_max(const struct headless_size *size)
{
    float most = fminf(size->width / WINDOW_WIDTH_MIN, size->height / WINDOW_HEIGHT_MIN);
    return fmaxf(most, 1);
}

bool headless_run(struct host *host, struct app_setup *setup, const struct headless_size *size,
                  struct err *err)
{
    struct app_frame frame = {.zoom = 1};
    struct ui_input *input = calloc(1, sizeof *input);
    if (!input)
        return err_memory(err, _("the window"));
    setup->host = host_for_app(host, wake_up);
    setup->metrics = fonts_metrics(host->fonts);
    host->app = app_new(setup, err);
    if (!host->app) {
        free(input);
        return false;
    }
    interrupt_catch();
    input->left = true; /* there is no pointer */
    input->zoom_max = find_zoom_max(size);
    do {
        input->width = size->width / frame.zoom;
        input->height = size->height / frame.zoom;
        input->scale = size->scale * frame.zoom;
        input->now = clock_microseconds();
        input->ended = interrupt_noted();
        frame = app_update(host->app, input);
        app_painted(host->app, clock_microseconds());
        log_stream_send(&host->log);
        if (!frame.quit)
            wait_until(host, frame.wake);
    } while (!frame.quit);
    free(input);
    return !interrupt_noted() || err_set(err, _("The script was interrupted."));
}
