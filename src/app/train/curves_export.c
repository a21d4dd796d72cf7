/* SPDX-License-Identifier: MIT */
#include "app/train/curves_export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/train/train_curves.h"
#include "base/buffer.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/text.h"
#include "data/dataset.h"
#include "train/history.h"
#include "train/recipe.h"

/* ---- the table ----------------------------------------------------------------------------- */

/* A point and a check of the same moment may differ in the last bit. */
#define SAME_MOMENT 1e-4f

static void print_comments(struct buffer *out, const struct export_run *run)
{
    char value[RECIPE_VALUE_MAX], recipe[RECIPE_TITLE_MAX];
    buffer_print(out, "# program inkling %s\n# data %s\n# recipe %s\n", INKLING_VERSION, run->data,
                 recipe_title(run->recipe, recipe));
    for (int i = 0; recipe_key(i); i++)
        if (recipe_get(run->recipe, recipe_key(i), value))
            buffer_print(out, "# %s %s\n", recipe_key(i), value);
}

static void print_pair(struct buffer *out, bool has, float cost, float accuracy)
{
    if (has)
        buffer_print(out, ",%.6g,%.6g", (double)cost, (double)accuracy);
    else
        buffer_print(out, ",,");
}

/* Points and checks are each in the order of time: two fingers walk down them. */
static void print_rows(struct buffer *out, const struct history *history)
{
    int p = 0, c = 0;
    while (p < history->point_count || c < history->check_count) {
        float point_at = p < history->point_count ? history->points[p].epoch : INFINITY;
        float check_at = c < history->check_count ? history->checks[c].epoch : INFINITY;
        bool has_point = point_at <= check_at + SAME_MOMENT;
        bool has_check = check_at <= point_at + SAME_MOMENT;
        const struct history_point *point = &history->points[p];
        const struct history_check *check = &history->checks[c];
        buffer_print(out, "%.6g", (double)(has_point ? point_at : check_at));
        print_pair(out, has_point, has_point ? point->cost : 0, has_point ? point->accuracy : 0);
        print_pair(out, has_check, has_check ? check->cost : 0, has_check ? check->accuracy : 0);
        buffer_print(out, "\n");
        p += has_point;
        c += has_check;
    }
}

char *export_csv(const struct export_run *run, size_t *size, struct err *err)
{
    struct buffer out = {0};
    print_comments(&out, run);
    buffer_print(&out,
                 "epoch,training cost,training accuracy,validation cost,validation accuracy\n");
    print_rows(&out, run->history);
    char *text = buffer_take(&out, size);
    if (!text)
        err_memory(err, _("the table"));
    return text;
}

bool export_csv_file(const struct export_run *run, const char *path, struct err *err)
{
    struct files_part part = {0};
    char *text = export_csv(run, &part.size, err);
    part.data = text;
    bool ok = text && files_write(path, &part, 1, err);
    free(text);
    return ok;
}

/* ---- the picture --------------------------------------------------------------------------- */

enum { PICTURE_WIDTH = 1200, PICTURE_HEIGHT = 840, PICTURE_SCALE = 2, TITLE_SIZE = 18 };

/* Bytes of the longest beginning, in whole characters, that is no wider than that. */
static size_t length_that_fits(const char *text, const struct ui_metrics *metrics, float width)
{
    size_t len = strlen(text);
    while (len > 0 &&
           metrics->width(metrics->user, UI_FONT_BOLD, TITLE_SIZE, text, len) > width)
        len = text_before(text, len);
    return len;
}

static void push_title(struct ui_shapes *shapes, const struct export_run *run,
                       const struct ui_metrics *metrics, ui_color color, struct ui_rect rect)
{
    char title[RECIPE_TITLE_MAX + DATASET_NAME_MAX + 160];
    char rate[RECIPE_VALUE_MAX], recipe[RECIPE_TITLE_MAX];
    recipe_get(run->recipe, "rate", rate);
    snprintf(title, sizeof title,
             "inkling \u00b7 %s \u00b7 %s \u00b7 %s %.20s \u00b7 mini-batch %d \u00b7 seed %llu",
             recipe_title(run->recipe, recipe), run->data, optim_name(run->recipe->optim.kind),
             rate, run->recipe->batch, (unsigned long long)run->recipe->seed);
    size_t len = length_that_fits(text_mend(title), metrics, rect.w);
    rect.w = metrics->width(metrics->user, UI_FONT_BOLD, TITLE_SIZE, title, len);
    rect.h = metrics->height(metrics->user, UI_FONT_BOLD, TITLE_SIZE);
    ui_push_text(shapes, rect, UI_FONT_BOLD, TITLE_SIZE, color, title, len);
}

static void push_plots(struct ui_shapes *shapes, const struct train_curves *curves,
                       const struct ui_metrics *metrics, const struct ui_theme *theme,
                       struct ui_rect rect)
{
    for (int i = 0; i < TRAIN_MEASURES; i++) {
        struct train_plot plot;
        train_curves_plot(curves, (enum train_measure)i, false, theme, &plot);
        ui_plot_draw(shapes, metrics, theme, ui_row(rect, i, TRAIN_MEASURES, UI_BETWEEN),
                     &plot.plot, NULL);
    }
}

bool export_png_file(const struct export_run *run, const struct export_painter *painter,
                     const struct ui_metrics *metrics, const struct ui_theme *theme,
                     const char *path, struct err *err)
{
    struct train_curves *curves = malloc(sizeof *curves);
    if (!curves)
        return err_memory(err, _("the picture"));
    struct ui_shapes shapes = {0};
    struct ui_rect rect = ui_inset((struct ui_rect){0, 0, PICTURE_WIDTH, PICTURE_HEIGHT}, 32);
    train_curves_fill(curves, run->history, run->recipe, run->past);
    train_curves_mark(curves, run->history, run->marks);
    curves->whole = run->whole;
    push_title(&shapes, run, metrics, theme->text, ui_cut_top(&rect, 40));
    push_plots(&shapes, curves, metrics, theme, rect);
    bool ok = shapes.failed ? err_memory(err, _("the picture"))
                            : painter->save(painter->user, path, &shapes, PICTURE_WIDTH,
                                            PICTURE_HEIGHT, PICTURE_SCALE, theme->card, err);
    ui_shapes_free(&shapes);
    free(curves);
    return ok;
}
