/* SPDX-License-Identifier: MIT */
/* Text in its place, numbers as people read them, themes and rectangles. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "frames.h"
#include "look.h"
#include "suite.h"
#include "ui/format.h"
#include "ui/ui.h"

/* ---- text ------------------------------------------------------------------------------------ */

static float right_most(void)
{
    float most = 0;
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i].kind == UI_SHAPE_TEXT)
            most = fmaxf(most, shown->items[i].rect.x + shown->items[i].rect.w);
    return most;
}

START_TEST(a_text_with_ellipsis_never_exceeds_its_rectangle)
{
    const char *text = "Stra\u00dfe 3\u00d73 \u2212 a long text that is cut somewhere";
    const unsigned aligns[] = {0, UI_CENTER, UI_RIGHT, UI_FIGURES, UI_BIG};
    for (int a = 0; a < 5; a++)
        for (float w = 0; w < 400; w += 3) {
            begin();
            float used = ui_label(ui, (struct ui_rect){10, 10, w, 20}, aligns[a], text);
            end();
            ck_assert_msg(used <= w && right_most() <= 10 + w + 0.01f, "width %g: %g", (double)w,
                          (double)right_most());
        }
    ck_assert(text_is_shown("\u2026"));
    for (int i = 0; i < 2; i++) { /* room for the ellipsis alone, or not quite */
        begin();
        ck_assert_float_eq(ui_label(ui, (struct ui_rect){10, 10, i ? 7 : 6.9f, 20}, 0, text),
                           i ? 7 : 0);
        end();
        ck_assert(text_is_shown("\u2026") == (i == 1));
    }
}
END_TEST

START_TEST(of_several_texts_the_first_that_fits_is_shown_a_size_smaller_where_that_is_asked)
{
    static const char *const texts[] = {"abcdefghijkl", "abcdefghij"}; /* 7 points a letter, or 6 */
    static const struct {
        float width;
        unsigned flags;
        const char *shown; /* NULL: none is */
        float drawn;
    } cases[] = {
        {84, 0, "abcdefghijkl", 84},
        {83, 0, "abcdefghij", 70},
        {69, 0, "abcdefgh", 63}, /* cut, with an ellipsis */
        {84, UI_SHRINK, "abcdefghijkl", 84},
        {83, UI_SHRINK, "abcdefghijkl", 72},
        {70, UI_SHRINK, "abcdefghij", 70},
        {69, UI_SHRINK, "abcdefghij", 60},
        {59, UI_SHRINK, NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        float drawn = ui_label_fitting(ui, (struct ui_rect){0, 0, cases[i].width, 20},
                                       cases[i].flags, texts, 2);
        end();
        ck_assert_float_eq(drawn, cases[i].drawn);
        ck_assert_float_eq(right_most(), cases[i].drawn);
        ck_assert(!cases[i].shown || text_is_shown(cases[i].shown));
    }
}
END_TEST

START_TEST(a_wrapped_text_keeps_its_width_and_its_height)
{
    const char *text = "A perceptron adds up its inputs,\neach times its weight, and "
                       "fireswhenthesumandthebiasexceed zero.";
    for (float w = 7; w < 300; w += 5) {
        begin();
        float high = ui_wrapped_height(ui, w, 0, text);
        ck_assert_float_eq(ui_wrapped(ui, (struct ui_rect){0, 0, w, 10000}, 0, text), high);
        ck_assert(ui_wrapped(ui, (struct ui_rect){0, 0, w, 50}, 0, text) <= 50);
        end();
        ck_assert_msg(right_most() <= w + 0.01f, "width %g: %g", (double)w, (double)right_most());
    }
}
END_TEST

START_TEST(figures_stand_still_when_the_number_changes)
{
    float x[2];
    const char *const values[] = {"11.1 %", "95.1 %"};
    for (int i = 0; i < 2; i++) {
        begin();
        struct ui_bar bar = {"7", values[i], "100.0 %", 0.5f, true};
        ui_value_bar(ui, "bar-7", (struct ui_rect){10, 10, 300, 30}, &bar);
        end();
        x[i] = shown->items[shown->count - 2].rect.x;
    }
    ck_assert_float_eq(x[0], x[1]);
    ck_assert_float_eq(right_most(), 310);
}
END_TEST

/* ---- themes ---------------------------------------------------------------------------------- */

/* WCAG 2's 1.4.11: what is needed to understand a picture. */
START_TEST(curves_and_digits_of_both_themes_have_a_contrast_of_3)
{
    const struct ui_theme *const themes[] = {ui_theme_dark(), ui_theme_light()};
    for (int t = 0; t < 2; t++) {
        const struct ui_theme *m = themes[t];
        const ui_color lines[] = {m->accent, m->second, m->good, m->text};
        for (int i = 0; i < 10; i++)
            ck_assert_msg(ui_contrast(m->digits[i], m->well) >= 4.5, "theme %d, digit %d", t, i);
        for (int i = 0; i < 4; i++) {
            ck_assert(ui_contrast(lines[i], m->card) >= 3);
            ck_assert(ui_contrast(lines[i], m->well) >= 3);
        }
        ck_assert(ui_contrast(m->ink, m->paper) >= 4.5);
    }
}
END_TEST

START_TEST(text_of_both_themes_has_a_contrast_of_4_5)
{
    const struct ui_theme *const themes[] = {ui_theme_dark(), ui_theme_light()};
    for (int t = 0; t < 2; t++) {
        const struct ui_theme *m = themes[t];
        const ui_color texts[] = {m->text, m->quiet, m->accent, m->second, m->good};
        const ui_color grounds[] = {m->ground, m->bar, m->card, m->field, m->well};
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++)
                ck_assert_msg(ui_contrast(texts[i], grounds[j]) >= 4.5, "theme %d, %d on %d: %.2f",
                              t, i, j, ui_contrast(texts[i], grounds[j]));
        const ui_color under[] = {m->field_hover, m->field_held, m->selection};
        for (int i = 0; i < 3; i++)
            ck_assert(ui_contrast(m->text, under[i]) >= 4.5);
        const ui_color primary[] = {m->primary, m->primary_hover, m->primary_held};
        for (int i = 0; i < 3; i++)
            ck_assert_msg(ui_contrast(m->on_primary, primary[i]) >= (i == 1 ? 4.0 : 4.5),
                          "theme %d, primary %d: %.2f", t, i,
                          ui_contrast(m->on_primary, primary[i]));
    }
    ck_assert_double_eq_tol(ui_contrast(0xffffffff, 0x000000ff), 21, 1e-9);
}
END_TEST

/* ---- numbers --------------------------------------------------------------------------------- */

START_TEST(numbers_are_written_as_people_read_them)
{
    ck_assert_str_eq(ui_percent(0.951, 1).text, "95.1 %");
    ck_assert_str_eq(ui_percent(1, 1).text, "100.0 %");
    ck_assert_str_eq(ui_percent(NAN, 1).text, "\u2013");
    ck_assert_str_eq(ui_thousands(61400).text, "61,400");
    ck_assert_str_eq(ui_thousands(999).text, "999");
    ck_assert_str_eq(ui_thousands(-1234567).text, "\u22121,234,567");
    ck_assert_str_eq(ui_thousands(INT64_MIN).text, "\u22129,223,372,036,854,775,808");
    ck_assert_str_eq(ui_fixed(-1.4, 2).text, "\u22121.40");
    ck_assert_str_eq(ui_fixed(-0.001, 1).text, "0.0");
    ck_assert_str_eq(ui_plain(0.003).text, "0.003");
    ck_assert_str_eq(ui_plain(128).text, "128");
    ck_assert_str_eq(ui_plain(100000).text, "100000");
    ck_assert_str_eq(ui_plain(0.00005).text, "0.00005");
    ck_assert_str_eq(ui_plain(1e-6).text, "0.000001");
    ck_assert_str_eq(ui_plain(-0.0000125).text, "-0.0000125");
    ck_assert_str_eq(ui_plain(1e-12).text, "1e-12");
    ck_assert_str_eq(ui_duration(4.2).text, "0:04");
    ck_assert_str_eq(ui_duration(3723).text, "1:02:03");
    ck_assert_str_eq(ui_duration(INFINITY).text, "\u2013");
    ck_assert_str_eq(ui_microseconds(38.2).text, "38 \u00b5s");
    ck_assert_str_eq(ui_microseconds(1234).text, "1.2 ms");
    ck_assert_str_eq(ui_bytes(46000).text, "46 kB");
    ck_assert_str_eq(ui_bytes(1234567).text, "1.2 MB");
}
END_TEST

/* ---- layout ---------------------------------------------------------------------------------- */

START_TEST(cut_rectangles_make_up_the_whole)
{
    struct ui_rect rest = {10, 20, 100, 50}, left = ui_cut_left(&rest, 30);
    ck_assert(left.x == 10 && left.w == 30 && rest.x == 40 && rest.w == 70);
    struct ui_rect bottom = ui_cut_bottom(&rest, 500);
    ck_assert(bottom.h == 50 && rest.h == 0);
    struct ui_rect whole = {0, 0, 101, 10};
    for (int i = 0; i < 3; i++) {
        struct ui_rect a = ui_column(whole, i, 4, 8), b = ui_column(whole, i + 1, 4, 8);
        ck_assert_float_eq(a.x + a.w + 8, b.x);
        ck_assert(i < 2 || b.x + b.w == 101);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_text_with_ellipsis_never_exceeds_its_rectangle);
    tcase_add_test(
        tests, of_several_texts_the_first_that_fits_is_shown_a_size_smaller_where_that_is_asked);
    tcase_add_test(tests, a_wrapped_text_keeps_its_width_and_its_height);
    tcase_add_test(tests, figures_stand_still_when_the_number_changes);
    tcase_add_test(tests, text_of_both_themes_has_a_contrast_of_4_5);
    tcase_add_test(tests, curves_and_digits_of_both_themes_have_a_contrast_of_3);
    tcase_add_test(tests, numbers_are_written_as_people_read_them);
    tcase_add_test(tests, cut_rectangles_make_up_the_whole);
    suite_add_tcase(suite, tests);
    return suite;
}
