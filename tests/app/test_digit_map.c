/* SPDX-License-Identifier: MIT */
/* The map in the whole program: its places are those of eval/, and the drawing's moves with it. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_fonts.h"
#include "app_world.h"
#include "data/dataset.h"
#include "eval/hidden.h"
#include "ink/fit.h"
#include "inspect_world.h"
#include "kern/kern.h"
#include "model/model.h"
#include "nn/nn.h"
#include "places.h"
#include "suite.h"

static struct err err;

static bool is_made(void)
{
    const struct digit_map *map = &app->digit_map;
    return !digit_map_busy(map) && map->made && map->made->key.model == app->models.number &&
           (map->layout == DIGIT_MAP_COMPONENTS || map->made->embedded);
}

static void open_map(void)
{
    begin_inspect();
    ask(ACT_THIS_DRAWING, 0);
    frame();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.25f, 0.7f, 0.25f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.25f, 0.45f, 0.8f);
    key('m', 0);
    wait_until(is_made());
    frame();
}

/* What the last hidden layer of the model in use makes of a picture, the slow way. */
static void read_hidden(const uint8_t *pixels, float *hidden)
{
    float x[FIT_LEN];
    int len;
    const struct nn *net = app->models.current->net;
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, &err);
    fit_floats(pixels, 1, x);
    nn_predict(net, work, x, 1);
    const float *found = nn_last_hidden(net, work, x, &len);
    ck_assert_int_eq(len, app->digit_map.made->len);
    memcpy(hidden, found, (size_t)len * sizeof *found);
    nn_work_free(work);
}

START_TEST(each_image_lies_where_its_activations_lead)
{
    const struct digit_map_made *made = app->digit_map.made;
    const struct dataset *test = library_test(app->library);
    float hidden[4096], xy[2];
    ck_assert_uint_eq(made->set->count, FEW_TEST_IMAGES);
    for (uint32_t i = 0; i < FEW_TEST_IMAGES; i += 71) {
        ck_assert_uint_eq(digit_map_number(made, i), i);
        ck_assert_mem_eq(made->set->pixels + (size_t)i * FIT_LEN,
                         test->pixels + (size_t)i * FIT_LEN, FIT_LEN);
        read_hidden(test->pixels + (size_t)i * FIT_LEN, hidden);
        projection_place(&made->flat, hidden, xy);
        for (int axis = 0; axis < 2; axis++)
            ck_assert_float_eq_tol(made->xy[DIGIT_MAP_COMPONENTS][2 * i + (uint32_t)axis], xy[axis],
                                   1e-3f);
    }
    ck_assert_double_gt(made->flat.variance[0], 0);
}
END_TEST

START_TEST(an_image_of_the_map_on_the_canvas_lies_where_it_stands)
{
    const struct digit_map_made *made = app->digit_map.made;
    float xy[2];
    ask(ACT_MAP_IMAGE, 7);
    wait_until(memcmp(app->canvas.fit.pixels, made->set->pixels + (size_t)7 * FIT_LEN, FIT_LEN) ==
               0);
    frame();
    frame();
    const struct activations *activations = &app->activations;
    digit_map_place(&app->digit_map, activations_of(activations, activations->layers - 2), xy);
    for (int axis = 0; axis < 2; axis++)
        ck_assert_float_eq_tol(made->xy[DIGIT_MAP_COMPONENTS][14 + axis], xy[axis], 1e-3f);
    ask(ACT_MAP_IMAGE, FEW_TEST_IMAGES);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
}
END_TEST

START_TEST(a_click_puts_the_image_that_it_hits_on_the_canvas)
{
    const struct digit_map_made *made = app->digit_map.made;
    const struct map_picture *picture = &app->inspect.map.picture;
    struct ui_rect rect = rect_of("map");
    float point[2];
    map_picture_point(picture, rect, made->xy[DIGIT_MAP_COMPONENTS] + 2 * 20, point);
    int hit = map_picture_find(picture, &app->digit_map, rect, point[0], point[1]);
    ck_assert_int_ge(hit, 0);
    sample(UI_MOVE, UI_BUTTON_NONE, point[0], point[1]);
    frame();
    sample(UI_PRESS, UI_BUTTON_LEFT, point[0], point[1]);
    sample(UI_RELEASE, UI_BUTTON_LEFT, point[0], point[1]);
    frame();
    frame();
    ck_assert_mem_eq(app->canvas.fit.pixels, made->set->pixels + (size_t)hit * FIT_LEN, FIT_LEN);
    ck_assert_int_eq(app->inspect_part, INSPECT_MAP);
}
END_TEST

START_TEST(the_drawing_moves_as_it_is_drawn)
{
    float before[2], after[2];
    const struct activations *activations = &app->activations;
    digit_map_place(&app->digit_map, activations_of(activations, activations->layers - 2), before);
    stroke(UI_BUTTON_LEFT, 0.2f, 0.6f, 0.8f, 0.6f);
    frame();
    frame();
    digit_map_place(&app->digit_map, activations_of(activations, activations->layers - 2), after);
    ck_assert(hypotf(after[0] - before[0], after[1] - before[1]) > 1e-4f);
    ck_assert_uint_eq(stroke_count(), 3);
}
END_TEST

START_TEST(neighbours_are_laid_out_by_a_job_that_can_be_stopped)
{
    const float *components = app->digit_map.made->xy[DIGIT_MAP_COMPONENTS];
    ck_assert_ptr_eq(digit_map_places(&app->digit_map), components);
    click("map-neighbours");
    frame();
    ck_assert(digit_map_busy(&app->digit_map));
    wait_until(app->digit_map.made->xy[DIGIT_MAP_NEIGHBOURS][0] != 0); /* they are forming */
    click("map-stop");
    wait_until(!digit_map_busy(&app->digit_map));
    frame();
    frame();
    ck_assert(!digit_map_busy(&app->digit_map) && !app->digit_map.made->embedded);
    ck_assert_ptr_eq(digit_map_places(&app->digit_map), components);
    click("map-neighbours");
    wait_until(is_made());
    ck_assert_ptr_ne(digit_map_places(&app->digit_map), components);
    click("map-components");
    frame();
    ck_assert_ptr_eq(digit_map_places(&app->digit_map), components);
}
END_TEST

START_TEST(another_model_makes_another_map)
{
    uint64_t before = app->digit_map.made->key.model;
    int len = app->digit_map.made->len;
    use_model(slow_path);
    wait_until(is_made());
    ck_assert_uint_ne(app->digit_map.made->key.model, before);
    ck_assert_int_ne(app->digit_map.made->len, len);
}
END_TEST

START_TEST(where_weights_were_changed_it_says_why_there_is_none)
{
    ask_for(ACT_WEIGHT, "1 0 0 0.5");
    frame();
    frame();
    ck_assert(!ui_find_control(app->ui, "map"));
    ask(ACT_WEIGHTS_BACK, 0);
    frame();
    frame();
    ck_assert(ui_find_control(app->ui, "map") != NULL);
}
END_TEST

START_TEST(nothing_is_cut_or_lies_over_another)
{
    places_check_sizes("the map");
    input->width = 1280;
    input->height = 800;
    ask(ACT_MAP_NEIGHBOURS, 0);
    frame();
    places_check_sizes("neighbours on the way");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("digit_map");
    TCase *tests = tcase_create("map");
    tcase_add_unchecked_fixture(tests, measure_fonts, forget_fonts);
    tcase_add_unchecked_fixture(tests, make_small_inspect_world, remove_world);
    tcase_add_checked_fixture(tests, open_map, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, each_image_lies_where_its_activations_lead);
    tcase_add_test(tests, an_image_of_the_map_on_the_canvas_lies_where_it_stands);
    tcase_add_test(tests, a_click_puts_the_image_that_it_hits_on_the_canvas);
    tcase_add_test(tests, the_drawing_moves_as_it_is_drawn);
    tcase_add_test(tests, neighbours_are_laid_out_by_a_job_that_can_be_stopped);
    tcase_add_test(tests, another_model_makes_another_map);
    tcase_add_test(tests, where_weights_were_changed_it_says_why_there_is_none);
    tcase_add_test(tests, nothing_is_cut_or_lies_over_another);
    suite_add_tcase(suite, tests);
    return suite;
}
