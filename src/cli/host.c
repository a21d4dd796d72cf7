/* SPDX-License-Identifier: MIT */
#include "cli/host.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "sys/font.h"
#include "sys/paint.h"
#include "sys/picture.h"
#include "sys/reveal.h"
#include "sys/window.h"

enum { EXPORT_SIDE_MAX = 16384 }; /* pixels */

bool host_open(struct host *host, const char *log, struct err *err)
{
    return log_stream_open(&host->log, log, err) && (host->fonts = fonts_new(err));
}

bool host_close(struct host *host, struct err *err)
{
    app_free(host->app);
    if (host->window) {
        signals_stop(&host->signals);
        window_close(host->window);
        signals_release(&host->signals);
    }
    fonts_free(host->fonts);
    return log_stream_close(&host->log, err);
}

/* ---- what the app asks of the world ---------------------------------------------------------- */

static void write_line(void *user, const char *line)
{
    log_stream_write(&((struct host *)user)->log, line);
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
        return err_memory(err, _("the picture"));
    for (size_t i = 0; i < count; i++)
        pixels[i] = 0xff000000u | grey->pixels[i] * 0x010101u;
    bool done = picture_save(path, pixels, grey->cols, grey->rows, grey->cols, err);
    free(pixels);
    return done;
}

static bool save_shapes(void *user, const char *path, const struct ui_shapes *shapes, float width,
                        float height, float scale, ui_color ground, struct err *err)
{
    struct host *host = user;
    int w = (int)lroundf(width * scale), h = (int)lroundf(height * scale);
    if (w < 1 || h < 1 || w > EXPORT_SIDE_MAX || h > EXPORT_SIDE_MAX)
        return err_set(err, _("A picture of %d by %d pixels cannot be saved."), w, h);
    uint32_t *pixels = calloc((size_t)w * (size_t)h, sizeof *pixels);
    struct painter *painter = pixels ? painter_new(host->fonts, err) : NULL;
    bool done = false;
    if (painter) {
        struct paint_target target = {pixels, w, h, w};
        paint_all(painter, &target, shapes, scale, ground);
        done = picture_save(path, pixels, w, h, w, err);
    } else if (!pixels) {
        err_memory(err, _("the picture"));
    }
    painter_free(painter);
    free(pixels);
    return done;
}

static bool reveal(void *user, const char *path, struct err *err)
{
    char folder[FILES_PATH_MAX];
    (void)user;
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = 0;
    return reveal_folder(folder, err);
}

/* Without a window nobody looks at files. */
struct app_host host_for_app(struct host *host, void (*wake)(void *host))
{
    return (struct app_host){
        .user = host,
        .wake = wake,
        .log = host->log.file >= 0 ? write_line : NULL,
        .reveal = host->window ? reveal : NULL,
        .load_picture = load_grey,
        .save_grey = save_grey,
        .save_picture = save_shapes,
    };
}
