/* SPDX-License-Identifier: MIT */
/* Data in the whole program: where it is found, what is dropped, what it is called. */
#include <check.h>
#include <jansson.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app_training.h"
#include "app_world.h"
#include "places.h"
#include "suite.h"

START_TEST(what_cannot_be_used_when_dropped_gets_a_sentence)
{
    char text[] = "/some/letter.txt", missing[] = "/some/missing.png", one[] = "/some/one.png";
    char *drops[] = {text, missing, folder};
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
        app->notices.now = (struct notice){0};
        drop(drops[i]);
        frame();
        ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    }
    app->notices.now = (struct notice){0};
    drop(one);
    drop(text);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert(!app->canvas.picture.any);
}
END_TEST

START_TEST(a_folder_that_is_dropped_becomes_the_data)
{
    app_act(app, &(struct action){.kind = ACT_DATA_USUAL});
    wait_for_data();
    drop(data_path);
    frame();
    wait_for_data();
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
    ck_assert_str_eq(library_folder(app->library), data_path);
    ck_assert_str_eq(library_name(app->library), "digits");
    frame();
    ck_assert_uint_eq(app->form.images, library_train(app->library)->count);
    ck_assert_ptr_nonnull(find_event("data", 0));
}
END_TEST

/* Copies one of the files of the data. */
static void copy_data(const char *from, const char *to)
{
    char command[1000];
    snprintf(command, sizeof command, "mkdir -p $(dirname %s/%s) && cp %s/%s %s/%s", folder, to,
             data_path, from, folder, to);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(data_that_another_program_left_is_found_and_it_is_said_where)
{
    char place[340], file[400];
    copy_data("train-images-idx3-ubyte", "set/MNIST/raw/train-images-idx3-ubyte");
    copy_data("train-labels-idx1-ubyte", "set/MNIST/raw/train-labels-idx1-ubyte");
    snprintf(place, sizeof place, "%s/set", folder);
    drop(place);
    frame();
    wait_for_data();
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
    ck_assert_str_eq(library_name(app->library), "MNIST");
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "MNIST/raw/train-images-idx3-ubyte"));
    snprintf(file, sizeof file, "%s/train-images-idx3-ubyte", data_path);
    drop(file); /* one file stands for its set */
    frame();
    wait_for_data();
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
    ck_assert_str_eq(library_name(app->library), "digits");
    snprintf(file, sizeof file, "%s/none.npz", folder);
    drop(file);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "The data stays as it was."));
    ck_assert_str_eq(library_name(app->library), "digits");
}
END_TEST

static int count_events(const char *kind)
{
    int count = 0;
    for (int i = 0; i < event_count; i++)
        count += strcmp(json_string_value(json_object_get(events[i], "event")), kind) == 0;
    return count;
}

START_TEST(usual_places_without_data_are_said_when_chosen_and_when_trained_on)
{
    static const char said[] = "No data found, so the digits are the program's own drawings";
    app_act(app, &(struct action){.kind = ACT_DATA_USUAL});
    frame();
    ck_assert(strstr(app->notices.now.text, said) != NULL);
    key('2', UI_CTRL);
    ck_assert(text_is_shown("none found: synthetic"));
    wait_until(count_events("data") != 0);
    key(UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
    start_training(1); /* on what was loaded long before */
    wait_for_stage(TRAINING_LIVE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, said));
    app_act(app, &(struct action){.kind = ACT_STOP});
    wait_for_stage(TRAINING_ENDED);
    key(UI_KEY_ESCAPE, 0);
    app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC}); /* asked for: nothing to say */
    frame();
    ck_assert_ptr_null(strstr(app->notices.now.text, said));
}
END_TEST

START_TEST(curves_say_what_was_trained_on_whatever_was_chosen_since)
{
    char path[400];
    size_t size;
    snprintf(path, sizeof path, "%s/curves.csv", folder);
    start_training(2);
    wait_for_stage(TRAINING_ENDED);
    app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
    app_act(app, &(struct action){.kind = ACT_CURVES_CSV, .text = path});
    char *text = (char *)files_read(path, 1 << 20, &size, NULL);
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(strstr(text, "# data digits\n# recipe nielsen-30, changed\n"));
    free(text);
    remove(path);
}
END_TEST

/* A load whose thread cannot end: its wake-up waits until the test lets it go. */
static atomic_bool may_end;

static void hold_thread(void *context)
{
    (void)context;
    while (!atomic_load(&may_end))
        usleep(1000);
}

START_TEST(choosing_other_data_does_not_wait_for_a_loading_under_way)
{
    struct library *library = library_new(hold_thread, NULL, NULL);
    ck_assert_ptr_nonnull(library);
    library_set(library, LIBRARY_SYNTHETIC, NULL);
    library_load(library);
    library_set(library, LIBRARY_FOLDER, data_path);
    atomic_store(&may_end, true);
    library_load(library);
    for (int i = 0; i < 2000 && library_state(library) == LIBRARY_LOADING; i++) {
        usleep(1000);
        library_poll(library);
    }
    ck_assert_int_eq(library_state(library), LIBRARY_READY);
    ck_assert_str_eq(library_name(library), "digits");
    ck_assert_uint_eq(library_train(library)->count, 300);
    library_free(library);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("library");
    TCase *tests = tcase_create("library");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, what_cannot_be_used_when_dropped_gets_a_sentence);
    tcase_add_test(tests, a_folder_that_is_dropped_becomes_the_data);
    tcase_add_test(tests, data_that_another_program_left_is_found_and_it_is_said_where);
    tcase_add_test(tests, usual_places_without_data_are_said_when_chosen_and_when_trained_on);
    tcase_add_test(tests, curves_say_what_was_trained_on_whatever_was_chosen_since);
    tcase_add_test(tests, choosing_other_data_does_not_wait_for_a_loading_under_way);
    suite_add_tcase(suite, tests);
    return suite;
}
