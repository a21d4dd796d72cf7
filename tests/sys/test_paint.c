/* SPDX-License-Identifier: MIT */
/* What the painter paints, and what it paints anew. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "painted.h"
#include "suite.h"

static struct err err;

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

START_TEST(a_clip_of_one_row_or_column_is_painted)
{
    ui_push_clip(&shapes, rect(40, 50, 30, 1));
    ui_push_box(&shapes, rect(0, 0, 200, 200), 0, white, 0, 0);
    ui_push_clip(&shapes, rect(90, 20, 1, 20));
    ui_push_box(&shapes, rect(0, 0, 200, 200), 0, white, 0, 0);
    ui_push_clip(&shapes, rect(10, 10, 0, 20));
    ui_push_box(&shapes, rect(0, 0, 200, 200), 0, white, 0, 0);
    paint(1);
    ck_assert_double_eq_tol(sum_red(everywhere), 50, 1e-9);
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

/* Each pixel is the mean of the four that it is made of, whichever way they lie. */
START_TEST(a_smooth_image_of_half_its_size_has_the_means_of_neighbours)
{
    enum { SIDE = 8, HALF = SIDE / 2 };
    uint32_t image[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
        uint32_t grey = (uint32_t)(i * 37 % 256);
        image[i] = grey << 24 | grey << 16 | grey << 8 | 255;
    }
    ui_push_image(&shapes, rect(20, 30, HALF, HALF), (struct ui_image){SIDE, SIDE, image, true});
    paint(1);
    for (int i = 0; i < HALF * HALF; i++) {
        const uint32_t *at = image + i / HALF * 2 * SIDE + i % HALF * 2;
        int sum = (int)(at[0] >> 24) + (int)(at[1] >> 24) + (int)(at[SIDE] >> 24) +
                  (int)(at[SIDE + 1] >> 24);
        ck_assert_int_le(abs(red_at(20 + i % HALF, 30 + i / HALF) - sum / 4), 1);
    }
    ck_assert_int_eq(red_at(19, 30) + red_at(20 + HALF, 30) + red_at(20, 29), 0);
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
        ui_push_image(
            &shapes, r,
            (struct ui_image){16, 16, picture_pixels[rng_below(rng, 2)], rng_below(rng, 2) == 1});
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

Suite *make_suite(void)
{
    Suite *suite = suite_create("paint");
    TCase *tcase = tcase_create("painter");
    tcase_add_checked_fixture(tcase, make_painter, remove_painter);
    tcase_add_test(tcase, a_box_fills_exactly_its_rectangle);
    tcase_add_test(tcase, a_round_corner_is_smooth_and_has_the_area_of_its_circle);
    tcase_add_test(tcase, the_four_corners_of_a_box_are_mirror_images);
    tcase_add_test(tcase, an_edge_lies_inside_its_box);
    tcase_add_test(tcase, no_ground_shines_through_between_fill_and_edge);
    tcase_add_test(tcase, a_translucent_box_mixes_with_what_is_below);
    tcase_add_test(tcase, scale_two_is_the_geometry_twice);
    tcase_add_test(tcase, edges_are_sharp_at_a_scale_between);
    tcase_add_test(tcase, nothing_is_painted_outside_a_clip);
    tcase_add_test(tcase, a_clip_of_one_row_or_column_is_painted);
    tcase_add_test(tcase, a_line_covers_its_length_times_its_width_and_two_half_discs);
    tcase_add_test(tcase, a_level_hairline_is_one_sharp_row);
    tcase_add_test(tcase, translucent_joints_are_blended_once);
    tcase_add_test(tcase, one_point_is_a_dot);
    tcase_add_test(tcase, a_polygon_has_its_area_whichever_way_round);
    tcase_add_test(tcase, squares_of_an_image_are_crisp);
    tcase_add_test(tcase, a_smooth_image_rises_evenly);
    tcase_add_test(tcase, a_smooth_image_that_shrinks_keeps_its_mean);
    tcase_add_test(tcase, a_smooth_image_of_half_its_size_has_the_means_of_neighbours);
    tcase_add_test(tcase, repainting_what_changed_equals_painting_everything);
    tcase_add_test(tcase, the_same_frame_again_paints_nothing_and_a_small_change_little);
    tcase_add_test(tcase, a_line_that_grows_repaints_only_its_end);
    tcase_add_test(tcase, numbers_that_are_none_do_no_harm);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}
