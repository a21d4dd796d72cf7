/* SPDX-License-Identifier: MIT */
/* Models in the window: those that another program changed, and those that read slowly. */
#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/state/canvas.h"
#include "app/state/models.h"
#include "app_training.h"
#include "app_world.h"
#include "base/files.h"
#include "kern/kern.h"
#include "model/builtin.h"
#include "model/model.h"
#include "suite.h"

/* A copy of the model whose last weight differs, under a name of its own. */
static char *change_model(void)
{
    static char path[400];
    size_t size;
    unsigned char *data = files_read(model_path, 1 << 24, &size, NULL);
    ck_assert_ptr_nonnull(data);
    data[size - 4] ^= 1; /* the lowest bit of the last weight */
    snprintf(path, sizeof path, "%s/changed.safetensors", folder);
    write_file(path, data, size);
    free(data);
    return path;
}

static bool is_offered(const char *label)
{
    for (int i = 0; i < NOTICE_OFFERS_MAX; i++)
        if (app->notices.now.offers[i].label &&
            strcmp(app->notices.now.offers[i].label, label) == 0)
            return true;
    return false;
}

START_TEST(the_menu_of_models_says_what_its_rows_are)
{
    app_act(app, &(struct action){.kind = ACT_MODEL, .text = model_path});
    frame();
    click("model");
    frame();
    ck_assert(text_is_shown("Recent") && text_is_shown("built in"));
    ck_assert(text_is_shown(model_builtin_name(0)) && text_is_shown(model_builtin_name(1)));
}
END_TEST

START_TEST(a_changed_model_is_said_and_opens_all_the_same_if_one_answers)
{
    const struct model *before = app->models.current;
    char *path = change_model();
    drop(path);
    frame();
    ck_assert_ptr_eq(app->models.current, before);
    ck_assert_msg(strstr(app->notices.now.text, "was changed since it was saved"), "%s",
                  app->notices.now.text);
    ck_assert(is_offered("Open it all the same"));
    ck_assert_ptr_null(strstr(app->notices.now.text, "--trust"));
    app_act(app, &(struct action){.kind = ACT_MODEL_TRUST});
    frame();
    ck_assert_ptr_ne(app->models.current, before);
    ck_assert_ptr_nonnull(strstr(app->models.path, "changed.safetensors"));
}
END_TEST

START_TEST(only_what_was_just_refused_for_it_is_opened_all_the_same)
{
    char missing[400];
    drop(change_model());
    frame();
    snprintf(missing, sizeof missing, "%s/missing.safetensors", folder);
    app_act(app, &(struct action){.kind = ACT_MODEL, .text = missing});
    ck_assert(!is_offered("Open it all the same"));
    const struct model *before = app->models.current;
    app_act(app, &(struct action){.kind = ACT_MODEL_TRUST});
    ck_assert_ptr_eq(app->models.current, before);
}
END_TEST

START_TEST(a_changed_model_at_the_start_wants_to_be_trusted)
{
    struct err err = {""};
    struct app_setup setup = usual_setup();
    close_app();
    setup.model = change_model();
    ck_assert_ptr_null(app_new(&setup, &err));
    ck_assert_msg(strstr(err.text, "with --trust."), "%s", err.text);
    setup.trust = true;
    struct app *other = app_new(&setup, &err);
    ck_assert_msg(other != NULL, "%s", err.text);
    app_free(other);
    open_app(1280, 800);
}
END_TEST

START_TEST(at_the_start_a_built_in_model_goes_by_its_name)
{
    static const char *const names[][2] = {{"best", "best"}, {"nielsen-30", "nielsen-30"}};
    struct err err = {""};
    close_app();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct app_setup setup = usual_setup();
        setup.model = names[i][0];
        struct app *other = app_new(&setup, &err);
        ck_assert_msg(other != NULL, "%s", err.text);
        ck_assert_str_eq(model_name(other->models.current), names[i][1]);
        ck_assert_int_eq(other->notices.now.kind, NOTICE_NONE);
        app_free(other);
    }
    open_app(1280, 800);
}
END_TEST

static const struct kern *fast;
static atomic_int slow; /* so many milliseconds the next product of matrices takes, and no other */

static void multiply_slowly(int m, int n, int k, const float *a, const float *b, const float *bias,
                            float *c)
{
    int milliseconds = atomic_exchange(&slow, 0);
    usleep(1000U * (unsigned)milliseconds);
    fast->gemm_nn(m, n, k, a, b, bias, c);
}

/* The window again, with a network that reads as slowly as `slow` says. */
static void open_slow_app(void)
{
    static struct kern kern;
    struct err err = {""};
    close_app();
    struct app_setup setup = usual_setup();
    fast = setup.kern;
    kern = *fast;
    kern.gemm_nn = multiply_slowly;
    setup.kern = &kern;
    app = app_new(&setup, &err);
    ck_assert_msg(app != NULL, "%s", err.text);
    frame();
    frame();
}

static void read_in(int milliseconds)
{
    app->canvas.any_reading = false;
    slow = milliseconds;
    frame();
    ck_assert_int_eq(slow, 0);
}

START_TEST(a_model_that_reads_slowly_is_said_once)
{
    open_slow_app();
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    read_in(10);
    ck_assert_ptr_null(strstr(app->notices.now.text, "to read a drawing"));
    read_in(1200);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, model_name(app->models.current)));
    ck_assert_msg(strstr(app->notices.now.text, " s to read a drawing"), "%s",
                  app->notices.now.text);
    app->notices.now = (struct notice){0};
    read_in(1200);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
    drop(model_path);
    frame();
    read_in(1200);
    ck_assert(is_offered("Go back"));
}
END_TEST

START_TEST(where_the_newest_weights_read_slowly_they_are_named_and_not_the_model_in_use)
{
    open_slow_app();
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    for (int run = 0; run < 2; run++) {
        start_training(1000);
        wait_for_epoch(1);
        app_act(app, &(struct action){.kind = ACT_PAUSE});
        wait_until(app->training.view.state == TRAINER_PAUSED);
        ck_assert(app_reads_newest(app));
        read_in(1200);
        ck_assert_msg(strstr(app->notices.now.text, "nielsen-30, changed takes "), "%s",
                      app->notices.now.text);
        ck_assert(!is_offered("Go back"));
        app->notices.now = (struct notice){0};
        read_in(1200);
        ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
        app_act(app, &(struct action){.kind = ACT_STOP});
        wait_for_stage(TRAINING_ENDED);
    }
}
END_TEST

/* ---- where to look for one ------------------------------------------------------------------- */

START_TEST(a_folder_is_looked_in_if_a_model_is_found_in_it_by_whatever_link)
{
    char user[400], beside[400], link_name[500], path[FILES_PATH_MAX], saved[FILES_PATH_MAX];
    snprintf(user, sizeof user, "%s/inkling/models", folder);
    snprintf(beside, sizeof beside, "%s/inkling/models-of-another", folder);
    ck_assert(files_make_folder(beside, NULL));
    strcpy(saved, app->models.path);
    app->models.path[0] = 0;
    app->models.found_count = 1;
    snprintf(app->models.found[0], FILES_PATH_MAX, "%s/a.safetensors", beside);
    models_look(&app->models, path);
    ck_assert_str_ne(path, beside);
    ck_assert_str_ne(path, user); /* nothing was found in it */
    ck_assert(files_make_folder(user, NULL));
    snprintf(link_name, sizeof link_name, "%s/inkling/models/a.safetensors", folder);
    write_model(link_name, "784-10", "a");
    rename(user, beside);
    ck_assert_int_eq(symlink(beside, user), 0);
    models_find(&app->models);
    ck_assert_ptr_nonnull(models_look(&app->models, path));
    ck_assert_str_eq(path, beside);
    remove(user);
    snprintf(link_name, sizeof link_name, "%s/a.safetensors", beside);
    remove(link_name);
    remove(beside);
    strcpy(app->models.path, saved);
}
END_TEST

/* ---- those that ship, and the one of the last time ------------------------------------------- */

/* Closes the window and opens it again without being told which model to begin with. */
static void start_again(void)
{
    struct err err = {""};
    struct app_setup setup = usual_setup();
    setup.model = NULL;
    if (app)
        close_app();
    app = app_new(&setup, &err);
    ck_assert_msg(app != NULL, "%s", err.text);
    memset(input, 0, sizeof *input);
    *input = (struct ui_input){.width = 1280, .height = 800, .scale = 1, .now = 1000000};
    frame();
    frame();
}

static void forget_settings(void)
{
    char path[400];
    close_app();
    snprintf(path, sizeof path, "%s/inkling/settings.json", folder);
    remove(path);
}

START_TEST(the_models_that_ship_are_in_the_menu_wherever_the_program_runs)
{
    static const char *const names[] = {"nielsen-30", "nielsen-100"};
    forget_settings();
    start_again(); /* in a folder that has no models/ */
    for (int i = 0; i < 2; i++) {
        char option[40];
        snprintf(option, sizeof option, "model-%s", names[i]);
        click("model");
        frame();
        click(option);
        ck_assert_str_eq(model_name(app->models.current), names[i]);
        ck_assert_str_eq(app->models.path, ""); /* saving it asks where to */
        ck_assert_int_ne(app->notices.now.kind, NOTICE_TROUBLE);
    }
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    ck_assert_str_eq(model_name(app->models.current), "nielsen-30");
    click("model");
    frame();
    ck_assert(ui_find_control(app->ui, "model-nielsen-30")->on);
    ck_assert(!ui_find_control(app->ui, "model-default")->on);
}
END_TEST

START_TEST(the_model_before_comes_back_with_its_file)
{
    char path[400];
    snprintf(path, sizeof path, "%s/bea.safetensors", folder);
    write_model(path, "784-12-10", "bea");
    for (int i = 0; i < 2; i++) { /* there and back, again and again */
        ask_for(ACT_MODEL, path);
        wait_until(strcmp(app->models.path, path) == 0);
        ask(ACT_MODEL_BACK, 0);
        frame();
        ck_assert_str_eq(app->models.path, model_path);
        ck_assert_str_eq(app->models.before_path, path);
        ck_assert(!app->models.unsaved && app->models.builtin < 0);
    }
}
END_TEST

START_TEST(the_first_ctrl_o_in_an_empty_home_is_no_error_and_lists_those_that_ship)
{
    char home[400], listed[500];
    forget_settings();
    snprintf(home, sizeof home, "%s/home", folder);
    setenv("XDG_DATA_HOME", home, 1);
    start_again();
    int before = event_count;
    key('o', UI_CTRL);
    frame();
    ck_assert(text_is_shown("nielsen-30.safetensors"));
    ck_assert(!text_is_shown("cannot") && !text_is_shown("no folder"));
    ck_assert_ptr_null(find_event("error", before));
    snprintf(listed, sizeof listed, "%s/inkling", home);
    ck_assert(!files_exist(listed)); /* asking leaves nothing behind */
    setenv("XDG_DATA_HOME", folder, 1);
}
END_TEST

START_TEST(the_last_model_and_view_come_back_at_the_next_start)
{
    char path[400];
    forget_settings();
    start_again();
    ck_assert_int_eq(app->view, APP_DRAW);
    app_act(app, &(struct action){.kind = ACT_MODEL, .text = "builtin:nielsen-100"});
    key('3', UI_CTRL);
    start_again();
    ck_assert_str_eq(model_name(app->models.current), "nielsen-100");
    ck_assert_int_eq(app->view, APP_MY_DIGITS);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
    snprintf(path, sizeof path, "%s/last.safetensors", folder);
    write_model(path, "784-12-10", "last");
    drop(path);
    key('1', UI_CTRL);
    drop(path);
    frame();
    start_again();
    ck_assert_str_eq(model_name(app->models.current), "last");
    ck_assert_int_eq(app->view, APP_DRAW);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
    app_act(app, &(struct action){.kind = ACT_MODEL, .text = "builtin:default"});
    start_again();
    ck_assert_int_eq(app->models.builtin, 0);
}
END_TEST

START_TEST(a_last_model_that_is_gone_or_damaged_leaves_the_default_and_a_word)
{
    char path[400];
    for (int damaged = 0; damaged < 2; damaged++) {
        snprintf(path, sizeof path, "%s/gone.safetensors", folder);
        write_model(path, "784-12-10", "gone");
        app_act(app, &(struct action){.kind = ACT_MODEL, .text = path});
        ck_assert_str_eq(model_name(app->models.current), "gone");
        if (damaged)
            write_file(path, "rubbish that is no model", 24);
        else
            remove(path);
        start_again();
        ck_assert_int_eq(app->models.builtin, 0);
        ck_assert_int_eq(app->notices.now.kind, damaged ? NOTICE_TROUBLE : NOTICE_WORD);
        ck_assert_msg(strstr(app->notices.now.text, "gone.safetensors"), "%s",
                      app->notices.now.text);
    }
    remove(path);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("app_models");
    world_is_looked_at = true;
    TCase *tests = tcase_create("models");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, a_changed_model_is_said_and_opens_all_the_same_if_one_answers);
    tcase_add_test(tests, the_menu_of_models_says_what_its_rows_are);
    tcase_add_test(tests, only_what_was_just_refused_for_it_is_opened_all_the_same);
    tcase_add_test(tests, a_changed_model_at_the_start_wants_to_be_trusted);
    tcase_add_test(tests, at_the_start_a_built_in_model_goes_by_its_name);
    tcase_add_test(tests, a_model_that_reads_slowly_is_said_once);
    tcase_add_test(tests,
                   where_the_newest_weights_read_slowly_they_are_named_and_not_the_model_in_use);
    tcase_add_test(tests, a_folder_is_looked_in_if_a_model_is_found_in_it_by_whatever_link);
    tcase_add_test(tests, the_models_that_ship_are_in_the_menu_wherever_the_program_runs);
    tcase_add_test(tests, the_model_before_comes_back_with_its_file);
    tcase_add_test(tests, the_first_ctrl_o_in_an_empty_home_is_no_error_and_lists_those_that_ship);
    tcase_add_test(tests, the_last_model_and_view_come_back_at_the_next_start);
    tcase_add_test(tests, a_last_model_that_is_gone_or_damaged_leaves_the_default_and_a_word);
    suite_add_tcase(suite, tests);
    return suite;
}
