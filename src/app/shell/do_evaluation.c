/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "app/shell/do.h"
#include "app/shell/state.h"
#include "app/state/evaluation_table.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/my_digits.h"
#include "ink/fit.h"

static void evaluate(struct app *app, const char *named)
{
    int set = evaluating_find_set(named);
    bool known = set >= 0 && set != EVALUATING_STROKES; /* those have a name of their own */
    app->inspect_part = INSPECT_IMAGES;
    if (!known && files_exist(named) && !files_is_folder(named))
        evaluating_start_file(&app->evaluating, named);
    else if (!known)
        notices_say(
            &app->notices, NOTICE_TROUBLE,
            _("There is no set or file \"%s\" to evaluate on: choose test, train, held-back, "
              "mine, or a file of strokes."),
            named);
    else if (set == EVALUATING_MY_DIGITS && my_digits_count(app->store.list) == 0)
        notices_say(&app->notices, NOTICE_TROUBLE, _("There are no digits of yours yet."));
    else
        evaluating_start(&app->evaluating, (enum evaluating_set)set);
}

/* ---- the wall -------------------------------------------------------------------------------- */

static void show_beside(struct app *app, enum images_beside beside)
{
    app->inspect_part = INSPECT_IMAGES;
    app->inspect.images.beside = beside;
}

/* Among the images, of which they are some. */
static void show_cell(struct app *app, double number)
{
    int cell = (int)number;
    if (cell >= 0 && cell < VERDICT_CLASSES * VERDICT_CLASSES) {
        gallery_show_cell(&app->gallery, cell / VERDICT_CLASSES, cell % VERDICT_CLASSES);
        show_beside(app, IMAGES_WALL);
    } else
        notices_say(&app->notices, NOTICE_TROUBLE, _("The matrix has cells 0 to 99."));
}

/* -1 to 9; other numbers are told to be none. */
static bool is_choice(struct app *app, double number)
{
    if (number >= GALLERY_ANY && number < VERDICT_CLASSES)
        return true;
    notices_say(&app->notices, NOTICE_TROUBLE, _("The digits are 0 to 9; -1 is any of them."));
    return false;
}

static void order_images(struct app *app, double order)
{
    if (order >= 0 && order < GALLERY_ORDERS)
        gallery_sort(&app->gallery, (enum gallery_order)order);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, _("The orders are 0 to %d."),
                    GALLERY_ORDERS - 1);
}

static void show_image(struct app *app, double number)
{
    const struct evaluated *result = app->evaluating.result;
    const struct dataset *set = result->set;
    if (number < 0 || number >= set->count) {
        notices_say(&app->notices, NOTICE_TROUBLE, _("The set has images 0 to %u."),
                    set->count - 1);
        return;
    }
    uint32_t at = (uint32_t)number;
    canvas_show_image(&app->canvas, set->pixels + (size_t)at * FIT_LEN);
    app->inspect_part = INSPECT_DRAWING;
    notices_say(&app->notices, NOTICE_DONE,
                _("Image %u is on the canvas: labelled %d, read as %d."), at, set->labels[at],
                result->best[at]);
}

static bool write_table(const struct app *app, enum action_kind kind, const char *path,
                        struct err *err)
{
    const struct evaluated *result = app->evaluating.result;
    if (kind == ACT_ROBUST_CSV)
        return robust_table_save(app->robustness.last, robustness_other(&app->robustness), path,
                                 err);
    if (kind == ACT_WALL_CSV)
        return images_table_save(result, app->gallery.items, app->gallery.count, path, err);
    return evaluation_table_save(result, path, err);
}

static void save_table(struct app *app, enum action_kind kind, const char *path)
{
    struct err err;
    if (write_table(app, kind, path, &err))
        notices_say(&app->notices, NOTICE_DONE, _("Saved %s."), path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static bool do_beside_matrix(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_SHOW_WALL:
        show_beside(app, IMAGES_WALL);
        break;
    case ACT_SHOW_ROBUST:
        show_beside(app, IMAGES_ROBUST);
        break;
    case ACT_SHOW_RELIABILITY:
        show_beside(app, IMAGES_RELIABILITY);
        break;
    case ACT_ROBUST:
        show_beside(app, IMAGES_ROBUST);
        robustness_start(&app->robustness, app->models.current, app->models.number,
                         app->evaluating.result);
        break;
    case ACT_ROBUST_STOP:
        robustness_stop(&app->robustness);
        break;
    default:
        return false;
    }
    return true;
}

static bool do_with_wall(struct app *app, const struct action *action)
{
    struct gallery *gallery = &app->gallery;
    double number = action->number;
    switch (action->kind) {
    case ACT_WALL_CELL:
        show_cell(app, number);
        break;
    case ACT_WALL_MISREAD:
        gallery_show(gallery, GALLERY_MISREAD);
        break;
    case ACT_WALL_ALL:
        gallery_show(gallery, GALLERY_ALL);
        break;
    case ACT_WALL_DIFFERING:
        gallery_show(gallery, GALLERY_DIFFERING);
        break;
    case ACT_WALL_DOUBTFUL:
        gallery_show(gallery, GALLERY_DOUBTFUL);
        break;
    case ACT_WALL_NO_DIGIT:
        gallery_show(gallery, GALLERY_NO_DIGIT);
        break;
    case ACT_WALL_LABEL:
        if (is_choice(app, number))
            gallery_show_label(gallery, (int)number);
        break;
    case ACT_WALL_ANSWER:
        if (is_choice(app, number))
            gallery_show_answer(gallery, (int)number);
        break;
    case ACT_WALL_ORDER:
        order_images(app, number);
        break;
    case ACT_WALL_IMAGE:
        show_image(app, number);
        break;
    default:
        return false;
    }
    return true;
}

bool do_with_evaluation(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_EVALUATE:
        evaluate(app, action->text);
        break;
    case ACT_EVALUATE_FILE:
        app->inspect_part = INSPECT_IMAGES;
        evaluating_start_file(&app->evaluating, action->text);
        break;
    case ACT_EVALUATE_STOP:
        evaluating_stop(&app->evaluating);
        break;
    case ACT_EVALUATION_CSV:
    case ACT_ROBUST_CSV:
    case ACT_WALL_CSV:
        save_table(app, action->kind, action->text);
        break;
    case ACT_MATRIX_ROWS:
        app->inspect.images.matrix.by_row = !app->inspect.images.matrix.by_row;
        break;
    default:
        return do_beside_matrix(app, action) || do_with_wall(app, action);
    }
    return true;
}
