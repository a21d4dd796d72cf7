/* SPDX-License-Identifier: MIT */
/* Teaching in the whole program: filing, undo, files, learning a hand, and the steps of the fit. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/files/file_dialog.h"
#include "app/state/exchange.h"
#include "app/state/finetuning.h"
#include "app/state/library.h"
#include "app_world.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "data/synthetic.h"
#include "digits.h"
#include "ink/drawing.h"
#include "kern/kern.h"
#include "model/model.h"
#include "nn/nn.h"
#include "suite.h"

/* ---- the world ------------------------------------------------------------------------------- */

static char store[400];

static uint32_t chosen_number(void)
{
    int at = digit_choice_at(&app->choice, app->store.list);
    ck_assert_int_ge(at, 0);
    return my_digits_at(app->store.list, (uint32_t)at)->number;
}

/* Frames until the log has such an event, or that is too long. */
static const json_t *wait_for(const char *kind, const char *key_name, const char *value, int from)
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

/* Frames until it is on screen, or that is too long. */
static void wait_for_text(const char *text)
{
    wait_until(text_is_shown(text));
    ck_assert_msg(text_is_shown(text), "\"%s\" is not shown", text);
}

static void remove_files(void)
{
    char command[900];
    snprintf(command, sizeof command, "rm -rf '%s'* '%s/out'", store, folder);
    ck_assert_int_eq(system(command), 0);
}

static void begin(void)
{
    snprintf(store, sizeof store, "%s/inkling/my-digits.unp", folder);
    remove_files(); /* of a test that failed */
    set_up();
    wait_for("my_digits", "what", "loaded", 0);
}

static void end(void)
{
    tear_down();
    remove_files();
}

static uint32_t count(void)
{
    return my_digits_count(app->store.list);
}

static const struct my_digit *last_digit(void)
{
    return my_digits_at(app->store.list, count() - 1);
}

static void draw_one(float x)
{
    stroke(UI_BUTTON_LEFT, x, 0.2f, x, 0.8f);
}

/* Ten drawings, one under each digit. */
static void teach_ten(void)
{
    for (int digit = 0; digit < 10; digit++) {
        draw_one(0.2f + 0.05f * (float)digit);
        key('0' + digit, 0);
    }
    ck_assert_uint_eq(count(), 10);
}

/* ---- filing ---------------------------------------------------------------------------------- */

START_TEST(a_digit_key_files_the_drawing_with_strokes_and_picture)
{
    draw_one(0.5f);
    key('1', 0);
    ck_assert_uint_eq(count(), 1);
    ck_assert_int_eq(last_digit()->label, 1);
    ck_assert_uint_eq(last_digit()->ink.stroke_count, 1);
    ck_assert_mem_eq(last_digit()->pixels, app->canvas.fit.pixels, FIT_LEN);
    const json_t *event = wait_for("my_digits", "what", "taught", 0);
    ck_assert_int_eq((int)json_integer_value(json_object_get(event, "label")), 1);
    ck_assert(text_is_shown("Filed in"));
    ck_assert(!text_is_shown(" mine")); /* no training uses them */
    ck_assert(ui_find_control(app->ui, "teach-1")->on);
    wait_for("my_digits", "what", "saved", 0);
    struct my_digits *saved = load_digits(store, NULL);
    ck_assert_uint_eq(my_digits_count(saved), 1);
    my_digits_free(saved);
}
END_TEST

START_TEST(a_button_files_it_too_and_another_names_it_anew)
{
    draw_one(0.5f);
    click("teach-7");
    click("teach-1");
    ck_assert_uint_eq(count(), 1);
    ck_assert_int_eq(last_digit()->label, 1);
    key('z', UI_CTRL);
    ck_assert_int_eq(last_digit()->label, 7);
    key('z', UI_CTRL);
    ck_assert_uint_eq(count(), 0);
    ck_assert_uint_eq(stroke_count(), 1);
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 0);
}
END_TEST

START_TEST(a_new_drawing_is_never_taken_for_one_that_was_taken_back)
{
    draw_one(0.5f);
    key('1', 0);
    ask(ACT_DIGITS_SELECT, last_digit()->number);
    ask(ACT_DIGITS_LABEL, 7);
    key('z', UI_CTRL); /* the stroke */
    draw_one(0.3f);
    ask(ACT_DIGITS_UNDO, 0); /* the label: the list is as it was when the first was filed */
    key('0', 0);
    ck_assert_uint_eq(count(), 2);
    ck_assert_int_eq(my_digits_at(app->store.list, 0)->label, 1);
    ck_assert_int_eq(last_digit()->label, 0);
}
END_TEST

START_TEST(the_stroke_after_a_filing_begins_the_next_digit)
{
    draw_one(0.3f);
    key('1', 0);
    draw_one(0.6f);
    ck_assert_uint_eq(stroke_count(), 1);
    key('1', 0);
    ck_assert_uint_eq(count(), 2);
    key('z', UI_CTRL); /* the filing, the stroke, the clearing, the first filing */
    ck_assert_uint_eq(count(), 1);
    key('z', UI_CTRL);
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 1);
    ck_assert_uint_eq(count(), 1);
    key('z', UI_CTRL);
    ck_assert_uint_eq(count(), 0);
    for (int i = 0; i < 4; i++)
        key('z', UI_CTRL | UI_SHIFT);
    ck_assert_uint_eq(count(), 2);
}
END_TEST

START_TEST(an_undone_filing_is_forgotten_by_a_new_stroke)
{
    draw_one(0.3f);
    key('1', 0);
    key('z', UI_CTRL);
    ck_assert(!ui_find_control(app->ui, "redo")->off);
    draw_one(0.6f);
    key('z', UI_CTRL | UI_SHIFT);
    ck_assert_uint_eq(count(), 0);
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(nothing_on_the_canvas_is_not_filed_and_that_is_said)
{
    key('3', 0);
    ck_assert_uint_eq(count(), 0);
    ck_assert(text_is_shown("Draw a digit first"));
    ck_assert(ui_find_control(app->ui, "teach-3")->off);
}
END_TEST

START_TEST(a_picture_is_filed_without_strokes)
{
    drop("bar.png");
    frame();
    key('1', 0);
    ck_assert_uint_eq(count(), 1);
    ck_assert_uint_eq(last_digit()->ink.stroke_count, 0);
    ck_assert_mem_eq(last_digit()->pixels, app->canvas.fit.pixels, FIT_LEN);
    drop("bar2.png");
    frame();
    key('1', 0);
    ck_assert_uint_eq(count(), 2);
}
END_TEST

START_TEST(what_is_filed_is_the_whole_rule_whatever_is_switched_off)
{
    struct ink_fit fit;
    draw_one(0.5f);
    key('s', 0);
    click("step-square");
    key('1', 0);
    ink_fit(drawing_ink(app->canvas.drawing), &fit);
    ck_assert_mem_eq(last_digit()->pixels, fit.pixels, FIT_LEN);
}
END_TEST

/* ---- the store ------------------------------------------------------------------------------- */

START_TEST(what_was_taught_is_there_at_the_next_start)
{
    draw_one(0.4f);
    key('1', 0);
    draw_one(0.6f);
    key('7', 0);
    close_app();
    int from = event_count;
    open_app(1280, 800);
    wait_for("my_digits", "what", "loaded", from);
    ck_assert_uint_eq(count(), 2);
    ck_assert_int_eq(last_digit()->label, 7);
    ck_assert_uint_eq(last_digit()->ink.stroke_count, 1);
}
END_TEST

/* Another window, or another file, gets a digit that no other is like. */
static void file_in(const char *path, struct my_digits *other, int label)
{
    uint8_t pixels[FIT_LEN] = {0};
    pixels[100 + label] = 255;
    ck_assert(my_digits_add(other, label, NULL, pixels, NULL));
    const struct my_digit **digits = my_digits_all(other, NULL);
    ck_assert(
        my_digits_save(path, (const struct my_digit *const *)digits, my_digits_count(other), NULL));
    free(digits);
}

static void file_elsewhere(struct my_digits *other, int label)
{
    file_in(store, other, label);
}

/* Frames until nothing is left to be saved. */
static void wait_for_saved(void)
{
    wait_until(!digit_store_unsaved(&app->store));
    ck_assert(!digit_store_unsaved(&app->store));
}

static void expect_stored(uint32_t wanted)
{
    struct my_digits *saved = load_digits(store, NULL);
    ck_assert_ptr_nonnull(saved);
    ck_assert_uint_eq(my_digits_count(saved), wanted);
    for (uint32_t i = 1; i < wanted; i++)
        ck_assert_uint_gt(my_digits_at(saved, i)->number, my_digits_at(saved, i - 1)->number);
    my_digits_free(saved);
}

/* One digit is filed here, and then an 8 in another window, whose list is the caller's. */
static struct my_digits *file_here_and_elsewhere(void)
{
    draw_one(0.5f);
    key('1', 0);
    wait_for("my_digits", "what", "saved", 0);
    struct my_digits *other = load_digits(store, NULL);
    file_elsewhere(other, 8);
    return other;
}

START_TEST(two_windows_keep_what_either_files)
{
    struct my_digits *other = file_here_and_elsewhere();
    draw_one(0.3f);
    int from = event_count;
    key('2', 0);
    wait_for("my_digits", "what", "saved", from);
    expect_stored(3);
    ck_assert_uint_eq(count(), 3);
    ck_assert_int_eq(last_digit()->label, 8);
    ck_assert(text_is_shown("1 digit that another window filed is in My digits now."));

    ask(ACT_DIGITS_SELECT, my_digits_at(app->store.list, 0)->number);
    from = event_count;
    ask(ACT_DIGITS_DELETE, 0);
    wait_for("my_digits", "what", "saved", from);
    expect_stored(2);
    my_digits_free(other);
    other = load_digits(store, NULL); /* as the other window joins it when it saves */
    file_elsewhere(other, 9);
    draw_one(0.4f);
    from = event_count;
    key('3', 0);
    wait_for("my_digits", "what", "saved", from);
    expect_stored(4); /* 2, 8, 3 and 9 */
    my_digits_free(other);
}
END_TEST

START_TEST(what_another_window_filed_is_kept_on_leaving)
{
    struct my_digits *other = file_here_and_elsewhere();
    draw_one(0.3f);
    key('2', 0);
    tear_down();
    expect_stored(3);
    my_digits_free(other);
    set_up();
}
END_TEST

START_TEST(a_damaged_store_is_kept_aside_and_said)
{
    static const char text[] = ".SEGMENT DIGIT 0 ? \"1\"\n.PEN_DOWN\n 1 2\n";
    char aside[500];
    close_app();
    write_file(store, text, strlen(text));
    int from = event_count;
    open_app(1280, 800);
    wait_for("my_digits", "what", "loaded", from);
    ck_assert(text_is_shown("the old file is kept as my-digits.unp.damaged-1"));
    draw_one(0.4f);
    key('1', 0);
    wait_for("my_digits", "what", "saved", from);
    snprintf(aside, sizeof aside, "%s.damaged-1", store);
    size_t size;
    unsigned char *bytes = files_read(aside, 1000, &size, NULL);
    ck_assert_mem_eq(bytes, text, sizeof text - 1);
    free(bytes);
}
END_TEST

START_TEST(a_store_that_cannot_be_written_is_said_and_nothing_is_lost)
{
    mkdir(store, 0700); /* a folder in its place */
    draw_one(0.4f);
    key('1', 0);
    wait_for_text("my-digits.unp");
    ck_assert_uint_eq(count(), 1);
    rmdir(store);
    int from = event_count;
    draw_one(0.6f);
    key('7', 0);
    wait_for("my_digits", "what", "saved", from);
    struct my_digits *saved = load_digits(store, NULL);
    ck_assert_uint_eq(my_digits_count(saved), 2);
    my_digits_free(saved);
}
END_TEST

START_TEST(a_store_that_somebody_holds_is_said_and_the_window_goes_on_and_closes)
{
    char lock_path[500];
    int lock;
    draw_one(0.5f);
    key('1', 0);
    wait_for("my_digits", "what", "saved", 0);
    snprintf(lock_path, sizeof lock_path, "%s.lock", store);
    ck_assert(files_lock(lock_path, 0, &lock, NULL));
    draw_one(0.3f);
    key('2', 0);
    wait_for_text("Your digits are not saved yet. Another program holds");
    expect_stored(1);
    files_unlock(lock);
    draw_one(0.4f);
    int from = event_count;
    key('3', 0);
    wait_for("my_digits", "what", "saved", from);
    expect_stored(3);
    ck_assert(files_lock(lock_path, 0, &lock, NULL));
    draw_one(0.3f);
    key('4', 0);
    tear_down(); /* comes back */
    expect_stored(3);
    files_unlock(lock);
    set_up();
}
END_TEST

START_TEST(what_could_not_be_saved_is_saved_on_leaving)
{
    mkdir(store, 0700); /* a folder in its place */
    draw_one(0.4f);
    key('1', 0);
    wait_for_text("my-digits.unp");
    rmdir(store);
    tear_down();
    expect_stored(1);
    set_up();
}
END_TEST

START_TEST(what_another_window_deleted_or_named_anew_is_said_and_undo_stays_ones_own)
{
    for (int i = 0; i < 3; i++) {
        draw_one(0.3f + 0.1f * (float)i);
        key('1' + i, 0);
    }
    wait_for_saved();
    struct my_digits *other = load_digits(store, NULL);
    ck_assert(my_digits_remove(other, 0, NULL) && my_digits_relabel(other, 0, 9, NULL));
    file_elsewhere(other, 8);
    my_digits_free(other);
    key('4', 0); /* names the third anew */
    wait_for_saved();
    ck_assert(text_is_shown("1 digit was filed in another window, 1 deleted, 1 named anew"));
    ck_assert_uint_eq(count(), 3);
    ck_assert_int_eq(my_digits_at(app->store.list, 0)->label, 9);
    ck_assert_int_eq(teaching_filed(&app->teaching, &app->canvas, &app->store),
                     4); /* though it is not the last of the list */
    key('5', 0);
    key('z', UI_CTRL);
    key('z', UI_CTRL);
    ck_assert_int_eq(my_digits_at(app->store.list, 1)->label, 3);
    ck_assert_uint_eq(count(), 3);
}
END_TEST

START_TEST(two_windows_that_hold_more_than_are_kept_lose_nothing)
{
    draw_one(0.5f);
    key('1', 0);
    wait_for_saved();
    struct dataset *set = dataset_new("others", MY_DIGITS_MAX, NULL);
    for (uint32_t i = 0; i < MY_DIGITS_MAX; i++) {
        memset(set->pixels + (size_t)i * FIT_LEN, 0, FIT_LEN);
        memcpy(set->pixels + (size_t)i * FIT_LEN, &i, sizeof i);
        set->labels[i] = (uint8_t)(i % 10);
    }
    struct my_digits *other = my_digits_from_set(set, NULL);
    const struct my_digit **digits = my_digits_all(other, NULL);
    ck_assert(my_digits_save(store, (const struct my_digit *const *)digits, MY_DIGITS_MAX, NULL));
    key('2', 0); /* a later wish than that it be gone */
    wait_for_saved();
    ck_assert_uint_eq(count(), MY_DIGITS_MAX + 1);
    draw_one(0.3f);
    key('2', 0);
    ck_assert(text_is_shown("more than the 5000 that are kept"));
    close_app();
    int from = event_count;
    open_app(1280, 800);
    wait_for("my_digits", "what", "loaded", from);
    ck_assert_uint_eq(count(), MY_DIGITS_MAX + 1);
    free(digits);
    my_digits_free(other);
    dataset_free(set);
}
END_TEST

/* ---- their own view -------------------------------------------------------------------------- */

START_TEST(a_digit_is_chosen_named_anew_and_deleted_and_that_undone)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-4");
    ck_assert(text_is_shown("Filed as a 4") && text_is_shown("The model reads"));
    ck_assert(text_is_shown(
        my_digits_is_held_out(my_digits_at(app->store.list, 4)) ? "For checking" : "For learning"));
    key('9', 0);
    ck_assert(text_is_shown("Filed as a 9"));
    key(UI_KEY_DELETE, 0);
    ck_assert_uint_eq(count(), 9);
    ck_assert(text_is_shown("Filed as a 5")); /* the next one */
    click("mine-undo");
    key('z', UI_CTRL);
    ck_assert_uint_eq(count(), 10);
    ck_assert_int_eq(my_digits_at(app->store.list, 4)->label, 4);
    key('z', UI_CTRL | UI_SHIFT);
    ck_assert_int_eq(my_digits_at(app->store.list, 4)->label, 9);
}
END_TEST

static bool is_filed(uint32_t number)
{
    for (uint32_t i = 0; i < my_digits_count(app->store.list); i++)
        if (my_digits_at(app->store.list, i)->number == number)
            return true;
    return false;
}

/* Tab until the ring is on that digit. */
static void tab_to(const char *name)
{
    for (int i = 0; i < 100 && !ui_has_focus(app->ui, name); i++)
        key(UI_KEY_TAB, 0);
    ck_assert(ui_has_focus(app->ui, name));
}

START_TEST(keys_act_on_the_digit_with_the_ring)
{
    teach_ten();
    key('3', UI_CTRL);
    tab_to("mine-0");
    ck_assert(text_is_shown("Filed as a 0"));
    key(UI_KEY_RIGHT, 0);
    key(UI_KEY_ENTER, 0);
    key(UI_KEY_RIGHT, 0);
    ck_assert(text_is_shown("Filed as a 2"));
    key(UI_KEY_DELETE, 0);
    ck_assert(!is_filed(2) && is_filed(1) && count() == 9);
    ck_assert(ui_has_focus(app->ui, "mine-3")); /* and the next */
    key('8', 0);
    ck_assert(text_is_shown("Filed as a 8") && chosen_number() == 3);
    key(UI_KEY_DELETE, 0);
    key(UI_KEY_DELETE, 0);
    ck_assert(!is_filed(3) && !is_filed(4) && count() == 7);
    key(UI_KEY_LEFT, 0);
    key(UI_KEY_DELETE, 0);
    ck_assert(!is_filed(1) && is_filed(5));
}
END_TEST

START_TEST(delete_undo_and_delete_again_are_of_the_same_digit)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-4");
    for (int i = 0; i < 3; i++) {
        key(UI_KEY_DELETE, 0);
        ck_assert(!is_filed(4) && count() == 9);
        key('z', UI_CTRL);
        ck_assert(is_filed(4) && text_is_shown("Filed as a 4"));
    }
    click("mine-only");
    click("mine-only/8");
    click("mine-7");
    key(UI_KEY_DELETE, 0);
    click("mine-only");
    click("mine-only/2");
    key('z', UI_CTRL);
    ck_assert(text_is_shown("Filed as a 7") && ui_find_control(app->ui, "mine-7"));
}
END_TEST

/* Frames with the pointer over a control, until what it explains is shown. */
static void hover(const char *name)
{
    struct ui_rect at = rect_of(name);
    sample(UI_MOVE, UI_BUTTON_NONE, 2, at.y);
    frame();
    sample(UI_MOVE, UI_BUTTON_NONE, at.x + at.w / 2, at.y + at.h / 2);
    frame();
    input->now += 2000000;
    frame();
}

START_TEST(keys_are_explained_only_where_they_act)
{
    static const char explained[] = "another digit's key names it anew";
    teach_ten();
    key('3', UI_CTRL);
    hover("mine-4"); /* nothing is chosen, so no key acts */
    ck_assert(!text_is_shown(explained) && text_is_shown("A 4: click"));
    click("mine-4");
    hover("mine-4");
    ck_assert(text_is_shown(explained));
    hover("mine-7"); /* the keys still act on the 4 */
    ck_assert(!text_is_shown(explained) && text_is_shown("A 7: click"));
}
END_TEST

START_TEST(one_kind_alone_is_shown_when_asked_for)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-only");
    click("mine-only/4");
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "mine-3"));
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-4"));
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-9"));
}
END_TEST

START_TEST(more_digits_than_fit_have_pages)
{
    struct err err = {""};
    uint8_t pixels[FIT_LEN];
    for (uint64_t i = 0; i < 200; i++) {
        int label = synthetic_draw(2, i, pixels);
        ck_assert_msg(my_digits_add(app->store.list, label, NULL, pixels, &err), "%s", err.text);
    }
    key('3', UI_CTRL);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "mine-0"));
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-199"));
    for (int i = 0; i < 20; i++)
        key(UI_KEY_PAGE_DOWN, 0);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "mine-199"));
    ck_assert(ui_find_control(app->ui, "page-next")->off);
    click("page-back");
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-199"));
}
END_TEST

START_TEST(the_ring_goes_from_page_to_page_and_to_what_comes_back)
{
    uint8_t pixels[FIT_LEN];
    for (uint64_t i = 0; i < 200; i++)
        ck_assert(my_digits_add(app->store.list, synthetic_draw(2, i, pixels), NULL, pixels, NULL));
    key('3', UI_CTRL);
    tab_to("mine-0");
    key(UI_KEY_RIGHT, 0);
    key(UI_KEY_DELETE, 0);
    key(UI_KEY_PAGE_DOWN, 0);
    uint32_t there = chosen_number();
    ck_assert_uint_gt(there, 10);
    key(UI_KEY_RIGHT, 0);
    ck_assert_uint_eq(chosen_number(), there + 1);
    key('z', UI_CTRL);
    ck_assert(ui_has_focus(app->ui, "mine-1"));
    ck_assert_uint_eq(chosen_number(), 1);
}
END_TEST

static void check_places(float width, float height)
{
    for (int i = 0; i < ui_control_count(app->ui); i++) {
        const struct ui_control *a = ui_control(app->ui, i);
        ck_assert_msg(a->rect.w > 0 && a->rect.h > 0, "%s is not to be seen at %gx%g", a->name,
                      (double)width, (double)height);
        ck_assert_msg(a->rect.x >= 0 && a->rect.y >= 0 && a->rect.x + a->rect.w <= width + 0.01f &&
                          a->rect.y + a->rect.h <= height + 0.01f,
                      "%s leaves the window at %gx%g", a->name, (double)width, (double)height);
        for (int k = 0; k < i; k++) {
            const struct ui_control *b = ui_control(app->ui, k);
            if (a->over || b->over || b->role == UI_ROLE_AREA) /* a notice, or what scrolls */
                continue;
            struct ui_rect both = ui_rect_meet(a->rect, b->rect);
            ck_assert_msg(both.w < 0.5f || both.h < 0.5f, "%s lies over %s at %gx%g", a->name,
                          b->name, (double)width, (double)height);
        }
    }
}

START_TEST(everything_has_its_place_at_every_size)
{
    static const float sizes[][2] = {{960, 640}, {1099, 700}, {1280, 800}, {1920, 1080}};
    teach_ten();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        for (int steps = 0; steps < 2; steps++) {
            key('1', UI_CTRL);
            key('s', 0);
            check_places(sizes[i][0], sizes[i][1]);
        }
        key('3', UI_CTRL);
        click("mine-3");
        check_places(sizes[i][0], sizes[i][1]);
        notices_say(&app->notices, NOTICE_WORD, "A sentence."); /* takes height away */
        frame();
        frame();
        check_places(sizes[i][0], sizes[i][1]);
        key(UI_KEY_ESCAPE, 0);
    }
}
END_TEST

static bool has_focus_in(const char *group)
{
    for (int i = 0; i < ui_control_count(app->ui); i++)
        if (ui_control(app->ui, i)->focus)
            return strncmp(ui_control(app->ui, i)->name, group, strlen(group)) == 0;
    return false;
}

/* Tab goes from group to group, the arrows within one. */
START_TEST(tab_and_arrows_reach_every_control)
{
    static const char *const wanted[] = {
        "mine-only", "mine-undo", "import", "export", "mine-9", "mine-delete",
        "label-8", "hand-learn"};
    enum { WANTED = sizeof wanted / sizeof *wanted };
    bool reached[WANTED] = {false};
    teach_ten();
    key('3', UI_CTRL);
    click("mine-3");
    for (int i = 0; i < 40; i++) {
        key(UI_KEY_TAB, 0);
        for (int step = 0; step < 10; step++) {
            for (int k = 0; k < WANTED; k++)
                reached[k] |= ui_has_focus(app->ui, wanted[k]);
            if (has_focus_in("mine-") || has_focus_in("label-"))
                if (!has_focus_in("mine-only"))
                    key(UI_KEY_RIGHT, 0);
        }
    }
    for (int k = 0; k < WANTED; k++)
        ck_assert_msg(reached[k], "%s is not reached by the keyboard", wanted[k]);
}
END_TEST

/* ---- files of others ------------------------------------------------------------------------- */

/* Pictures as the tests keep them: rows, columns, bytes. */
static bool load_plain(void *user, const char *path, struct app_grey *grey, struct err *err)
{
    size_t size;
    (void)user;
    unsigned char *bytes = files_read(path, 1 << 24, &size, err);
    if (!bytes)
        return false;
    int rows = bytes[8] << 8 | bytes[9], cols = bytes[10] << 8 | bytes[11];
    ck_assert_uint_eq(size, 12 + (size_t)rows * (size_t)cols);
    *grey = (struct app_grey){rows, cols, malloc((size_t)rows * (size_t)cols)};
    memcpy(grey->pixels, bytes + 12, (size_t)rows * (size_t)cols);
    free(bytes);
    return true;
}

static bool save_plain(void *user, const char *path, const struct app_grey *grey, struct err *err)
{
    uint8_t head[12] = {0x89, 'P', 'N', 'G', 0, 0, 0, 0, (uint8_t)(grey->rows >> 8),
                        (uint8_t)grey->rows, (uint8_t)(grey->cols >> 8), (uint8_t)grey->cols};
    const struct files_part parts[] = {
        {head, sizeof head}, {grey->pixels, (size_t)grey->rows * (size_t)grey->cols}};
    (void)user;
    return files_write(path, parts, 2, err);
}

static const struct exchange_pictures plain = {NULL, load_plain, save_plain};
static struct exchange_passed passed;

/* The digits `a` are the digits `b`, in any order. */
static void expect_same_digits(const struct my_digits *a, const struct my_digits *b)
{
    ck_assert_uint_eq(my_digits_count(a), my_digits_count(b));
    for (uint32_t i = 0; i < my_digits_count(a); i++) {
        bool found = false;
        for (uint32_t k = 0; k < my_digits_count(b); k++)
            found |= my_digits_at(a, i)->label == my_digits_at(b, k)->label &&
                     memcmp(my_digits_at(a, i)->pixels, my_digits_at(b, k)->pixels, FIT_LEN) == 0;
        ck_assert_msg(found, "digit %u did not come back", i);
    }
}

START_TEST(every_format_brings_back_what_it_was_given)
{
    static const char *const names[EXCHANGE_FORMATS] = {
        [EXCHANGE_UNIPEN] = "my.unp.gz", [EXCHANGE_IDX] = "my-images-idx3-ubyte",
        [EXCHANGE_SHEET] = "my.png", [EXCHANGE_PNG] = "mine"};
    struct dataset *set = synthetic_new(4, DATASET_TEST, 33, NULL);
    struct my_digits *list = my_digits_from_set(set, NULL);
    const struct my_digit **digits = my_digits_all(list, NULL);
    char path[500];
    snprintf(path, sizeof path, "%s/out", folder);
    mkdir(path, 0700);
    for (int format = 0; format < EXCHANGE_FORMATS; format++) {
        struct err err = {""};
        snprintf(path, sizeof path, "%s/out/%s", folder, names[format]);
        ck_assert_msg(exchange_export(path, (enum exchange_format)format, digits, 33, &plain, NULL,
                                      &err),
                      "%s", err.text);
        struct my_digits *back = exchange_import(path, &plain, NULL, &passed, &err);
        ck_assert_msg(back != NULL, "%s: %s", names[format], err.text);
        expect_same_digits(list, back);
        my_digits_free(back);
    }
    free(digits);
    my_digits_free(list);
    dataset_free(set);
}
END_TEST

START_TEST(files_that_cannot_be_imported_say_why)
{
    static const struct {
        const char *name, *bytes;
        size_t size;
        const char *why;
    } bad[] = {
        {"picture.png", "\x89PNG\0\0\0\0\0\2\0\2....", 16, "does not say which digit it shows"},
        {"7.png", "\x89PNG\0\0\0\0\0\2\0\2....", 16, "no ink"},
        {"images-idx3-ubyte", "\0\0\x8\3\0\0\0\1", 8, "labels-idx1-ubyte"},
        {"digits", "\0\0\x8\3\0\0\0\1", 8, "found by its name"},
        {"text.unp", "hello", 5, "neither a point nor a keyword"},
    };
    char path[500];
    snprintf(path, sizeof path, "%s/out", folder);
    mkdir(path, 0700);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {""};
        snprintf(path, sizeof path, "%s/out/%s", folder, bad[i].name);
        write_file(path, bad[i].bytes, bad[i].size);
        ck_assert_ptr_null(exchange_import(path, &plain, NULL, &passed, &err));
        ck_assert_msg(strstr(err.text, bad[i].why) != NULL || i == 2, "%s: %s", bad[i].name,
                      err.text);
        ck_assert_int_gt((int)strlen(err.text), 20);
    }
}
END_TEST

START_TEST(a_file_that_cannot_be_read_is_not_called_no_picture)
{
    struct err err = {""};
    char path[500];
    ck_assert_ptr_null(exchange_import("/proc/self/mem", &plain, NULL, &passed, &err));
    ck_assert_msg(strstr(err.text, "/proc/self/mem cannot be read: "), "%s", err.text);
    snprintf(path, sizeof path, "%s/unreadable", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/unreadable/7.png", folder);
    ck_assert_int_eq(symlink("/proc/self/mem", path), 0);
    *strrchr(path, '/') = 0;
    ck_assert_ptr_null(exchange_import(path, &plain, NULL, &passed, &err));
    ck_assert_msg(strstr(passed.why.text, "7.png cannot be read: "), "%s", passed.why.text);
}
END_TEST

/* Writes a set of two digits in QMNIST's way, labels of eight integers. */
static void write_wide_set(const char *images, const char *labels)
{
    static uint8_t pictures[16 + 2 * FIT_LEN] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28};
    static uint8_t wide[12 + 2 * 32] = {0, 0, 12, 2, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 7};
    for (int i = 0; i < 2; i++)
        memset(pictures + 16 + i * FIT_LEN + 300, 200 + i, 100);
    wide[12 + 32 + 3] = 4;
    write_file(images, pictures, sizeof pictures);
    write_file(labels, wide, sizeof wide);
}

START_TEST(either_file_of_a_set_imports_it_under_any_spelling_of_its_names)
{
    char images[500], labels[500];
    snprintf(images, sizeof images, "%s/out", folder);
    mkdir(images, 0700);
    snprintf(images, sizeof images, "%s/out/qmnist-test-images-idx3-ubyte", folder);
    snprintf(labels, sizeof labels, "%s/out/qmnist-test-labels-idx2-int", folder);
    write_wide_set(images, labels);
    for (int i = 0; i < 2; i++) {
        struct err err = {""};
        struct my_digits *list = exchange_import(i ? labels : images, &plain, NULL, &passed, &err);
        ck_assert_msg(list != NULL, "%s", err.text);
        ck_assert_uint_eq(my_digits_count(list), 2);
        ck_assert_int_eq(my_digits_at(list, 0)->label, 7);
        ck_assert_int_eq(my_digits_at(list, 1)->label, 4);
        my_digits_free(list);
    }
}
END_TEST

START_TEST(dropped_digits_are_imported_at_once_and_that_undone)
{
    char path[500];
    teach_ten();
    snprintf(path, sizeof path, "%s/copy.unp", folder);
    const struct my_digit **digits = my_digits_all(app->store.list, NULL);
    ck_assert(my_digits_save(path, digits, 10, NULL));
    struct my_digits *copy = load_digits(path, NULL);
    file_in(path, copy, 4);
    free(digits);
    my_digits_free(copy);
    key('3', UI_CTRL);
    drop(path);
    wait_for("my_digits", "what", "imported", 0);
    ck_assert_uint_eq(count(), 11);
    ck_assert_uint_eq(last_digit()->number, 10);
    ck_assert_str_eq(app->notices.now.text,
                     "Imported 1 digit from copy.unp; 10 were here already.");
    click("notice-offer");
    ck_assert_uint_eq(count(), 10);

    drop(path);
    wait_for("my_digits", "what", "imported", event_count);
    ask(ACT_DIGITS_SELECT, last_digit()->number);
    ask(ACT_DIGITS_LABEL, 5);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE); /* its Undo would undo the label */
    remove(path);
}
END_TEST

START_TEST(a_picture_that_says_its_digit_is_no_sheet_however_large)
{
    static const uint8_t head[] = {0x89, 'P', 'N', 'G'};
    const struct files_part part = {head, sizeof head};
    char path[500];
    snprintf(path, sizeof path, "%s/7-large.png", folder);
    ck_assert(files_write(path, &part, 1, NULL)); /* the pixels are load_bar's */
    ask_for(ACT_DIGITS_IMPORT, path);
    wait_for("my_digits", "what", "imported", 0);
    remove(path);
    ck_assert_uint_eq(count(), 1);
    ck_assert_int_eq(last_digit()->label, 7);
}
END_TEST

START_TEST(a_pipe_is_no_digits_and_nothing_waits_for_it)
{
    char path[500];
    snprintf(path, sizeof path, "%s/pipe.unp", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ask_for(ACT_DIGITS_IMPORT, path);
    wait_until(app->notices.now.kind == NOTICE_TROUBLE);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    remove(path);
}
END_TEST

START_TEST(an_export_is_written_where_one_says)
{
    char path[500];
    teach_ten();
    key('3', UI_CTRL);
    click("export");
    click("export-unipen");
    ck_assert_ptr_nonnull(app->dialog);
    key(UI_KEY_ESCAPE, 0);
    snprintf(path, sizeof path, "%s/exported.unp", folder);
    app_act(app, &(struct action){.kind = ACT_DIGITS_EXPORT_UNIPEN, .text = path});
    wait_for("my_digits", "what", "exported", 0);
    struct my_digits *back = load_digits(path, NULL);
    expect_same_digits(app->store.list, back);
    my_digits_free(back);
    remove(path);
}
END_TEST

static void expect_beginning(const char *menu, const char *item, const char *wanted)
{
    click(menu);
    click(item);
    frame();
    ck_assert_ptr_nonnull(app->dialog);
    ck_assert_msg(text_is_shown(wanted), "%s does not begin in %s", item, wanted);
    key(UI_KEY_ESCAPE, 0);
}

START_TEST(imports_and_exports_begin_where_the_last_one_was)
{
    char out[500], path[600];
    teach_ten();
    key('3', UI_CTRL);
    snprintf(out, sizeof out, "%s/out", folder);
    mkdir(out, 0700);
    snprintf(path, sizeof path, "%s/mine.unp", out);
    app_act(app, &(struct action){.kind = ACT_DIGITS_EXPORT_UNIPEN, .text = path});
    wait_for("my_digits", "what", "exported", 0);
    expect_beginning("import", "import-file", out);
    expect_beginning("import", "import-folder", out);
    for (int i = 0; i < EXCHANGE_FORMATS; i++) {
        static const char *const items[] = {
            [EXCHANGE_UNIPEN] = "export-unipen", [EXCHANGE_IDX] = "export-idx",
            [EXCHANGE_SHEET] = "export-sheet", [EXCHANGE_PNG] = "export-png"};
        expect_beginning("export", items[i], out);
    }
    close_app();
    open_app(1280, 800);
    key('3', UI_CTRL);
    expect_beginning("import", "import-file", out); /* it is kept */
    drop(data_path);
    frame();
    expect_beginning("import", "import-folder", data_path);
    rmdir(out);
}
END_TEST

/* ---- learning the hand ----------------------------------------------------------------------- */

static int score_count(const json_t *event, const char *name)
{
    return (int)json_integer_value(json_array_get(json_object_get(event, name), 1));
}

START_TEST(the_hand_is_learnt_beside_the_old_model_until_it_is_taken)
{
    teach_ten();
    key('3', UI_CTRL);
    const struct model *old = app->models.current;
    click("hand-learn");
    ck_assert(text_is_shown(" + 10 mine")); /* in the very frame: what it leads to comes later */
    wait_for("hand", "state", "started", 0);
    const json_t *event = wait_for("hand", "state", "ready", 0);
    ck_assert_int_eq(score_count(event, "own_before"), 10);
    ck_assert_int_eq(score_count(event, "own_after"), 10);
    ck_assert(!text_is_shown(" mine"));
    ck_assert(app->models.current == old);
    ck_assert(text_is_shown("before") && text_is_shown("after"));
    click("hand-accept");
    ck_assert(app->models.current != old && app->models.before == old);
    ck_assert_str_eq(model_name(app->models.current), "tiny, my hand");
    ck_assert(app->models.unsaved);
    ck_assert(memcmp(nn_weights(app->models.current->net), nn_weights(old->net),
                     nn_param_len(old->net) * sizeof(float)) != 0);
    click("notice-offer-2"); /* go back */
    ck_assert(app->models.current == old);
}
END_TEST

/* Whether the button is the main one, by the colour of its box. */
static bool is_main(const char *name)
{
    struct ui_rect at = rect_of(name);
    for (size_t i = 0; i < shown.shapes->count; i++) {
        const struct ui_shape *shape = &shown.shapes->items[i];
        if (shape->kind == UI_SHAPE_BOX && memcmp(&shape->rect, &at, sizeof at) == 0 &&
            (shape->fill == app->theme->primary || shape->fill == app->theme->primary_hover))
            return true;
    }
    return false;
}

START_TEST(the_button_that_the_figures_speak_for_is_the_main_one)
{
    teach_ten();
    key('3', UI_CTRL);
    click("hand-learn");
    wait_for("hand", "state", "ready", 0);
    ck_assert(!is_main("hand-accept") && !is_main("hand-discard")); /* ten are all learnt */
    struct finetune_result *result = (struct finetune_result *)finetuning_result(app->finetuning);
    result->check = FINETUNE_CROSSWISE;
    result->test_before = result->test_after = (struct finetune_score){99, 100};
    result->own_before = result->own_after = (struct finetune_score){8, 10};
    frame();
    ck_assert(!is_main("hand-accept") && is_main("hand-discard")); /* nothing gained */
    result->own_after.correct = 9;
    frame();
    ck_assert(is_main("hand-accept") && !is_main("hand-discard"));
    result->test_after.correct = 90;
    frame();
    ck_assert(!is_main("hand-accept") && is_main("hand-discard"));
}
END_TEST

START_TEST(a_learnt_hand_can_be_thrown_away)
{
    teach_ten();
    key('3', UI_CTRL);
    const struct model *old = app->models.current;
    click("hand-learn");
    wait_for("hand", "state", "ready", 0);
    click("hand-discard");
    ck_assert(app->models.current == old && app->models.before == NULL);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "hand-learn"));
}
END_TEST

START_TEST(learning_can_be_stopped_and_the_window_never_waits)
{
    teach_ten();
    key('3', UI_CTRL);
    click("hand-learn");
    wait_for("hand", "state", "started", 0);
    ck_assert(finetuning_busy(app->finetuning));
    key('1', UI_CTRL);
    key('c', 0);
    draw_one(0.5f); /* is read by the old model meanwhile */
    ck_assert(app->canvas.answer.any && app->canvas.read.weights == 0);
    key('3', UI_CTRL);
    if (finetuning_busy(app->finetuning)) {
        click("hand-stop");
        wait_for("hand", "state", "stopped", 0);
        ck_assert_ptr_nonnull(ui_find_control(app->ui, "hand-learn"));
    }
}
END_TEST

START_TEST(quitting_while_the_hand_is_learnt_ends_cleanly)
{
    teach_ten();
    key('l', UI_CTRL);
    wait_for("hand", "state", "started", 0);
    close_app();
    open_app(1280, 800);
}
END_TEST

START_TEST(a_training_and_a_hand_are_not_learnt_at_once)
{
    teach_ten();
    key('l', UI_CTRL);
    wait_for("hand", "state", "started", 0);
    if (finetuning_busy(app->finetuning)) {
        app_act(app, &(struct action){.kind = ACT_START});
        ck_assert(!training_busy(&app->training));
        ck_assert_ptr_nonnull(strstr(app->notices.now.text, "Your hand is being learnt"));
        app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
        ck_assert_ptr_nonnull(strstr(app->notices.now.text, "being learnt"));
        ck_assert_int_eq(library_source(app->library), LIBRARY_FOLDER);
    }
}
END_TEST

START_TEST(too_few_digits_teach_no_hand)
{
    draw_one(0.5f);
    key('1', 0);
    key('3', UI_CTRL);
    ck_assert(ui_find_control(app->ui, "hand-learn")->off);
    ck_assert(text_is_shown("Teach at least"));
    key('l', UI_CTRL);
    ck_assert_int_eq(finetuning_stage(app->finetuning), FINETUNING_IDLE);
}
END_TEST

/* ---- the steps ------------------------------------------------------------------------------- */

START_TEST(a_step_that_is_off_changes_what_is_read_at_once)
{
    draw_one(0.2f); /* far from the middle */
    struct ink_fit whole = app->canvas.fit;
    float before[10];
    memcpy(before, app->canvas.answer.probability, sizeof before);
    click("steps");
    ck_assert(text_is_shown("BOX") || text_is_shown("Box"));
    click("step-box");
    ck_assert(memcmp(whole.pixels, app->canvas.fit.pixels, FIT_LEN) != 0);
    ck_assert(memcmp(before, app->canvas.answer.probability, sizeof before) != 0);
    const json_t *event = find_event("steps", 0);
    ck_assert(!json_is_true(json_object_get(event, "box")));
    ck_assert(json_is_true(json_object_get(event, "mass")));
    click("step-mass");
    ck_assert_uint_eq(app->canvas.steps, FIT_SQUARE | FIT_TWENTY);
    click("steps-all");
    ck_assert_mem_eq(whole.pixels, app->canvas.fit.pixels, FIT_LEN);
    ck_assert_mem_eq(before, app->canvas.answer.probability, sizeof before);
}
END_TEST

/* Whether it stands on screen; figures of equal width are shapes of their own. */
static bool figures_are_shown(const char *text)
{
    static char all[20000];
    size_t len = 0;
    for (size_t i = 0; i < shown.shapes->count; i++)
        if (shown.shapes->items[i].kind == UI_SHAPE_TEXT && len < sizeof all - 200)
            len += (size_t)snprintf(all + len, 200, "%s",
                                    ui_shape_text(shown.shapes, &shown.shapes->items[i]));
    return strstr(all, text) != NULL;
}

START_TEST(the_figures_of_the_steps_are_of_what_is_marked)
{
    char text[80];
    draw_one(0.2f);
    input->width = 1920;
    input->height = 1200;
    frame();
    click("steps");
    frame();
    struct ink_box box = app->canvas.fit.box;
    double w = (double)(box.x1 - box.x0) + app->settings.brush;
    double h = (double)(box.y1 - box.y0) + app->settings.brush;
    snprintf(text, sizeof text, "%.1f \u00d7 %.1f", w, h);
    ck_assert_msg(figures_are_shown(text), "%s", text);
    snprintf(text, sizeof text, "made %.2f times as large", 20 / (w > h ? w : h));
    ck_assert_msg(figures_are_shown(text), "%s", text);
}
END_TEST

START_TEST(my_digits_are_read_in_the_same_words_as_the_canvas)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-4");
    struct answer *answer = &app->choice.answer;
    ck_assert(answer->any);
    answer->guess = false;
    answer->verdict = VERDICT_NO_DIGIT;
    frame();
    ck_assert(text_is_shown("The model reads: no digit? (a "));
    answer->guess = true;
    answer->verdict = VERDICT_SURE;
    frame();
    ck_assert(text_is_shown("The model reads: a guess: "));
}
END_TEST

START_TEST(closing_the_steps_switches_all_on)
{
    draw_one(0.2f);
    key('s', 0);
    click("step-twenty");
    ck_assert_uint_ne(app->canvas.steps, FIT_ALL);
    key('s', 0);
    ck_assert_uint_eq(app->canvas.steps, FIT_ALL);
    ck_assert_ptr_null(ui_find_control(app->ui, "step-twenty"));
}
END_TEST

START_TEST(the_steps_are_taken_with_a_picture_too)
{
    drop("bar.png");
    frame();
    struct ink_fit whole = app->canvas.fit;
    key('s', 0);
    click("step-square");
    ck_assert(memcmp(whole.pixels, app->canvas.fit.pixels, FIT_LEN) != 0);
    click("step-square");
    ck_assert_mem_eq(whole.pixels, app->canvas.fit.pixels, FIT_LEN);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("my digits");
    TCase *tests = tcase_create("my digits");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_digit_key_files_the_drawing_with_strokes_and_picture);
    tcase_add_test(tests, a_button_files_it_too_and_another_names_it_anew);
    tcase_add_test(tests, the_stroke_after_a_filing_begins_the_next_digit);
    tcase_add_test(tests, a_new_drawing_is_never_taken_for_one_that_was_taken_back);
    tcase_add_test(tests, an_undone_filing_is_forgotten_by_a_new_stroke);
    tcase_add_test(tests, nothing_on_the_canvas_is_not_filed_and_that_is_said);
    tcase_add_test(tests, a_picture_is_filed_without_strokes);
    tcase_add_test(tests, what_is_filed_is_the_whole_rule_whatever_is_switched_off);
    tcase_add_test(tests, what_was_taught_is_there_at_the_next_start);
    tcase_add_test(tests, two_windows_keep_what_either_files);
    tcase_add_test(tests, what_another_window_filed_is_kept_on_leaving);
    tcase_add_test(tests, a_damaged_store_is_kept_aside_and_said);
    tcase_add_test(tests, a_store_that_cannot_be_written_is_said_and_nothing_is_lost);
    tcase_add_test(tests, a_store_that_somebody_holds_is_said_and_the_window_goes_on_and_closes);
    tcase_add_test(tests, what_could_not_be_saved_is_saved_on_leaving);
    tcase_add_test(tests,
                   what_another_window_deleted_or_named_anew_is_said_and_undo_stays_ones_own);
    tcase_add_test(tests, two_windows_that_hold_more_than_are_kept_lose_nothing);
    tcase_add_test(tests, a_digit_is_chosen_named_anew_and_deleted_and_that_undone);
    tcase_add_test(tests, the_ring_goes_from_page_to_page_and_to_what_comes_back);
    tcase_add_test(tests, delete_undo_and_delete_again_are_of_the_same_digit);
    tcase_add_test(tests, keys_act_on_the_digit_with_the_ring);
    tcase_add_test(tests, keys_are_explained_only_where_they_act);
    tcase_add_test(tests, one_kind_alone_is_shown_when_asked_for);
    tcase_add_test(tests, more_digits_than_fit_have_pages);
    tcase_add_test(tests, everything_has_its_place_at_every_size);
    tcase_add_test(tests, tab_and_arrows_reach_every_control);
    tcase_add_test(tests, every_format_brings_back_what_it_was_given);
    tcase_add_test(tests, files_that_cannot_be_imported_say_why);
    tcase_add_test(tests, a_file_that_cannot_be_read_is_not_called_no_picture);
    tcase_add_test(tests, either_file_of_a_set_imports_it_under_any_spelling_of_its_names);
    tcase_add_test(tests, dropped_digits_are_imported_at_once_and_that_undone);
    tcase_add_test(tests, a_picture_that_says_its_digit_is_no_sheet_however_large);
    tcase_add_test(tests, a_pipe_is_no_digits_and_nothing_waits_for_it);
    tcase_add_test(tests, an_export_is_written_where_one_says);
    tcase_add_test(tests, imports_and_exports_begin_where_the_last_one_was);
    tcase_add_test(tests, the_hand_is_learnt_beside_the_old_model_until_it_is_taken);
    tcase_add_test(tests, the_button_that_the_figures_speak_for_is_the_main_one);
    tcase_add_test(tests, a_learnt_hand_can_be_thrown_away);
    tcase_add_test(tests, learning_can_be_stopped_and_the_window_never_waits);
    tcase_add_test(tests, quitting_while_the_hand_is_learnt_ends_cleanly);
    tcase_add_test(tests, a_training_and_a_hand_are_not_learnt_at_once);
    tcase_add_test(tests, too_few_digits_teach_no_hand);
    tcase_add_test(tests, a_step_that_is_off_changes_what_is_read_at_once);
    tcase_add_test(tests, closing_the_steps_switches_all_on);
    tcase_add_test(tests, the_figures_of_the_steps_are_of_what_is_marked);
    tcase_add_test(tests, my_digits_are_read_in_the_same_words_as_the_canvas);
    tcase_add_test(tests, the_steps_are_taken_with_a_picture_too);
    suite_add_tcase(suite, tests);
    return suite;
}
