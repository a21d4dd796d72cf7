/* SPDX-License-Identifier: MIT */
/* The form of the Train view, before a run and while it is under way. */
#include <check.h>
#include <string.h>

#include "base/err.h"
#include "robot.h"
#include "suite.h"
#include "train_page.h"

static void choose_recipe(const char *name)
{
    for (int i = 0; i < recipe_count(); i++)
        if (strcmp(recipe_at(i)->name, name) == 0)
            robot_choose(&robot, "recipe", i);
    ck_assert_str_eq(form()->recipe.name, name);
}

/* ---- the form -------------------------------------------------------------------------------- */

START_TEST(choosing_a_recipe_fills_in_the_form)
{
    struct recipe lenet;
    ck_assert(recipe_find("lenet5", &lenet, NULL));
    choose_recipe("lenet5");
    ck_assert_int_eq(form()->recipe.batch, lenet.batch);
    ck_assert_int_eq(form()->recipe.cost, lenet.cost);
    ck_assert_ptr_nonnull(strstr(form()->net, "dense 120 relu\ndense 84 relu\n"));
    ck_assert(robot_see(&robot, "conv 16 5x5 relu"));
    ck_assert(robot_see(&robot, "0.001"));
    ck_assert(!form()->changed);
}
END_TEST

START_TEST(the_networks_words_are_summed_up_below_them)
{
    ck_assert(robot_see(&robot, "23,860 parameters \u00b7 23,820 multiplications"));
    choose_recipe("lenet5");
    ck_assert(robot_see(&robot, "61,706 parameters \u00b7 0.42 M multiplications"));
    ck_assert_ptr_nonnull(strstr(form()->layers, "maxpool 2 \u2192 14\u00d714\u00d76"));
}
END_TEST

START_TEST(wrong_words_show_the_sentence_and_turn_start_off)
{
    struct err err;
    const char *words = "dense 30 sigmoyd, dense 10 softmax";
    ck_assert_ptr_null(nn_new(words, &err));
    robot_write(&robot, "net", words);
    ck_assert(robot_see(&robot, err.text));
    ck_assert_ptr_nonnull(strstr(err.text, "sigmoyd"));
    ck_assert(robot_see(&robot, "First mend the network's words."));
    ck_assert(robot_off(&robot, "start"));
}
END_TEST

START_TEST(mended_words_turn_start_on_again)
{
    robot_write(&robot, "net", "784-3O-10");
    ck_assert(robot_off(&robot, "start"));
    robot_write(&robot, "net", "784-25-10");
    ck_assert(!robot_off(&robot, "start"));
    ck_assert_str_eq(form()->recipe.net, "784-25-10");
    ck_assert(robot_see(&robot, "nielsen-30, changed"));
}
END_TEST

START_TEST(a_step_turns_start_off_because_it_has_no_slope)
{
    robot_write(&robot, "net", "dense 30 step, dense 10 step");
    ck_assert(robot_off(&robot, "start"));
    ck_assert_ptr_nonnull(strstr(form()->error.text, "step"));
    ck_assert(robot_see(&robot, form()->error.text));
}
END_TEST

START_TEST(a_cost_that_does_not_fit_turns_start_off_with_a_sentence)
{
    robot_write(&robot, "net", "dense 30 relu, dense 10 relu");
    ck_assert(!robot_off(&robot, "start"));
    robot_choose(&robot, "cost", NN_CROSS_ENTROPY);
    ck_assert(robot_off(&robot, "start"));
    ck_assert(robot_see(&robot, form()->error.text));
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
    robot_frame(&robot);
    ck_assert_uint_eq(form()->recipe.hold_back, 1000);
    ck_assert(train_form_ready(form()));
}
END_TEST

START_TEST(holding_back_everything_is_refused)
{
    robot_write(&robot, "hold-back", "60000");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(robot_off(&robot, "start"));
    ck_assert(robot_see(&robot, "Holding back 60000 of 60000 images leaves none to train on"));
}
END_TEST

START_TEST(start_hands_over_the_recipe_of_the_form)
{
    robot_write(&robot, "epochs", "7");
    robot_click(&robot, "start");
    struct action action = take_action();
    ck_assert_int_eq(action.kind, ACT_START);
    ck_assert_int_eq(action.recipe->epochs, 7);
}
END_TEST

START_TEST(reset_brings_back_the_recipe)
{
    robot_write(&robot, "batch", "50");
    robot_write(&robot, "net", "784-12-10");
    ck_assert(form()->changed);
    robot_click(&robot, "reset");
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
    robot_choose(&robot, "augment", TRAIN_AUGMENT_STRONG);
    ck_assert_str_eq(form()->augment, augment_words(&best.augment, words));
    ck_assert_float_eq(form()->recipe.augment.rotate, best.augment.rotate);
    ck_assert(!robot_has(&robot, "augment-words"));
}
END_TEST

START_TEST(custom_augmentation_is_written_in_words)
{
    robot_choose(&robot, "augment", TRAIN_AUGMENT_CUSTOM);
    robot_write(&robot, "augment-words", "shift 2 rotate 7");
    ck_assert_float_eq(form()->recipe.augment.rotate, 7);
    ck_assert(!robot_off(&robot, "start"));
    robot_write(&robot, "augment-words", "shift 2 wiggle 7");
    ck_assert(robot_off(&robot, "start"));
    ck_assert_ptr_nonnull(strstr(form()->error.text, "wiggle"));
    ck_assert(robot_see(&robot, form()->error.text));
}
END_TEST

START_TEST(momentum_and_adam_get_their_customary_constants)
{
    ck_assert_float_eq(form()->recipe.optim.beta1, 0);
    robot_choose(&robot, "optimiser", OPTIM_ADAM);
    ck_assert_float_eq(form()->recipe.optim.beta1, 0.9f);
    ck_assert_float_eq(form()->recipe.optim.beta2, 0.999f);
    robot_choose(&robot, "schedule", SCHEDULE_ONE_CYCLE);
    ck_assert_float_gt(form()->recipe.schedule.rising, 0);
}
END_TEST

START_TEST(more_settings_change_the_recipe_too)
{
    ck_assert(!robot_has(&robot, "smoothing"));
    robot_click(&robot, "more");
    robot_key(&robot, UI_KEY_TAB, 0); /* the first of them, which scrolls into sight */
    ck_assert(ui_has_focus(robot.ui, "start-weights"));
    for (int i = 0; i < 3; i++)
        robot_key(&robot, UI_KEY_TAB, 0);
    ck_assert(ui_has_focus(robot.ui, "smoothing"));
    robot_key(&robot, UI_KEY_UP, 0);
    ck_assert_float_eq(form()->recipe.smoothing, 0.05f);
}
END_TEST

START_TEST(other_data_is_asked_for)
{
    robot_choose(&robot, "train-data", 1);
    ck_assert_int_eq(take_action().kind, ACT_DATA_SYNTHETIC);
    robot_choose(&robot, "train-data", 2);
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

/* ---- while a run is under way ---------------------------------------------------------------- */

/* Where that text stands within a control; zeros where it does not. */
static struct ui_rect find_text(const char *name, const char *text)
{
    struct ui_rect in = ui_find_control(robot.ui, name)->rect;
    for (size_t i = 0; i < robot.shapes->count; i++) {
        const struct ui_shape *shape = &robot.shapes->items[i];
        if (shape->kind == UI_SHAPE_TEXT && shape->rect.x >= in.x && shape->rect.y >= in.y &&
            shape->rect.x < in.x + in.w && shape->rect.y < in.y + in.h &&
            strcmp(ui_shape_text(robot.shapes, shape), text) == 0)
            return shape->rect;
    }
    return (struct ui_rect){0};
}

START_TEST(every_number_has_room_in_its_field)
{
    static const struct {
        const char *name, *text;
    } numbers[] = {
        {"rate", "0.0005"},       {"rate", "0.000001"},   {"rate", "0.00123"},
        {"rate", "12.75"},        {"batch", "4096"},      {"epochs", "1000"},
        {"hold-back", "59999"},   {"decay", "0.0005"},    {"l2", "0.00001"},
        {"averaging", "0.99999"}, {"smoothing", "0.125"}, {"seed", "9007199254740991"},
    };
    static const int widths[] = {960, 1280};
    robot.input.height = 1400; /* nothing needs scrolling */
    robot_frame(&robot);
    robot_click(&robot, "more");
    for (size_t w = 0; w < 2; w++) {
        robot.input.width = (float)widths[w];
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            robot_write(&robot, numbers[i].name, numbers[i].text);
            struct ui_rect at = find_text(numbers[i].name, numbers[i].text);
            struct ui_rect field = ui_find_control(robot.ui, numbers[i].name)->rect;
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
        robot_write(&robot, wrong[i].name, wrong[i].text);
        robot_key(&robot, UI_KEY_TAB, 0);
        ck_assert_msg(robot_see(&robot, wrong[i].said), "%s", view->settings.refused);
    }
    robot_write(&robot, "epochs", "7");
    robot_key(&robot, UI_KEY_TAB, 0);
    ck_assert_str_eq(view->settings.refused, "");
    ck_assert_int_eq(form()->recipe.epochs, 7);
}
END_TEST

START_TEST(a_number_that_was_refused_is_said_although_start_was_pressed_over_it)
{
    robot_write(&robot, "rate", "abc");
    robot_click(&robot, "start");
    ck_assert_int_eq(take_action().kind, ACT_START);
    go_live(1);
    ck_assert(robot_see(&robot, "\u201cabc\u201d is no number"));
}
END_TEST

START_TEST(what_was_refused_is_said_for_a_while_of_the_next_training)
{
    robot_write(&robot, "rate", "abc");
    robot_key(&robot, UI_KEY_TAB, 0);
    robot_wait(&robot, 60000000);
    ck_assert(robot_see(&robot, "is no number"));
    go_live(1);
    robot_wait(&robot, 5000000);
    ck_assert(robot_see(&robot, "is no number"));
    robot_wait(&robot, 6000000);
    ck_assert(!robot_see(&robot, "is no number"));
    ck_assert(robot_see(&robot, "Only the learning rate can be changed while it runs."));
}
END_TEST

START_TEST(where_nothing_is_found_in_the_usual_places_the_form_says_so)
{
    shown.facts.drawn = true;
    shown.facts.data = "synthetic";
    robot_frame(&robot);
    ck_assert(robot_see(&robot, "none found: synthetic"));
    shown.facts.source = LIBRARY_SYNTHETIC;
    robot_frame(&robot);
    ck_assert(!robot_see(&robot, "none found"));
    ck_assert(robot_see(&robot, "synthetic digits"));
}
END_TEST

START_TEST(changing_the_rate_while_it_runs_asks_for_it)
{
    go_live(3);
    robot_write(&robot, "rate", "0.5");
    ck_assert_int_eq(take_action().kind, ACT_NONE);
    robot_key(&robot, UI_KEY_ENTER, 0);
    struct action action = take_action();
    ck_assert_int_eq(action.kind, ACT_RATE);
    ck_assert_double_eq(action.number, 0.5);
}
END_TEST

START_TEST(changing_the_rate_before_the_start_asks_for_nothing)
{
    robot_write(&robot, "rate", "0.5");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert_int_eq(take_action().kind, ACT_NONE);
    ck_assert_float_eq(form()->recipe.schedule.rate, 0.5f);
}
END_TEST

START_TEST(while_it_runs_only_the_rate_can_be_changed)
{
    static const char *const fixed[] = {"recipe",   "net",   "train-data", "cost",    "optimiser",
                                        "schedule", "batch", "epochs",     "augment", "hold-back",
                                        "seed",     "start", "reset"};
    go_live(3);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        ck_assert_msg(robot_off(&robot, fixed[i]), "%s is on", fixed[i]);
    ck_assert(!robot_off(&robot, "rate"));
}
END_TEST

START_TEST(the_form_shows_the_recipe_of_the_run_under_way)
{
    static struct recipe other;
    ck_assert(recipe_find("swift", &other, NULL));
    other.seed = 99;
    shown.recipe = &other;
    shown.facts.busy = true;
    robot_frame(&robot);
    ck_assert_str_eq(form()->recipe.name, "swift");
    ck_assert_uint_eq(form()->recipe.seed, 99);
    shown.facts.busy = false; /* and keeps it afterwards */
    robot_frame(&robot);
    ck_assert_uint_eq(form()->recipe.seed, 99);
    ck_assert(!robot_off(&robot, "start"));
}
END_TEST

START_TEST(trouble_is_said_beside_the_curves)
{
    go_live(3);
    shown.trouble = "The cost is no longer a number: start again with a smaller learning rate.";
    robot_frame(&robot);
    ck_assert(robot_see(&robot, shown.trouble));
    ck_assert(robot_has(&robot, "trouble"));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("train form");
    TCase *tests = tcase_create("train form");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, choosing_a_recipe_fills_in_the_form);
    tcase_add_test(tests, the_networks_words_are_summed_up_below_them);
    tcase_add_test(tests, wrong_words_show_the_sentence_and_turn_start_off);
    tcase_add_test(tests, mended_words_turn_start_on_again);
    tcase_add_test(tests, a_step_turns_start_off_because_it_has_no_slope);
    tcase_add_test(tests, a_cost_that_does_not_fit_turns_start_off_with_a_sentence);
    tcase_add_test(tests, the_window_holds_back_ten_thousand_images);
    tcase_add_test(tests, a_small_set_keeps_five_sixths_to_learn_from);
    tcase_add_test(tests, holding_back_everything_is_refused);
    tcase_add_test(tests, start_hands_over_the_recipe_of_the_form);
    tcase_add_test(tests, reset_brings_back_the_recipe);
    tcase_add_test(tests, strong_augmentation_is_that_of_the_best_recipe);
    tcase_add_test(tests, custom_augmentation_is_written_in_words);
    tcase_add_test(tests, momentum_and_adam_get_their_customary_constants);
    tcase_add_test(tests, more_settings_change_the_recipe_too);
    tcase_add_test(tests, other_data_is_asked_for);
    tcase_add_test(tests, a_float_is_shown_as_a_person_would_write_it);
    tcase_add_test(tests, every_number_has_room_in_its_field);
    tcase_add_test(tests, a_number_that_cannot_be_taken_is_said);
    tcase_add_test(tests, a_number_that_was_refused_is_said_although_start_was_pressed_over_it);
    tcase_add_test(tests, where_nothing_is_found_in_the_usual_places_the_form_says_so);
    tcase_add_test(tests, changing_the_rate_while_it_runs_asks_for_it);
    tcase_add_test(tests, changing_the_rate_before_the_start_asks_for_nothing);
    tcase_add_test(tests, while_it_runs_only_the_rate_can_be_changed);
    tcase_add_test(tests, the_form_shows_the_recipe_of_the_run_under_way);
    tcase_add_test(tests, trouble_is_said_beside_the_curves);
    tcase_add_test(tests, what_was_refused_is_said_for_a_while_of_the_next_training);
    suite_add_tcase(suite, tests);
    return suite;
}
