/* SPDX-License-Identifier: MIT */
#include "digits_world.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app_world.h"
#include "base/err.h"
#include "base/files.h"
#include "data/my_digits.h"
#include "digits.h"

char store[400];
atomic_int loaded, saved, pause_ms;
atomic_bool saves_fail;

void rest(int milliseconds)
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
    (void)user, (void)grey;
    rest(atomic_load(&pause_ms));
    if (atomic_load(&saves_fail))
        return err_set(err, "%s cannot be written: the disk is full.", path);
    atomic_fetch_add(&saved, 1);
    return true;
}

const struct exchange_pictures slow = {NULL, load_slowly, NULL};

static void remove_files(void)
{
    char command[900];
    snprintf(command, sizeof command, "rm -rf '%s'* '%s/in' '%s/out'", store, folder, folder);
    ck_assert_int_eq(system(command), 0);
}

static void begin_empty(void)
{
    snprintf(store, sizeof store, "%s/inkling/my-digits.unp", folder);
    remove_files(); /* of a test that failed */
    set_up();
}

void begin_my_digits(void)
{
    begin_empty();
    wait_for_event("my_digits", "what", "loaded", 0);
}

void begin_digits(void)
{
    struct err err = {""};
    begin_empty();
    close_app();
    struct app_setup setup = usual_setup();
    setup.host.load_picture = load_slowly;
    setup.host.save_grey = save_slowly;
    app = app_new(&setup, &err);
    ck_assert_msg(app != NULL, "%s", err.text);
    atomic_store(&loaded, 0);
    atomic_store(&saved, 0);
    atomic_store(&pause_ms, 0);
    atomic_store(&saves_fail, false);
    wait_until(app->store.loaded);
    ck_assert(app->store.loaded);
}

void end_digits(void)
{
    tear_down();
    remove_files();
}

void teach(int digit)
{
    stroke(UI_BUTTON_LEFT, 0.2f + 0.05f * (float)digit, 0.2f, 0.5f, 0.8f);
    key('0' + digit, 0);
    ck_assert_int_eq(teaching_filed(&app->teaching, &app->canvas, &app->store), digit);
}

uint32_t digit_count(void)
{
    return my_digits_count(app->store.list);
}

const struct my_digit *last_digit(void)
{
    return my_digits_at(app->store.list, digit_count() - 1);
}

void draw_one(float x)
{
    stroke(UI_BUTTON_LEFT, x, 0.2f, x, 0.8f);
}

void teach_ten(void)
{
    for (int digit = 0; digit < 10; digit++) {
        draw_one(0.2f + 0.05f * (float)digit);
        key('0' + digit, 0);
    }
    ck_assert_uint_eq(digit_count(), 10);
}

void file_in(const char *path, struct my_digits *other, int label)
{
    uint8_t pixels[FIT_LEN] = {0};
    pixels[100 + label] = 255;
    ck_assert(my_digits_add(other, label, NULL, pixels, NULL));
    const struct my_digit **digits = my_digits_all(other, NULL);
    ck_assert(
        my_digits_save(path, (const struct my_digit *const *)digits, my_digits_count(other), NULL));
    free(digits);
}

void expect_stored(uint32_t wanted)
{
    struct err err = {""};
    struct my_digits *kept = load_digits(store, &err);
    ck_assert_msg(kept != NULL, "%s", err.text);
    ck_assert_uint_eq(my_digits_count(kept), wanted);
    for (uint32_t i = 1; i < wanted; i++)
        ck_assert_uint_gt(my_digits_at(kept, i)->number, my_digits_at(kept, i - 1)->number);
    my_digits_free(kept);
}

bool is_there(const char *name)
{
    return ui_find_control(app->ui, name) != NULL;
}

void wait_for_control(const char *name)
{
    wait_until(shown.quit || is_there(name));
    ck_assert_msg(!shown.quit && is_there(name), "%s is not there", name);
}

void wait_for_end(void)
{
    wait_until(shown.quit);
    ck_assert(shown.quit);
}

void wait_for_text(const char *text)
{
    wait_until(text_is_shown(text));
    ck_assert_msg(text_is_shown(text), "\"%s\" is not shown", text);
}

const json_t *wait_for_event(const char *kind, const char *key_name, const char *value, int from)
{
    for (int i = 0; i < 6000; i++) {
        frame();
        for (int e = event_count - 1; e >= from; e--) {
            const char *have = json_string_value(json_object_get(events[e], key_name));
            if (strcmp(json_string_value(json_object_get(events[e], "event")), kind) == 0 && have &&
                strcmp(have, value) == 0)
                return events[e];
        }
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    }
    ck_abort_msg("no %s event that says %s", kind, value);
    return NULL;
}

void close_window(void)
{
    input->quit = true;
    frame();
}

bool finish(void)
{
    struct err err = {""};
    bool done = app_finish(app, &err);
    if (!done)
        ck_assert_msg(strstr(err.text, "is lost") && strstr(err.text, "my-digits.unp"), "%s",
                      err.text);
    return done;
}
