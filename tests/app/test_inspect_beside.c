/* SPDX-License-Identifier: MIT */
/* What stands beside the matrix: disturbed images, whose figures are those of eval/disturb.h, and
 * the reliability diagram. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app_fonts.h"
#include "app_world.h"
#include "eval/disturb.h"
#include "inspect_world.h"
#include "kern/kern.h"
#include "model/model.h"
#include "par/pool.h"
#include "places.h"
#include "suite.h"
#include "train/measure.h"

static struct err err;

static void open_evaluated(void)
{
    begin_inspect();
    evaluate("test");
    ask(ACT_SHOW_ROBUST, 0);
    frame();
}

static void measure(void)
{
    ask(ACT_ROBUST, 0);
    frame();
    wait_until(!robustness_busy(&app->robustness));
    frame();
}

static void expect_those_of_eval(const struct robust_figures *figures)
{
    static struct disturb_result alone;
    const struct evaluated *result = app->evaluating.result;
    const struct model *model = app->models.current;
    struct pool *pool = pool_new(1, false, &err);
    ck_assert(disturb_measure(&(struct disturb_setup){model->net, measure_cost(model), kern_best(),
                                                      pool, result->set, 1, NULL, NULL},
                              &alone, &err));
    pool_free(pool);
    for (int kind = 0; kind < DISTURB_KINDS; kind++)
        for (int i = 0; i < DISTURB_STRENGTHS; i++)
            ck_assert_uint_eq(figures->result.figures[kind][i].correct,
                              alone.figures[kind][i].correct);
    ck_assert_uint_eq(figures->count, result->set->count);
    ck_assert_double_eq_tol(figures->plain, result->measure.figures.accuracy, 1e-12);
}

START_TEST(the_figures_are_those_of_eval)
{
    int from = event_count;
    click("robust-start");
    frame();
    wait_until(!robustness_busy(&app->robustness));
    expect_those_of_eval(app->robustness.last);
    const json_t *event = find_event("robust", from), *list = json_object_get(event, "robust");
    ck_assert_int_eq(json_integer_value(json_object_get(event, "count")), FEW_TEST_IMAGES);
    ck_assert_int_eq((int)json_array_size(list), DISTURB_KINDS);
    const json_t *blur = json_array_get(list, DISTURB_BLUR);
    ck_assert_str_eq(json_string_value(json_object_get(blur, "disturbance")), "blur");
    ck_assert_int_eq(json_integer_value(json_array_get(json_object_get(blur, "correct"), 2)),
                     app->robustness.last->result.figures[DISTURB_BLUR][2].correct);
}
END_TEST

START_TEST(two_models_are_compared_on_the_same_images_alone)
{
    char first[EVALUATED_NAME_MAX];
    measure();
    snprintf(first, sizeof first, "%s", app->robustness.last->model);
    ck_assert_ptr_null(robustness_other(&app->robustness));
    use_model(slow_path);
    ask(ACT_ROBUST, 0); /* of a model that was not evaluated there is nothing to be read */
    frame();
    ck_assert(!robustness_busy(&app->robustness));
    ck_assert_int_eq(app->notices.now.kind, NOTICE_WORD);
    evaluate("test");
    measure();
    ck_assert_str_eq(app->robustness.last->model, "slow");
    ck_assert_str_eq(robustness_other(&app->robustness)->model, first);
    ck_assert(ui_find_control(app->ui, "robust-other"));
    measure(); /* once more: the other one stays */
    ck_assert_str_eq(robustness_other(&app->robustness)->model, first);
    evaluate("train");
    measure();
    ck_assert_ptr_null(robustness_other(&app->robustness));
    frame();
    ck_assert(!ui_find_control(app->ui, "robust-other"));
}
END_TEST

START_TEST(a_cell_shows_its_images_and_undo_leaves_a_canvas_that_is_not_on_show)
{
    uint32_t strokes;
    ask(ACT_THIS_DRAWING, 0);
    frame();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.3f, 0.6f, 0.6f);
    strokes = stroke_count();
    ask(ACT_SHOW_ROBUST, 0);
    frame();
    ck_assert(!ui_find_control(app->ui, "wall-which"));
    ask(ACT_WALL_CELL, 33);
    frame();
    ck_assert(ui_find_control(app->ui, "wall-which"));
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), strokes);
    ask(ACT_THIS_DRAWING, 0);
    frame();
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), strokes - 1);
}
END_TEST

START_TEST(it_can_be_given_up_and_the_last_figures_stay)
{
    measure();
    use_model(slow_path);
    evaluate("test");
    ask(ACT_ROBUST, 0);
    frame();
    ck_assert(robustness_busy(&app->robustness));
    ask(ACT_ROBUST, 0); /* it is said that it is under way */
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_WORD);
    click("robust-stop");
    wait_until(!robustness_busy(&app->robustness));
    frame();
    ck_assert_str_ne(app->robustness.last->model, "slow");
    ck_assert(ui_find_control(app->ui, "robust-start"));
}
END_TEST

START_TEST(the_table_has_a_row_for_each_disturbance_and_strength)
{
    measure();
    const char *text = saved_by(ACT_ROBUST_CSV), *row = strstr(text, ",turned,20,degrees,");
    const struct evaluation *turned = &app->robustness.last->result.figures[DISTURB_TURNED][1];
    double accuracy, error;
    int rows = 0;
    ck_assert(strstr(text, "model,disturbance,amount,unit,accuracy,standard error\n"));
    ck_assert_ptr_nonnull(row);
    ck_assert_int_eq(sscanf(row, ",turned,20,degrees,%lf,%lf", &accuracy, &error), 2);
    ck_assert_double_eq_tol(accuracy, turned->accuracy, 1e-6);
    ck_assert_double_eq_tol(error, turned->error, 1e-6);
    for (const char *at = strchr(text, '\n'); at; at = strchr(at + 1, '\n'))
        rows++;
    ck_assert_int_eq(rows, 2 + ROBUST_READINGS);
}
END_TEST

START_TEST(each_bin_of_the_diagram_says_its_figures)
{
    const struct calibrate_report *verdicts = &app->evaluating.result->measure.verdicts;
    char name[40];
    click("beside-reliability");
    frame();
    for (int i = 0; i < CALIBRATE_BINS; i++) {
        snprintf(name, sizeof name, "reliability-%d", i);
        ck_assert_msg(!!ui_find_control(app->ui, name) == (verdicts->bins[i].count > 0), "%s",
                      name);
    }
    click("beside-wall");
    frame();
    ck_assert(ui_find_control(app->ui, "wall-which"));
}
END_TEST

/* What was saved as a picture. */
static struct {
    char path[400];
    float width, height, scale;
    struct ui_rect first_card;
} saved;

static bool keep_picture(void *user, const char *path, const struct ui_shapes *shapes, float width,
                         float height, float scale, ui_color ground, struct err *trouble)
{
    (void)user, (void)ground;
    snprintf(saved.path, sizeof saved.path, "%s", path);
    saved.width = width;
    saved.height = height;
    saved.scale = scale;
    for (size_t i = 0; i < shapes->count; i++)
        if (shapes->items[i].kind == UI_SHAPE_BOX && shapes->items[i].fill == app->theme->card) {
            saved.first_card = shapes->items[i].rect;
            break;
        }
    return strcmp(path, "full") != 0 || err_set(trouble, "The disk is full.");
}

START_TEST(what_a_part_shows_is_saved_as_a_picture_of_its_own)
{
    app->host.save_picture = keep_picture;
    ask_for(ACT_INSPECT_PNG, "inspect.png");
    frame();
    const struct ui_rect *at = &app->inspect.at;
    ck_assert_str_eq(saved.path, "inspect.png");
    ck_assert_float_eq(saved.width, at->w);
    ck_assert_float_eq(saved.height, at->h);
    ck_assert_float_eq(saved.scale, 2);
    ck_assert_float_lt(saved.height, input->height - 100);
    ck_assert_float_eq(saved.first_card.x, 20); /* the matrix's, near the corner */
    ck_assert_float_eq(saved.first_card.y, 8);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_DONE);
    ask_for(ACT_SCREENSHOT, "all.png");
    frame();
    ck_assert_float_eq(saved.height, input->height);
    ask_for(ACT_INSPECT_PNG, "full");
    frame();
    ck_assert_str_eq(app->notices.now.text, "The disk is full.");
}
END_TEST

START_TEST(nothing_is_cut_or_lies_over_another)
{
    places_check_sizes("before it is measured");
    measure();
    places_check_sizes("robust");
    use_model(slow_path);
    evaluate("test");
    ask(ACT_ROBUST, 0);
    places_check_sizes("under way");
    ask(ACT_ROBUST_STOP, 0);
    ask(ACT_SHOW_RELIABILITY, 0);
    places_check_sizes("reliability");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("inspect_beside");
    TCase *tests = tcase_create("beside the matrix");
    tcase_add_unchecked_fixture(tests, measure_fonts, forget_fonts);
    tcase_add_unchecked_fixture(tests, make_small_inspect_world, remove_world);
    tcase_add_checked_fixture(tests, open_evaluated, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_figures_are_those_of_eval);
    tcase_add_test(tests, two_models_are_compared_on_the_same_images_alone);
    tcase_add_test(tests, a_cell_shows_its_images_and_undo_leaves_a_canvas_that_is_not_on_show);
    tcase_add_test(tests, it_can_be_given_up_and_the_last_figures_stay);
    tcase_add_test(tests, the_table_has_a_row_for_each_disturbance_and_strength);
    tcase_add_test(tests, each_bin_of_the_diagram_says_its_figures);
    tcase_add_test(tests, what_a_part_shows_is_saved_as_a_picture_of_its_own);
    tcase_add_test(tests, nothing_is_cut_or_lies_over_another);
    suite_add_tcase(suite, tests);
    return suite;
}
