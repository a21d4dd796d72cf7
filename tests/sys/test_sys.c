/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "base/rng.h"
#include "suite.h"
#include "sys/font.h"
#include "sys/paint.h"
#include "sys/picture.h"
#include "test_sys_window.h"

enum { WIDTH = 320, HEIGHT = 240 };

static const ui_color black = 0x000000ff, white = 0xffffffff, red = 0xff0000ff;

static struct err err;
static struct fonts *fonts;
static struct painter *painter;
static struct ui_shapes shapes;
static uint32_t pixels[WIDTH * HEIGHT];

static void begin(void)
{
    fonts = fonts_new(&err);
    ck_assert_msg(fonts != NULL, "%s", err.text);
    painter = painter_new(fonts, &err);
    ck_assert_ptr_nonnull(painter);
    ui_shapes_reset(&shapes);
}

static void end(void)
{
    painter_free(painter);
    fonts_free(fonts);
    ui_shapes_free(&shapes);
}

static struct paint_target target_of(uint32_t *to)
{
    return (struct paint_target){to, WIDTH, HEIGHT, WIDTH};
}

static void paint(float scale)
{
    struct paint_target target = target_of(pixels);
    paint_all(painter, &target, &shapes, scale, black);
}

/* How bright the red of a pixel is; the tests' colours are white or red on black. */
static int red_at(int x, int y)
{
    return (int)(pixels[y * WIDTH + x] >> 16 & 255);
}

static double sum_red(struct paint_rect part)
{
    double sum = 0;
    for (int y = part.y; y < part.y + part.h; y++)
        for (int x = part.x; x < part.x + part.w; x++)
            sum += red_at(x, y) / 255.0;
    return sum;
}

static const struct paint_rect everywhere = {0, 0, WIDTH, HEIGHT};

static struct ui_rect rect(float x, float y, float w, float h)
{
    return (struct ui_rect){x, y, w, h};
}

/* ---- boxes --------------------------------------------------------------------------------- */

START_TEST(a_box_fills_exactly_its_rectangle)
{
    ui_push_box(&shapes, rect(10, 20, 30, 40), 0, white, 0, 0);
    paint(1);
    ck_assert_uint_eq(pixels[20 * WIDTH + 10], 0xffffffff);
    ck_assert_uint_eq(pixels[59 * WIDTH + 39], 0xffffffff);
    ck_assert_double_eq_tol(sum_red(everywhere), 30 * 40, 1e-9);
}
END_TEST

START_TEST(a_round_corner_is_smooth_and_has_the_area_of_its_circle)
{
    ui_push_box(&shapes, rect(10, 10, 80, 60), 16, white, 0, 0);
    paint(1);
    int between = 0;
    for (int i = 0; i < 16 * 16; i++)
        between += red_at(10 + i % 16, 10 + i / 16) % 255 != 0;
    ck_assert_int_gt(between, 12);
    ck_assert_int_eq(red_at(10, 10), 0);
    ck_assert_int_eq(red_at(50, 40), 255);
    double area = 80 * 60 - (4 - acos(-1)) * 16 * 16;
    ck_assert_double_eq_tol(sum_red(everywhere), area, 4);
}
END_TEST

START_TEST(the_four_corners_of_a_box_are_mirror_images)
{
    ui_push_box(&shapes, rect(10, 10, 60, 40), 11, 0x808080ff, white, 2);
    paint(1);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 30; x++) {
            int corner = red_at(10 + x, 10 + y);
            if (red_at(69 - x, 10 + y) != corner || red_at(10 + x, 49 - y) != corner ||
                red_at(69 - x, 49 - y) != corner)
                ck_abort_msg("corners differ at %d, %d", x, y);
        }
}
END_TEST

START_TEST(an_edge_lies_inside_its_box)
{
    ui_push_box(&shapes, rect(10, 10, 40, 40), 8, 0x404040ff, white, 3);
    paint(1);
    ck_assert_int_eq(red_at(9, 30), 0);
    ck_assert_int_eq(red_at(10, 30), 255);
    ck_assert_int_eq(red_at(12, 30), 255);
    ck_assert_int_eq(red_at(13, 30), 0x40);
    ck_assert_int_eq(red_at(30, 49), 255);
    ck_assert_int_eq(red_at(30, 46), 0x40);
}
END_TEST

/* Under an opaque fill with an opaque edge nothing of the ground may show between the two. */
START_TEST(no_ground_shines_through_between_fill_and_edge)
{
    ui_push_box(&shapes, rect(0, 0, 100, 100), 0, red, 0, 0);
    ui_push_box(&shapes, rect(10, 10, 60, 60), 20, 0x00ff00ff, 0x00ff00ff, 2);
    paint(1);
    for (int i = 0; i < 30; i++) /* well within the circle of the corner */
        if (red_at(17 + i, 17 + i) != 0)
            ck_abort_msg("the ground shows at %d", 17 + i);
}
END_TEST

START_TEST(a_translucent_box_mixes_with_what_is_below)
{
    ui_push_box(&shapes, rect(0, 0, 50, 50), 0, 0xffffff80, 0, 0);
    paint(1);
    ck_assert_int_eq(red_at(20, 20), 128);
}
END_TEST

START_TEST(scale_two_is_the_geometry_twice)
{
    uint32_t *once = malloc(sizeof pixels);
    ui_push_box(&shapes, rect(10, 12, 50, 30), 0, white, 0x808080ff, 2);
    ui_push_clip(&shapes, rect(5, 5, 90, 90));
    ui_push_box(&shapes, rect(70, 12, 50, 30), 0, red, 0, 0);
    paint(1);
    memcpy(once, pixels, sizeof pixels);
    paint(2);
    int bad = 0;
    for (int y = 0; y < HEIGHT / 2; y++)
        for (int x = 0; x < WIDTH / 2; x++)
            for (int i = 0; i < 4; i++)
                bad += pixels[(2 * y + i / 2) * WIDTH + 2 * x + i % 2] != once[y * WIDTH + x];
    free(once);
    ck_assert_int_eq(bad, 0);
}
END_TEST

START_TEST(edges_are_sharp_at_a_scale_between)
{
    ui_push_box(&shapes, rect(11, 13, 51, 33), 0, white, 0, 0);
    paint(1.25f);
    int between = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        between += (pixels[i] & 255) % 255 != 0;
    ck_assert_int_eq(between, 0);
}
END_TEST

START_TEST(nothing_is_painted_outside_a_clip)
{
    float line[] = {0, 0, 200, 200};
    ui_push_clip(&shapes, rect(40, 50, 30, 20));
    ui_push_box(&shapes, rect(0, 0, 200, 200), 9, white, 0, 0);
    ui_push_line(&shapes, line, 2, 30, white);
    ui_push_text(&shapes, rect(30, 45, 90, 17), UI_FONT_TEXT, 40, white, "MMMM", 4);
    paint(1);
    ck_assert_double_eq_tol(sum_red((struct paint_rect){40, 50, 30, 20}), 600, 1e-9);
    ck_assert_double_eq_tol(sum_red(everywhere), 600, 1e-9);
}
END_TEST

/* ---- lines, polygons, images ----------------------------------------------------------------- */

START_TEST(a_line_covers_its_length_times_its_width_and_two_half_discs)
{
    static const float lines[][4] = {{50, 50, 150, 50.5f}, {50, 50, 60, 170}, {60, 70, 160, 150}};
    for (int i = 0; i < 3; i++) {
        ui_shapes_reset(&shapes);
        ui_push_line(&shapes, lines[i], 2, 6, white);
        paint(1);
        double length = hypot(lines[i][2] - lines[i][0], lines[i][3] - lines[i][1]);
        double area = 6 * length + acos(-1) * 9;
        ck_assert_double_eq_tol(sum_red(everywhere), area, 0.015 * area);
    }
}
END_TEST

START_TEST(a_level_hairline_is_one_sharp_row)
{
    float line[] = {20, 30, 120, 30};
    ui_push_line(&shapes, line, 2, 1, white);
    paint(1);
    int rows = 0;
    for (int y = 0; y < 60; y++)
        rows += red_at(70, y) > 0;
    ck_assert_int_eq(rows, 1);
    ck_assert_int_eq(red_at(70, 29) + red_at(70, 30), 255);
}
END_TEST

START_TEST(translucent_joints_are_blended_once)
{
    float line[] = {30, 30, 80, 60, 30, 90, 80, 30, 82, 31, 84, 33};
    ui_push_line(&shapes, line, 6, 14, 0xffffff80);
    paint(1);
    int most = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        most = red_at(i % WIDTH, i / WIDTH) > most ? red_at(i % WIDTH, i / WIDTH) : most;
    ck_assert_int_eq(most, 128);
}
END_TEST

START_TEST(one_point_is_a_dot)
{
    float point[] = {60, 60};
    ui_push_line(&shapes, point, 1, 20, white);
    paint(1);
    ck_assert_double_eq_tol(sum_red(everywhere), acos(-1) * 100, 4);
}
END_TEST

START_TEST(a_polygon_has_its_area_whichever_way_round)
{
    float a[] = {20, 20, 120.5f, 40, 60, 130.25f}, b[] = {60, 130.25f, 120.5f, 40, 20, 20};
    ui_push_polygon(&shapes, a, 3, white);
    paint(1);
    double sum = sum_red(everywhere);
    ck_assert_double_eq_tol(sum, (100.5 * 110.25 - 40 * 20) / 2, 8);
    ui_shapes_reset(&shapes);
    ui_push_polygon(&shapes, b, 3, white);
    paint(1);
    ck_assert_double_eq_tol(sum_red(everywhere), sum, 0.5);
}
END_TEST

START_TEST(squares_of_an_image_are_crisp)
{
    uint32_t image[] = {white, black, black, white};
    ui_push_image(&shapes, rect(10, 10, 60, 60), (struct ui_image){2, 2, image, false});
    paint(1);
    ck_assert_double_eq_tol(sum_red(everywhere), 2 * 30 * 30, 1e-9);
    ck_assert_int_eq(red_at(39, 39), 255);
    ck_assert_int_eq(red_at(40, 39), 0);
}
END_TEST

START_TEST(a_smooth_image_rises_evenly)
{
    uint32_t image[] = {black, white};
    ui_push_image(&shapes, rect(0, 0, 100, 10), (struct ui_image){1, 2, image, true});
    paint(1);
    for (int x = 1; x < 100; x++)
        if (red_at(x, 5) < red_at(x - 1, 5) || red_at(x, 5) - red_at(x - 1, 5) > 7)
            ck_abort_msg("a step at %d", x);
    ck_assert_int_eq(red_at(0, 5), 0);
    ck_assert_int_eq(red_at(99, 5), 255);
    ck_assert_int_eq(red_at(49, 5) + red_at(50, 5), 255);
}
END_TEST

START_TEST(a_smooth_image_that_shrinks_keeps_its_mean)
{
    static uint32_t image[90 * 90];
    for (int i = 0; i < 90 * 90; i++)
        image[i] = (i * 7919) % 3 ? black : white; /* an awkward pattern of a third */
    ui_push_image(&shapes, rect(0, 0, 20, 20), (struct ui_image){90, 90, image, true});
    paint(1);
    ck_assert_double_eq_tol(sum_red((struct paint_rect){0, 0, 20, 20}) / 400, 1.0 / 3, 0.01);
}
END_TEST

/* ---- text ---------------------------------------------------------------------------------- */

static float push_text(float x, float y, enum ui_font font, float size, const char *text)
{
    float width = fonts_width(fonts, font, size, text, strlen(text));
    ui_push_text(&shapes, rect(x, y, width, fonts_height(fonts, font, size)), font, size, white,
                 text, strlen(text));
    return width;
}

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

/* ---- what changed ---------------------------------------------------------------------------- */

static uint32_t picture_pixels[2][16 * 16];

static void push_random(struct rng *rng)
{
    static const char *const words[] = {"95.1 %", "Training", "7", "jq", "Wrong? It is a"};
    struct ui_rect r = rect(rng_range(rng, -30, WIDTH), rng_range(rng, -30, HEIGHT),
                            rng_range(rng, 0, 150), rng_range(rng, 0, 100));
    ui_color fill = (ui_color)rng_next(rng), edge = (ui_color)rng_next(rng);
    float points[12];
    for (int i = 0; i < 12; i++)
        points[i] = rng_range(rng, -20, 300);
    const char *word = words[rng_below(rng, 5)];
    switch (rng_below(rng, 6)) {
    case 0:
        ui_push_box(&shapes, r, rng_range(rng, 0, 20), fill, edge, rng_range(rng, 0, 3));
        break;
    case 1:
        ui_push_text(&shapes, r, (enum ui_font)rng_below(rng, 3), rng_range(rng, 8, 60), fill, word,
                     strlen(word));
        break;
    case 2:
        ui_push_line(&shapes, points, 1 + rng_below(rng, 6), rng_range(rng, 0.3f, 20), fill);
        break;
    case 3:
        ui_push_polygon(&shapes, points, 3, fill);
        break;
    case 4:
        ui_push_image(&shapes, r, (struct ui_image){16, 16, picture_pixels[rng_below(rng, 2)],
                                                    rng_below(rng, 2) == 1});
        break;
    case 5:
        ui_push_clip(&shapes, rng_below(rng, 2) ? r : rect(0, 0, WIDTH, HEIGHT));
        break;
    }
}

static void compare_with_all(const uint32_t *shown, uint32_t *whole, float scale, int frame)
{
    struct paint_target target = target_of(whole);
    struct painter *other = painter_new(fonts, &err);
    paint_all(other, &target, &shapes, scale, 0x102030ff);
    painter_free(other);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        if (shown[i] != whole[i])
            ck_abort_msg("frame %d differs at %d, %d", frame, i % WIDTH, i / WIDTH);
}

/* Each frame changes some of the shapes: the same list again, one replaced, one more, the tail
 * another one, an image's pixels. */
START_TEST(repainting_what_changed_equals_painting_everything)
{
    static const float scales[] = {1, 1.25f, 2};
    static uint32_t shown[WIDTH * HEIGHT], whole[WIDTH * HEIGHT];
    struct paint_target target = target_of(shown);
    struct rng rng = rng_new(7, 0);
    int partial = 0;
    for (int frame = 0; frame < 150; frame++) {
        float scale = scales[frame / 50];
        uint64_t seed = (uint64_t)(frame / 10), tail = rng_below(&rng, 3) ? 0 : rng_next(&rng);
        struct rng same = rng_new(seed, 1), other = rng_new(seed, tail);
        picture_pixels[rng_below(&rng, 2)][rng_below(&rng, 256)] = (uint32_t)rng_next(&rng);
        ui_shapes_reset(&shapes);
        for (int i = 0; i < 6; i++)
            push_random(&same);
        for (uint32_t i = rng_below(&rng, 3); i > 0; i--)
            push_random(&other);
        for (int i = 0; i < 3; i++)
            push_random(&same);
        const struct paint_rect *rects;
        int count = paint_changes(painter, &target, &shapes, scale, 0x102030ff, &rects);
        partial += count > 0 && (count > 1 || rects[0].w < WIDTH || rects[0].h < HEIGHT);
        compare_with_all(shown, whole, scale, frame);
    }
    ck_assert_int_gt(partial, 30);
}
END_TEST

START_TEST(the_same_frame_again_paints_nothing_and_a_small_change_little)
{
    struct paint_target target = target_of(pixels);
    const struct paint_rect *rects;
    push_text(10, 10, UI_FONT_TEXT, 14, "Accuracy");
    ui_push_box(&shapes, rect(200, 200, 20, 10), 2, white, 0, 0);
    ck_assert_int_eq(paint_changes(painter, &target, &shapes, 1, black, &rects), 1);
    ck_assert_int_eq(rects[0].w, WIDTH);
    ck_assert_int_eq(paint_changes(painter, &target, &shapes, 1, black, &rects), 0);
    shapes.items[1].fill = red;
    ck_assert_int_eq(paint_changes(painter, &target, &shapes, 1, black, &rects), 1);
    ck_assert_int_le(rects[0].w * rects[0].h, 2 * 64 * 64);
    shapes.text[0] = 'E'; /* the same shape with another letter */
    ck_assert_int_gt(paint_changes(painter, &target, &shapes, 1, black, &rects), 0);
    painter_forget(painter);
    ck_assert_int_eq(paint_changes(painter, &target, &shapes, 1, black, &rects), 1);
    ck_assert_int_eq(rects[0].h, HEIGHT);
}
END_TEST

START_TEST(a_line_that_grows_repaints_only_its_end)
{
    struct paint_target target = target_of(pixels);
    const struct paint_rect *rects;
    float points[2 * 30];
    for (int i = 0; i < 30; i++) {
        points[2 * i] = 10 + 10 * (float)i;
        points[2 * i + 1] = 30 + 6 * (float)i;
    }
    for (uint32_t count = 20; count < 30; count++) {
        ui_shapes_reset(&shapes);
        ui_push_line(&shapes, points, count, 12, white);
        int dirty = paint_changes(painter, &target, &shapes, 1, black, &rects), area = 0;
        for (int i = 0; i < dirty; i++)
            area += rects[i].w * rects[i].h;
        ck_assert_int_gt(area, 0);
        ck_assert_msg(count == 20 || area <= 4 * 64 * 64, "%d pixels for one point", area);
    }
}
END_TEST

START_TEST(numbers_that_are_none_do_no_harm)
{
    float points[] = {NAN, 3, INFINITY, -INFINITY, 1e30f, 5, 20, 20};
    ui_push_box(&shapes, rect(NAN, 1, INFINITY, 1e30f), NAN, white, white, 1);
    ui_push_line(&shapes, points, 4, 3, white);
    ui_push_line(&shapes, points + 6, 1, INFINITY, white);
    ui_push_polygon(&shapes, points, 4, white);
    ui_push_text(&shapes, rect(NAN, 1e30f, 3, 3), UI_FONT_TEXT, NAN, white, "x", 1);
    ui_push_image(&shapes, rect(-1e9f, -1e9f, 2e9f, 2e9f),
                  (struct ui_image){16, 16, picture_pixels[0], true});
    paint(1);
    struct paint_target target = target_of(pixels);
    const struct paint_rect *rects;
    ck_assert_int_eq(paint_changes(painter, &target, &shapes, 2, black, &rects), 1);
}
END_TEST

/* ---- pictures -------------------------------------------------------------------------------- */

static char folder[] = "/tmp/inkling-sys-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/inkling-sys-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    unlink(in_folder("a.png"));
    rmdir(folder);
}

static void save_file(const void *data, size_t size)
{
    struct files_part part = {data, size};
    ck_assert_msg(files_write(in_folder("a.png"), &part, 1, &err), "%s", err.text);
}

START_TEST(a_saved_picture_comes_back)
{
    enum { W = 37, H = 23, STRIDE = 40 };
    uint32_t image[STRIDE * H];
    for (int i = 0; i < STRIDE * H; i++)
        image[i] = 0xff000000u | (uint32_t)(i % 256) * 0x010101u;
    struct picture picture;
    ck_assert_msg(picture_save(in_folder("a.png"), image, W, H, STRIDE, &err), "%s", err.text);
    ck_assert_msg(picture_load(in_folder("a.png"), &picture, &err), "%s", err.text);
    ck_assert_int_eq(picture.rows, H);
    ck_assert_int_eq(picture.cols, W);
    int bad = 0;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            bad += picture.grey[y * W + x] != (y * STRIDE + x) % 256;
    ck_assert_int_eq(bad, 0);
    picture_free(&picture);
}
END_TEST

START_TEST(a_picture_that_cannot_be_made_is_not_said_to_want_memory)
{
    const uint32_t pixel = 0xff000000u;
    err.text[0] = 0;
    ck_assert(!picture_save(in_folder("a.png"), &pixel, 0, 0, 1, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "a.png cannot be made a picture: "));
}
END_TEST

START_TEST(a_transparent_picture_lies_on_white_paper)
{
    uint32_t image[] = {0x00000000, 0xff000000, 0x80000000, 0x00ffffff};
    struct picture picture;
    ck_assert(picture_save(in_folder("a.png"), image, 4, 1, 4, &err));
    ck_assert(picture_load(in_folder("a.png"), &picture, &err));
    ck_assert_uint_eq(picture.grey[0], 255);
    ck_assert_uint_eq(picture.grey[1], 0);
    ck_assert_uint_eq(picture.grey[2], 127);
    ck_assert_uint_eq(picture.grey[3], 255);
    picture_free(&picture);
}
END_TEST

/* Cut short, a file must be refused or, where its pixels are all there, read. */
START_TEST(a_truncated_picture_is_refused_with_a_sentence)
{
    static uint32_t image[64 * 64];
    struct rng rng = rng_new(3, 0);
    for (int i = 0; i < 64 * 64; i++)
        image[i] = 0xff000000u | (uint32_t)rng_next(&rng);
    ck_assert(picture_save(in_folder("a.png"), image, 64, 64, 64, &err));
    size_t size;
    unsigned char *file = files_read(in_folder("a.png"), 1 << 20, &size, &err);
    ck_assert_uint_gt(size, 4000);
    for (size_t cut = 0; cut < size - 64; cut += 50) {
        struct picture picture;
        save_file(file, cut);
        err.text[0] = 0;
        if (picture_load(in_folder("a.png"), &picture, &err))
            ck_abort_msg("%zu bytes of %zu are a picture", cut, size);
        ck_assert_ptr_nonnull(strstr(err.text, "a.png"));
    }
    free(file);
}
END_TEST

START_TEST(a_huge_picture_is_refused_before_it_is_decoded)
{
    static const unsigned char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0";
    static const unsigned char bmp[26] =
        "BM\0\0\0\0\0\0\0\0\0\0\0\0(\0\0\0\xff\xff\xff\x7f\0\0\0\x80";
    static const unsigned char jpeg[] =
        "\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\0\0\0\0\0\0\0";
    static const struct {
        const unsigned char *data;
        size_t size;
    } files[] = {{png, sizeof png}, {bmp, sizeof bmp}, {jpeg, sizeof jpeg}};
    for (int i = 0; i < 3; i++) {
        struct picture picture;
        save_file(files[i].data, files[i].size);
        ck_assert(!picture_load(in_folder("a.png"), &picture, &err));
        ck_assert_msg(strstr(err.text, "too large") != NULL, "%s", err.text);
        ck_assert_ptr_null(picture.grey);
    }
}
END_TEST

START_TEST(what_is_no_picture_is_refused_with_a_sentence)
{
    struct picture picture;
    save_file("hello, world, this is no picture at all", 39);
    ck_assert(!picture_load(in_folder("a.png"), &picture, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "not a picture"));
    save_file("", 0);
    ck_assert(!picture_load(in_folder("a.png"), &picture, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "empty"));
    ck_assert(!picture_load(in_folder("none.png"), &picture, &err));
    ck_assert(!picture_load(folder, &picture, &err));
}
END_TEST

/* ---- the suite ------------------------------------------------------------------------------- */

static TCase *painter_case(void)
{
    TCase *tcase = tcase_create("painter");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, a_box_fills_exactly_its_rectangle);
    tcase_add_test(tcase, a_round_corner_is_smooth_and_has_the_area_of_its_circle);
    tcase_add_test(tcase, the_four_corners_of_a_box_are_mirror_images);
    tcase_add_test(tcase, an_edge_lies_inside_its_box);
    tcase_add_test(tcase, no_ground_shines_through_between_fill_and_edge);
    tcase_add_test(tcase, a_translucent_box_mixes_with_what_is_below);
    tcase_add_test(tcase, scale_two_is_the_geometry_twice);
    tcase_add_test(tcase, edges_are_sharp_at_a_scale_between);
    tcase_add_test(tcase, nothing_is_painted_outside_a_clip);
    tcase_add_test(tcase, a_line_covers_its_length_times_its_width_and_two_half_discs);
    tcase_add_test(tcase, a_level_hairline_is_one_sharp_row);
    tcase_add_test(tcase, translucent_joints_are_blended_once);
    tcase_add_test(tcase, one_point_is_a_dot);
    tcase_add_test(tcase, a_polygon_has_its_area_whichever_way_round);
    tcase_add_test(tcase, squares_of_an_image_are_crisp);
    tcase_add_test(tcase, a_smooth_image_rises_evenly);
    tcase_add_test(tcase, a_smooth_image_that_shrinks_keeps_its_mean);
    tcase_add_test(tcase, repainting_what_changed_equals_painting_everything);
    tcase_add_test(tcase, the_same_frame_again_paints_nothing_and_a_small_change_little);
    tcase_add_test(tcase, a_line_that_grows_repaints_only_its_end);
    tcase_add_test(tcase, numbers_that_are_none_do_no_harm);
    tcase_set_timeout(tcase, 60);
    return tcase;
}

static TCase *font_case(void)
{
    TCase *tcase = tcase_create("fonts");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, text_fills_its_rectangle_and_stays_inside);
    tcase_add_test(tcase, text_grows_in_proportion_to_its_size);
    tcase_add_test(tcase, digits_are_equally_wide);
    tcase_add_test(tcase, signs_have_ink_and_broken_text_has_a_width);
    tcase_add_test(tcase, pairs_such_as_AV_move_together);
    tcase_add_test(tcase, more_glyphs_than_the_cache_holds_are_drawn_all_the_same);
    tcase_add_test(tcase, a_system_without_fonts_is_told_in_a_sentence);
    tcase_set_timeout(tcase, 60);
    return tcase;
}

static TCase *picture_case(void)
{
    TCase *tcase = tcase_create("pictures");
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_saved_picture_comes_back);
    tcase_add_test(tcase, a_picture_that_cannot_be_made_is_not_said_to_want_memory);
    tcase_add_test(tcase, a_transparent_picture_lies_on_white_paper);
    tcase_add_test(tcase, a_truncated_picture_is_refused_with_a_sentence);
    tcase_add_test(tcase, a_huge_picture_is_refused_before_it_is_decoded);
    tcase_add_test(tcase, what_is_no_picture_is_refused_with_a_sentence);
    tcase_set_timeout(tcase, 60);
    return tcase;
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("sys");
    suite_add_tcase(suite, painter_case());
    suite_add_tcase(suite, font_case());
    suite_add_tcase(suite, picture_case());
    add_window_tests(suite);
    add_key_tests(suite);
    add_scale_tests(suite);
    return suite;
}
