/* SPDX-License-Identifier: MIT */
/* How the views, menus and dialogs of the whole program look, held by golden/: see looks.h. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app_world.h"
#include "base/buffer.h"
#include "digits_world.h"
#include "looks.h"
#include "robot.h"
#include "suite.h"
#include "train/finetune.h"

/* What stands there once nothing moves any more. */
static void look(const char *name)
{
    char file[120];
    snprintf(file, sizeof file, "tests/app/golden/%s.txt", name);
    for (int i = 0; i < 3; i++) {
        app->canvas.answer.microseconds = 1234; /* it is another each time */
        frame();
    }
    looks_expect(app->ui, shown.shapes, folder, file);
}

/* The same in a small window and a large one. */
static void look_at_sizes(const char *name)
{
    static const float sizes[][2] = {{640, 480}, {1280, 800}};
    char sized[80];
    for (int i = 0; i < 2; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        snprintf(sized, sizeof sized, "%s-%d", name, (int)sizes[i][0]);
        look(sized);
    }
}

static void draw_seven(void)
{
    stroke(UI_BUTTON_LEFT, 0.3f, 0.25f, 0.7f, 0.25f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.25f, 0.45f, 0.8f);
    sample(UI_MOVE, UI_BUTTON_NONE, 2, 2);
    input->now += 2000000;
    wait_until(app->canvas.answer.any);
}

/* ---- views ----------------------------------------------------------------------------------- */

START_TEST(the_draw_view_looks_as_it_did)
{
    look("draw-empty");
    draw_seven();
    look_at_sizes("draw");
    key('e', 0);
    key('s', 0);
    look_at_sizes("draw-steps");
    for (int step = FIT_TIGHT; step < FIT_ALL; step *= 2) { /* each left out by itself */
        char name[40];
        ask(ACT_STEP, step);
        snprintf(name, sizeof name, "draw-step-%d", step);
        look(name);
        ask(ACT_STEP, step);
    }
}
END_TEST

START_TEST(the_draw_view_in_the_light_theme_looks_as_it_did)
{
    draw_seven();
    key('t', UI_CTRL);
    look("draw-light");
    click("theme");
    ck_assert(app->settings.dark);
}
END_TEST

START_TEST(the_view_of_my_digits_looks_as_it_did)
{
    key('3', UI_CTRL);
    look("mine-empty");
    key('1', UI_CTRL);
    teach_ten();
    app->notices.now = (struct notice){0};
    key('3', UI_CTRL);
    look("mine");
    click("mine-4");
    look_at_sizes("mine-chosen");
    ask(ACT_DIGITS_ONLY, 7);
    look("mine-sevens");
    key(UI_KEY_DELETE, 0);
    look("mine-deleted");
}
END_TEST

/* Too few to learn a hand from, and just enough. */
START_TEST(my_digits_says_what_is_missing_as_it_did)
{
    for (int i = 1; i <= FINETUNE_DIGITS_LEAST; i++) {
        teach(i);
        if (i < FINETUNE_DIGITS_LEAST - 1)
            continue;
        app->notices.now = (struct notice){0};
        key('3', UI_CTRL);
        look(i < FINETUNE_DIGITS_LEAST ? "mine-few" : "mine-enough");
        key('1', UI_CTRL);
    }
}
END_TEST

/* ---- tips ------------------------------------------------------------------------------------ */

/* A line a control: its name, and what is said when the pointer rests on it. */
static void tell_tips(struct buffer *out)
{
    for (int i = 0; i < ui_control_count(app->ui); i++) {
        struct ui_control control = *ui_control(app->ui, i);
        if (control.rect.w <= 0)
            continue;
        sample(UI_MOVE, UI_BUTTON_NONE, control.rect.x + control.rect.w / 2,
               control.rect.y + control.rect.h / 2);
        frame();
        size_t before = shown.shapes->count;
        input->now += 1000000;
        frame();
        buffer_print(out, "%s:", control.name);
        for (size_t k = before; k < shown.shapes->count; k++)
            if (shown.shapes->items[k].kind == UI_SHAPE_TEXT)
                buffer_print(out, " %s", ui_shape_text(shown.shapes, &shown.shapes->items[k]));
        buffer_print(out, "\n");
    }
}

START_TEST(every_control_says_what_it_did)
{
    struct buffer out = {0};
    teach_ten();
    draw_seven();
    key('s', 0);
    for (int view = 0; view < 5; view++) {
        static const int keys[] = {'1', '2', '3', '6', '1'};
        app->notices.now = (struct notice){0};
        key(keys[view], UI_CTRL);
        if (view == 2)
            click("mine-4");
        if (view == 3)
            wait_until(app->shelf.looked && !app->shelf.scan);
        if (view == 4) /* what is not possible says why */
            key('c', 0);
        wait_until(digit_store_is_idle(&app->store) &&
                   library_state(app->library) != LIBRARY_LOADING); /* nothing comes in between */
        frame();
        tell_tips(&out);
    }
    char *text = buffer_take(&out, NULL);
    ck_assert_ptr_nonnull(text);
    looks_expect_text(text, folder, "tests/app/golden/tips.txt");
    free(text);
}
END_TEST

/* ---- around the views ------------------------------------------------------------------------ */

START_TEST(notices_look_as_they_did)
{
    key('3', UI_CTRL);
    notices_say(&app->notices, NOTICE_DONE,
                "Saved as a file of a name that is neither long nor short.");
    look("notice-done");
    notices_say(&app->notices, NOTICE_TROUBLE, "It cannot be read; it ends in the middle.");
    notices_offer(&app->notices, "Try again", ACT_DIGITS_AGAIN);
    look("notice-trouble");
}
END_TEST

START_TEST(the_question_before_the_window_closes_looks_as_it_did)
{
    mkdir(store, 0700);
    teach(1);
    app->notices.now = (struct notice){0};
    key('3', UI_CTRL);
    close_window();
    wait_for_control("leave-again");
    look("leave");
    rmdir(store);
}
END_TEST

/* One model of the folder of models was opened of late, and one was not. */
static void put_models(void)
{
    char path[400];
    snprintf(path, sizeof path, "%s/inkling/models", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/inkling/models/anna.safetensors", folder);
    write_model(path, "784-12-10", "anna");
    snprintf(path, sizeof path, "%s/inkling/models/bea.safetensors", folder);
    write_model(path, "784-12-10", "bea");
    settings_add_recent(&app->settings, path);
    ask_for(ACT_MODEL, path);
    wait_until(app->models.before != NULL);
    models_find(&app->models);
    app->notices.now = (struct notice){0};
}

START_TEST(menus_look_as_they_did)
{
    put_models();
    static const char *const menus[] = {"model", "data"};
    key('3', UI_CTRL);
    for (int i = 0; i < 2; i++) {
        click(menus[i]);
        look(menus[i]);
        key(UI_KEY_ESCAPE, 0);
    }
    click("export");
    look("export");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("views");
    world_is_looked_at = true;
    TCase *tests = tcase_create("views");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_my_digits, end_digits);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_draw_view_looks_as_it_did);
    tcase_add_test(tests, the_draw_view_in_the_light_theme_looks_as_it_did);
    tcase_add_test(tests, the_view_of_my_digits_looks_as_it_did);
    tcase_add_test(tests, my_digits_says_what_is_missing_as_it_did);
    tcase_add_test(tests, every_control_says_what_it_did);
    tcase_add_test(tests, notices_look_as_they_did);
    tcase_add_test(tests, the_question_before_the_window_closes_looks_as_it_did);
    tcase_add_test(tests, menus_look_as_they_did);
    suite_add_tcase(suite, tests);
    return suite;
}
