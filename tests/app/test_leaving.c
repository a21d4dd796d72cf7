/* SPDX-License-Identifier: MIT */
/* Closing the window with what is not saved, and imports that can be given up. */
#include <check.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app_world.h"
#include "app/mine/exchange.h"
#include "base/err.h"
#include "base/files.h"
#include "data/mine.h"
#include "suite.h"

static char store[400];
static atomic_int loaded, saved; /* pictures that were, */
static atomic_int pause_ms;      /* each so slowly */

/* ---- the world ------------------------------------------------------------------------------- */

static void rest(int milliseconds)
{
    nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000L}, NULL);
}

/* A bar that is a little another in each file; no ink in a "blank" one. */
static bool load_slowly(void *user, const char *path, struct app_grey *grey, struct err *err)
{
    enum { ROWS = 60, COLS = 40 };
    (void)user;
    rest(atomic_load(&pause_ms));
    atomic_fetch_add(&loaded, 1);
    if (strstr(path, "damaged"))
        return err_set(err, "%s is damaged or not complete; try another copy.", files_name(path));
    *grey = (struct app_grey){ROWS, COLS, malloc(ROWS * COLS)};
    int high = 20;
    for (const char *at = path; *at; at++)
        high = (high * 31 + *at) % 30;
    for (int i = 0; i < ROWS * COLS; i++) {
        bool ink = i % COLS >= 18 && i % COLS < 22 && i / COLS >= 8 && i / COLS < 20 + high;
        grey->pixels[i] = ink && !strstr(path, "blank") ? 0 : 255;
    }
    return true;
}

static bool save_slowly(void *user, const char *path, const struct app_grey *grey, struct err *err)
{
    (void)user, (void)path, (void)grey, (void)err;
    rest(atomic_load(&pause_ms));
    atomic_fetch_add(&saved, 1);
    return true;
}

static const struct exchange_pictures slow = {NULL, load_slowly, NULL};

static void remove_files(void)
{
    char command[900];
    snprintf(command, sizeof command, "rm -rf '%s'* '%s/in'", store, folder);
    ck_assert_int_eq(system(command), 0);
}

static void begin(void)
{
    struct err err = {""};
    snprintf(store, sizeof store, "%s/inkling/my-digits.unp", folder);
    remove_files();
    set_up();
    close_app();
    struct app_setup setup = usual_setup();
    setup.host.load_picture = load_slowly;
    setup.host.save_grey = save_slowly;
    app = app_new(&setup, &err);
    ck_assert_msg(app != NULL, "%s", err.text);
    atomic_store(&loaded, 0);
    atomic_store(&saved, 0);
    atomic_store(&pause_ms, 0);
    for (int i = 0; i < 500 && !app->my.loaded; i++) {
        frame();
        rest(10);
    }
    ck_assert(app->my.loaded);
}

static void end(void)
{
    tear_down();
    remove_files();
}

static void teach(int digit)
{
    stroke(UI_BUTTON_LEFT, 0.2f + 0.05f * (float)digit, 0.2f, 0.5f, 0.8f);
    key('0' + digit, 0);
    ck_assert_int_eq(my_digits_filed(app), digit);
}

static void expect_stored(uint32_t wanted)
{
    struct err err = {""};
    struct mine *kept = mine_load(store, &err);
    ck_assert_msg(kept != NULL, "%s", err.text);
    ck_assert_uint_eq(mine_count(kept), wanted);
    mine_free(kept);
}

static bool is_there(const char *name)
{
    return ui_find_control(app->ui, name) != NULL;
}

/* Frames until that control is there, or the window may close. */
static void wait_for_control(const char *name)
{
    for (int i = 0; i < 1000 && !shown.quit && !is_there(name); i++) {
        frame();
        rest(10);
    }
    ck_assert_msg(!shown.quit && is_there(name), "%s is not there", name);
}

static void wait_for_end(void)
{
    for (int i = 0; i < 1000 && !shown.quit; i++) {
        frame();
        rest(10);
    }
    ck_assert(shown.quit);
}

static void wait_for_text(const char *text)
{
    for (int i = 0; i < 1000 && !text_is_shown(text); i++) {
        frame();
        rest(10);
    }
    ck_assert_msg(text_is_shown(text), "\"%s\" is not shown", text);
}

static void close_window(void)
{
    input->quit = true;
    frame();
}

static bool finish(void)
{
    static struct err err;
    bool done = app_finish(app, &err);
    if (!done)
        ck_assert_msg(strstr(err.text, "is lost") && strstr(err.text, "my-digits.unp"), "%s",
                      err.text);
    return done;
}

/* Something is taught that cannot be saved, and the window is told to close. */
static void close_in_vain(void)
{
    mkdir(store, 0700); /* a folder in its place */
    teach(1);
    close_window();
    wait_for_control("leave-again");
    ck_assert(text_is_shown("lose what you taught") && text_is_shown("my-digits.unp"));
}

/* ---- closing --------------------------------------------------------------------------------- */

START_TEST(the_question_has_its_place_at_every_size)
{
    static const float sizes[][2] = {{640, 480}, {960, 640}, {1280, 800}};
    static const char *const names[] = {"leave-stay", "leave-anyway", "leave-export",
                                        "leave-again"};
    close_in_vain();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        frame();
        frame();
        float from = 0;
        struct ui_rect dialog = rect_of("leave");
        for (int k = 0; k < 4; k++) { /* from the left */
            struct ui_rect at = rect_of(names[k]);
            ck_assert_float_ge(at.x, fmaxf(from, dialog.x));
            from = at.x + at.w;
            ck_assert_float_le(from, dialog.x + dialog.w);
            ck_assert_float_le(at.y + at.h, dialog.y + dialog.h);
        }
        ck_assert_float_le(dialog.x + dialog.w, sizes[i][0]);
    }
}
END_TEST

START_TEST(a_window_in_which_all_is_saved_closes_at_once)
{
    close_window();
    ck_assert(shown.quit);
    ck_assert(finish());
}
END_TEST

START_TEST(what_was_just_taught_is_saved_before_the_window_closes)
{
    teach(1);
    teach(2);
    close_window();
    wait_for_end();
    ck_assert(finish());
    expect_stored(2);
}
END_TEST

START_TEST(what_cannot_be_saved_is_asked_about_and_tried_again)
{
    close_in_vain();
    click("leave-again");
    wait_for_control("leave-again"); /* in vain, again */
    rmdir(store);
    click("leave-again");
    wait_for_end();
    ck_assert(finish());
    expect_stored(1);
}
END_TEST

START_TEST(who_quits_all_the_same_is_told_what_is_lost)
{
    close_in_vain();
    click("leave-anyway");
    ck_assert(shown.quit || (frame(), shown.quit));
    ck_assert(!finish());
    rmdir(store);
}
END_TEST

START_TEST(what_cannot_be_saved_is_exported_elsewhere_and_the_window_closes)
{
    char path[500];
    close_in_vain();
    click("leave-export");
    ck_assert_ptr_nonnull(app->dialog);
    ck_assert(!is_there("leave-again"));
    key(UI_KEY_ESCAPE, 0); /* the file dialog: the question comes back */
    frame();
    ck_assert(is_there("leave-again") && !shown.quit);
    snprintf(path, sizeof path, "%s/kept.unp", folder);
    app_act(app, &(struct action){.kind = ACT_MINE_EXPORT, .text = path});
    wait_for_end();
    ck_assert(finish());
    struct mine *kept = mine_load(path, NULL);
    ck_assert_uint_eq(mine_count(kept), 1);
    mine_free(kept);
    remove(path);
}
END_TEST

START_TEST(an_export_that_fails_leaves_the_question)
{
    close_in_vain();
    app_act(app, &(struct action){.kind = ACT_MINE_EXPORT, .text = "/no/such/folder/kept.unp"});
    for (int i = 0; i < 20; i++) {
        frame();
        rest(10);
    }
    ck_assert(!shown.quit && is_there("leave-again"));
}
END_TEST

START_TEST(one_can_stay_and_go_on)
{
    close_in_vain();
    key('3', UI_CTRL); /* no key reaches what is behind */
    key('t', UI_CTRL);
    ck_assert_int_eq(app->view, APP_DRAW);
    ck_assert(app->settings.dark);
    key(UI_KEY_ESCAPE, 0);
    frame();
    ck_assert(!is_there("leave-again") && !shown.quit);
    rmdir(store);
    teach(2);
    close_window();
    wait_for_end();
    expect_stored(2);
}
END_TEST

START_TEST(who_closes_a_second_time_is_not_held)
{
    close_in_vain();
    close_window(); /* the second half of a double click */
    ck_assert(!shown.quit);
    input->now += 3000000;
    close_window();
    ck_assert(shown.quit);
    ck_assert(!finish());
}
END_TEST

START_TEST(a_signal_asks_nothing_but_what_is_lost_is_told)
{
    mkdir(store, 0700);
    teach(1);
    input->ended = true;
    close_window();
    ck_assert(shown.quit);
    ck_assert(!finish());
}
END_TEST

START_TEST(a_lock_that_another_program_holds_does_not_hold_the_window)
{
    char lock_path[500];
    int lock;
    snprintf(lock_path, sizeof lock_path, "%s.lock", store);
    ck_assert(files_lock(lock_path, 0, &lock, NULL));
    teach(1);
    close_window();
    input->now += 1000000;
    frame();
    ck_assert(text_is_shown("Saving your digits")); /* what takes so long */
    wait_for_control("leave-again");
    ck_assert(text_is_shown("my-digits.unp.lock"));
    files_unlock(lock);
    click("leave-again");
    wait_for_end();
    expect_stored(1);
}
END_TEST

static void export_slowly(void)
{
    char path[500];
    for (int digit = 0; digit < 10; digit++)
        teach(digit);
    snprintf(path, sizeof path, "%s/in", folder);
    atomic_store(&pause_ms, 50);
    app->my.export_format = EXCHANGE_PNG;
    my_digits_export(app, path);
    close_window();
    ck_assert(!shown.quit);
}

START_TEST(an_export_is_finished_before_the_window_closes)
{
    export_slowly();
    wait_for_end();
    ck_assert(finish());
    ck_assert_int_eq(atomic_load(&saved), 10);
}
END_TEST

START_TEST(an_export_that_takes_long_is_told_and_can_be_given_up)
{
    export_slowly();
    for (int i = 0; i < 100 && my_digits_unsaved(app); i++) {
        frame();
        rest(1);
    }
    input->now += 1000000;
    frame();
    frame();
    ck_assert(text_is_shown("Exporting your digits"));
    ck_assert_uint_gt(shown.wake, input->now); /* and nothing turns in circles for it */
    click("leave-anyway");
    frame();
    ck_assert(shown.quit);
    ck_assert(finish()); /* none of the digits is lost */
    ck_assert_int_lt(atomic_load(&saved), 10);
    expect_stored(10);
}
END_TEST

START_TEST(a_save_that_failed_can_be_tried_again_from_its_sentence)
{
    mkdir(store, 0700);
    teach(1);
    wait_for_text("not saved yet");
    rmdir(store);
    click("notice-offer");
    for (int i = 0; i < 500 && my_digits_unsaved(app); i++) {
        frame();
        rest(10);
    }
    expect_stored(1);
}
END_TEST

START_TEST(digits_that_cannot_be_loaded_are_left_alone_and_tried_again)
{
    teach(1);
    close_window();
    wait_for_end();
    char hidden[500];
    snprintf(hidden, sizeof hidden, "%s.hidden", store);
    rename(store, hidden);
    mkdir(store, 0700);
    close_app();
    open_app(1280, 800);
    wait_for_text("none can be added until they can");
    key('1', 0);
    ck_assert_uint_eq(mine_count(app->my.list), 0);
    rmdir(store);
    rename(hidden, store);
    click("notice-offer"); /* try again */
    for (int i = 0; i < 500 && !app->my.loaded; i++) {
        frame();
        rest(10);
    }
    ck_assert_uint_eq(mine_count(app->my.list), 1);
}
END_TEST

/* ---- importing ------------------------------------------------------------------------------- */

/* A file in the folder "in", which begins as a picture of that kind does. */
static void put_file(const char *name, const char *head)
{
    char path[700], command[900];
    snprintf(path, sizeof path, "%s/in/%s", folder, name);
    snprintf(command, sizeof command, "mkdir -p \"$(dirname '%s')\"", path);
    ck_assert_int_eq(system(command), 0);
    write_file(path, head, strlen(head));
}

static const char png[] = "\x89PNG\r\n\x1a\n....", jpeg[] = "\xff\xd8\xff\xe0......",
                  bmp[] = "BM..........";

static const char *in(const char *name)
{
    static char paths[2][700];
    static int next;
    char *path = paths[next++ % 2];
    snprintf(path, sizeof paths[0], "%s/in%s%s", folder, name[0] ? "/" : "", name);
    return path;
}

/* Sixty pictures that take three seconds. */
static void import_many(void)
{
    char name[60];
    for (int i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "%d-%02d.png", i % 10, i);
        put_file(name, png);
    }
    atomic_store(&pause_ms, 50);
    my_digits_import(app, in(""));
    wait_for_text("of 60 pictures");
}

static void expect_stopped(void)
{
    wait_for_text("The import was stopped; nothing was added.");
    int stopped = atomic_load(&loaded);
    ck_assert_int_lt(stopped, 40);
    ck_assert_uint_eq(mine_count(app->my.list), 0);
    rest(150);
    ck_assert_int_eq(atomic_load(&loaded), stopped);
}

START_TEST(an_import_tells_how_far_it_is_and_stops_at_a_button)
{
    import_many();
    click("notice-offer");
    expect_stopped();
}
END_TEST

START_TEST(escape_stops_an_import)
{
    import_many();
    key(UI_KEY_ESCAPE, 0);
    expect_stopped();
}
END_TEST

START_TEST(closing_the_window_stops_an_import)
{
    import_many();
    close_window();
    ck_assert(shown.quit);
    ck_assert(finish());
    ck_assert_int_lt(atomic_load(&loaded), 40);
    ck_assert_uint_eq(mine_count(app->my.list), 0);
}
END_TEST

START_TEST(what_is_taught_during_an_import_is_saved_at_once)
{
    import_many();
    teach(1);
    for (int i = 0; i < 500 && my_digits_unsaved(app); i++) {
        frame();
        rest(2);
    }
    ck_assert_int_lt(atomic_load(&loaded), 60);
    expect_stored(1);
    my_digits_stop_import(app);
}
END_TEST

static struct mine *import(const char *name, struct exchange_passed *passed)
{
    struct err err = {""};
    struct mine *mine = exchange_import(in(name), &slow, NULL, passed, &err);
    ck_assert_msg(mine != NULL, "%s: %s", name, err.text);
    return mine;
}

static void expect_labels(const char *name, const char *labels, uint32_t passed_over)
{
    struct exchange_passed passed;
    struct mine *mine = import(name, &passed);
    char found[32] = "";
    for (uint32_t i = 0; i < mine_count(mine) && i < sizeof found - 1; i++)
        found[i] = (char)('0' + mine_at(mine, i)->label);
    ck_assert_str_eq(found, labels);
    ck_assert_msg(passed.files == passed_over, "%u passed over: %s", passed.files,
                  passed.why.text);
    mine_free(mine);
}

START_TEST(a_folder_says_which_digit_its_pictures_show)
{
    put_file("train/7/0001.png", png);
    put_file("train/7/more/1.jpg", jpeg);
    put_file("train/3/x.bmp", bmp);
    put_file("train/3/7-0012.png", png); /* in the folder of threes */
    put_file("test/0/a", png);           /* without an ending */
    expect_labels("", "03377", 0);
    expect_labels("train", "3377", 0);
    expect_labels("train/7", "77", 0);
    expect_labels("train/7/0001.png", "7", 0); /* by itself */
}
END_TEST

START_TEST(a_mixed_folder_is_read_and_what_is_passed_over_is_counted)
{
    put_file("5/a.png", png);
    put_file("8.png", png);
    put_file("2-photo.jpeg", jpeg);
    put_file("labels.csv", "7,1");
    put_file("holiday.jpg", jpeg);
    put_file("4-damaged.png", png);
    put_file("6-blank.png", png);
    put_file(".DS_Store", "....");
    expect_labels("", "258", 4);
    my_digits_import(app, in(""));
    wait_for_text("Imported 3 digits from in.");
    ck_assert_ptr_nonnull(strstr(app->notice.text, "4 files were passed over"));
}
END_TEST

START_TEST(a_circle_of_folders_ends)
{
    put_file("7/a.png", png);
    ck_assert_int_eq(symlink(in(""), in("7/again")), 0);
    expect_labels("", "7", 1);
}
END_TEST

START_TEST(a_folder_without_labelled_pictures_says_what_is_wanted)
{
    struct exchange_passed passed;
    struct err err = {""};
    put_file("holiday.jpg", jpeg);
    ck_assert_ptr_null(exchange_import(in(""), &slow, NULL, &passed, &err));
    ck_assert_msg(strstr(err.text, "7/0001.png") != NULL, "%s", err.text);
    put_file("7-damaged.jpg", jpeg);
    ck_assert_ptr_null(exchange_import(in(""), &slow, NULL, &passed, &err));
    ck_assert_msg(strstr(err.text, "No picture in in could be taken (1 tried)") &&
                      strstr(err.text, "damaged"),
                  "%s", err.text);
}
END_TEST

START_TEST(pictures_are_known_by_their_content)
{
    put_file("7.png", jpeg);
    put_file("3.jpg", jpeg);
    put_file("4.bmp", bmp);
    put_file("6.gif", "GIF89a......"); /* whoever reads pictures says what is wrong with it */
    expect_labels("7.png", "7", 0);
    expect_labels("3.jpg", "3", 0);
    expect_labels("4.bmp", "4", 0);
    expect_labels("6.gif", "6", 0);
    drop((char *)in("3.jpg"));
    key('3', UI_CTRL);
    drop((char *)in("3.jpg"));
    frame();
    wait_for_text("Imported 1 digit from 3.jpg.");
}
END_TEST

Suite *make_suite(void)
{
    TCase *tests = tcase_create("leaving"); /* one world for all */
    Suite *suite = suite_create("leaving");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_window_in_which_all_is_saved_closes_at_once);
    tcase_add_test(tests, what_was_just_taught_is_saved_before_the_window_closes);
    tcase_add_test(tests, what_cannot_be_saved_is_asked_about_and_tried_again);
    tcase_add_test(tests, who_quits_all_the_same_is_told_what_is_lost);
    tcase_add_test(tests, what_cannot_be_saved_is_exported_elsewhere_and_the_window_closes);
    tcase_add_test(tests, an_export_that_fails_leaves_the_question);
    tcase_add_test(tests, the_question_has_its_place_at_every_size);
    tcase_add_test(tests, one_can_stay_and_go_on);
    tcase_add_test(tests, who_closes_a_second_time_is_not_held);
    tcase_add_test(tests, a_signal_asks_nothing_but_what_is_lost_is_told);
    tcase_add_test(tests, a_lock_that_another_program_holds_does_not_hold_the_window);
    tcase_add_test(tests, an_export_is_finished_before_the_window_closes);
    tcase_add_test(tests, an_export_that_takes_long_is_told_and_can_be_given_up);
    tcase_add_test(tests, a_save_that_failed_can_be_tried_again_from_its_sentence);
    tcase_add_test(tests, digits_that_cannot_be_loaded_are_left_alone_and_tried_again);
    tcase_add_test(tests, an_import_tells_how_far_it_is_and_stops_at_a_button);
    tcase_add_test(tests, escape_stops_an_import);
    tcase_add_test(tests, closing_the_window_stops_an_import);
    tcase_add_test(tests, what_is_taught_during_an_import_is_saved_at_once);
    tcase_add_test(tests, a_folder_says_which_digit_its_pictures_show);
    tcase_add_test(tests, a_mixed_folder_is_read_and_what_is_passed_over_is_counted);
    tcase_add_test(tests, a_circle_of_folders_ends);
    tcase_add_test(tests, a_folder_without_labelled_pictures_says_what_is_wanted);
    tcase_add_test(tests, pictures_are_known_by_their_content);
    return suite;
}
