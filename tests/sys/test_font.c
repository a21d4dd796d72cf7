/* SPDX-License-Identifier: MIT */
/* Text as it is painted. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "painted.h"
#include "suite.h"

static struct err err;

/* The columns and rows that hold any ink. */
static struct paint_rect find_ink(void)
{
    int x0 = WIDTH, y0 = HEIGHT, x1 = 0, y1 = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            if (red_at(x, y) > 40) {
                x0 = x < x0 ? x : x0;
                x1 = x + 1 > x1 ? x + 1 : x1;
                y0 = y < y0 ? y : y0;
                y1 = y + 1;
            }
    return (struct paint_rect){x0, y0, x1 - x0, y1 - y0};
}

START_TEST(text_fills_its_rectangle_and_stays_inside)
{
    static const float scales[] = {1, 1.25f, 2};
    for (int font = 0; font < UI_FONT_COUNT; font++)
        for (int i = 0; i < 3; i++) {
            ui_shapes_reset(&shapes);
            float width = push_text(10, 20, (enum ui_font)font, 15, "Half jumping Q");
            paint(scales[i]);
            struct paint_rect ink = find_ink();
            float height = fonts_height(fonts, (enum ui_font)font, 15);
            ck_assert_int_ge(ink.x, (int)(10 * scales[i]) - 1);
            ck_assert_int_ge(ink.y, (int)(20 * scales[i]));
            ck_assert_int_le(ink.y + ink.h, (int)((20 + height) * scales[i]) + 1);
            ck_assert_float_eq_tol((float)ink.w, width * scales[i], 3 * scales[i]);
            ck_assert_int_gt(ink.h, (int)(12 * scales[i])); /* from the l to the j's tail */
        }
}
END_TEST

START_TEST(text_grows_in_proportion_to_its_size)
{
    const char *text = "Training 99.71 % · 38 µs";
    float at_14 = fonts_width(fonts, UI_FONT_TEXT, 14, text, strlen(text));
    float at_42 = fonts_width(fonts, UI_FONT_TEXT, 42, text, strlen(text));
    ck_assert_float_gt(at_14, 100);
    ck_assert_float_eq_tol(at_42, 3 * at_14, 0.01f);
}
END_TEST

START_TEST(digits_are_equally_wide)
{
    for (int font = 0; font < UI_FONT_COUNT; font++) {
        float width = fonts_width(fonts, (enum ui_font)font, 14, "0000", 4);
        ck_assert_float_gt(width, 20);
        ck_assert_float_eq_tol(fonts_width(fonts, (enum ui_font)font, 14, "1111", 4), width, 1e-3f);
        ck_assert_float_eq_tol(fonts_width(fonts, (enum ui_font)font, 14, "4717", 4), width, 1e-3f);
    }
}
END_TEST

/* What no font here has must still be seen, and nothing may crash on bytes that are no UTF-8. */
START_TEST(signs_have_ink_and_broken_text_has_a_width)
{
    static const char *const signs[] = {"−", "×", "→", "▾", "·", "µ", "₁", "✓", "…", "A"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        ui_shapes_reset(&shapes);
        push_text(20, 20, UI_FONT_TEXT, 24, signs[i]);
        paint(1);
        ck_assert_msg(sum_red(everywhere) > 3, "%s has no ink", signs[i]);
    }
    static const char *const broken[] = {"\xff", "\xe2\x82", "a\x80z", "\xf8\x88\x80\x80\x80",
                                         "\t"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        ui_shapes_reset(&shapes);
        ck_assert_float_gt(push_text(20, 20, UI_FONT_TEXT, 24, broken[i]), 0);
        paint(1);
    }
    ck_assert_float_eq(fonts_width(fonts, UI_FONT_TEXT, 14, "", 0), 0);
}
END_TEST

START_TEST(pairs_such_as_AV_move_together)
{
    float pair = fonts_width(fonts, UI_FONT_TEXT, 100, "AV", 2);
    float apart = fonts_width(fonts, UI_FONT_TEXT, 100, "A", 1) +
                  fonts_width(fonts, UI_FONT_TEXT, 100, "V", 1);
    ck_assert_float_lt(pair, apart - 1);
    ck_assert_float_gt(pair, 0.8f * apart);
}
END_TEST

START_TEST(more_glyphs_than_the_cache_holds_are_drawn_all_the_same)
{
    uint32_t *first = malloc(sizeof pixels);
    push_text(20, 20, UI_FONT_TEXT, 20, "Hamburg 123");
    paint(1);
    memcpy(first, pixels, sizeof pixels);
    for (int size = 10; size < 200; size++)
        for (uint32_t c = 'A'; c < 'P'; c++)
            font_glyph(fonts, UI_FONT_TEXT, c, (float)size, (int)c % FONT_PHASES);
    paint(1);
    int differ = memcmp(first, pixels, sizeof pixels);
    free(first);
    ck_assert_int_eq(differ, 0);
}
END_TEST

START_TEST(a_system_without_fonts_is_told_in_a_sentence)
{
    char path[] = "/tmp/inkling-no-fonts-XXXXXX";
    const char *before = getenv("FONTCONFIG_FILE");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    const char empty[] = "<?xml version=\"1.0\"?><fontconfig></fontconfig>";
    ck_assert_int_eq(write(fd, empty, sizeof empty - 1), sizeof empty - 1);
    close(fd);
    setenv("FONTCONFIG_FILE", path, 1);
    struct fonts *none = fonts_new(&err);
    if (before)
        setenv("FONTCONFIG_FILE", before, 1);
    else
        unsetenv("FONTCONFIG_FILE");
    unlink(path);
    ck_assert_ptr_null(none);
    ck_assert_ptr_nonnull(strstr(err.text, "fonts-dejavu-core"));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("font");
    TCase *tcase = tcase_create("fonts");
    tcase_add_checked_fixture(tcase, make_painter, remove_painter);
    tcase_add_test(tcase, text_fills_its_rectangle_and_stays_inside);
    tcase_add_test(tcase, text_grows_in_proportion_to_its_size);
    tcase_add_test(tcase, digits_are_equally_wide);
    tcase_add_test(tcase, signs_have_ink_and_broken_text_has_a_width);
    tcase_add_test(tcase, pairs_such_as_AV_move_together);
    tcase_add_test(tcase, more_glyphs_than_the_cache_holds_are_drawn_all_the_same);
    tcase_add_test(tcase, a_system_without_fonts_is_told_in_a_sentence);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}
