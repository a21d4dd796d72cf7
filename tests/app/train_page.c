/* SPDX-License-Identifier: MIT */
#include "train_page.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/err.h"

struct robot robot;
struct train_view *view;
struct train_shown shown;
struct actions asked; /* by all frames since the last look, but for changes of the form */
struct train_form *kept;
uint32_t images;
struct history *run, *before;
struct past_runs *past;
static struct runs left;

/* As in the app: without a point there is nothing to save. */
static bool can(const void *user, const struct action *action, struct err *why)
{
    (void)user;
    bool curves = action->kind == ACT_CURVES_PNG || action->kind == ACT_CURVES_CSV;
    return !curves || (shown.run && shown.run->point_count > 0) ||
           err_set(why, "There are no curves to save yet.");
}

static void show(void *user, struct ui *ui)
{
    (void)user;
    const struct ui_input *input = ui_input(ui);
    struct ui_rect rect = {0, BAR, input->width, input->height - BAR - DOCK};
    if (images != kept->images)
        train_form_set_images(kept, images);
    train_form_follow(kept, shown.facts.busy ? shown.recipe : NULL);
    struct actions now = {.can = can};
    train_view_show(view, &shown, ui, rect, &now);
    for (int i = 0; i < now.count; i++) {
        if (now.items[i].kind == ACT_FORM) {
            *kept = *now.items[i].form;
            ui_again(ui);
        } else {
            action_push(&asked, &now.items[i]);
        }
    }
}

void begin_size(float width, float height)
{
    view = calloc(1, sizeof *view);
    kept = calloc(1, sizeof *kept);
    run = calloc(1, sizeof *run);
    past = calloc(1, sizeof *past);
    past_runs_add(past, &(struct past_run){.number = 1, .recipe = *recipe_at(0), .seconds = 12});
    before = &past->items[0].history;
    shown = (struct train_shown){
        .form = kept, .facts = {.source = LIBRARY_USUAL, .data = "MNIST"}, .left = &left};
    images = MNIST;
    asked.count = 0;
    train_form_choose(kept, recipe_at(0), 0);
    robot_begin(&robot, width, height, show, NULL);
}

void set_up(void)
{
    begin_size(1280, 800);
}

void tear_down(void)
{
    robot_end(&robot);
    free(view);
    free(kept);
    free(run);
    free(past);
}

struct train_form *form(void)
{
    return kept;
}

struct action take_action(void)
{
    ck_assert_int_le(asked.count, 1);
    struct action action = asked.count ? asked.items[0] : (struct action){ACT_NONE};
    asked.count = 0;
    return action;
}

void grow(struct history *history, float now, int epochs)
{
    float step = 0.05f * (float)epochs / 10;
    *history = (struct history){0};
    for (float x = step; x <= now + 1e-4f; x += step)
        history_add_point(
            history, (struct history_point){x, 2 * expf(-x) + 0.05f, 0.98f - 0.5f * expf(-2 * x)});
    for (int i = 1; (float)i <= now; i++) {
        float x = (float)i;
        history_add_check(history, (struct history_check){x, 2.2f * expf(-x) + 0.06f,
                                                          0.97f - 0.4f * expf(-2 * x)});
        history_add_epoch(history,
                          (struct history_epoch){.epoch = i,
                                                 .valid_accuracy = 0.97f - 0.4f * expf(-2 * x),
                                                 .valid_cost = 0.1f});
    }
}

void go_live(float now)
{
    static struct recipe recipe;
    recipe = form()->recipe;
    grow(run, now, recipe.epochs);
    shown.run = run;
    shown.recipe = &recipe;
    shown.facts.busy = shown.facts.live = true;
    robot_frame(&robot);
}
