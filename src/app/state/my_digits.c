/* SPDX-License-Identifier: MIT */
#include "app/state/my_digits.h"

#include <stdlib.h>
#include <string.h>

#include "app/shell/state.h"
#include "app/state/digit_jobs.h"
#include "app/tell/log.h"
#include "base/err.h"
#include "base/files.h"
#include "data/mine.h"
#include "ink/drawing.h"
#include "model/model.h"
#include "train/rule.h"

void my_digits_log(const struct app *app, const char *what, int label)
{
    log_event(&app->log, json_pack("{s:s, s:s, s:o, s:i}", "event", "my_digits", "what", what,
                                   "label", label >= 0 ? json_integer(label) : json_null(), "count",
                                   (int)mine_count(app->my.list)));
}

bool my_digits_start(struct app *app, struct err *err)
{
    struct my_digits *my = &app->my;
    const struct exchange_pictures pictures = {
        app->host.user, app->host.load_picture, app->host.save_grey};
    my->only = -1;
    my->list = mine_new(err);
    my->jobs = my->list ? digit_jobs_new(&pictures, app->host.wake, app->host.user, err) : NULL;
    if (!my->jobs)
        return false;
    my->reader = reader_new(app->kern);
    if (!my->reader)
        return err_memory(err, "your digits");
    my_digits_try_again(app);
    return true;
}

void my_digits_free(struct app *app)
{
    struct my_digits *my = &app->my;
    my_digits_finish(app);
    digit_jobs_free(my->jobs);
    mine_free(my->list);
    reader_free(my->reader);
    *my = (struct my_digits){0};
}

/* What the network reads in the selected digit, which is looked at beside the drawing. */
static void read_selected(struct app *app)
{
    struct my_digits *my = &app->my;
    const struct model *model = app->models.current;
    int at = my_digits_selected(app);
    if (at < 0 || !model || app->view != APP_MINE)
        return;
    if (my->answer_of == mine_changes(my->list) && my->answer_number == my->selected &&
        my->answer_model == app->models.number)
        return;
    struct ink_fit fit = {.any = true};
    memcpy(fit.pixels, mine_at(my->list, (uint32_t)at)->pixels, FIT_LEN);
    struct verdict_rule rule = rule_read(&model->record);
    reader_read(my->reader, model->net, app->models.number, &rule, &fit, &my->answer, NULL);
    my->answer.guess = my->answer.any && rule_guesses(&model->record);
    if (my->answer.guess)
        my->answer.verdict = verdict_of_guess(my->answer.verdict);
    my->answer_of = mine_changes(my->list);
    my->answer_number = my->selected;
    my->answer_model = app->models.number;
}

/* The Undo that an import offers is for that import alone. */
static void withdraw_undo(struct app *app)
{
    if (app->my.import_version != mine_version(app->my.list))
        notices_unsay(&app->notices, NOTICE_IMPORTED);
}

void my_digits_poll(struct app *app)
{
    my_digits_take_answers(app);
    my_digits_save(app);
    withdraw_undo(app);
    read_selected(app);
}

/* ---- from the canvas ------------------------------------------------------------------------- */

/* What lies on the canvas now, with the list as it is. */
static struct teach_mark make_mark(const struct app *app)
{
    return (struct teach_mark){
        .step = drawing_step(app->canvas.drawing),
        .picture = app->canvas.picture.any ? app->canvas.picture.number : 0,
        .version = mine_version(app->my.list),
    };
}

static bool same_canvas(const struct teach_mark *a, const struct teach_mark *b)
{
    return a->step == b->step && a->picture == b->picture;
}

/* The filing that can be undone now: of what is on the canvas, with nothing done since. */
static const struct teach_mark *last_mark(const struct app *app)
{
    const struct my_digits *my = &app->my;
    struct teach_mark now = make_mark(app);
    if (my->mark_at == 0 || drawing_active(app->canvas.drawing))
        return NULL;
    const struct teach_mark *mark = &my->marks[my->mark_at - 1];
    return same_canvas(mark, &now) && mark->version == now.version ? mark : NULL;
}

/* Where in the list that is, or -1: another window may have deleted it. */
static int find_filed(const struct app *app)
{
    const struct teach_mark *mark = last_mark(app);
    return mark ? mine_find(app->my.list, mark->digit) : -1;
}

int my_digits_filed(const struct app *app)
{
    int at = find_filed(app);
    return at >= 0 ? mine_at(app->my.list, (uint32_t)at)->label : -1;
}

static void add_mark(struct app *app, uint64_t digit)
{
    struct my_digits *my = &app->my;
    my->mark_count = my->mark_at;
    if (my->mark_count == TEACH_MARKS_MAX) {
        memmove(my->marks, my->marks + 1, (TEACH_MARKS_MAX - 1) * sizeof *my->marks);
        my->mark_count--;
    }
    my->marks[my->mark_count] = make_mark(app);
    my->marks[my->mark_count++].digit = digit;
    my->mark_at = my->mark_count;
}

/* The picture as the rule makes it, whichever of its steps are switched off. */
static bool fit_canvas(const struct app *app, struct ink_fit *fit)
{
    if (app->canvas.picture.any)
        *fit = app->canvas.picture.fit;
    else
        ink_fit(drawing_ink(app->canvas.drawing), fit);
    return fit->any;
}

/* Writes to `digit` the id of what was filed, or filed anew. */
static bool file_canvas(struct app *app, int label, uint64_t *digit, struct err *err)
{
    struct mine *list = app->my.list;
    struct ink_fit fit;
    int at = find_filed(app);
    if (at >= 0) {
        *digit = mine_at(list, (uint32_t)at)->id;
        return mine_relabel(list, (uint32_t)at, label, err);
    }
    if (!fit_canvas(app, &fit))
        return err_set(err, "Draw a digit first, then say which it is.");
    bool done = mine_add(list, label,
                         app->canvas.picture.any ? NULL : drawing_ink(app->canvas.drawing),
                         fit.pixels, err);
    *digit = done ? mine_at(list, mine_count(list) - 1)->id : 0;
    return done;
}

void my_digits_teach(struct app *app, int label)
{
    struct err err;
    if (!app->my.loaded) {
        notices_say_about(&app->notices, NOTICE_STORE, NOTICE_TROUBLE,
                          "Your digits could not be loaded, so none "
                          "can be added; look at what was said of their file.");
        notices_offer(&app->notices, "Try again", ACT_DIGITS_AGAIN);
        return;
    }
    drawing_end(app->canvas.drawing);
    if (my_digits_filed(app) == label)
        return;
    uint64_t digit = 0;
    if (!file_canvas(app, label, &digit, &err)) {
        notices_say(&app->notices, NOTICE_WORD, "%s", err.text);
        return;
    }
    add_mark(app, digit);
    my_digits_log(app, "taught", label);
}

bool my_digits_can_undo_teaching(const struct app *app)
{
    return last_mark(app) != NULL;
}

bool my_digits_undo_teaching(struct app *app)
{
    if (!last_mark(app) || !mine_undo(app->my.list))
        return false;
    app->my.mark_at--;
    my_digits_log(app, "undone", -1);
    return true;
}

bool my_digits_can_redo_teaching(const struct app *app)
{
    const struct my_digits *my = &app->my;
    struct teach_mark now = make_mark(app);
    return my->mark_at < my->mark_count && same_canvas(&my->marks[my->mark_at], &now) &&
           mine_can_redo(my->list);
}

bool my_digits_redo_teaching(struct app *app)
{
    struct my_digits *my = &app->my;
    if (!my_digits_can_redo_teaching(app) || !mine_redo(my->list))
        return false;
    if (mine_version(my->list) != my->marks[my->mark_at].version) { /* another change's */
        mine_undo(my->list);
        return false;
    }
    my->mark_at++;
    my_digits_log(app, "redone", -1);
    return true;
}

void my_digits_forget_redo(struct app *app)
{
    struct my_digits *my = &app->my;
    uint64_t step = drawing_step(app->canvas.drawing);
    while (my->mark_at > 0 && my->marks[my->mark_at - 1].step > step)
        my->mark_at--; /* of strokes that were taken back: the new one gets the same number */
    my->mark_count = my->mark_at;
}

/* ---- in their own view ----------------------------------------------------------------------- */

int my_digits_selected(const struct app *app)
{
    const struct my_digits *my = &app->my;
    for (uint32_t i = 0; my->any_selected && i < mine_count(my->list); i++)
        if (mine_at(my->list, i)->number == my->selected)
            return (int)i;
    return -1;
}

void my_digits_select(struct app *app, uint32_t number)
{
    app->my.selected = number;
    app->my.any_selected = true;
}

void my_digits_show_only(struct app *app, int digit)
{
    app->my.only = digit;
    app->my.page = 0;
}

void my_digits_label(struct app *app, int label)
{
    struct err err;
    int at = my_digits_selected(app);
    if (at < 0 || mine_at(app->my.list, (uint32_t)at)->label == label)
        return;
    if (mine_relabel(app->my.list, (uint32_t)at, label, &err))
        my_digits_log(app, "relabelled", label);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* The next digit of those that are shown becomes the selected one, so that Delete can be pressed
 * again. */
static void select_neighbour(struct app *app, uint32_t at)
{
    const struct mine *list = app->my.list;
    const struct mine_digit *next = NULL;
    for (uint32_t i = 0; i < mine_count(list); i++) {
        const struct mine_digit *digit = mine_at(list, i);
        if (app->my.only >= 0 && digit->label != app->my.only)
            continue;
        next = digit;
        if (i >= at)
            break;
    }
    app->my.any_selected = next != NULL;
    if (next)
        app->my.selected = next->number;
}

void my_digits_delete(struct app *app)
{
    struct err err;
    int at = my_digits_selected(app);
    if (at < 0)
        return;
    if (!mine_remove(app->my.list, (uint32_t)at, &err)) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    select_neighbour(app, (uint32_t)at);
    my_digits_log(app, "deleted", -1);
}

/* What a step brought back, or named anew, is the selected one from then on, and is shown. */
static void select_changed(struct app *app, const struct mine_digit *const *before, uint32_t count)
{
    const struct mine *list = app->my.list;
    uint32_t at = 0, now = mine_count(list);
    while (at < count && at < now && before[at] == mine_at(list, at))
        at++;
    if (now < count || at == now) {
        if (app->my.any_selected && my_digits_selected(app) < 0)
            select_neighbour(app, at);
        return;
    }
    my_digits_select(app, mine_at(list, at)->number);
    if (app->my.only >= 0 && app->my.only != mine_at(list, at)->label)
        my_digits_show_only(app, -1);
}

static void take_step(struct app *app, bool (*step)(struct mine *mine), const char *word)
{
    uint32_t count = mine_count(app->my.list);
    const struct mine_digit **before = mine_digits(app->my.list, NULL);
    if (step(app->my.list)) {
        if (before)
            select_changed(app, before, count);
        my_digits_log(app, word, -1);
    }
    free(before);
}

void my_digits_undo(struct app *app)
{
    take_step(app, mine_undo, "undone");
}

void my_digits_redo(struct app *app)
{
    take_step(app, mine_redo, "redone");
}
