/* SPDX-License-Identifier: MIT */
/* What a script asks for, in the whole program but its window. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app_world.h"
#include "data/unipen.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "suite.h"

static char strokes_path[400];

/* A seven of two strokes, in units and at a place of its own; and a digit that is a picture. */
static void write_strokes(void)
{
    static const struct ink_point roof[] = {{1000, 500}, {1500, 500}, {1200, 1500}};
    struct unipen *file = unipen_new(NULL);
    struct ink seven = {0};
    uint8_t pixels[UNIPEN_PICTURE_LEN] = {[400] = 255};
    ck_assert(ink_begin(&seven, roof[0].x, roof[0].y, NULL));
    ck_assert(ink_add(&seven, roof[1].x, roof[1].y, NULL));
    ck_assert(ink_add(&seven, roof[2].x, roof[2].y, NULL));
    ck_assert(ink_begin(&seven, 1200, 1000, NULL));
    ck_assert(unipen_add(file, 7, 1, &seven, NULL));
    struct unipen_digit picture = {.label = 3, .picture = pixels};
    ck_assert(unipen_add_digit(file, &picture, NULL));
    snprintf(strokes_path, sizeof strokes_path, "%s/two digits.unp", folder);
    ck_assert(unipen_save(strokes_path, file, NULL));
    ink_free(&seven);
    unipen_free(file);
}

static void draw(const char *path, double number)
{
    app_act(app, &(struct action){.kind = ACT_DRAW, .text = path, .number = number});
    frame();
}

static struct ink_box drawn_box(void)
{
    struct ink_box box;
    ck_assert(ink_bounds(drawing_ink(app->canvas.drawing), &box));
    return box;
}

START_TEST(a_digit_of_a_file_is_drawn_twenty_cells_long_in_the_middle)
{
    write_strokes();
    draw(strokes_path, 0);
    struct ink_box box = drawn_box();
    ck_assert_uint_eq(stroke_count(), 2);
    ck_assert_float_eq_tol(box.y0, 4, 1e-4f);
    ck_assert_float_eq_tol(box.y1, 24, 1e-4f);
    ck_assert_float_eq_tol(box.x0, 9, 1e-4f);
    ck_assert_float_eq_tol(box.x1, 19, 1e-4f);
    const json_t *event = find_event("action", 0);
    char wanted[420];
    snprintf(wanted, sizeof wanted, "%s 0", strokes_path);
    ck_assert_str_eq(json_string_value(json_object_get(event, "argument")), wanted);
    ck_assert(json_is_integer(json_object_get(find_event("prediction", 0), "digit")));
}
END_TEST

START_TEST(it_takes_the_place_of_what_is_there_and_is_undone_like_strokes)
{
    write_strokes();
    stroke(UI_BUTTON_LEFT, 0.1f, 0.1f, 0.9f, 0.9f);
    draw(strokes_path, 0);
    ck_assert_uint_eq(stroke_count(), 2);
    for (int i = 0; i < 3; i++)
        key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 1);
    ask_for(ACT_PICTURE, "picture.png");
    ck_assert(app->canvas.picture.any);
    draw(strokes_path, 0);
    ck_assert(!app->canvas.picture.any);
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(what_cannot_be_drawn_is_said_and_nothing_is_changed)
{
    write_strokes();
    draw(strokes_path, 0);
    draw(strokes_path, 2);
    ck_assert(text_is_shown("two digits.unp has no strokes of a digit 2; it holds 2, counted from "
                            "0."));
    draw(strokes_path, 1);
    ck_assert(text_is_shown("two digits.unp has no strokes of a digit 1; it holds 2, counted from "
                            "0."));
    draw(strokes_path, 1e300);
    draw("missing.unp", 0);
    ck_assert(text_is_shown("missing.unp"));
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("script");
    TCase *drawing = tcase_create("drawing");
    tcase_add_unchecked_fixture(drawing, make_world, remove_world);
    tcase_add_checked_fixture(drawing, set_up, tear_down);
    tcase_add_test(drawing, a_digit_of_a_file_is_drawn_twenty_cells_long_in_the_middle);
    tcase_add_test(drawing, it_takes_the_place_of_what_is_there_and_is_undone_like_strokes);
    tcase_add_test(drawing, what_cannot_be_drawn_is_said_and_nothing_is_changed);
    suite_add_tcase(suite, drawing);
    return suite;
}
