/* SPDX-License-Identifier: MIT */
/* The whole program but its window: keys, layout, models, settings, and any input. */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/state/models.h"
#include "app_world.h"
#include "base/rng.h"
#include "look.h"
#include "model/model.h"
#include "places.h"
#include "suite.h"

/* ---- keys ------------------------------------------------------------------------------------ */

START_TEST(keys_do_what_the_buttons_do)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 0);
    key('z', UI_CTRL | UI_SHIFT);
    ck_assert_uint_eq(stroke_count(), 1);
    key('z', UI_CTRL);
    key('y', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 1);
    key('e', 0);
    ck_assert(app->canvas.eraser);
    key('c', 0);
    ck_assert_uint_eq(stroke_count(), 0);
    double brush = app->settings.brush;
    key(']', 0);
    ck_assert_double_gt(app->settings.brush, brush);
    key('[', 0);
    ck_assert_double_eq(app->settings.brush, brush);
    key('2', UI_CTRL);
    ck_assert_int_eq(app->view, APP_TRAIN);
    key('1', UI_ALT);
    ck_assert_int_eq(app->view, APP_DRAW);
    key(UI_KEY_F11, 0);
    ck_assert(shown.full_screen);
    frame();
    ck_assert(!shown.full_screen);
}
END_TEST

START_TEST(the_brush_stays_within_its_limits)
{
    for (int i = 0; i < 40; i++)
        key(']', 0);
    ck_assert_double_eq(app->settings.brush, BRUSH_MAX);
    for (int i = 0; i < 40; i++)
        key('[', 0);
    ck_assert_double_eq(app->settings.brush, BRUSH_MIN);
}
END_TEST

START_TEST(escape_puts_the_notice_away)
{
    notices_say(&app->notices, NOTICE_WORD, "A word.");
    frame();
    ck_assert(text_is_shown("A word."));
    key(UI_KEY_ESCAPE, 0);
    ck_assert(!text_is_shown("A word."));
}
END_TEST

START_TEST(every_control_is_reached_by_tab)
{
    char seen[64][48];
    int count = 0;
    for (int i = 0; i < 40; i++) {
        key(UI_KEY_TAB, 0);
        for (int j = 0; j < ui_control_count(app->ui); j++)
            if (ui_control(app->ui, j)->focus)
                strcpy(seen[count++], ui_control(app->ui, j)->name);
    }
    static const char *const wanted[] = {"tab-draw", "theme", "model", "data", "canvas", "erase",
                                         "brush"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool found = false;
        for (int j = 0; j < count; j++)
            found |= strcmp(seen[j], wanted[i]) == 0;
        ck_assert_msg(found, "Tab never reached %s", wanted[i]);
    }
}
END_TEST

/* ---- the layout ------------------------------------------------------------------------------ */

START_TEST(nothing_overlaps_or_leaves_the_window)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    for (int notice = 0; notice < 2; notice++)
        for (int i = 0; i < PLACES_SIZES; i++) {
            input->width = places_sizes[i][0];
            input->height = places_sizes[i][1];
            key('1', UI_CTRL);
            frame();
            places_check_controls("Draw");
            places_check_texts("Draw");
            key('2', UI_CTRL);
            frame();
            places_check_controls("Train");
            notices_say(
                &app->notices, NOTICE_TROUBLE,
                "A sentence that is long enough to need more than one "
                "line where the window is narrow, and that has something to offer besides.");
            notices_offer(&app->notices, "Save", ACT_MODEL_SAVE);
            notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
        }
}
END_TEST

START_TEST(the_canvas_is_the_largest_and_grows_first)
{
    struct ui_rect small = rect_of("canvas");
    ck_assert_float_ge(small.w, 430);
    input->width = 1920;
    input->height = 1080;
    frame();
    struct ui_rect large = rect_of("canvas");
    ck_assert_float_eq(large.w, large.h);
    ck_assert_float_ge(large.w, small.w * 1.6f);
}
END_TEST

START_TEST(changing_the_theme_keeps_the_layout)
{
    struct ui_control before[64];
    int count = ui_control_count(app->ui);
    for (int i = 0; i < count; i++)
        before[i] = *ui_control(app->ui, i);
    uint64_t look = look_of(shown.shapes);
    bool dark = app->settings.dark;
    key('t', UI_CTRL);
    ck_assert(app->settings.dark != dark && look_of(shown.shapes) != look);
    ck_assert_int_eq(ui_control_count(app->ui), count);
    for (int i = 0; i < count; i++)
        ck_assert_mem_eq(&before[i].rect, &ui_control(app->ui, i)->rect, sizeof before[i].rect);
}
END_TEST

START_TEST(the_layout_event_names_the_controls)
{
    const json_t *event = find_event("layout", 0), *controls = json_object_get(event, "controls");
    ck_assert_ptr_nonnull(event);
    static const char *const wanted[] = {"canvas", "clear", "undo", "redo", "erase", "brush",
                                         "tab-draw", "tab-train", "model", "data", "theme"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(json_array_size(json_object_get(controls, wanted[i])) == 4, "no %s",
                      wanted[i]);
    ck_assert_int_eq((int)json_integer_value(json_array_get(json_object_get(event, "window"), 0)),
                     1280);
    int before = event_count;
    frame();
    ck_assert_ptr_null(find_event("layout", before));
    click("tab-train");
    event = find_event("layout", before);
    ck_assert_str_eq(json_string_value(json_object_get(event, "view")), "train");
    ck_assert_uint_eq(json_array_size(json_object_get(json_object_get(event, "controls"),
                                                      "start")), 4);
}
END_TEST

START_TEST(a_notice_waits_until_the_pen_is_lifted)
{
    struct ui_rect at = rect_of("canvas");
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + 50, at.y + 50);
    frame();
    notices_say(&app->notices, NOTICE_WORD, "A word.");
    frame();
    ck_assert(!text_is_shown("A word."));
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + 60, at.y + 50);
    frame();
    ck_assert(text_is_shown("A word."));
}
END_TEST

START_TEST(a_still_window_asks_for_no_frame)
{
    frame();
    frame();
    uint64_t look = look_of(shown.shapes);
    frame();
    ck_assert(shown.wake == UI_NEVER);
    ck_assert(look_of(shown.shapes) == look);
}
END_TEST

/* ---- models ---------------------------------------------------------------------------------- */

START_TEST(a_damaged_model_leaves_the_one_in_use_and_a_sentence)
{
    char path[400];
    struct model *model = app->models.current;
    snprintf(path, sizeof path, "%s/broken.safetensors", folder);
    write_file(path, "rubbish that is no model", 24);
    int before = event_count;
    drop(path);
    frame();
    ck_assert_ptr_eq(app->models.current, model);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert(text_is_shown("broken.safetensors"));
    ck_assert_ptr_nonnull(find_event("error", before));
}
END_TEST

START_TEST(a_model_that_reads_no_pictures_is_refused)
{
    char path[400];
    snprintf(path, sizeof path, "%s/gate.safetensors", folder);
    write_model(path, "input 2, dense 1 step", "gate");
    drop(path);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_str_eq(model_name(app->models.current), "tiny");
}
END_TEST

START_TEST(a_model_that_is_opened_reads_at_once_and_one_can_go_back)
{
    char path[400];
    snprintf(path, sizeof path, "%s/other.safetensors", folder);
    write_model(path, "784-12-10", "other");
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    struct answer first = app->canvas.answer;
    drop(path);
    frame();
    ck_assert_str_eq(model_name(app->models.current), "other");
    ck_assert(memcmp(first.probability, app->canvas.answer.probability,
                     sizeof first.probability) != 0);
    ck_assert_str_eq(app->settings.recent[0], app->models.path);
    click("notice-offer");
    ck_assert_str_eq(model_name(app->models.current), "tiny");
    ck_assert_mem_eq(first.probability, app->canvas.answer.probability, sizeof first.probability);
}
END_TEST

START_TEST(a_model_is_saved_where_one_says)
{
    char path[400];
    snprintf(path, sizeof path, "%s/kept.safetensors", folder);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    frame();
    struct model *model = model_load(path, NULL);
    ck_assert_ptr_nonnull(model);
    model_free(model);
    ck_assert(!app->models.unsaved);
    ck_assert_str_eq(app->settings.recent[0], app->models.path);
}
END_TEST

START_TEST(a_model_that_is_asked_for_at_the_start_must_open)
{
    struct err err = {""};
    struct app_setup setup = usual_setup();
    setup.model = "/nowhere/at-all.safetensors";
    ck_assert_ptr_null(app_new(&setup, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "/nowhere/at-all.safetensors"));
    setup = usual_setup();
    setup.theme = "purple";
    ck_assert_ptr_null(app_new(&setup, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "purple"));
}
END_TEST

/* ---- settings -------------------------------------------------------------------------------- */

START_TEST(settings_are_remembered)
{
    key('t', UI_CTRL);
    key(']', 0);
    input->width = 1500;
    frame();
    bool dark = app->settings.dark;
    double brush = app->settings.brush;
    close_app();
    open_app(1280, 800);
    ck_assert(app->settings.dark == dark);
    ck_assert_double_eq(app->settings.brush, brush);
    struct settings settings;
    settings_load(&settings, app->settings_file.path);
    ck_assert_float_eq(settings.width, 1500);
}
END_TEST

START_TEST(damaged_settings_are_as_usual)
{
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "null",
        "{\"theme\": 3, \"brush\": \"x\", \"width\": -5, \"height\": 1e300}",
        "{\"brush\": 1e9, \"recent\": {\"a\": 1}}",
        "{\"recent\": [1, null, \"/no/such\"]}",
        "\xff\xfe",
    };
    char path[400];
    struct settings usual, settings;
    settings_usual(&usual);
    snprintf(path, sizeof path, "%s/settings-test.json", folder);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_file(path, texts[i], strlen(texts[i]));
        settings_load(&settings, path);
        ck_assert_msg(memcmp(&settings, &usual, sizeof usual) == 0, "text %zu", i);
    }
}
END_TEST

START_TEST(ten_recent_models_are_kept_and_missing_ones_dropped)
{
    static struct settings settings, loaded;
    char path[400];
    settings_usual(&settings);
    for (int i = 0; i < 14; i++) {
        snprintf(path, sizeof path, "%s/recent-%d", folder, i);
        if (i != 12)
            write_file(path, "x", 1);
        settings_add_recent(&settings, path);
    }
    settings_add_recent(&settings, settings.recent[3]);
    ck_assert_int_eq(settings.recent_count, SETTINGS_RECENT_MAX);
    ck_assert_ptr_nonnull(strstr(settings.recent[0], "recent-10"));
    ck_assert_ptr_nonnull(strstr(settings.recent[1], "recent-13"));
    snprintf(path, sizeof path, "%s/settings-test.json", folder);
    static struct settings_file file;
    settings_open(&file, &loaded, path);
    remove(path);
    ck_assert(settings_write(&file, &settings, NULL));
    settings_close(&file);
    settings_load(&loaded, path);
    ck_assert_int_eq(loaded.recent_count, SETTINGS_RECENT_MAX - 1);
    ck_assert_ptr_nonnull(strstr(loaded.recent[2], "recent-11"));
}
END_TEST

/* ---- anything at all ------------------------------------------------------------------------- */

static void add_noise(struct rng *rng)
{
    static const int keys[] = {'z', 'y', 'c', 'e', '[', ']', ' ', '1', '2', 's', 'o', 't', 'a', '9',
                               UI_KEY_TAB, UI_KEY_ENTER, UI_KEY_ESCAPE, UI_KEY_DOWN, UI_KEY_UP,
                               UI_KEY_LEFT, UI_KEY_RIGHT, UI_KEY_BACKSPACE, UI_KEY_END};
    uint32_t moves = rng_below(rng, 12);
    for (uint32_t i = 0; i < moves; i++)
        sample((enum ui_move_kind)rng_below(rng, 3), (enum ui_button)rng_below(rng, 4),
               rng_range(rng, -20, input->width + 20), rng_range(rng, -20, input->height + 20));
    if (rng_below(rng, 3) == 0)
        input->keys[input->key_count++] = (struct ui_key){
            keys[rng_below(rng, sizeof keys / sizeof *keys)],
            rng_below(rng, 3) == 0 ? rng_below(rng, 8) : 0};
    if (rng_below(rng, 40) == 0)
        snprintf(input->typed, sizeof input->typed, "%s", "784-5-10");
    if (rng_below(rng, 60) == 0)
        input->wheel = rng_range(rng, -3, 3);
    if (rng_below(rng, 200) == 0) {
        input->width = rng_range(rng, 300, 2000);
        input->height = rng_range(rng, 200, 1200);
    }
    input->left = rng_below(rng, 30) == 0;
}

/* Half of the clicks hit a control, or the noise would only ever draw. */
static void click_something(struct rng *rng)
{
    int count = ui_control_count(app->ui);
    if (count == 0 || rng_below(rng, 4) != 0)
        return;
    struct ui_rect at = ui_control(app->ui, (int)rng_below(rng, (uint32_t)count))->rect;
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2);
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2);
}

START_TEST(random_input_breaks_nothing)
{
    enum { FRAMES = 3000 };
    struct rng rng = rng_new(11, (uint64_t)_i);
    app->host.log = NULL; /* a flood of answers is of no use here */
    for (int i = 0; i < FRAMES; i++) {
        add_noise(&rng);
        click_something(&rng);
        frame();
        ck_assert(isfinite(app->canvas.answer.probability[0]));
        ck_assert_ptr_nonnull(app->models.current);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("app");
    TCase *tests = tcase_create("app");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, keys_do_what_the_buttons_do);
    tcase_add_test(tests, the_brush_stays_within_its_limits);
    tcase_add_test(tests, escape_puts_the_notice_away);
    tcase_add_test(tests, every_control_is_reached_by_tab);
    tcase_add_test(tests, nothing_overlaps_or_leaves_the_window);
    tcase_add_test(tests, the_canvas_is_the_largest_and_grows_first);
    tcase_add_test(tests, changing_the_theme_keeps_the_layout);
    tcase_add_test(tests, the_layout_event_names_the_controls);
    tcase_add_test(tests, a_notice_waits_until_the_pen_is_lifted);
    tcase_add_test(tests, a_still_window_asks_for_no_frame);
    tcase_add_test(tests, a_damaged_model_leaves_the_one_in_use_and_a_sentence);
    tcase_add_test(tests, a_model_that_reads_no_pictures_is_refused);
    tcase_add_test(tests, a_model_that_is_opened_reads_at_once_and_one_can_go_back);
    tcase_add_test(tests, a_model_is_saved_where_one_says);
    tcase_add_test(tests, a_model_that_is_asked_for_at_the_start_must_open);
    tcase_add_test(tests, settings_are_remembered);
    tcase_add_test(tests, damaged_settings_are_as_usual);
    tcase_add_test(tests, ten_recent_models_are_kept_and_missing_ones_dropped);
    tcase_add_loop_test(tests, random_input_breaks_nothing, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
