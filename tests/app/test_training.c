/* SPDX-License-Identifier: MIT */
/* Training in the whole program: its result, its window, how it stops and goes on. */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/state/models.h"
#include "app_training.h"
#include "app_world.h"
#include "model/model.h"
#include "places.h"
#include "suite.h"
#include "train/trainer.h"

START_TEST(the_result_of_a_run_becomes_the_model_and_one_can_go_back)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    start_training(20);
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(app->training.view.state, TRAINER_DONE);
    ck_assert_str_eq(model_name(app->models.current), "nielsen-30, changed");
    ck_assert(app->models.unsaved);
    ck_assert_double_gt(models_accuracy(&app->models.current->record), 0);
    ck_assert(text_is_shown("not saved"));
    int epochs = 0;
    for (int i = 0; i < event_count; i++)
        epochs += strcmp(json_string_value(json_object_get(events[i], "event")), "epoch") == 0;
    ck_assert_int_eq(epochs, 20);
    ck_assert(ui_find_control(app->ui, "pause") == NULL);
    click("notice-offer-2");
    ck_assert_str_eq(model_name(app->models.current), "tiny");
}
END_TEST

START_TEST(the_notice_says_which_images_its_figure_is_of)
{
    start_training(20);
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_DONE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, " % of the validation images)"));
}
END_TEST

START_TEST(a_run_that_only_guesses_offers_to_go_back_first)
{
    struct recipe recipe = small_recipe(2);
    recipe.schedule.rate = 1000;
    app_act(app, &(struct action){.kind = ACT_START, .recipe = &recipe});
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "still guesses"));
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "(it is 1000)"));
    click("notice-offer");
    ck_assert_str_eq(model_name(app->models.current), "tiny");
}
END_TEST

START_TEST(the_newest_weights_read_the_drawing_while_it_trains)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    start_training(1000);
    wait_for_stage(TRAINING_LIVE);
    wait_for_epoch(1);
    const json_t *event = find_event("prediction", 0);
    ck_assert_int_gt((int)json_integer_value(json_object_get(event, "weights")), 0);
    ck_assert(text_is_shown("newest weights"));
    ck_assert(text_is_shown(" by the new nielsen-"));
    places_check_controls("Draw while training");
    places_check_texts("Draw while training");
    click("pause");
    wait_until(app->training.view.state == TRAINER_PAUSED);
    ck_assert_int_eq(app->training.view.state, TRAINER_PAUSED);
    ck_assert(text_is_shown("Go on"));
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(app->training.view.state, TRAINER_STOPPED);
    ck_assert_int_eq(app->training.left.count, 1);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "resume"));
}
END_TEST

static const char *model_button(void)
{
    return ui_find_control(app->ui, "model")->label;
}

/* Whether a text in that control was cut. */
static bool is_cut(const char *name)
{
    struct ui_rect in = rect_of(name);
    for (size_t i = 0; i < shown.shapes->count; i++) {
        const struct ui_shape *shape = &shown.shapes->items[i];
        if (shape->kind == UI_SHAPE_TEXT && shape->rect.y < in.y + in.h && shape->rect.x >= in.x &&
            shape->rect.x < in.x + in.w && strstr(ui_shape_text(shown.shapes, shape), "\u2026"))
            return true;
    }
    return false;
}

START_TEST(the_top_bar_names_who_reads)
{
    ck_assert_ptr_nonnull(strstr(model_button(), "tiny"));
    start_training(1000);
    wait_for_epoch(1);
    frame();
    ck_assert_str_eq(model_button(), "Model nielsen-30, changed \u00b7 in training");
    click("model");
    frame();
    ck_assert(text_is_shown("Save tiny")); /* what is saved is still that one */
    key(UI_KEY_ESCAPE, 0);
    click("pause");
    wait_until(app->training.view.state == TRAINER_PAUSED);
    ck_assert_ptr_nonnull(strstr(model_button(), "nielsen-30, changed"));
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_ptr_nonnull(strstr(model_button(), "nielsen-30, changed \u00b7 "));
    ck_assert_ptr_nonnull(strstr(model_button(), " % validation"));
    ck_assert_ptr_nonnull(strstr(model_button(), "not saved"));
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    frame();
    ck_assert_ptr_nonnull(strstr(model_button(), "tiny"));
}
END_TEST

START_TEST(the_models_button_says_of_which_images_its_figure_is_at_every_size)
{
    static const char *const names[] = {
        "best",
        "nielsen-30, changed",
        "na\u00efve network with a name that nobody can be asked to read",
    };
    struct record *record = &app->models.current->record;
    for (int tested = 0; tested < 2; tested++)
        for (int unsaved = 0; unsaved < 2; unsaved++)
            for (size_t n = 0; n < 3; n++)
                for (float width = 960; width <= 1600; width += 40) {
                    ck_assert(record_set(record, MODEL_NAME, names[n], NULL));
                    record_set_number(record, tested ? MODEL_TEST_ACCURACY : MODEL_VALID_ACCURACY,
                                      0.9512, NULL);
                    app->models.unsaved = unsaved;
                    input->width = width;
                    frame();
                    frame();
                    const char *label = model_button();
                    ck_assert_msg(text_is_shown(tested ? "95.12 % test" : "95.12 % valid"),
                                  "%g: %s", (double)width, label);
                    ck_assert(!unsaved || text_is_shown("not saved"));
                    bool whole = n == 0 || (n == 1 && width >= 1080); /* else its end goes */
                    ck_assert_msg(!whole || (strstr(label, names[n]) && !is_cut("model")), "%g: %s",
                                  (double)width, label);
                    ck_assert(n < 2 || strncmp(label, "na\u00efve", 6) == 0 ||
                              strncmp(label, "Model na\u00efve", 12) == 0);
                }
}
END_TEST

START_TEST(a_second_click_on_stop_meets_no_other_button)
{
    start_training(1000);
    wait_for_epoch(1);
    struct ui_rect stop = rect_of("stop"), pause = rect_of("pause");
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert(text_is_shown("Training stopped"));
    for (int i = 0; i < ui_control_count(app->ui); i++)
        ck_assert(ui_control(app->ui, i)->off ||
                  !places_overlap(stop, ui_control(app->ui, i)->rect));
    ck_assert(places_overlap(pause, rect_of("resume")));
    ck_assert_float_eq(input->width - rect_of("resume").x - rect_of("resume").w, UI_BETWEEN);
    click("resume");
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
}
END_TEST

START_TEST(stopping_is_said_until_it_is_done)
{
    start_training(1000);
    wait_for_epoch(1);
    click("stop");
    for (int i = 0; app->training.stage == TRAINING_LIVE && i < 3; i++) {
        ck_assert(text_is_shown("Stopping\u2026"));
        ck_assert(ui_find_control(app->ui, "stop")->off && ui_find_control(app->ui, "pause")->off);
        frame();
    }
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert(!text_is_shown("Stopping"));
}
END_TEST

START_TEST(a_run_that_goes_on_is_not_the_one_before_it)
{
    start_training(1000);
    wait_for_epoch(1);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    click("resume");
    wait_for_epoch(2);
    ck_assert_int_eq(app->training.past.count, 0);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    start_training(1000);
    wait_for_stage(TRAINING_LIVE);
    ck_assert_int_eq(app->training.past.count, 1);
}
END_TEST

START_TEST(the_dock_uses_the_room_that_buttons_leave)
{
    start_training(20);
    wait_for_stage(TRAINING_LIVE);
    input->width = 960;
    frame();
    ck_assert_float_ge(rect_of("progress").w, 300);
    places_check_texts("Draw while training");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_float_ge(rect_of("progress").w, 300);
    places_check_texts("Draw after training");
}
END_TEST

START_TEST(the_window_during_a_run_fits_at_every_size)
{
    start_training(1000);
    wait_for_epoch(2);
    for (int i = 0; i < PLACES_SIZES; i++) {
        input->width = places_sizes[i][0];
        input->height = places_sizes[i][1];
        key('1', UI_CTRL);
        frame();
        places_check_controls("Draw while training");
        places_check_texts("Draw while training");
        key('2', UI_CTRL);
        frame();
        places_check_controls("Train while training");
    }
}
END_TEST

START_TEST(a_run_that_was_quit_can_go_on_at_the_next_start)
{
    start_training(1000);
    wait_for_epoch(1);
    input->quit = true;
    frame();
    ck_assert(shown.quit);
    close_app();
    open_app(1280, 800);
    ck_assert_int_eq(app->training.left.count, 1);
    click("resume");
    wait_for_stage(TRAINING_LIVE);
    ck_assert_int_ge(app->training.view.history.epoch_count, 1);
    ck_assert_int_eq(app->training.view.recipe.epochs, 1000);
}
END_TEST

START_TEST(a_result_that_was_not_saved_is_there_at_the_next_start)
{
    char path[400];
    start_training(2);
    wait_for_stage(TRAINING_ENDED);
    close_app();
    open_app(1280, 800);
    ck_assert_str_eq(model_name(app->models.current), "tiny");
    ck_assert(text_is_shown("not saved"));
    click("resume");
    wait_for_stage(TRAINING_ENDED);
    ck_assert_str_eq(model_name(app->models.current), "nielsen-30, changed");
    snprintf(path, sizeof path, "%s/result.safetensors", folder);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    close_app();
    open_app(1280, 800);
    ck_assert_int_eq(app->training.left.count, 0);
}
END_TEST

START_TEST(saving_a_model_leaves_the_safety_copy_of_another_run)
{
    char path[400];
    snprintf(path, sizeof path, "%s/result.safetensors", folder);
    start_training(2);
    wait_for_stage(TRAINING_ENDED);
    start_training(2); /* by the same recipe */
    wait_for_stage(TRAINING_ENDED);
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    ck_assert(app->models.unsaved);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    ck_assert(!app->models.unsaved);
    ck_assert(files_exist(app->training.checkpoint));
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    ck_assert(app->models.unsaved);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    ck_assert(!files_exist(app->training.checkpoint));
}
END_TEST

START_TEST(only_one_run_at_a_time_and_its_data_stays)
{
    start_training(1000);
    wait_for_stage(TRAINING_LIVE);
    struct trainer *trainer = app->training.trainer;
    start_training(2);
    ck_assert_ptr_eq(app->training.trainer, trainer);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_WORD);
    app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
    ck_assert_str_eq(library_folder(app->library), data_path);
}
END_TEST

START_TEST(a_recipe_that_makes_no_sense_gets_a_sentence)
{
    struct recipe recipe = small_recipe(2);
    strcpy(recipe.net, "dense 10 step");
    app_act(app, &(struct action){.kind = ACT_START, .recipe = &recipe});
    frame();
    ck_assert_int_eq(app->training.stage, TRAINING_NONE);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
}
END_TEST

static void write_field(const char *name, const char *text)
{
    click(name);
    key('a', UI_CTRL);
    strcpy(input->typed, text);
    frame();
    key(UI_KEY_ENTER, UI_CTRL);
}

START_TEST(f5_starts_in_either_view_but_not_under_a_dialog)
{
    key('2', UI_CTRL);
    wait_for_data();
    write_field("hold-back", "100");
    for (int view = 0; view < APP_VIEW_COUNT; view++) {
        key('1' + view, UI_CTRL);
        key('o', UI_CTRL);
        key(UI_KEY_F5, 0);
        ck_assert(!training_busy(&app->training));
        key(UI_KEY_ESCAPE, 0);
        key(UI_KEY_F5, 0);
        ck_assert(training_busy(&app->training));
        key(UI_KEY_F5, 0);
        ck_assert(text_is_shown("A training is under way"));
        wait_for_stage(TRAINING_LIVE);
        click("stop");
        wait_for_stage(TRAINING_ENDED);
    }
}
END_TEST

START_TEST(a_start_leaves_what_can_go_on)
{
    key('2', UI_CTRL);
    wait_for_data();
    write_field("hold-back", "100");
    start_training(1000);
    wait_for_epoch(2);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    key(UI_KEY_F5, 0);
    ck_assert(training_busy(&app->training) && !app->training.from_checkpoint);
    wait_for_epoch(1);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_int_eq(app->training.left.count, 2);
    click("runs");
    frame();
    click("runs/1");
    wait_for_epoch(3);
    ck_assert_int_eq(app->training.recipe.epochs, 1000);
}
END_TEST

START_TEST(f5_says_why_it_cannot_start)
{
    key('2', UI_CTRL);
    write_field("net", "784-frog");
    key('1', UI_CTRL);
    key(UI_KEY_F5, 0);
    ck_assert(!training_busy(&app->training));
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "frog"));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("training");
    TCase *tests = tcase_create("training");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_result_of_a_run_becomes_the_model_and_one_can_go_back);
    tcase_add_test(tests, the_notice_says_which_images_its_figure_is_of);
    tcase_add_test(tests, a_run_that_only_guesses_offers_to_go_back_first);
    tcase_add_test(tests, the_newest_weights_read_the_drawing_while_it_trains);
    tcase_add_test(tests, the_top_bar_names_who_reads);
    tcase_add_test(tests, the_models_button_says_of_which_images_its_figure_is_at_every_size);
    tcase_add_test(tests, a_second_click_on_stop_meets_no_other_button);
    tcase_add_test(tests, the_dock_uses_the_room_that_buttons_leave);
    tcase_add_test(tests, stopping_is_said_until_it_is_done);
    tcase_add_test(tests, a_run_that_goes_on_is_not_the_one_before_it);
    tcase_add_test(tests, the_window_during_a_run_fits_at_every_size);
    tcase_add_test(tests, a_run_that_was_quit_can_go_on_at_the_next_start);
    tcase_add_test(tests, a_result_that_was_not_saved_is_there_at_the_next_start);
    tcase_add_test(tests, saving_a_model_leaves_the_safety_copy_of_another_run);
    tcase_add_test(tests, only_one_run_at_a_time_and_its_data_stays);
    tcase_add_test(tests, a_recipe_that_makes_no_sense_gets_a_sentence);
    tcase_add_test(tests, f5_starts_in_either_view_but_not_under_a_dialog);
    tcase_add_test(tests, a_start_leaves_what_can_go_on);
    tcase_add_test(tests, f5_says_why_it_cannot_start);
    suite_add_tcase(suite, tests);
    return suite;
}
