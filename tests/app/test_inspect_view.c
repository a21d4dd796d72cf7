/* SPDX-License-Identifier: MIT */
/* The Inspect view in the whole program: the matrix, the wall, and where all of it lies. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_fonts.h"
#include "app_world.h"
#include "ink/fit.h"
#include "inspect_world.h"
#include "places.h"
#include "suite.h"

static const struct evaluated *result(void)
{
    ck_assert_ptr_nonnull(app->evaluating.result);
    return app->evaluating.result;
}

static uint32_t label_of(uint32_t place)
{
    return result()->set->labels[app->gallery.items[place]];
}

static uint32_t answer_of(uint32_t place)
{
    return result()->best[app->gallery.items[place]];
}

static float confidence_of(uint32_t place)
{
    return result()->confidence[app->gallery.items[place]];
}

/* A wrong cell with an image in it. */
static void find_cell(int *truth, int *answer)
{
    for (*truth = 0; *truth < 10; (*truth)++)
        for (*answer = 0; *answer < 10; (*answer)++)
            if (*truth != *answer && result()->measure.figures.confusion[*truth][*answer] > 0)
                return;
    ck_abort_msg("nothing is misread");
}

static void open_evaluated(void)
{
    begin_inspect();
    evaluate("test");
}

static void choose(const char *select, int item)
{
    char name[60];
    click(select);
    frame();
    snprintf(name, sizeof name, "%s/%d", select, item);
    click(name);
    frame();
    frame();
}

/* ---- the wall -------------------------------------------------------------------------------- */

START_TEST(the_misread_stand_on_the_wall_most_confident_first)
{
    const struct evaluation *figures = &result()->measure.figures;
    ck_assert_uint_eq(app->gallery.count, figures->count - figures->correct);
    ck_assert_uint_gt(app->gallery.count, 1000);
    for (uint32_t i = 0; i < app->gallery.count; i++) {
        ck_assert_uint_ne(label_of(i), answer_of(i));
        ck_assert(i == 0 || confidence_of(i) <= confidence_of(i - 1));
    }
}
END_TEST

START_TEST(they_can_be_ordered_otherwise)
{
    choose("wall-order", GALLERY_UNSURE);
    for (uint32_t i = 1; i < app->gallery.count; i++)
        ck_assert(confidence_of(i) >= confidence_of(i - 1));
    choose("wall-order", GALLERY_AS_THEY_COME);
    for (uint32_t i = 1; i < app->gallery.count; i++)
        ck_assert_uint_gt(app->gallery.items[i], app->gallery.items[i - 1]);
    choose("wall-order", GALLERY_BY_LABEL);
    for (uint32_t i = 1; i < app->gallery.count; i++)
        ck_assert(label_of(i) > label_of(i - 1) ||
                  (label_of(i) == label_of(i - 1) && confidence_of(i) <= confidence_of(i - 1)));
    choose("wall-order", GALLERY_BY_ANSWER);
    for (uint32_t i = 1; i < app->gallery.count; i++)
        ck_assert(answer_of(i) >= answer_of(i - 1));
    ask(ACT_WALL_ORDER, 99);
    ck_assert_int_eq(app->gallery.order, GALLERY_BY_ANSWER);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
}
END_TEST

START_TEST(all_images_of_a_set_can_stand_there_by_label_and_by_answer)
{
    uint32_t labelled = 0, both = 0;
    for (uint32_t i = 0; i < TEST_IMAGES; i++) {
        labelled += result()->set->labels[i] == 5;
        both += result()->set->labels[i] == 5 && result()->best[i] == 5;
    }
    choose("wall-which", 1);
    ck_assert_uint_eq(app->gallery.count, TEST_IMAGES);
    choose("wall-label", 6);
    ck_assert_uint_eq(app->gallery.count, labelled);
    choose("wall-answer", 6);
    ck_assert_uint_eq(app->gallery.count, both);
    choose("wall-which", 0);
    ck_assert_uint_eq(app->gallery.count, TEST_IMAGES - result()->measure.figures.correct);
    ask(ACT_WALL_LABEL, 5);
    frame();
    ck_assert_uint_eq(app->gallery.count, labelled - both);
    ask(ACT_WALL_LABEL, 12);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_int_eq(gallery_label(&app->gallery), 5);
}
END_TEST

/* The control of the image that stands at that place of the wall; NULL out of sight. */
static const struct ui_control *tile(uint32_t place)
{
    char name[32];
    snprintf(name, sizeof name, "image-%u", app->gallery.items[place]);
    const struct ui_control *control = ui_find_control(app->ui, name);
    return control && control->rect.h > 0 ? control : NULL;
}

static uint32_t count_verdict(enum verdict verdict)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < TEST_IMAGES; i++)
        count += result()->verdict[i] == verdict;
    return count;
}

START_TEST(those_in_doubt_and_those_that_two_models_read_differently_stand_there_too)
{
    uint8_t before[TEST_IMAGES];
    uint32_t differing = 0;
    choose("wall-which", GALLERY_DOUBTFUL);
    ck_assert_uint_eq(app->gallery.count, count_verdict(VERDICT_DOUBTFUL));
    choose("wall-which", GALLERY_NO_DIGIT);
    ck_assert_uint_eq(app->gallery.count, count_verdict(VERDICT_NO_DIGIT));
    choose("wall-which", GALLERY_DIFFERING);
    ck_assert_uint_eq(app->gallery.count, 0); /* there is no other model yet */
    memcpy(before, result()->best, sizeof before);
    use_model(slow_path);
    evaluate("test");
    for (uint32_t i = 0; i < TEST_IMAGES; i++)
        differing += before[i] != result()->best[i];
    ck_assert_uint_gt(differing, 100);
    ck_assert_uint_eq(app->gallery.count, differing);
    evaluate("test"); /* once more: the other one stays */
    ck_assert_uint_eq(app->gallery.count, differing);
    evaluate("train"); /* of other images */
    ck_assert_uint_eq(app->gallery.count, 0);
}
END_TEST

START_TEST(it_scrolls_through_thousands_and_lays_out_those_in_sight)
{
    ask(ACT_WALL_ALL, 0);
    frame();
    ck_assert(tile(0) != NULL && tile(TEST_IMAGES - 1) == NULL);
    ck_assert_int_lt(ui_control_count(app->ui), 300);
    for (int i = 0; i < 100 && !tile(TEST_IMAGES - 1); i++) {
        struct ui_rect page = rect_of("wall-page");
        sample(UI_MOVE, UI_BUTTON_NONE, page.x + page.w / 2, page.y + page.h / 2);
        input->wheel = -50;
        frame();
    }
    frame();
    ck_assert(tile(TEST_IMAGES - 1) != NULL && tile(0) == NULL);
    ck_assert_int_lt(ui_control_count(app->ui), 300);
    ask(ACT_WALL_MISREAD, 0); /* fewer than it is scrolled down */
    frame();
    frame();
    ck_assert(tile(app->gallery.count - 1) != NULL || tile(0) != NULL);
}
END_TEST

START_TEST(the_arrow_keys_go_through_the_wall_beyond_what_is_in_sight)
{
    char name[32];
    snprintf(name, sizeof name, "image-%u", app->gallery.items[0]);
    tab_to(name);
    for (int i = 0; i < 12; i++) {
        key(UI_KEY_DOWN, 0);
        frame();
    }
    ck_assert_ptr_null(tile(0));
    key(UI_KEY_ENTER, 0);
    ck_assert(app->canvas.picture.any);
}
END_TEST

START_TEST(a_click_puts_one_on_the_canvas_as_the_network_saw_it)
{
    uint32_t at = app->gallery.items[1];
    char name[32];
    snprintf(name, sizeof name, "image-%u", at);
    click(name);
    frame();
    frame();
    ck_assert(app->canvas.picture.any);
    ck_assert_int_eq(memcmp(app->canvas.fit.pixels, result()->set->pixels + (size_t)at * FIT_LEN,
                            sizeof app->canvas.fit.pixels),
                     0);
    ck_assert_int_eq(app->canvas.answer.order[0], result()->best[at]);
    ck_assert_float_eq_tol(app->canvas.answer.probability[result()->best[at]],
                           result()->confidence[at], 1e-5f);
    ck_assert(strstr(app->notices.now.text, "on the canvas") != NULL);
    ask(ACT_WALL_IMAGE, TEST_IMAGES);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
}
END_TEST

/* ---- the matrix ------------------------------------------------------------------------------ */

START_TEST(a_click_on_a_cell_shows_its_images_and_once_more_the_misread)
{
    int truth, answer;
    char name[16];
    find_cell(&truth, &answer);
    uint32_t count = result()->measure.figures.confusion[truth][answer];
    uint32_t misread = app->gallery.count;
    snprintf(name, sizeof name, "cell-%d-%d", truth, answer);
    click(name);
    frame();
    ck_assert_uint_eq(app->gallery.count, count);
    for (uint32_t i = 0; i < count; i++)
        ck_assert(label_of(i) == (uint32_t)truth && answer_of(i) == (uint32_t)answer);
    ck_assert(tile(0) != NULL);
    click(name);
    frame();
    ck_assert_uint_eq(app->gallery.count, misread);
    ask(ACT_WALL_CELL, 100);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_uint_eq(app->gallery.count, misread);
}
END_TEST

START_TEST(an_empty_cell_is_off)
{
    for (int i = 0; i < 100; i++) {
        char name[16];
        snprintf(name, sizeof name, "cell-%d-%d", i / 10, i % 10);
        const struct ui_control *cell = ui_find_control(app->ui, name);
        ck_assert_ptr_nonnull(cell);
        ck_assert_int_eq(cell->off, result()->measure.figures.confusion[i / 10][i % 10] == 0);
    }
}
END_TEST

/* ---- by keyboard ----------------------------------------------------------------------------- */

START_TEST(every_control_is_reached_by_keys)
{
    static const char *const names[] = {"evaluate-set", "evaluate",    "wall-which",
                                        "wall-label",   "wall-answer", "wall-order"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        tab_to(names[i]);
    uint64_t before = app->evaluating.number;
    tab_to("evaluate");
    key(UI_KEY_ENTER, 0);
    wait_until(app->evaluating.number > before);
    int truth, answer;
    char name[16];
    find_cell(&truth, &answer);
    snprintf(name, sizeof name, "cell-%d-%d", truth, answer);
    frame();
    ui_focus(app->ui, name); /* one of the group that the arrows go through */
    key(UI_KEY_ENTER, 0);
    frame();
    ck_assert(gallery_shows_cell(&app->gallery, truth, answer));
}
END_TEST

START_TEST(tab_passes_the_wall_and_the_matrix_in_one_step)
{
    char name[32];
    ask(ACT_WALL_ALL, 0);
    frame();
    snprintf(name, sizeof name, "image-%u", app->gallery.items[0]);
    tab_to(name);
    key(UI_KEY_TAB, 0);
    for (uint32_t i = 0; i < TEST_IMAGES; i++)
        ck_assert(!tile(i) || !tile(i)->focus);
    tab_to(name); /* round the window */
}
END_TEST

START_TEST(the_file_of_strokes_is_asked_for)
{
    choose("evaluate-set", EVALUATING_STROKES);
    click("evaluate");
    frame();
    ck_assert_ptr_nonnull(app->dialog);
    key(UI_KEY_ESCAPE, 0);
    frame();
    ck_assert_ptr_null(app->dialog);
    ck_assert(!evaluating_busy(&app->evaluating));
}
END_TEST

/* ---- the table, and where it lies ------------------------------------------------------------ */

START_TEST(the_table_holds_the_matrix_and_the_reliability_diagram)
{
    const struct measure *measure = &app->evaluating.result->measure;
    const char *text = saved_by(ACT_EVALUATION_CSV), *row = strstr(text, "\n0,");
    unsigned cells[10], count, correct, all = 0, right = 0;
    ck_assert(strstr(text, "label,0,1,2,3,4,5,6,7,8,9,accuracy,standard error\n"));
    for (int label = 0; label < 10; label++, row = strchr(row + 1, '\n')) {
        ck_assert_int_eq(sscanf(row, "\n%*d,%u,%u,%u,%u,%u,%u,%u,%u,%u,%u", &cells[0], &cells[1],
                                &cells[2], &cells[3], &cells[4], &cells[5], &cells[6], &cells[7],
                                &cells[8], &cells[9]),
                         10);
        for (int answer = 0; answer < 10; answer++)
            ck_assert_uint_eq(cells[answer], measure->figures.confusion[label][answer]);
    }
    row = strstr(text, "mean confidence\n") + strlen("mean confidence");
    for (int bin = 0; bin < CALIBRATE_BINS; bin++, row = strchr(row + 1, '\n')) {
        ck_assert_int_eq(sscanf(row, "\n%*f,%*f,%u,%u", &count, &correct), 2);
        all += count;
        right += correct;
    }
    ck_assert_uint_eq(all, measure->figures.count);
    ck_assert_uint_eq(right, measure->figures.correct);
}
END_TEST

START_TEST(the_images_on_the_wall_are_saved_row_by_row)
{
    unsigned image, label, answer, rows = 0;
    float confidence;
    for (const char *line = saved_by(ACT_WALL_CSV); line; line = strchr(line + 1, '\n'))
        if (sscanf(line, " %u,%u,%u,%f", &image, &label, &answer, &confidence) == 4) {
            ck_assert_uint_eq(image, app->gallery.items[rows]);
            ck_assert_uint_eq(label, label_of(rows));
            ck_assert_uint_eq(answer, answer_of(rows));
            ck_assert_float_eq_tol(confidence, confidence_of(rows), 1e-5f);
            rows++;
        }
    ck_assert_uint_eq(rows, app->gallery.count);
}
END_TEST

START_TEST(cells_are_told_by_row_and_back)
{
    const uint32_t *row = app->evaluating.result->measure.figures.confusion[0];
    uint32_t all = 0, largest = 0;
    char number[16], part[16];
    for (int i = 0; i < 10; i++) {
        all += row[i];
        largest = row[i] > largest ? row[i] : largest;
    }
    snprintf(number, sizeof number, "%u", largest);
    snprintf(part, sizeof part, "%.1f", 100 * (double)((float)largest / (float)all));
    ck_assert(text_is_shown(number));
    click("matrix-rows");
    frame();
    ck_assert(text_is_shown(part));
    places_check_sizes("by row");
    input->width = 1280;
    input->height = 800;
    input->scale = 1;
    key('r', 0);
    frame();
    ck_assert(text_is_shown(number) && !app->inspect.images.matrix.by_row);
}
END_TEST

START_TEST(nothing_is_cut_or_lies_over_another)
{
    places_check_sizes("evaluated");
    ask(ACT_WALL_ALL, 0);
    places_check_sizes("with all images");
    ask(ACT_WALL_CELL, 11);
    frame();
    places_check_sizes("with a cell");
    use_model(slow_path);
    places_check_sizes("old");
    ask_for(ACT_EVALUATE, "train");
    places_check_sizes("on the way");
}
END_TEST

START_TEST(nothing_is_cut_before_anything_was_evaluated)
{
    close_app();
    open_app(1280, 800);
    key('4', UI_CTRL);
    key('a', 0);
    ck_assert_ptr_null(app->evaluating.result);
    places_check_sizes("empty");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("inspect_view");
    TCase *tests = tcase_create("evaluated");
    tcase_add_unchecked_fixture(tests, measure_fonts, forget_fonts);
    tcase_add_unchecked_fixture(tests, make_inspect_world, remove_world);
    tcase_add_checked_fixture(tests, open_evaluated, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_misread_stand_on_the_wall_most_confident_first);
    tcase_add_test(tests, they_can_be_ordered_otherwise);
    tcase_add_test(tests, all_images_of_a_set_can_stand_there_by_label_and_by_answer);
    tcase_add_test(tests,
                   those_in_doubt_and_those_that_two_models_read_differently_stand_there_too);
    tcase_add_test(tests, it_scrolls_through_thousands_and_lays_out_those_in_sight);
    tcase_add_test(tests, the_arrow_keys_go_through_the_wall_beyond_what_is_in_sight);
    tcase_add_test(tests, a_click_puts_one_on_the_canvas_as_the_network_saw_it);
    tcase_add_test(tests, a_click_on_a_cell_shows_its_images_and_once_more_the_misread);
    tcase_add_test(tests, an_empty_cell_is_off);
    tcase_add_test(tests, every_control_is_reached_by_keys);
    tcase_add_test(tests, tab_passes_the_wall_and_the_matrix_in_one_step);
    tcase_add_test(tests, the_file_of_strokes_is_asked_for);
    tcase_add_test(tests, the_table_holds_the_matrix_and_the_reliability_diagram);
    tcase_add_test(tests, the_images_on_the_wall_are_saved_row_by_row);
    tcase_add_test(tests, cells_are_told_by_row_and_back);
    tcase_add_test(tests, nothing_is_cut_or_lies_over_another);
    tcase_add_test(tests, nothing_is_cut_before_anything_was_evaluated);
    suite_add_tcase(suite, tests);
    return suite;
}
