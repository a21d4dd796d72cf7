/* SPDX-License-Identifier: MIT */
#include "app/shell/script.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/act/action.h"
#include "app/shell/does.h"
#include "app/shell/state.h"
#include "app/state/finetuning.h"
#include "app/state/training.h"
#include "base/err.h"
#include "base/language.h"
#include "ui/ui.h"

static const uint64_t look_again = 50000; /* microseconds, while it waits for what may not wake */

bool script_begin(struct app *app, const char *text, const char *name, const char *picture,
                  struct err *err)
{
    struct script *script = &app->script;
    script->text = strdup(text);
    script->name = strdup(name);
    script->picture = picture ? strdup(picture) : NULL;
    script->rest = script->text;
    script->stage = SCRIPT_RUNNING;
    script->wait = SCRIPT_WAIT_IDLE;
    if (!script->text || !script->name || (picture && !script->picture))
        return err_memory(err, "the script");
    return true;
}

void script_end(struct app *app)
{
    free(app->script.text);
    free(app->script.name);
    free(app->script.picture);
    app->script = (struct script){.stage = SCRIPT_NONE};
}

/* ---- waiting --------------------------------------------------------------------------------- */

/* A lesson that wants the data has not been shown what was loaded. */
static bool data_is_new(const struct app *app)
{
    return app->view == APP_LEARN && app->lessons.data != library_train(app->library);
}

/* Nothing goes on by itself; a training that is paused does not. */
static bool is_idle(const struct app *app)
{
    const struct training *run = &app->training;
    bool working = evaluating_busy(&app->evaluating) || explaining_busy(&app->explaining) ||
                   alike_busy(&app->alike) || robustness_busy(&app->robustness) ||
                   digit_map_busy(&app->digit_map) || suspecting_busy(&app->suspecting) ||
                   lessons_busy(&app->lessons) || data_is_new(app);
    return !working && library_state(app->library) != LIBRARY_LOADING &&
           (!training_busy(run) || training_is_held(run)) && !finetuning_busy(app->finetuning) &&
           digit_store_is_idle(&app->store);
}

static bool read_wait(struct script *script, const char *what, uint64_t now, struct err *err)
{
    double number;
    char after;
    if (strcmp(what, "idle") == 0) {
        script->wait = SCRIPT_WAIT_IDLE;
    } else if (sscanf(what, "epoch %lf%c", &number, &after) == 1 && number >= 1) {
        script->wait = SCRIPT_WAIT_EPOCH;
        script->epochs = (int)fmin(number, RECIPE_EPOCHS_MAX);
    } else if (sscanf(what, "%lf%c", &number, &after) == 1 && number >= 0 && number <= 1e6) {
        script->wait = SCRIPT_WAIT_TIME;
        script->until = now + (uint64_t)(1e6 * number);
    } else {
        return err_set(err, "One can wait for idle, epoch N or a number of seconds, not \"%s\".",
                       what);
    }
    return true;
}

/* What is waited for has come; `err` says that it never will. */
static bool has_come(const struct app *app, uint64_t now, struct err *err)
{
    const struct script *script = &app->script;
    const struct training *run = &app->training;
    switch (script->wait) {
    case SCRIPT_WAIT_NOTHING:
        return true;
    case SCRIPT_WAIT_IDLE:
        return is_idle(app);
    case SCRIPT_WAIT_TIME:
        return now >= script->until;
    case SCRIPT_WAIT_EPOCH:
        if (run->view.history.epoch_count >= script->epochs && run->stage != TRAINING_WAITING)
            return true;
        return training_busy(run) ? false
                                  : err_set(err, "No training came to epoch %d.", script->epochs);
    }
    return true;
}

/* ---- one line -------------------------------------------------------------------------------- */

static void break_off(struct script *script, const char *why)
{
    err_set(&script->trouble, "%.200s, line %d: %s", script->name, script->line, why);
    script->stage = SCRIPT_OVER;
}

/* The next line with something in it, without what surrounds it; NULL past the last. */
static char *take_line(struct script *script)
{
    static const char blank[] = " \t\r";
    while (*script->rest) {
        char *line = script->rest + strspn(script->rest, blank);
        char *end = script->rest + strcspn(script->rest, "\n");
        script->rest = *end ? end + 1 : end;
        script->line++;
        while (end > line && strchr(blank, end[-1]))
            end--;
        if (end <= line || *line == '#')
            continue;
        *end = 0;
        return line;
    }
    return NULL;
}

/* False with the sentence that refused it, or that it led to. */
static bool carry_out(struct app *app, const struct action *action, uint64_t now, struct err *err)
{
    const struct notices *notices = &app->notices;
    uint64_t said = notices->count;
    if (action->kind == ACT_WAIT)
        return read_wait(&app->script, action->text, now, err);
    if (!app_act(app, action))
        return err_set(err, "%s", notices->said->text);
    return notices->trouble.number <= said || err_set(err, "%s", notices->trouble.text);
}

/* What went wrong since it was looked at last, on another thread or as the drawing was read. What
 * went wrong before the first line is none of the script's. */
static bool see_trouble(struct app *app, struct err *err)
{
    struct script *script = &app->script;
    const struct notice *trouble = &app->notices.trouble;
    bool new = trouble->number > script->said && script->line > 0;
    script->said = app->notices.count;
    if (new && trouble->about != NOTICE_MODEL)
        err_set(err, "%s", trouble->text);
    return err->text[0];
}

static void finish(struct app *app)
{
    if (app->script.picture)
        app_act(app, &(struct action){.kind = ACT_SCREENSHOT, .text = app->script.picture});
    app->script.stage = SCRIPT_OVER;
}

void script_step(struct app *app, uint64_t now)
{
    struct script *script = &app->script;
    struct action action;
    struct err err = {""};
    if (script->stage != SCRIPT_RUNNING)
        return;
    if (see_trouble(app, &err) || !has_come(app, now, &err)) {
        if (err.text[0])
            break_off(script, err.text);
        return;
    }
    script->wait = SCRIPT_WAIT_NOTHING;
    char *line = take_line(script);
    if (!line)
        finish(app);
    else if (!action_read(line, &action, &err) || !carry_out(app, &action, now, &err))
        break_off(script, err.text);
    script->said = app->notices.count;
}

/* ---- pictures -------------------------------------------------------------------------------- */

/* A part of the frame at twice its size, or at the window's own where that is larger. */
static bool save_part(const struct app *app, const struct ui_shapes *shapes, float scale,
                      struct err *err)
{
    const struct app_host *host = &app->host;
    const struct ui_rect *part = &app->screenshot_of;
    struct ui_shapes moved = {0};
    ui_shapes_append(&moved, shapes);
    ui_shapes_move(&moved, -part->x, -part->y);
    bool saved = moved.failed ? err_memory(err, _("the picture"))
                              : host->save_picture(host->user, app->screenshot, &moved, part->w,
                                                   part->h, fmaxf(scale, 2), app->theme->ground,
                                                   err);
    ui_shapes_free(&moved);
    return saved;
}

static bool save_frame(const struct app *app, const struct ui_shapes *shapes,
                       const struct ui_input *input, struct err *err)
{
    const struct app_host *host = &app->host;
    if (!host->save_picture)
        return err_set(err, _("%s: no picture can be painted here."), app->screenshot);
    if (app->screenshot_of.w > 0)
        return save_part(app, shapes, input->scale, err);
    return host->save_picture(host->user, app->screenshot, shapes, input->width, input->height,
                              input->scale, app->theme->ground, err);
}

void script_paint(struct app *app, const struct ui_shapes *shapes, const struct ui_input *input)
{
    struct err err;
    if (!app->screenshot[0])
        return;
    bool saved = save_frame(app, shapes, input, &err), part = app->screenshot_of.w > 0;
    if (saved && part && app->script.stage == SCRIPT_NONE)
        notices_say(&app->notices, NOTICE_DONE, _("Saved %s."), app->screenshot);
    app->screenshot[0] = 0;
    if (saved)
        return;
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    if (app->script.stage != SCRIPT_NONE)
        break_off(&app->script, err.text);
}

/* ---- how it goes ----------------------------------------------------------------------------- */

uint64_t script_wake(const struct app *app, uint64_t now)
{
    const struct script *script = &app->script;
    if (script->stage != SCRIPT_RUNNING)
        return UI_NEVER;
    switch (script->wait) {
    case SCRIPT_WAIT_NOTHING:
        return now;
    case SCRIPT_WAIT_TIME:
        return script->until;
    case SCRIPT_WAIT_IDLE:
    case SCRIPT_WAIT_EPOCH:
        break;
    }
    return now + look_again;
}

bool script_is_over(const struct app *app)
{
    return app->script.stage == SCRIPT_OVER;
}

const char *script_trouble(const struct app *app)
{
    return app->script.trouble.text;
}
