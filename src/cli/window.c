/* SPDX-License-Identifier: MIT */
/* inkling: opens the window, or runs the app without one, for a script. */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/act/action.h"
#include "app/app.h"
#include "app/state/settings.h"
#include "app/state/zoom.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "cli/cli.h"
#include "cli/headless.h"
#include "cli/host.h"
#include "cli/options.h"
#include "cli/show.h"
#include "data/find.h"
#include "par/pool.h"
#include "sys/font.h"
#include "sys/scale.h"
#include "sys/window.h"

enum {
    LOG_PAUSE = 50000, /* microseconds until a log that was full is tried again */
    OPTIONS_MAX = 13,
    SCRIPT_SIZE_MAX = 1 << 20,
    SIDE_LEAST = 320,
    SIDE_MOST = 8192, /* of --size, in points */
};

struct wishes {
    const char *model, *data, *theme, *seed, *threads, *log, *scale, *trust;
    const char *script, *stay, *screenshot, *size, *view;
};

/* ---- the loop -------------------------------------------------------------------------------- */

static void wake_window(void *user)
{
    window_wake(((struct host *)user)->window);
}

/* By the thread that waits for signals. */
static void end_window(void *user)
{
    window_end(((struct host *)user)->window);
}

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

static void run_loop(struct host *host, struct ui_input *input)
{
    struct app_frame frame = {.wake = 0};
    do {
        uint64_t soon = log_stream_send(&host->log) ? clock_microseconds() + LOG_PAUSE : UI_NEVER;
        window_wait(host->window, input, time_left(soon < frame.wake ? soon : frame.wake));
        frame = app_update(host->app, input);
        if (frame.full_screen)
            window_toggle_full_screen(host->window);
        window_set_cursor(host->window, frame.cursor);
        window_paint(host->window, frame.shapes, frame.ground);
        app_painted(host->app, clock_microseconds());
        window_set_zoom(host->window, frame.zoom);
    } while (!frame.quit);
}

/* ---- beginning ------------------------------------------------------------------------------- */

/* The options, into `table`. Returns how many there are. */
static int list_options(struct wishes *w, struct option table[OPTIONS_MAX])
{
    const struct option options[] = {
        {"model", "FILE", show_model_help, &w->model},
        {"trust", NULL, show_trust_help, &w->trust},
        {"data", "DIR", N_("the folder with MNIST's files to train on"), &w->data},
        {"theme", "NAME", N_("dark or light; else as it was last"), &w->theme},
        {"seed", "N", N_("the seed of what is trained; else the recipe's"), &w->seed},
        {"threads", "N", N_("to train with; else one for each core"), &w->threads},
        {"scale", "N", N_("pixels per point, from 0.5 to 8; else as the system says"), &w->scale},
        {"log", "FILE", N_("write a JSON object per line for all that happens; - is stdout"),
         &w->log},
        {"view", "NAME", N_("draw, train, mine or models; else as it was last"), &w->view},
        {"do", "FILE", N_("carry out actions, one a line (- is stdin), and end with them"),
         &w->script},
        {"stay", NULL, N_("after them the window stays"), &w->stay},
        {"screenshot", "FILE", N_("paint the window to a PNG file instead, after --do, and end"),
         &w->screenshot},
        {"size", "WxH", N_("of the picture in points, times --scale; else 1280x800"), &w->size},
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

void cli_window_print_actions(void)
{
    char line[80];
    for (int kind = ACT_NONE + 1; kind < ACTION_COUNT; kind++) {
        const struct action_row *row = action_row((enum action_kind)kind);
        if (!row->name)
            continue;
        snprintf(line, sizeof line, "%s %s", row->name, action_argument_words(row->argument));
        printf("  %-32s%s\n", line, row->sentence);
    }
}

static enum options_result read_wishes(int argc, char **argv, struct wishes *w)
{
    struct option options[OPTIONS_MAX];
    int count = list_options(w, options);
    struct usage usage = {
        .command = "",
        .about = _("Opens the window: draw a digit and see it read, train a network and watch it "
                   "learn.\nWithout the window: `inkling --help` lists the commands."),
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
    options_refuse("", _("There is no theme \"%s\"; it can be dark or light."), w->theme);
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
        options_refuse("", _("--seed must be a whole number from 0, not \"%s\"."), w->seed);
        return false;
    }
    return true;
}

static bool check_scale(const struct wishes *w)
{
    if (!w->scale || scale_read(w->scale) > 0)
        return true;
    options_refuse("", _("--scale must be a number from %g to %g, not \"%s\"."), (double)SCALE_MIN,
                   (double)SCALE_MAX, w->scale);
    return false;
}

static bool check_view(const struct wishes *w)
{
    if (!w->view || view_find(w->view) >= 0)
        return true;
    options_refuse("", _("There is no view \"%s\"; `inkling --help` names them."), w->view);
    return false;
}

/* A picture is painted without a window that could stay. */
static bool check_stay(const struct wishes *w)
{
    if (!w->stay || (w->script && !w->screenshot))
        return true;
    options_refuse("", w->screenshot ? _("--stay keeps a window open, and --screenshot opens none.")
                                     : _("--stay is for what --do has carried out."));
    return false;
}

/* "1280x800" */
static bool read_size(const struct wishes *w, struct headless_size *size)
{
    int width = 1280, height = 800;
    char after;
    if (w->size &&
        (sscanf(w->size, "%dx%d%c", &width, &height, &after) != 2 || width < SIDE_LEAST ||
         height < SIDE_LEAST || width > SIDE_MOST || height > SIDE_MOST)) {
        options_refuse("", _("--size must be like 1280x800, each from %d to %d, not \"%s\"."),
                       SIDE_LEAST, SIDE_MOST, w->size);
        return false;
    }
    *size =
        (struct headless_size){(float)width, (float)height, w->scale ? scale_read(w->scale) : 1};
    return true;
}

/* ---- the script ------------------------------------------------------------------------------ */

/* All of standard input. The caller frees it; NULL with a sentence. */
static char *read_input(size_t *size, struct err *err)
{
    char *text = malloc(SCRIPT_SIZE_MAX + 1);
    *size = text ? fread(text, 1, SCRIPT_SIZE_MAX + 1, stdin) : 0;
    if (!text)
        err_memory(err, _("the script"));
    else if (ferror(stdin))
        err_set(err, _("The script cannot be read from standard input: %s."), strerror(errno));
    else if (*size > SCRIPT_SIZE_MAX)
        err_set(err, _("The script is longer than %d bytes."), SCRIPT_SIZE_MAX);
    else {
        text[*size] = 0;
        return text;
    }
    free(text);
    return NULL;
}

/* What is to be carried out, into setup; the caller frees *text. A picture alone is that of the
 * window once nothing is under way in it. */
static bool read_script(const struct wishes *w, struct app_setup *setup, char **text,
                        struct err *err)
{
    size_t size = 0;
    bool given = w->script && strcmp(w->script, "-") == 0;
    *text = NULL;
    if (!w->script && !w->screenshot)
        return true;
    if (!w->script && !(*text = strdup("wait idle\n")))
        return err_memory(err, _("the script"));
    if (given)
        *text = read_input(&size, err);
    else if (w->script)
        *text = (char *)files_read(w->script, SCRIPT_SIZE_MAX, &size, err);
    setup->script = *text;
    setup->script_name = !w->script || given ? "script" : w->script;
    if (*text && strlen(*text) < size)
        return err_set(err, _("%s is no script: it holds more than text."), setup->script_name);
    setup->script_picture = w->screenshot;
    setup->script_stays = w->stay != NULL;
    return *text != NULL;
}

/* ---- beginning ------------------------------------------------------------------------------- */

static void fill_setup(const struct wishes *w, struct app_setup *setup)
{
    setup->model = w->model;
    setup->trust = w->trust != NULL;
    setup->data = w->data;
    setup->theme = w->theme;
    setup->view = w->view;
    setup->zoom = w->scale ? 1 : 0;
}

/* As it was last, or fresh. */
static bool open_window(struct host *host, const struct wishes *w, bool fresh, struct err *err)
{
    struct settings settings;
    char path[FILES_PATH_MAX];
    settings_load(&settings, fresh ? "" : files_user_path(FILES_CONFIG, "settings.json", path));
    const struct window_setup window = {
        .title = "inkling", .width = settings.width, .height = settings.height,
        .scale = scale_read(w->scale), .zoom = w->scale ? 1 : (float)settings.zoom,
        .zoom_least = (float)ZOOM_LEAST, .zoom_most = (float)ZOOM_MOST,
    };
    signals_hold(&host->signals); /* before threads are started, which leave them to this one */
    host->window = window_open(&window, host->fonts, err);
    if (host->window && signals_start(&host->signals, end_window, host, err))
        return true;
    window_close(host->window);
    host->window = NULL;
    signals_release(&host->signals);
    return false;
}

static bool run_window(struct host *host, struct app_setup *setup, struct err *err)
{
    struct ui_input *input = calloc(1, sizeof *input);
    struct ui_clipboard clipboard = window_clipboard(host->window);
    if (!input)
        return err_memory(err, _("the window"));
    setup->host = host_for_app(host, wake_window);
    setup->metrics = fonts_metrics(host->fonts);
    setup->clipboard = &clipboard;
    host->app = app_new(setup, err);
    if (host->app)
        run_loop(host, input);
    free(input);
    return host->app != NULL;
}

/* A script needs no display, but is shown where there is one, and a picture is painted alike
 * everywhere. It does the same for everybody, unless the window stays: that is its person's. */
static bool run(struct host *host, const struct wishes *w, struct app_setup *setup,
                const struct headless_size *size, struct err *err)
{
    setup->fresh = w->screenshot || (w->script && !w->stay);
    if (!host_open(host, w->log, err))
        return false;
    if (!w->screenshot && open_window(host, w, setup->fresh, err))
        return run_window(host, setup, err);
    if (!setup->fresh)
        return false;
    return headless_run(host, setup, size, err);
}

static bool check_wishes(const struct wishes *w, struct app_setup *setup,
                         struct headless_size *size)
{
    return check_theme(w) && check_scale(w) && check_view(w) && check_stay(w) &&
           read_size(w, size) && read_numbers(w, setup);
}

int cli_window(int argc, char **argv, const struct kern *kern)
{
    struct wishes wishes = {0};
    struct app_setup setup = {.kern = kern};
    struct headless_size size;
    struct host host = {.log.file = -1};
    struct err err, log_err;
    char *script;
    enum options_result result = read_wishes(argc, argv, &wishes);
    if (result != OPTIONS_READ)
        return result == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    if (!check_wishes(&wishes, &setup, &size))
        return CLI_WRONG;
    if (wishes.data && wishes.data[0] && !find_check(wishes.data, DATASET_TRAIN, &err))
        return show_failure(&err);
    if (!read_script(&wishes, &setup, &script, &err)) {
        free(script);
        return show_failure(&err);
    }
    fill_setup(&wishes, &setup);
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves is found by log_stream_write */
    bool done = run(&host, &wishes, &setup, &size, &err) && app_finish(host.app, &err);
    bool logged = host_close(&host, &log_err);
    free(script);
    if (!done)
        return show_failure(&err);
    return logged ? CLI_DONE : show_failure(&log_err);
}
