/* SPDX-License-Identifier: MIT */
/* The Train view without a window and without the app. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/train/curves_export.h"
#include "app/train/train_view.h"
#include "base/err.h"
#include "base/files.h"
#include "base/text.h"
#include "data/dataset.h"
#include "look.h"
#include "robot.h"
#include "suite.h"

enum { MNIST = 60000, BAR = 52, DOCK = 72 };

static struct robot h;
static struct train_view *view;
static struct train_shown shown;
static struct actions asked; /* by all frames since the last look, but for changes of the form */
static struct train_form *kept;
static uint32_t images;
static struct history *run, *before;

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

static void begin_size(float width, float height)
{
    view = calloc(1, sizeof *view);
    kept = calloc(1, sizeof *kept);
    run = calloc(1, sizeof *run);
    before = calloc(1, sizeof *before);
    shown = (struct train_shown){.form = kept, .facts = {.source = LIBRARY_USUAL, .data = "MNIST"}};
    images = MNIST;
    asked.count = 0;
    train_form_choose(kept, recipe_at(0), 0);
    robot_begin(&h, width, height, show, NULL);
}

static void set_up(void)
{
    begin_size(1280, 800);
}

static void tear_down(void)
{
    robot_end(&h);
    free(view);
    free(kept);
    free(run);
    free(before);
}

static struct train_form *form(void)
{
    return kept;
}

static void choose_recipe(const char *name)
{
    for (int i = 0; i < recipe_count(); i++)
        if (strcmp(recipe_at(i)->name, name) == 0)
            robot_choose(&h, "recipe", i);
    ck_assert_str_eq(form()->recipe.name, name);
}

/* The only action since the last look; its kind is ACT_NONE if there was none. */
static struct action take_action(void)
{
    ck_assert_int_le(asked.count, 1);
    struct action action = asked.count ? asked.items[0] : (struct action){ACT_NONE};
    asked.count = 0;
    return action;
}

/* A recipe of so many epochs. */
static const struct recipe *lasting(int epochs)
{
    static struct recipe recipe;
    recipe = *recipe_at(0);
    recipe.epochs = epochs;
    return &recipe;
}

/* A run of `epochs` that has come to `now`: an accuracy that rises to 98 %, a cost that falls. */
static void grow(struct history *history, float now, int epochs)
{
    float step = 0.05f * (float)epochs / 10;
    *history = (struct history){0};
    for (float x = step; x <= now + 1e-4f; x += step)
        history_add_point(history, (struct history_point){x, 2 * expf(-x) + 0.05f,
                                                          0.98f - 0.5f * expf(-2 * x)});
    for (int i = 1; (float)i <= now; i++) {
        float x = (float)i;
        history_add_check(history, (struct history_check){x, 2.2f * expf(-x) + 0.06f,
                                                          0.97f - 0.4f * expf(-2 * x)});
        history_add_epoch(history, (struct history_epoch){
            .epoch = i, .valid_accuracy = 0.97f - 0.4f * expf(-2 * x), .valid_cost = 0.1f});
    }
}

static void go_live(float now)
{
    static struct recipe recipe;
    recipe = form()->recipe;
    grow(run, now, recipe.epochs);
    shown.run = run;
    shown.recipe = &recipe;
    shown.facts.busy = shown.facts.live = true;
    robot_frame(&h);
}

/* ---- the form ------------------------------------------------------------------------------ */

START_TEST(choosing_a_recipe_fills_in_the_form)
{
    struct recipe lenet;
    ck_assert(recipe_find("lenet5", &lenet, NULL));
    choose_recipe("lenet5");
    ck_assert_int_eq(form()->recipe.batch, lenet.batch);
    ck_assert_int_eq(form()->recipe.cost, lenet.cost);
    ck_assert_ptr_nonnull(strstr(form()->net, "dense 120 relu\ndense 84 relu\n"));
    ck_assert(robot_see(&h, "conv 16 5x5 relu"));
    ck_assert(robot_see(&h, "0.001"));
    ck_assert(!form()->changed);
}
END_TEST

START_TEST(the_networks_words_are_summed_up_below_them)
{
    ck_assert(robot_see(&h, "23,860 parameters \u00b7 23,820 multiplications"));
    choose_recipe("lenet5");
    ck_assert(robot_see(&h, "61,706 parameters \u00b7 0.42 M multiplications"));
    ck_assert_ptr_nonnull(strstr(form()->layers, "maxpool 2 \u2192 14\u00d714\u00d76"));
}
END_TEST

START_TEST(wrong_words_show_the_sentence_and_turn_start_off)
{
    struct err err;
    const char *words = "dense 30 sigmoyd, dense 10 softmax";
    ck_assert_ptr_null(nn_new(words, &err));
    robot_write(&h, "net", words);
    ck_assert(robot_see(&h, err.text));
    ck_assert_ptr_nonnull(strstr(err.text, "sigmoyd"));
    ck_assert(robot_see(&h, "First mend the network's words."));
    ck_assert(robot_off(&h, "start"));
}
END_TEST

START_TEST(mended_words_turn_start_on_again)
{
    robot_write(&h, "net", "784-3O-10");
    ck_assert(robot_off(&h, "start"));
    robot_write(&h, "net", "784-25-10");
    ck_assert(!robot_off(&h, "start"));
    ck_assert_str_eq(form()->recipe.net, "784-25-10");
    ck_assert(robot_see(&h, "nielsen-30, changed"));
}
END_TEST

START_TEST(a_step_turns_start_off_because_it_has_no_slope)
{
    robot_write(&h, "net", "dense 30 step, dense 10 step");
    ck_assert(robot_off(&h, "start"));
    ck_assert_ptr_nonnull(strstr(form()->error.text, "step"));
    ck_assert(robot_see(&h, form()->error.text));
}
END_TEST

START_TEST(a_cost_that_does_not_fit_turns_start_off_with_a_sentence)
{
    robot_write(&h, "net", "dense 30 relu, dense 10 relu");
    ck_assert(!robot_off(&h, "start"));
    robot_choose(&h, "cost", NN_CROSS_ENTROPY);
    ck_assert(robot_off(&h, "start"));
    ck_assert(robot_see(&h, form()->error.text));
}
END_TEST

START_TEST(the_window_holds_back_ten_thousand_images)
{
    ck_assert_uint_eq(form()->recipe.hold_back, 10000);
    choose_recipe("swift");
    ck_assert_uint_eq(form()->recipe.hold_back, 10000);
    ck_assert(!form()->changed);
}
END_TEST

START_TEST(a_small_set_keeps_five_sixths_to_learn_from)
{
    images = 6000;
    robot_frame(&h);
    ck_assert_uint_eq(form()->recipe.hold_back, 1000);
    ck_assert(train_form_ready(form()));
}
END_TEST

START_TEST(holding_back_everything_is_refused)
{
    robot_write(&h, "hold-back", "60000");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(robot_off(&h, "start"));
    ck_assert(robot_see(&h, "Holding back 60000 of 60000 images leaves none to train on"));
}
END_TEST

START_TEST(start_hands_over_the_recipe_of_the_form)
{
    robot_write(&h, "epochs", "7");
    robot_click(&h, "start");
    struct action action = take_action();
    ck_assert_int_eq(action.kind, ACT_START);
    ck_assert_int_eq(action.recipe->epochs, 7);
}
END_TEST

START_TEST(reset_brings_back_the_recipe)
{
    robot_write(&h, "batch", "50");
    robot_write(&h, "net", "784-12-10");
    ck_assert(form()->changed);
    robot_click(&h, "reset");
    ck_assert_int_eq(form()->recipe.batch, 10);
    ck_assert_str_eq(form()->net, "784-30-10");
    ck_assert(!form()->changed);
}
END_TEST

START_TEST(strong_augmentation_is_that_of_the_best_recipe)
{
    struct recipe best;
    char words[AUGMENT_WORDS_MAX];
    ck_assert(recipe_find("best", &best, NULL));
    robot_choose(&h, "augment", TRAIN_AUGMENT_STRONG);
    ck_assert_str_eq(form()->augment, augment_words(&best.augment, words));
    ck_assert_float_eq(form()->recipe.augment.rotate, best.augment.rotate);
    ck_assert(!robot_has(&h, "augment-words"));
}
END_TEST

START_TEST(custom_augmentation_is_written_in_words)
{
    robot_choose(&h, "augment", TRAIN_AUGMENT_CUSTOM);
    robot_write(&h, "augment-words", "shift 2 rotate 7");
    ck_assert_float_eq(form()->recipe.augment.rotate, 7);
    ck_assert(!robot_off(&h, "start"));
    robot_write(&h, "augment-words", "shift 2 wiggle 7");
    ck_assert(robot_off(&h, "start"));
    ck_assert_ptr_nonnull(strstr(form()->error.text, "wiggle"));
    ck_assert(robot_see(&h, form()->error.text));
}
END_TEST

START_TEST(momentum_and_adam_get_their_customary_constants)
{
    ck_assert_float_eq(form()->recipe.optim.beta1, 0);
    robot_choose(&h, "optimiser", OPTIM_ADAM);
    ck_assert_float_eq(form()->recipe.optim.beta1, 0.9f);
    ck_assert_float_eq(form()->recipe.optim.beta2, 0.999f);
    robot_choose(&h, "schedule", SCHEDULE_ONE_CYCLE);
    ck_assert_float_gt(form()->recipe.schedule.rising, 0);
}
END_TEST

START_TEST(more_settings_change_the_recipe_too)
{
    ck_assert(!robot_has(&h, "smoothing"));
    robot_click(&h, "more");
    robot_key(&h, UI_KEY_TAB, 0); /* the first of them, which scrolls into sight */
    ck_assert(ui_has_focus(h.ui, "start-weights"));
    for (int i = 0; i < 3; i++)
        robot_key(&h, UI_KEY_TAB, 0);
    ck_assert(ui_has_focus(h.ui, "smoothing"));
    robot_key(&h, UI_KEY_UP, 0);
    ck_assert_float_eq(form()->recipe.smoothing, 0.05f);
}
END_TEST

START_TEST(other_data_is_asked_for)
{
    robot_choose(&h, "train-data", 1);
    ck_assert_int_eq(take_action().kind, ACT_DATA_SYNTHETIC);
    robot_choose(&h, "train-data", 2);
    ck_assert_int_eq(take_action().kind, ACT_DATA);
}
END_TEST

START_TEST(a_float_is_shown_as_a_person_would_write_it)
{
    ck_assert_double_eq(train_form_decimal(0.003f), 0.003);
    ck_assert_double_eq(train_form_decimal(0.998f), 0.998);
    ck_assert_double_eq(train_form_decimal(3), 3);
}
END_TEST

/* ---- while a run is under way -------------------------------------------------------------- */

/* Where that text stands within a control; zeros where it does not. */
static struct ui_rect find_text(const char *name, const char *text)
{
    struct ui_rect in = ui_find_control(h.ui, name)->rect;
    for (size_t i = 0; i < h.shapes->count; i++) {
        const struct ui_shape *shape = &h.shapes->items[i];
        if (shape->kind == UI_SHAPE_TEXT && shape->rect.x >= in.x && shape->rect.y >= in.y &&
            shape->rect.x < in.x + in.w && shape->rect.y < in.y + in.h &&
            strcmp(ui_shape_text(h.shapes, shape), text) == 0)
            return shape->rect;
    }
    return (struct ui_rect){0};
}

START_TEST(every_number_has_room_in_its_field)
{
    static const struct {
        const char *name, *text;
    } numbers[] = {
        {"rate", "0.0005"}, {"rate", "0.000001"}, {"rate", "0.00123"}, {"rate", "12.75"},
        {"batch", "4096"}, {"epochs", "1000"}, {"hold-back", "59999"}, {"decay", "0.0005"},
        {"l2", "0.00001"}, {"averaging", "0.99999"}, {"smoothing", "0.125"},
        {"seed", "9007199254740991"},
    };
    static const int widths[] = {960, 1280};
    h.input.height = 1400; /* nothing needs scrolling */
    robot_frame(&h);
    robot_click(&h, "more");
    for (size_t w = 0; w < 2; w++) {
        h.input.width = (float)widths[w];
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            robot_write(&h, numbers[i].name, numbers[i].text);
            struct ui_rect at = find_text(numbers[i].name, numbers[i].text);
            struct ui_rect field = ui_find_control(h.ui, numbers[i].name)->rect;
            ck_assert_msg(at.w > 0, "%s is not in its field", numbers[i].text);
            ck_assert_msg(at.x >= field.x + 8 && at.x + at.w <= field.x + field.w - 8,
                          "%s has no room in %s", numbers[i].text, numbers[i].name);
        }
    }
}
END_TEST

START_TEST(a_number_that_cannot_be_taken_is_said)
{
    static const struct {
        const char *name, *text, *said;
    } wrong[] = {
        {"rate", "abc",
         "Learning rate: \u201cabc\u201d is no number from 0.000001 to 1000, so it is 3."},
        {"rate", "-3",
         "Learning rate: \u201c-3\u201d is no number from 0.000001 to 1000, so it is 0.000001."},
        {"epochs", "5000",
         "Epochs: \u201c5000\u201d is no whole number from 1 to 1000, so it is 1000."},
        {"batch", "2.6",
         "Mini-batch: \u201c2.6\u201d is no whole number from 1 to 4096, so it is 3."},
        {"seed", "",
         "Seed: \u201c\u201d is no whole number from 0 to 9007199254740992, so it is 1."},
        {"hold-back", "ten", "Images held back: \u201cten\u201d is no whole number"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        robot_write(&h, wrong[i].name, wrong[i].text);
        robot_key(&h, UI_KEY_TAB, 0);
        ck_assert_msg(robot_see(&h, wrong[i].said), "%s", view->settings.refused);
    }
    robot_write(&h, "epochs", "7");
    robot_key(&h, UI_KEY_TAB, 0);
    ck_assert_str_eq(view->settings.refused, "");
    ck_assert_int_eq(form()->recipe.epochs, 7);
}
END_TEST

START_TEST(a_number_that_was_refused_is_said_although_start_was_pressed_over_it)
{
    robot_write(&h, "rate", "abc");
    robot_click(&h, "start");
    ck_assert_int_eq(take_action().kind, ACT_START);
    go_live(1);
    ck_assert(robot_see(&h, "\u201cabc\u201d is no number"));
}
END_TEST

START_TEST(what_was_refused_is_said_for_a_while_of_the_next_training)
{
    robot_write(&h, "rate", "abc");
    robot_key(&h, UI_KEY_TAB, 0);
    robot_wait(&h, 60000000);
    ck_assert(robot_see(&h, "is no number"));
    go_live(1);
    robot_wait(&h, 5000000);
    ck_assert(robot_see(&h, "is no number"));
    robot_wait(&h, 6000000);
    ck_assert(!robot_see(&h, "is no number"));
    ck_assert(robot_see(&h, "Only the learning rate can be changed while it runs."));
}
END_TEST

START_TEST(where_nothing_is_found_in_the_usual_places_the_form_says_so)
{
    shown.facts.drawn = true;
    shown.facts.data = "synthetic";
    robot_frame(&h);
    ck_assert(robot_see(&h, "none found: synthetic"));
    shown.facts.source = LIBRARY_SYNTHETIC;
    robot_frame(&h);
    ck_assert(!robot_see(&h, "none found"));
    ck_assert(robot_see(&h, "synthetic digits"));
}
END_TEST

START_TEST(changing_the_rate_while_it_runs_asks_for_it)
{
    go_live(3);
    robot_write(&h, "rate", "0.5");
    ck_assert_int_eq(take_action().kind, ACT_NONE);
    robot_key(&h, UI_KEY_ENTER, 0);
    struct action action = take_action();
    ck_assert_int_eq(action.kind, ACT_RATE);
    ck_assert_double_eq(action.number, 0.5);
}
END_TEST

START_TEST(changing_the_rate_before_the_start_asks_for_nothing)
{
    robot_write(&h, "rate", "0.5");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert_int_eq(take_action().kind, ACT_NONE);
    ck_assert_float_eq(form()->recipe.schedule.rate, 0.5f);
}
END_TEST

START_TEST(while_it_runs_only_the_rate_can_be_changed)
{
    static const char *const fixed[] = {"recipe", "net", "train-data", "cost", "optimiser",
                                        "schedule", "batch", "epochs", "augment", "hold-back",
                                        "seed", "start", "reset"};
    go_live(3);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        ck_assert_msg(robot_off(&h, fixed[i]), "%s is on", fixed[i]);
    ck_assert(!robot_off(&h, "rate"));
}
END_TEST

START_TEST(the_form_shows_the_recipe_of_the_run_under_way)
{
    static struct recipe other;
    ck_assert(recipe_find("swift", &other, NULL));
    other.seed = 99;
    shown.recipe = &other;
    shown.facts.busy = true;
    robot_frame(&h);
    ck_assert_str_eq(form()->recipe.name, "swift");
    ck_assert_uint_eq(form()->recipe.seed, 99);
    shown.facts.busy = false; /* and keeps it afterwards */
    robot_frame(&h);
    ck_assert_uint_eq(form()->recipe.seed, 99);
    ck_assert(!robot_off(&h, "start"));
}
END_TEST

START_TEST(trouble_is_said_beside_the_curves)
{
    go_live(3);
    shown.trouble = "The cost is no longer a number: start again with a smaller learning rate.";
    robot_frame(&h);
    ck_assert(robot_see(&h, shown.trouble));
    ck_assert(robot_has(&h, "trouble"));
}
END_TEST

/* ---- curves -------------------------------------------------------------------------------- */

START_TEST(an_empty_plot_says_what_will_be_there)
{
    ck_assert(robot_see(&h, "Press Start: how often the network is right will be drawn here"));
    ck_assert(robot_off(&h, "export-csv"));
    go_live(3);
    ck_assert(!robot_see(&h, "Press Start"));
    ck_assert(!robot_off(&h, "export-csv"));
}
END_TEST

START_TEST(a_run_without_a_point_yet_says_what_is_under_way)
{
    go_live(0);
    ck_assert(robot_see(&h, "The first epoch is under way."));
    ck_assert(!robot_see(&h, "Press Start"));
    ck_assert(robot_off(&h, "export-png") && robot_off(&h, "export-csv"));
    shown.facts.live = false;
    shown.run = NULL;
    robot_frame(&h);
    ck_assert(robot_see(&h, "The first epoch begins when the data is loaded."));
}
END_TEST

START_TEST(the_first_points_of_a_run_are_shown_and_the_axis_holds_them)
{
    struct train_plot plot;
    grow(before, 30, 30);
    *run = (struct history){0};
    history_add_point(run, (struct history_point){0.04f, 0.8f, 0.44f});
    history_add_point(run, (struct history_point){0.08f, 0.4f, 0.71f});
    train_curves_fill(&view->curves, run, before, lasting(30), recipe_at(0));
    train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &plot);
    ck_assert_str_eq(plot.series[0].name, "training");
    ck_assert_uint_eq(plot.series[0].count, 2);
    ck_assert_float_le(plot.plot.y_min, 0.44f);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_float_ge(plot.plot.y_max, 0.8f);
}
END_TEST

START_TEST(the_axis_of_epochs_ends_where_the_run_will)
{
    struct train_plot plot;
    go_live(6);
    ck_assert(robot_see(&h, "epochs"));
    train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &plot);
    ck_assert_float_eq(plot.plot.x_max, 30);
    ck_assert(plot.plot.has_current);
    ck_assert_float_eq_tol(plot.plot.current, 6, 0.2);
    ck_assert_int_eq(plot.plot.series_count, 2);
    ck_assert_uint_eq(plot.series[0].color, ui_theme_dark()->accent);
    ck_assert_uint_eq(plot.series[1].color, ui_theme_dark()->second);
    ck_assert_uint_eq(plot.series[1].count, 6);
}
END_TEST

START_TEST(the_previous_run_lies_behind)
{
    struct train_plot plot;
    grow(before, 30, 30);
    shown.before = before;
    shown.before_recipe = recipe_at(0);
    go_live(6);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_int_eq(plot.plot.series_count, 3);
    ck_assert(plot.series[2].behind);
    ck_assert_uint_eq(plot.series[2].count, 30);
    ck_assert(robot_see(&h, "previous run"));
}
END_TEST

START_TEST(a_previous_run_of_another_cost_is_not_drawn_among_costs)
{
    static const struct {
        enum nn_cost cost;
        float smoothing;
        int epochs; /* of the run in view: after one the validation of the other is but a dot */
        bool drawn;
    } cases[] = {
        {NN_QUADRATIC, 0, 30, true}, {NN_CROSS_ENTROPY, 0, 30, false},
        {NN_QUADRATIC, 0.1f, 30, true}, {NN_QUADRATIC, 0.1f, 1, false}, {NN_QUADRATIC, 0, 1, true},
    };
    grow(before, 30, 30);
    grow(run, 6, 30);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct recipe other = *recipe_at(0);
        other.cost = cases[i].cost;
        other.smoothing = cases[i].smoothing;
        train_curves_fill(&view->curves, run, before, lasting(cases[i].epochs), &other);
        ck_assert_msg((view->curves.before[TRAIN_COST].count > 0) == cases[i].drawn, "%zu", i);
        ck_assert_int_gt(view->curves.before[TRAIN_ACCURACY].count, 0);
    }
}
END_TEST

START_TEST(a_previous_run_out_of_range_is_not_in_the_legend)
{
    struct train_plot plot;
    grow(before, 30, 30);
    for (int i = 0; i < before->check_count; i++)
        before->checks[i].accuracy = 0.109f;
    shown.before = before;
    shown.before_recipe = recipe_at(0);
    go_live(20);
    train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &plot);
    ck_assert_float_gt(plot.plot.y_min, 0.109f);
    ck_assert_int_eq(plot.plot.series_count, 2);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_int_eq(plot.plot.series_count, 3);
}
END_TEST

START_TEST(a_long_run_behind_a_short_one_is_more_than_a_dot)
{
    grow(before, 30, 30); /* looked at its validation images after 1, 2, ... epochs */
    train_curves_fill(&view->curves, NULL, before, lasting(1), recipe_at(0));
    ck_assert_int_gt(view->curves.before[TRAIN_COST].count, 30);
    train_curves_fill(&view->curves, NULL, before, lasting(2), recipe_at(0));
    ck_assert_int_eq(view->curves.before[TRAIN_COST].count, 30);
}
END_TEST

START_TEST(a_run_without_validation_has_its_training_curve_alone)
{
    struct train_plot plot;
    grow(run, 4, 30);
    run->check_count = run->epoch_count = 0;
    train_curves_fill(&view->curves, run, NULL, lasting(30), NULL);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_int_eq(plot.plot.series_count, 1);
    ck_assert_str_eq(plot.series[0].name, "training");
}
END_TEST

START_TEST(many_training_points_are_shown_as_the_means_of_neighbours)
{
    const struct train_curve *cost = &view->curves.train[TRAIN_COST];
    *run = (struct history){0};
    int total = 30 * history_points_per_epoch(30);
    for (int i = 1; i <= total; i++)
        history_add_point(run, (struct history_point){(float)i * 30 / (float)total,
                                                      i % 2 ? 1.5f : 0.5f, 0.5f});
    train_curves_fill(&view->curves, run, NULL, lasting(30), NULL);
    ck_assert_int_le(cost->count, 160);
    ck_assert_int_ge(cost->count, 100);
    double sum = 0;
    for (int i = 0; i < cost->count; i++)
        sum += (double)cost->points[i].y / cost->count;
    ck_assert_double_eq_tol(sum, 1, 0.01);
    ck_assert_float_eq(cost->points[0].x, run->points[total / cost->count - 1].epoch);
}
END_TEST

START_TEST(the_scales_are_steady_while_the_curves_grow)
{
    int changes[TRAIN_MEASURES] = {0};
    float floor = -1, ceiling = -1;
    for (float now = 0.05f; now <= 30; now += 0.05f) {
        struct train_plot accuracy, cost;
        grow(run, now, 30);
        train_curves_fill(&view->curves, run, NULL, lasting(30), NULL);
        train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &accuracy);
        train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &cost);
        changes[TRAIN_ACCURACY] += accuracy.plot.y_min != floor;
        changes[TRAIN_COST] += cost.plot.y_max != ceiling;
        floor = accuracy.plot.y_min;
        ceiling = cost.plot.y_max;
    }
    ck_assert_float_eq(floor, 0.96f);
    ck_assert_float_le(ceiling, 0.1f);
    ck_assert_int_le(changes[TRAIN_ACCURACY], 6);
    ck_assert_int_le(changes[TRAIN_COST], 8);
}
END_TEST

START_TEST(a_cost_that_is_no_number_leaves_the_scale_finite)
{
    struct train_plot plot;
    grow(run, 4, 1);
    train_curves_fill(&view->curves, run, NULL, lasting(4), NULL);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    float ceiling = plot.plot.y_max;
    ck_assert_float_gt(ceiling, 1);
    history_add_point(run, (struct history_point){4.1f, NAN, 0.98f});
    history_add_point(run, (struct history_point){4.2f, INFINITY, 0.98f});
    train_curves_fill(&view->curves, run, NULL, lasting(4), NULL);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_float_eq(plot.plot.y_max, ceiling);
    go_live(2);
    history_add_point(run, (struct history_point){2.1f, NAN, NAN});
    robot_frame(&h);
}
END_TEST

/* ---- export -------------------------------------------------------------------------------- */

static struct export_run small_run(struct recipe *recipe)
{
    ck_assert(recipe_find("nielsen-30", recipe, NULL));
    *run = (struct history){0};
    history_add_point(run, (struct history_point){0.5f, 0.75f, 0.5f});
    history_add_point(run, (struct history_point){1.00001f, 0.25f, 0.875f});
    history_add_check(run, (struct history_check){1, 0.125f, 0.9375f});
    history_add_check(run, (struct history_check){1.5f, 0.0625f, 0.96875f});
    return (struct export_run){.recipe = recipe, .history = run, .data = "MNIST"};
}

START_TEST(the_table_has_the_recipe_and_a_line_for_each_point)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    size_t size;
    char *text = export_csv(&what, &size, NULL);
    ck_assert_uint_eq(size, strlen(text));
    ck_assert_ptr_nonnull(strstr(text, "# data MNIST\n# recipe nielsen-30\n"));
    ck_assert_ptr_nonnull(strstr(text, "\n# rate 3\n"));
    ck_assert_ptr_null(strstr(text, "changed"));
    const char *rows = strstr(text, "\nepoch,");
    ck_assert_ptr_nonnull(rows);
    ck_assert_str_eq(rows,
                     "\nepoch,training cost,training accuracy,validation cost,validation accuracy"
                     "\n0.5,0.75,0.5,,\n1.00001,0.25,0.875,0.125,0.9375\n1.5,,,0.0625,0.96875\n");
    free(text);
}
END_TEST

START_TEST(a_table_that_cannot_be_written_is_said)
{
    struct recipe recipe;
    struct err err = {""};
    struct export_run what = small_run(&recipe);
    ck_assert(!export_csv_file(&what, "/nonexistent/folder/curves.csv", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent/folder/curves.csv"));
}
END_TEST

static char painted[8192];

static bool remember_texts(void *user, const char *path, const struct ui_shapes *shapes,
                           float width, float height, float scale, ui_color ground, struct err *err)
{
    (void)user, (void)ground, (void)err;
    ck_assert_str_eq(path, "curves.png");
    ck_assert_float_ge(scale, 2);
    painted[0] = 0;
    for (size_t i = 0; i < shapes->count; i++) {
        struct ui_rect bounds = look_bounds(shapes, &shapes->items[i]);
        ck_assert(bounds.x >= 0 && bounds.x + bounds.w <= width);
        ck_assert(bounds.y >= 0 && bounds.y + bounds.h <= height);
        strncat(painted, ui_shape_text(shapes, &shapes->items[i]),
                sizeof painted - strlen(painted) - 1);
    }
    return true;
}

START_TEST(the_picture_shows_both_plots_and_what_they_are_of)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    struct export_painter painter = {NULL, remember_texts};
    ck_assert(
        export_png_file(&what, &painter, &robot_metrics, ui_theme_light(), "curves.png", NULL));
    ck_assert_ptr_nonnull(strstr(painted, "nielsen-30 \u00b7 MNIST \u00b7 sgd 3"));
    ck_assert_ptr_nonnull(strstr(painted, "ACCURACY"));
    ck_assert_ptr_nonnull(strstr(painted, "COST"));
}
END_TEST

static float wide_width(void *user, enum ui_font font, float size, const char *text, size_t len)
{
    bool title = font == UI_FONT_BOLD && size == 18;
    return title ? 15 * (float)len : robot_metrics.width(user, font, size, text, len);
}

/* The edge falls into a data set's name of two-byte letters, once between and once in one. */
START_TEST(a_title_that_is_too_wide_is_cut_between_letters)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    struct export_painter painter = {NULL, remember_texts};
    struct ui_metrics wide = robot_metrics;
    char data[DATASET_NAME_MAX] = "";
    wide.width = wide_width;
    what.data = data;
    while (strlen(data) + strlen("\u00e9") < sizeof data)
        strcat(data, "\u00e9");
    for (int i = 0; i < 2; i++) {
        memmove(data + i, data, sizeof data - (size_t)i);
        memset(data, 'e', (size_t)i);
        ck_assert(export_png_file(&what, &painter, &wide, ui_theme_light(), "curves.png", NULL));
        ck_assert_ptr_nonnull(strstr(painted, "e\u00e9\u00e9" + (i == 0)));
        ck_assert_msg(text_is_utf8(painted), "%s", painted);
    }
}
END_TEST

START_TEST(what_is_exported_of_a_changed_recipe_says_so)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    struct export_painter painter = {NULL, remember_texts};
    size_t size;
    recipe.schedule.rate = 0.5f;
    char *text = export_csv(&what, &size, NULL);
    ck_assert_ptr_nonnull(strstr(text, "# recipe nielsen-30, changed\n"));
    free(text);
    ck_assert(
        export_png_file(&what, &painter, &robot_metrics, ui_theme_light(), "curves.png", NULL));
    ck_assert_ptr_nonnull(strstr(painted, "nielsen-30, changed \u00b7 MNIST \u00b7 sgd 0.5"));
}
END_TEST

START_TEST(the_buttons_ask_for_an_export)
{
    go_live(3);
    robot_click(&h, "export-png");
    ck_assert_int_eq(take_action().kind, ACT_CURVES_PNG);
    robot_click(&h, "export-csv");
    ck_assert_int_eq(take_action().kind, ACT_CURVES_CSV);
}
END_TEST

/* ---- the look ------------------------------------------------------------------------------ */

/* Text that was cut has an ellipsis. */
static const char *find_cut(void)
{
    for (size_t i = 0; i < h.shapes->count; i++) {
        const struct ui_shape *shape = &h.shapes->items[i];
        const char *text = ui_shape_text(h.shapes, shape);
        if (strstr(text, "\u2026"))
            return text;
    }
    return NULL;
}

static void check_look(const char *recipe, bool live, bool more)
{
    char scene[100];
    snprintf(scene, sizeof scene, "%s at %gx%g%s%s", recipe, (double)h.input.width,
             (double)h.input.height, live ? ", live" : "", more ? ", more" : "");
    const char *overlap = robot_find_overlap(&h, 0), *cut = find_cut();
    ck_assert_msg(!overlap, "%s: %s", scene, overlap);
    ck_assert_msg(!cut, "%s: \"%s\" is cut", scene, cut);
    struct ui_rect start = ui_find_control(h.ui, "start")->rect;
    ck_assert_msg(start.w > 100 && start.h > 20, "%s: start cannot be seen", scene);
    struct ui_rect plot = ui_find_control(h.ui, "accuracy-curve")->rect;
    ck_assert_msg(plot.h >= 120 && plot.w >= 400, "%s: the plot is too small", scene);
}

START_TEST(nothing_overlaps_and_nothing_is_cut)
{
    static const float sizes[][2] = {{960, 640}, {1280, 800}, {1920, 1080}};
    for (size_t s = 0; s < 3; s++)
        for (int r = 0; r < recipe_count(); r++)
            for (int way = 0; way < 4; way++) {
                begin_size(sizes[s][0], sizes[s][1]);
                train_form_choose(form(), recipe_at(r), MNIST);
                view->settings.more = way & 2;
                if (way & 1)
                    go_live(0.6f * (float)recipe_at(r)->epochs);
                robot_frame(&h);
                check_look(recipe_at(r)->name, way & 1, way & 2);
                tear_down();
            }
}
END_TEST

START_TEST(at_the_usual_size_the_book_needs_no_scrolling)
{
    static const char *const names[] = {"recipe", "net", "cost", "optimiser", "rate", "schedule",
                                        "batch", "epochs", "augment", "seed", "hold-back", "more"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_msg(ui_find_control(h.ui, names[i])->rect.h >= 28, "%s is cut", names[i]);
}
END_TEST

START_TEST(every_control_explains_itself)
{
    for (int i = 0; i < ui_control_count(h.ui); i++) {
        struct ui_control control = *ui_control(h.ui, i);
        if (control.role == UI_ROLE_AREA || control.role == UI_ROLE_PLOT)
            continue;
        robot_move(&h, control.rect.x + control.rect.w / 2, control.rect.y + control.rect.h / 2);
        size_t before_tip = h.shapes->count;
        robot_wait(&h, 1000000);
        ck_assert_msg(h.shapes->count > before_tip, "%s has no tip", control.name);
    }
}
END_TEST

START_TEST(tab_reaches_every_control)
{
    bool reached[64] = {false};
    int count = ui_control_count(h.ui);
    ck_assert_int_le(count, 64);
    for (int step = 0; step < count; step++) {
        robot_key(&h, UI_KEY_TAB, 0);
        for (int i = 0; i < count; i++)
            reached[i] |= ui_control(h.ui, i)->focus;
    }
    for (int i = 0; i < count; i++) {
        const struct ui_control *control = ui_control(h.ui, i);
        bool passive = control->role == UI_ROLE_AREA || control->role == UI_ROLE_VALUE;
        ck_assert_msg(reached[i] || passive || control->off, "%s is not reached", control->name);
    }
}
END_TEST

START_TEST(any_input_is_survived)
{
    static const float sizes[][2] = {{960, 640}, {300, 200}, {1280, 800}};
    uint64_t seed = 7;
    for (size_t s = 0; s < 3; s++) {
        begin_size(sizes[s][0], sizes[s][1]);
        for (int i = 0; i < 1500; i++) {
            if (i == 700)
                go_live(2);
            if (i == 1000)
                shown.facts.busy = shown.facts.live = false;
            robot_random(&h, &seed);
            asked.count = 0;
            ck_assert(strlen(form()->net) < sizeof form()->net);
            struct err err;
            bool ready = train_form_ready(form());
            ck_assert_msg(!ready || recipe_check(&form()->recipe, &err), "%s", err.text);
        }
        tear_down();
    }
}
END_TEST

/* ---- all ----------------------------------------------------------------------------------- */

#define ADD(test) tcase_add_test(tcase, test)

static void add_form_tests(TCase *tcase)
{
    ADD(choosing_a_recipe_fills_in_the_form);
    ADD(the_networks_words_are_summed_up_below_them);
    ADD(wrong_words_show_the_sentence_and_turn_start_off);
    ADD(mended_words_turn_start_on_again);
    ADD(a_step_turns_start_off_because_it_has_no_slope);
    ADD(a_cost_that_does_not_fit_turns_start_off_with_a_sentence);
    ADD(the_window_holds_back_ten_thousand_images);
    ADD(a_small_set_keeps_five_sixths_to_learn_from);
    ADD(holding_back_everything_is_refused);
    ADD(start_hands_over_the_recipe_of_the_form);
    ADD(reset_brings_back_the_recipe);
    ADD(strong_augmentation_is_that_of_the_best_recipe);
    ADD(custom_augmentation_is_written_in_words);
    ADD(momentum_and_adam_get_their_customary_constants);
    ADD(more_settings_change_the_recipe_too);
    ADD(other_data_is_asked_for);
    ADD(a_float_is_shown_as_a_person_would_write_it);
    ADD(every_number_has_room_in_its_field);
    ADD(a_number_that_cannot_be_taken_is_said);
    ADD(a_number_that_was_refused_is_said_although_start_was_pressed_over_it);
    ADD(where_nothing_is_found_in_the_usual_places_the_form_says_so);
    ADD(changing_the_rate_while_it_runs_asks_for_it);
    ADD(changing_the_rate_before_the_start_asks_for_nothing);
    ADD(while_it_runs_only_the_rate_can_be_changed);
    ADD(the_form_shows_the_recipe_of_the_run_under_way);
    ADD(trouble_is_said_beside_the_curves);
}

static void add_curve_tests(TCase *tcase)
{
    ADD(an_empty_plot_says_what_will_be_there);
    ADD(the_axis_of_epochs_ends_where_the_run_will);
    ADD(what_was_refused_is_said_for_a_while_of_the_next_training);
    ADD(a_run_without_a_point_yet_says_what_is_under_way);
    ADD(the_first_points_of_a_run_are_shown_and_the_axis_holds_them);
    ADD(the_previous_run_lies_behind);
    ADD(a_previous_run_of_another_cost_is_not_drawn_among_costs);
    ADD(a_previous_run_out_of_range_is_not_in_the_legend);
    ADD(a_long_run_behind_a_short_one_is_more_than_a_dot);
    ADD(a_run_without_validation_has_its_training_curve_alone);
    ADD(many_training_points_are_shown_as_the_means_of_neighbours);
    ADD(the_scales_are_steady_while_the_curves_grow);
    ADD(a_cost_that_is_no_number_leaves_the_scale_finite);
    ADD(the_table_has_the_recipe_and_a_line_for_each_point);
    ADD(a_title_that_is_too_wide_is_cut_between_letters);
    ADD(what_is_exported_of_a_changed_recipe_says_so);
    ADD(a_table_that_cannot_be_written_is_said);
    ADD(the_picture_shows_both_plots_and_what_they_are_of);
    ADD(the_buttons_ask_for_an_export);
    ADD(at_the_usual_size_the_book_needs_no_scrolling);
    ADD(every_control_explains_itself);
    ADD(tab_reaches_every_control);
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("train view");
    TCase *tcase = tcase_create("form and curves"), *own = tcase_create("sizes");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    add_form_tests(tcase);
    add_curve_tests(tcase);
    tcase_add_test(own, nothing_overlaps_and_nothing_is_cut);
    tcase_add_test(own, any_input_is_survived);
    tcase_set_timeout(own, 120);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, own);
    return suite;
}
