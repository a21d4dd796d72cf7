/* SPDX-License-Identifier: MIT */
/* inkling: opens the window, and joins what a person sees and does (app) with the system (sys). */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/state/settings.h"
#include "app/state/zoom.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/files.h"
#include "base/log_stream.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/show.h"
#include "data/find.h"
#include "par/pool.h"
#include "sys/font.h"
#include "sys/paint.h"
#include "sys/picture.h"
#include "sys/scale.h"
#include "sys/window.h"

enum {
    EXPORT_SIDE_MAX = 16384, /* pixels */
    LOG_PAUSE = 50000,       /* microseconds until a log that was full is tried again */
    OPTIONS_MAX = 8,
};

struct wishes {
    const char *model, *data, *theme, *seed, *threads, *log, *scale, *trust;
};

/* What the app needs of the world, and the loop's own. */
struct desk {
    struct fonts *fonts;
    struct window *window;
    struct app *app;
    struct log_stream log;
};

/* ---- what the app asks of the world ---------------------------------------------------------- */

static void wake_window(void *user)
{
    window_wake(((struct desk *)user)->window);
}

static void write_line(void *user, const char *line)
{
    log_stream_write(&((struct desk *)user)->log, line);
}

static bool load_grey(void *user, const char *path, struct app_grey *grey, struct err *err)
{
    struct picture picture;
    (void)user;
    if (!picture_load(path, &picture, err))
        return false;
    *grey = (struct app_grey){picture.rows, picture.cols, picture.grey};
    return true;
}

static bool save_grey(void *user, const char *path, const struct app_grey *grey, struct err *err)
{
    size_t count = (size_t)grey->rows * (size_t)grey->cols;
    uint32_t *pixels = malloc(count * sizeof *pixels);
    (void)user;
    if (!pixels)
        return err_memory(err, "the picture");
    for (size_t i = 0; i < count; i++)
        pixels[i] = 0xff000000u | grey->pixels[i] * 0x010101u;
    bool done = picture_save(path, pixels, grey->cols, grey->rows, grey->cols, err);
    free(pixels);
    return done;
}

static bool save_shapes(void *user, const char *path, const struct ui_shapes *shapes, int width,
                        int height, float scale, ui_color ground, struct err *err)
{
    struct desk *desk = user;
    int w = (int)((float)width * scale), h = (int)((float)height * scale);
    if (w < 1 || h < 1 || w > EXPORT_SIDE_MAX || h > EXPORT_SIDE_MAX)
        return err_set(err, "A picture of %d by %d pixels cannot be saved.", w, h);
    uint32_t *pixels = calloc((size_t)w * (size_t)h, sizeof *pixels);
    struct painter *painter = pixels ? painter_new(desk->fonts, err) : NULL;
    bool done = false;
    if (painter) {
        struct paint_target target = {pixels, w, h, w};
        paint_all(painter, &target, shapes, scale, ground);
        done = picture_save(path, pixels, w, h, w, err);
    } else if (!pixels) {
        err_memory(err, "the picture");
    }
    painter_free(painter);
    free(pixels);
    return done;
}

/* ---- the loop -------------------------------------------------------------------------------- */

/* Milliseconds until `wake`, rounded up so as not to come too early; -1 for no limit. */
static int time_left(uint64_t wake)
{
    enum { HOUR = 3600 * 1000 };
    uint64_t now = clock_microseconds();
    if (wake == UI_NEVER)
        return -1;
    if (wake <= now)
        return 0;
    uint64_t milliseconds = (wake - now + 999) / 1000;
    return milliseconds < HOUR ? (int)milliseconds : HOUR;
}

static void run_loop(struct desk *desk, struct ui_input *input)
{
    struct app_frame frame = {.wake = 0};
    do {
        uint64_t soon = log_stream_send(&desk->log) ? clock_microseconds() + LOG_PAUSE : UI_NEVER;
        window_wait(desk->window, input, time_left(soon < frame.wake ? soon : frame.wake));
        frame = app_update(desk->app, input);
        if (frame.full_screen)
            window_toggle_full_screen(desk->window);
        window_set_cursor(desk->window, frame.cursor);
        window_paint(desk->window, frame.shapes, frame.ground);
        app_painted(desk->app, clock_microseconds());
        window_set_zoom(desk->window, frame.zoom);
    } while (!frame.quit);
}

/* ---- beginning ------------------------------------------------------------------------------- */

/* The options, into `table`. Returns how many there are. */
static int list_options(struct wishes *w, struct option table[OPTIONS_MAX])
{
    const struct option options[] = {
        {"model", "FILE", show_model_help, &w->model},
        {"trust", NULL, show_trust_help, &w->trust},
        {"data", "DIR", "the folder with MNIST's files to train on", &w->data},
        {"theme", "NAME", "dark or light; else as it was last", &w->theme},
        {"seed", "N", "the seed of what is trained; else the recipe's", &w->seed},
        {"threads", "N", "to train with; else one for each core", &w->threads},
        {"scale", "N", "pixels per point, from 0.5 to 8; else as the system says", &w->scale},
        {"log", "FILE", "write a JSON object per line for all that happens; - is stdout", &w->log},
    };
    static_assert(sizeof options == OPTIONS_MAX * sizeof *options, "the table has no gap");
    memcpy(table, options, sizeof options);
    return sizeof options / sizeof *options;
}

void cli_window_print_options(void)
{
    struct wishes unused;
    struct option options[OPTIONS_MAX];
    int count = list_options(&unused, options);
    for (int i = 0; i < count; i++)
        options_print(&options[i]);
}

static enum options_result read_wishes(int argc, char **argv, struct wishes *w)
{
    struct option options[OPTIONS_MAX];
    int count = list_options(w, options);
    struct usage usage = {
        .command = "",
        .about = "Opens the window: draw a digit and see it read, train a network and watch it "
                 "learn.\nWithout the window: `inkling --help` lists the commands.",
        .options = options,
        .option_count = count,
    };
    int rest;
    return options_read(&usage, argc, argv, &rest);
}

static bool check_theme(const struct wishes *w)
{
    if (!w->theme || strcmp(w->theme, "dark") == 0 || strcmp(w->theme, "light") == 0)
        return true;
    options_refuse("", "There is no theme \"%s\"; it can be dark or light.", w->theme);
    return false;
}

static bool read_numbers(const struct wishes *w, struct app_setup *setup)
{
    char *end;
    if (!options_whole("", "threads", w->threads, 0, POOL_THREADS_MAX, &setup->threads))
        return false;
    if (!w->seed)
        return true;
    errno = 0;
    setup->has_seed = true;
    setup->seed = strtoull(w->seed, &end, 10);
    if (errno || *end || end == w->seed || w->seed[0] == '-') {
        options_refuse("", "--seed must be a whole number from 0, not \"%s\".", w->seed);
        return false;
    }
    return true;
}

static bool check_scale(const struct wishes *w)
{
    if (!w->scale || scale_read(w->scale) > 0)
        return true;
    options_refuse("", "--scale must be a number from %g to %g, not \"%s\".", (double)SCALE_MIN,
                   (double)SCALE_MAX, w->scale);
    return false;
}

/* The window as it was last, and in it the app. */
static bool open_desk(struct desk *desk, const struct wishes *w, struct app_setup *setup,
                      struct err *err)
{
    struct settings settings;
    struct ui_clipboard clipboard;
    char path[FILES_PATH_MAX];
    settings_load(&settings, files_user_path(FILES_CONFIG, "settings.json", path));
    if (!log_stream_open(&desk->log, w->log, err) || !(desk->fonts = fonts_new(err)))
        return false;
    const struct window_setup window = {
        .title = "inkling", .width = settings.width, .height = settings.height,
        .scale = scale_read(w->scale), .zoom = w->scale ? 1 : (float)settings.zoom,
        .zoom_least = (float)ZOOM_LEAST, .zoom_most = (float)ZOOM_MOST,
    };
    if (!(desk->window = window_open(&window, desk->fonts, err)))
        return false;
    clipboard = window_clipboard(desk->window);
    setup->host = (struct app_host){
        .user = desk, .wake = wake_window, .log = w->log ? write_line : NULL,
        .load_picture = load_grey, .save_grey = save_grey,
        .save_picture = save_shapes,
    };
    setup->metrics = fonts_metrics(desk->fonts);
    setup->clipboard = &clipboard;
    setup->model = w->model;
    setup->trust = w->trust != NULL;
    setup->data = w->data;
    setup->theme = w->theme;
    setup->zoom = w->scale ? 1 : 0;
    desk->app = app_new(setup, err);
    return desk->app != NULL;
}

/* A log that was lost is told at the end, for the sake of the script that reads it. */
static bool close_desk(struct desk *desk, struct err *err)
{
    app_free(desk->app);
    window_close(desk->window);
    fonts_free(desk->fonts);
    return log_stream_close(&desk->log, err);
}

int cli_window(int argc, char **argv, const struct kern *kern)
{
    struct wishes wishes = {0};
    struct app_setup setup = {.kern = kern};
    struct desk desk = {.log.file = -1};
    struct err err, log_err;
    enum options_result result = read_wishes(argc, argv, &wishes);
    if (result != OPTIONS_READ)
        return result == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    if (!check_theme(&wishes) || !check_scale(&wishes) || !read_numbers(&wishes, &setup))
        return CLI_WRONG;
    if (wishes.data && wishes.data[0] && !find_check(wishes.data, DATASET_TRAIN, &err))
        return show_failure(&err);
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves is found by log_stream_write */
    struct ui_input *input = calloc(1, sizeof *input);
    bool open = input ? open_desk(&desk, &wishes, &setup, &err) : err_memory(&err, "the window");
    if (open)
        run_loop(&desk, input);
    bool done = open && app_finish(desk.app, &err);
    bool logged = close_desk(&desk, &log_err);
    free(input);
    if (!done)
        return show_failure(&err);
    return logged ? CLI_DONE : show_failure(&log_err);
}
