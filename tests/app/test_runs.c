/* SPDX-License-Identifier: MIT */
/* The trainings that are left in files: of this window, of others, of windows that were killed. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#include "app/frame/left_row.h"
#include "app/state/models.h"
#include "app/state/training.h"
#include "app_training.h"
#include "app_world.h"
#include "base/err.h"
#include "base/lock_beside.h"
#include "data/synthetic.h"
#include "left_runs.h"
#include "model/model.h"
#include "suite.h"
#include "train/trainer.h"

/* Trains in this window until so many epochs are done, and stops. */
static void train_and_stop(int epochs)
{
    start_training(1000);
    wait_for_epoch(epochs);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
}

static int count_files(const char *end)
{
    char command[600];
    int count = 0;
    snprintf(command, sizeof command, "find '%s/inkling' -name '*%s' | wc -l", folder, end);
    FILE *out = popen(command, "r");
    ck_assert_int_eq(fscanf(out, "%d", &count), 1);
    pclose(out);
    return count;
}

/* As many as are kept, the oldest first: after one epoch, but for those that came to their end. */
static void leave_as_many_as_are_kept(int done, int done_too)
{
    char name[40];
    load_data();
    for (int i = 0; i < RUNS_KEPT; i++) {
        snprintf(name, sizeof name, "%d.checkpoint", i);
        leave_run(path_of(name), "784-10", i == done || i == done_too ? 0 : 1, 100 - i);
    }
    look_back();
    ck_assert_int_eq(left()->count, RUNS_KEPT);
}

/* Whether all but that one are still there; -1: all. */
static bool are_there_but(int gone)
{
    char name[40];
    for (int i = 0; i < RUNS_KEPT; i++) {
        snprintf(name, sizeof name, "%d.checkpoint", i);
        if (files_exist(path_of(name)) != (i != gone))
            return false;
    }
    return true;
}

/* As the button "Start anew" does, but by the small recipe in place of the form's. */
static void start_anew(void)
{
    struct recipe recipe = small_recipe(1000);
    const struct notice_offer *offer = &app->notices.now.offers[1];
    ck_assert_str_eq(offer->label, "Start anew");
    app_act(app, &(struct action){.kind = offer->action, .text = offer->text, .recipe = &recipe});
    frame();
}

/* Row i of the menu of runs. */
static void choose_run(int i)
{
    char row[32];
    click("runs");
    frame();
    snprintf(row, sizeof row, "runs/%d", i);
    click(row);
    frame();
}

/* Another window: a process of its own that trains, until it is killed. Returns when it trains. */
static pid_t train_elsewhere(int epochs)
{
    int ready[2];
    ck_assert_int_eq(pipe(ready), 0);
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        open_app(1280, 800);
        start_training(1000);
        wait_for_epoch(epochs);
        if (write(ready[1], "", 1) != 1)
            _exit(1);
        while (getppid() == parent) {
            usleep(5000);
            frame();
        }
        _exit(0);
    }
    char done;
    close(ready[1]);
    ck_assert_int_eq(read(ready[0], &done, 1), 1);
    close(ready[0]);
    return child;
}

static void kill_window(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* ---- several windows ------------------------------------------------------------------------- */

START_TEST(each_run_has_a_checkpoint_of_its_own)
{
    train_and_stop(1);
    train_and_stop(1);
    ck_assert_int_eq(left()->count, 2);
    ck_assert_int_eq(count_files(".checkpoint"), 2);
    ck_assert_str_ne(left()->items[0].path, left()->items[1].path);
}
END_TEST

START_TEST(a_run_that_trains_in_another_window_is_not_offered_and_not_taken_up)
{
    close_app();
    pid_t other = train_elsewhere(1);
    open_app(1280, 800);
    ck_assert_int_eq(count_files(".checkpoint"), 1);
    ck_assert_int_eq(left()->count, 0);
    ck_assert_ptr_null(ui_find_control(app->ui, "resume"));
    train_and_stop(1);
    ck_assert_int_eq(left()->count, 1);
    ck_assert_int_eq(count_files(".checkpoint"), 2);
    kill_window(other);
    look_back();
    ck_assert_int_eq(left()->count, 2);
}
END_TEST

START_TEST(a_killed_window_loses_an_epoch_of_its_own_run_at_most)
{
    close_app();
    pid_t first = train_elsewhere(3), second = train_elsewhere(5);
    kill_window(first);
    kill_window(second);
    open_app(1280, 800);
    ck_assert_int_eq(left()->count, 2);
    ck_assert_double_ge(1000 * left()->items[0].progress, 4);
    ck_assert_double_ge(1000 * left()->items[1].progress, 2);
    click("resume");
    wait_for_epoch(6);
    ck_assert_int_eq(left()->count, 0);
}
END_TEST

START_TEST(what_another_window_took_up_or_finished_meanwhile_is_said)
{
    train_and_stop(1);
    char path[FILES_PATH_MAX];
    int lock;
    strcpy(path, left()->items[0].path);
    ck_assert(runs_take(path, &lock, NULL));
    click("resume");
    frame();
    ck_assert(!training_busy(&app->training));
    ck_assert(text_is_shown("goes on in another window"));
    ck_assert_int_eq(left()->count, 0);
    lock_beside_leave(path, lock);
    look_back();
    ck_assert_int_eq(left()->count, 1);
    ck_assert(runs_remove(path, NULL));
    click("resume");
    frame();
    ck_assert(!training_busy(&app->training));
    ck_assert(text_is_shown("That training is gone"));
    ck_assert_int_eq(count_files(".checkpoint.lock"), 0);
}
END_TEST

/* A window sees a small network's checkpoint; another puts a larger one's there; "Resume". */
/* Copies the data to a folder of another name. */
static void copy_data(const char *to)
{
    char command[900];
    snprintf(command, sizeof command, "cp -r '%s' '%s'", data_path, to);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(the_data_chosen_in_the_window_is_there_at_the_next_start)
{
    char other[400], command[500];
    struct app_setup setup = usual_setup();
    setup.data = NULL;
    snprintf(other, sizeof other, "%s/other-data", folder);
    copy_data(other);
    app_act(app, &(struct action){.kind = ACT_DATA, .text = other});
    for (int round = 0; round < 3; round++) {
        app_free(app);
        app = app_new(&setup, NULL);
        ck_assert_ptr_nonnull(app);
        ck_assert_int_eq(library_source(app->library),
                         round == 0   ? LIBRARY_FOLDER
                         : round == 1 ? LIBRARY_SYNTHETIC
                                      : LIBRARY_USUAL);
        if (round == 0) {
            ck_assert_str_eq(files_name(library_folder(app->library)), "other-data");
            app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
        } else {
            app_act(app, &(struct action){.kind = ACT_DATA, .text = other});
            snprintf(command, sizeof command, "rm -rf '%s'", other);
            ck_assert_int_eq(system(command), 0); /* no longer there at the last start */
        }
    }
    frame();
}
END_TEST

START_TEST(a_run_of_other_images_says_in_the_windows_words_what_to_choose)
{
    train_and_stop(1);
    app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
    load_data();
    click("resume");
    wait_until(app->notices.now.text[0]);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "This run was trained on other images ("));
    ck_assert_ptr_nonnull(
        strstr(app->notices.now.text, "choose them in the Data menu, then Resume."));
}
END_TEST

START_TEST(a_checkpoint_that_was_replaced_is_shown_as_it_was_read)
{
    load_data();
    leave_run(path_of("a.checkpoint"), "784-10", 1, 0);
    look_back();
    ck_assert_str_eq(left()->items[0].recipe.net, "784-10");
    leave_run(path_of("a.checkpoint"), "784-300-10", 1, 0);
    click("resume");
    wait_for_epoch(2);
    wait_until(app->training.view.weights != 0);
    ck_assert_ptr_nonnull(app_net(app));
    ck_assert_str_eq(nn_words(app_net(app)), app->training.recipe.net);
    ck_assert_uint_gt(nn_param_len(app_net(app)), 235000);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    ck_assert_uint_gt(nn_param_len(app->models.current->net), 235000);
}
END_TEST

START_TEST(a_lock_that_a_killed_window_left_keeps_nothing)
{
    load_data();
    leave_run(path_of("a.checkpoint"), "784-10", 1, 0);
    write_file(path_of("a.checkpoint.lock"), "", 0);
    write_file(path_of("b.checkpoint.lock"), "", 0); /* killed before its first epoch */
    look_back();
    ck_assert_int_eq(left()->count, 1);
    ck_assert(!files_exist(path_of("b.checkpoint.lock")));
    click("resume");
    wait_for_epoch(2);
}
END_TEST

/* ---- what is offered ------------------------------------------------------------------------- */

START_TEST(runs_are_offered_by_name_and_progress_the_newest_first)
{
    load_data();
    leave_run(path_of("a.checkpoint"), "784-10", 1, 125);
    leave_run(path_of("b.checkpoint"), "784-12-10", 2, 7);
    leave_run(path_of("c.checkpoint"), "784-14-10", 0, 3000);
    look_back();
    ck_assert_int_eq(left()->count, 3);
    ck_assert_str_eq(files_name(left()->items[0].path), "b.checkpoint");
    ck_assert_str_eq(files_name(left()->items[2].path), "c.checkpoint");
    ck_assert(text_is_shown("The training of nielsen-30, changed was stopped at "));
    ck_assert(text_is_shown("3 runs"));
    click("runs");
    frame();
    ck_assert(text_is_shown("Resume nielsen-30, changed"));
    ck_assert(text_is_shown(" of 1000 epochs \u00b7 7 min ago"));
    ck_assert(text_is_shown(" of 1000 epochs \u00b7 2 h ago"));
    ck_assert(text_is_shown("Take nielsen-30, changed"));
    ck_assert(text_is_shown("done, not saved \u00b7 2 days ago"));
    click("runs/1");
    wait_for_stage(TRAINING_LIVE);
    ck_assert_str_eq(files_name(app->training.checkpoint), "a.checkpoint");
    ck_assert_str_eq(app->training.recipe.net, "784-10");
}
END_TEST

START_TEST(a_checkpoint_of_the_version_that_kept_one_is_still_offered)
{
    char path[500];
    load_data();
    snprintf(path, sizeof path, "%s/inkling/training.checkpoint", folder);
    leave_run(path, "784-10", 1, 1);
    look_back();
    ck_assert_int_eq(left()->count, 1);
    click("resume");
    wait_for_epoch(2);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(left()->count, 1);
    ck_assert_str_eq(left()->items[0].path, path);
}
END_TEST

START_TEST(what_is_no_checkpoint_is_not_offered_and_left_alone)
{
    load_data();
    leave_run(path_of("a.checkpoint"), "784-10", 1, 0);
    write_file(path_of("b.checkpoint"), "rubbish", 7);
    write_file(path_of("c.txt"), "mine", 4);
    look_back();
    ck_assert_int_eq(left()->count, 1);
    ck_assert(files_exist(path_of("b.checkpoint")) && files_exist(path_of("c.txt")));
}
END_TEST

START_TEST(where_nothing_can_be_written_one_trains_all_the_same)
{
    char path[500], command[600];
    snprintf(path, sizeof path, "%s/inkling/runs", folder);
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    ck_assert_int_eq(system(command), 0);
    write_file(path, "", 0); /* a file is in the way of the folder */
    start_training(1000);
    wait_for_epoch(1);
    wait_until(app->training.view.trouble[0]);
    ck_assert_msg(strstr(app->training.view.trouble, "cannot be written") != NULL, "%s",
                  app->training.view.trouble);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(left()->count, 0);
    ck_assert(app->models.unsaved);
    remove(path);
}
END_TEST

/* ---- what becomes of them -------------------------------------------------------------------- */

START_TEST(a_run_is_thrown_away_when_that_is_said_twice)
{
    load_data();
    leave_run(path_of("a.checkpoint"), "784-10", 1, 1);
    leave_run(path_of("b.checkpoint"), "784-12-10", 2, 2);
    look_back();
    choose_run(4); /* two to go on with, a line, two to throw away */
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "Throw away the training of nielsen-30, "));
    ck_assert_int_eq(left()->count, 2);
    click("notice-offer");
    frame();
    ck_assert_int_eq(left()->count, 1);
    ck_assert(files_exist(path_of("a.checkpoint")));
    ck_assert(!files_exist(path_of("b.checkpoint")));
    ck_assert_int_eq(count_files(".checkpoint.lock"), 0);
}
END_TEST

START_TEST(a_result_is_offered_again_once_no_model_is_it_and_gone_once_it_is_saved)
{
    char path[400];
    snprintf(path, sizeof path, "%s/result.safetensors", folder);
    start_training(2);
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(left()->count, 0);
    ck_assert_int_eq(count_files(".checkpoint"), 1);
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    frame();
    ck_assert_int_eq(left()->count, 0); /* it is the one before */
    app_act(app, &(struct action){.kind = ACT_MODEL, .text = model_path});
    frame();
    ck_assert_int_eq(left()->count, 1);
    click("resume");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_int_eq(left()->count, 0);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    ck_assert_int_eq(count_files(".checkpoint"), 0);
    ck_assert_int_eq(count_files(".checkpoint.lock"), 0);
}
END_TEST

START_TEST(the_dock_tells_what_can_go_on_from_what_is_done)
{
    char path[600], words[300];
    load_data();
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s", path_of("a.checkpoint"));
        path[strlen(path) - strlen("a.checkpoint")] = (char)('a' + i);
        leave_run(path, "784-8-10", i == 0 || i == 3 ? 1 : 0, i);
        look_back();
        left_row_words(left(), words, sizeof words);
        ck_assert_ptr_nonnull(strstr(words, "can go on."));
        ck_assert(i != 0 || !strstr(words, "more"));
        ck_assert_msg(i != 1 || strstr(words, "can go on. 1 more is done, not saved."), "%s",
                      words);
        ck_assert_msg(i != 2 || strstr(words, "can go on. 2 more are done, not saved."), "%s",
                      words);
        ck_assert_msg(i != 3 || strstr(words, "So can 1 more. 2 more are done, not saved."), "%s",
                      words);
    }
}
END_TEST

START_TEST(beyond_the_limit_the_oldest_that_is_done_gives_way_once_that_is_said)
{
    leave_as_many_as_are_kept(3, 5);
    start_training(1000);
    ck_assert(!training_busy(&app->training));
    ck_assert(text_is_shown("done, not saved"));
    ck_assert(text_is_shown("Take it"));
    ck_assert(are_there_but(-1));
    start_anew();
    wait_for_stage(TRAINING_LIVE);
    ck_assert(are_there_but(3));
}
END_TEST

START_TEST(what_is_done_can_be_taken_instead_of_thrown_away)
{
    leave_as_many_as_are_kept(3, -1);
    start_training(1000);
    click("notice-offer"); /* "Take it" */
    wait_for_stage(TRAINING_ENDED);
    ck_assert(app->models.unsaved);
    ck_assert(are_there_but(-1));
    ck_assert_int_eq(left()->count, RUNS_KEPT - 1);
}
END_TEST

START_TEST(a_start_asks_before_a_run_that_can_go_on_gives_way)
{
    leave_as_many_as_are_kept(-1, -1);
    start_training(1000);
    ck_assert(!training_busy(&app->training));
    ck_assert(text_is_shown("8 trainings can still go on"));
    ck_assert(are_there_but(-1));
    start_anew();
    ck_assert(training_busy(&app->training));
    wait_for_stage(TRAINING_LIVE);
    ck_assert(are_there_but(0));
}
END_TEST

START_TEST(only_the_answer_throws_a_run_away_and_no_second_start)
{
    leave_as_many_as_are_kept(-1, -1);
    for (int i = 0; i < 3; i++) {
        start_training(1000);
        ck_assert(!training_busy(&app->training));
        ck_assert(text_is_shown("8 trainings can still go on"));
        if (i == 1)
            key(UI_KEY_ESCAPE, 0);
    }
    ck_assert(are_there_but(-1));
}
END_TEST

START_TEST(the_answer_throws_away_the_run_that_it_was_given_for_and_no_other)
{
    leave_as_many_as_are_kept(-1, -1);
    start_training(1000);
    struct utimbuf now = {time(NULL), time(NULL)};
    ck_assert_int_eq(utime(path_of("0.checkpoint"), &now), 0); /* trained on elsewhere */
    look_back();
    click("notice-offer-2");
    frame();
    ck_assert(!training_busy(&app->training));
    ck_assert(text_is_shown("8 trainings can still go on"));
    ck_assert(are_there_but(-1));
}
END_TEST

START_TEST(a_start_that_comes_to_nothing_throws_nothing_away)
{
    leave_as_many_as_are_kept(-1, -1);
    library_set(app->library, LIBRARY_FOLDER, "/nonexistent");
    start_training(1000);
    click("notice-offer-2");
    wait_for_stage(TRAINING_NONE);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert(are_there_but(-1));
    ck_assert_int_eq(left()->count, RUNS_KEPT);
}
END_TEST

/* ---- saving ---------------------------------------------------------------------------------- */

START_TEST(a_model_that_cannot_be_saved_says_which_checkpoint_holds_it)
{
    for (int epochs = 1; epochs <= 1000; epochs += 999) { /* one done, one stopped */
        start_training(epochs);
        wait_for_epoch(1);
        if (epochs > 1)
            click("stop");
        wait_for_stage(TRAINING_ENDED);
        char checkpoint[FILES_PATH_MAX];
        strcpy(checkpoint, app->training.checkpoint);
        app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = "/nonexistent/a.x"});
        ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
        ck_assert_ptr_nonnull(strstr(app->notices.now.text, "/nonexistent/a.x"));
        ck_assert_msg(strstr(app->notices.now.text, checkpoint) != NULL, "%s",
                      app->notices.now.text);
    }
    app_act(app, &(struct action){.kind = ACT_MODEL, .text = model_path});
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = "/nonexistent/a.x"});
    ck_assert_ptr_null(strstr(app->notices.now.text, "checkpoint"));
}
END_TEST

START_TEST(a_model_is_called_as_the_file_that_it_is_saved_to)
{
    static const char *const names[][2] = {
        {"anna.safetensors", "anna"}, {"anna", "anna"}, {"A. B. v2.safetensors", "A. B. v2"},
        {".safetensors", ".safetensors"}, {"na\u00efve.safetensors", "na\u00efve"},
    };
    char path[500];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i][0]);
        app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
        frame();
        ck_assert_str_eq(model_name(app->models.current), names[i][1]);
        ck_assert(text_is_shown(names[i][1]));
        app_act(app, &(struct action){.kind = ACT_MODEL, .text = model_path});
        app_act(app, &(struct action){.kind = ACT_MODEL, .text = path});
        ck_assert_str_eq(model_name(app->models.current), names[i][1]);
        remove(path);
    }
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = "/nonexistent/a.x"});
    ck_assert_str_eq(model_name(app->models.current), names[4][1]);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("runs");
    TCase *t = tcase_create("runs");
    tcase_set_timeout(t, 120);
    tcase_add_unchecked_fixture(t, make_world, remove_world);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, each_run_has_a_checkpoint_of_its_own);
    tcase_add_test(t, a_run_that_trains_in_another_window_is_not_offered_and_not_taken_up);
    tcase_add_test(t, a_killed_window_loses_an_epoch_of_its_own_run_at_most);
    tcase_add_test(t, what_another_window_took_up_or_finished_meanwhile_is_said);
    tcase_add_test(t, a_checkpoint_that_was_replaced_is_shown_as_it_was_read);
    tcase_add_test(t, a_run_of_other_images_says_in_the_windows_words_what_to_choose);
    tcase_add_test(t, the_data_chosen_in_the_window_is_there_at_the_next_start);
    tcase_add_test(t, a_lock_that_a_killed_window_left_keeps_nothing);
    tcase_add_test(t, runs_are_offered_by_name_and_progress_the_newest_first);
    tcase_add_test(t, a_checkpoint_of_the_version_that_kept_one_is_still_offered);
    tcase_add_test(t, what_is_no_checkpoint_is_not_offered_and_left_alone);
    tcase_add_test(t, where_nothing_can_be_written_one_trains_all_the_same);
    tcase_add_test(t, a_run_is_thrown_away_when_that_is_said_twice);
    tcase_add_test(t, a_result_is_offered_again_once_no_model_is_it_and_gone_once_it_is_saved);
    tcase_add_test(t, the_dock_tells_what_can_go_on_from_what_is_done);
    tcase_add_test(t, beyond_the_limit_the_oldest_that_is_done_gives_way_once_that_is_said);
    tcase_add_test(t, what_is_done_can_be_taken_instead_of_thrown_away);
    tcase_add_test(t, a_start_asks_before_a_run_that_can_go_on_gives_way);
    tcase_add_test(t, only_the_answer_throws_a_run_away_and_no_second_start);
    tcase_add_test(t, the_answer_throws_away_the_run_that_it_was_given_for_and_no_other);
    tcase_add_test(t, a_start_that_comes_to_nothing_throws_nothing_away);
    tcase_add_test(t, a_model_that_cannot_be_saved_says_which_checkpoint_holds_it);
    tcase_add_test(t, a_model_is_called_as_the_file_that_it_is_saved_to);
    suite_add_tcase(suite, t);
    return suite;
}
