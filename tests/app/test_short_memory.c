/* SPDX-License-Identifier: MIT */
/* Whatever is made while memory is short is either made whole, or refused with a sentence: nothing
 * is half made, and nobody goes on with what is not there. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/idx.h"
#include "data/my_digits.h"
#include "data/outliers.h"
#include "data/synthetic.h"
#include "data/unipen.h"
#include "descriptors.h"
#include "eval/attribution.h"
#include "eval/evaluate.h"
#include "ink/drawing.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "short_memory.h"
#include "suite.h"
#include "train/run.h"
#include "train_helpers.h"

static struct err err;
static struct dataset *set;
static struct pool *pool;
static struct recipe recipe;
static struct nn *net;
static struct unipen *strokes;
static struct model *model;
static char images[400], labels[400], saved[400], digits[400];

static void set_up(void)
{
    set = draw_digits(40);
    pool = pool_new(1, false, &err);
    recipe = make_recipe("swift", "epochs 1; batch 20; hold-back 10; net conv 2 5x5 stride 3 norm "
                                  "relu, dense 10 softmax");
    net = nn_new("conv 2 5x5 stride 3 norm relu, dropout 0.1, dense 10 softmax", &err);
    strokes = unipen_new(&err);
    ck_assert(set && pool && net && strokes);
    for (int i = 0; i < 3; i++) {
        struct unipen_digit digit = {.label = i, .writer = 1, .number = i};
        ck_assert(ink_begin(&digit.ink, 1, (float)i, &err) && ink_add(&digit.ink, 9, 4, &err));
        ck_assert(unipen_add_digit(strokes, &digit, &err));
        ink_free(&digit.ink);
    }
    snprintf(images, sizeof images, "%s", temporary_path("a-images"));
    snprintf(labels, sizeof labels, "%s", temporary_path("a-labels"));
    snprintf(digits, sizeof digits, "%s", temporary_path("digits.unp"));
    snprintf(saved, sizeof saved, "%s", temporary_path("a.checkpoint"));
    ck_assert(idx_save(images, labels, set, &err));
    ck_assert(unipen_save(digits, strokes, &err));
    model = model_new(nn_copy(net, &err), "tiny", &err);
    ck_assert_ptr_nonnull(model);
    struct run *run = start_run(&recipe, set, pool);
    ck_assert(run_save(run, saved, &err));
    run_free(run);
}

static void tear_down(void)
{
    model_free(model);
    unipen_free(strokes);
    nn_free(net);
    pool_free(pool);
    dataset_free(set);
}

/* ---- what is made; each frees it, and says whether it was there ------------------------------ */

static bool make_net(void)
{
    struct nn *made = nn_new("conv 3 3x3 norm relu, maxpool 2, dense 20 tanh, dense 10", &err);
    nn_free(made);
    return made;
}

static bool make_copy(void)
{
    struct nn *made = nn_copy(net, &err);
    nn_free(made);
    return made;
}

static bool make_folded(void)
{
    struct nn *made = nn_fold(net, &err);
    nn_free(made);
    return made;
}

static bool make_work(void)
{
    struct nn_work *made = nn_work_new(net, kern_best(), 4, true, &err);
    nn_work_free(made);
    return made;
}

static bool make_evaluator(void)
{
    struct evaluator *made = evaluator_new(net, kern_best(), pool, &err);
    evaluator_free(made);
    return made;
}

static bool make_attributor(void)
{
    struct attributor *made = attributor_new(net, kern_best(), &err);
    attributor_free(made);
    return made;
}

/* A model is not loaded here: jansson 2.14 writes beyond a string for which it got no memory. */
static bool copy_model(void)
{
    struct model *made = model_copy(model, &err);
    model_free(made);
    return made;
}

static bool make_run(void)
{
    struct run_setup setup = {.recipe = &recipe, .train = set, .kern = kern_best(), .pool = pool};
    struct run *made = run_new(&setup, &err);
    run_free(made);
    return made;
}

static bool load_run(void)
{
    struct run_setup setup = {.train = set, .kern = kern_best(), .pool = pool};
    struct run *made = run_load(&setup, saved, &err);
    run_free(made);
    return made;
}

static bool load_images(void)
{
    struct dataset *made = idx_load(images, labels, "digits", "get it anew", &err);
    struct dataset *copy = made ? dataset_copy(made, &err) : NULL;
    dataset_free(made);
    dataset_free(copy);
    return copy;
}

static bool draw_sets(void)
{
    struct dataset *made = synthetic_new(1, DATASET_TRAIN, 20, &err);
    struct dataset *others = made ? outliers_new(1, OUTLIER_ALL, 20, &err) : NULL;
    dataset_free(made);
    dataset_free(others);
    return others;
}

static bool load_strokes(void)
{
    struct unipen *made = unipen_load(digits, &err);
    bool whole = made && made->count == 3;
    unipen_free(made);
    return whole;
}

static bool fit_strokes(void)
{
    struct dataset *made = evaluate_strokes(strokes, pool, &err);
    dataset_free(made);
    return made;
}

static bool load_digits(void)
{
    struct unipen_passed passed;
    struct my_digits *made = my_digits_import(digits, &passed, &err);
    bool whole = made && my_digits_count(made) == 3;
    my_digits_free(made);
    return whole;
}

static bool fit_picture(void)
{
    static uint8_t grey[90 * 70];
    struct ink_fit fit;
    for (int i = 0; i < 90 * 70; i++) {
        bool ink = i % 70 > 30 && i % 70 < 38 && i / 70 > 12 && i / 70 < 70;
        grey[i] = (uint8_t)(ink ? 30 : 200 + i % 70 / 4);
    }
    return ink_fit_picture(grey, 90, 70, 70, &fit, &err) && fit.any;
}

static bool make_recipe_text(void)
{
    struct recipe back;
    char *text = recipe_to_text(&recipe, &err);
    bool made = text && recipe_from_text(text, &back, &err);
    free(text);
    return made;
}

static const struct maker {
    const char *name;
    bool (*make)(void);
} makers[] = {
    {"a network", make_net},
    {"a copy", make_copy},
    {"a folded network", make_folded},
    {"scratch", make_work},
    {"an evaluator", make_evaluator},
    {"an attributor", make_attributor},
    {"a model", copy_model},
    {"a run", make_run},
    {"a run's file", load_run},
    {"images", load_images},
    {"drawn images", draw_sets},
    {"strokes", load_strokes},
    {"pictures of strokes", fit_strokes},
    {"my digits", load_digits},
    {"a picture", fit_picture},
    {"a recipe's text", make_recipe_text},
};
enum { MAKERS = sizeof makers / sizeof makers[0], FAILURES_MAX = 5000 };

START_TEST(whichever_allocation_fails_it_is_made_whole_or_refused_with_a_sentence)
{
    const struct maker *maker = &makers[_i];
    for (int all = 0; all < 2; all++) {
        int n = 0, failed = 1, refused = 0, open = count_descriptors();
        while (failed > 0 && n++ < FAILURES_MAX) {
            strcpy(err.text, "stale");
            memory_fail(n, all);
            bool made = maker->make();
            failed = memory_restore();
            refused += !made;
            ck_assert_msg(made || strcmp(err.text, "stale") != 0,
                          "%s: nothing is said of failure %d", maker->name, n);
            ck_assert_msg(made || failed > 0, "%s: %s", maker->name, err.text);
        }
        ck_assert_msg(count_descriptors() == open, "%s leaves a file open", maker->name);
        ck_assert_msg(n < FAILURES_MAX && refused > 0, "%s: %d refused of %d", maker->name, refused,
                      n);
    }
}
END_TEST

/* ---- lists that are changed ------------------------------------------------------------------ */

static bool add_digit(struct my_digits *list)
{
    uint8_t pixels[FIT_LEN] = {0};
    return my_digits_add(list, 7, &strokes->digits[0].ink, pixels, &err);
}

static bool add_list(struct my_digits *list)
{
    struct unipen_passed passed;
    struct my_digits *more = my_digits_import(digits, &passed, &err);
    bool added = more && my_digits_add_all(list, more, &err);
    my_digits_free(more);
    return added;
}

static bool name_anew(struct my_digits *list)
{
    return my_digits_relabel(list, 1, 9, &err);
}

static bool take_away(struct my_digits *list)
{
    return my_digits_remove(list, 0, &err);
}

START_TEST(a_list_of_digits_is_changed_or_stays_as_it_was)
{
    static const struct {
        bool (*change)(struct my_digits *list);
        uint32_t count; /* afterwards */
    } changes[] = {{add_digit, 4}, {add_list, 6}, {name_anew, 3}, {take_away, 2}};
    for (int c = 0; c < 4; c++)
        for (int n = 1, failed = 1; failed > 0; n++) {
            struct unipen_passed passed;
            struct my_digits *list = my_digits_import(digits, &passed, &err);
            uint64_t changed = my_digits_changes(list);
            strcpy(err.text, "stale");
            memory_fail(n, false);
            bool done = changes[c].change(list);
            failed = memory_restore();
            ck_assert(done || (failed > 0 && strcmp(err.text, "stale") != 0));
            ck_assert_uint_eq(my_digits_count(list), done ? changes[c].count : 3);
            ck_assert_int_eq(my_digits_at(list, done && c == 3 ? 0 : 1)->label,
                             done && c == 2 ? 9 : 1);
            ck_assert(done == (my_digits_changes(list) != changed));
            ck_assert(done == my_digits_can_undo(list));
            my_digits_free(list);
        }
}
END_TEST

/* Strokes, an eraser through them, undo and redo: what is refused leaves what was there. */
START_TEST(a_drawing_without_memory_stays_one_that_can_be_drawn_on)
{
    for (int n = 1, failed = 1; failed > 0; n++) {
        memory_fail(n, false);
        struct drawing *drawing = drawing_new(&err);
        for (int i = 0; drawing && i < 4; i++) {
            if (drawing_begin(drawing, (float)i, 2, &err))
                for (int k = 0; k < 40; k++)
                    drawing_move(drawing, (float)i, 2 + (float)k / 2, &err);
            drawing_end(drawing);
        }
        if (drawing && drawing_begin_erasing(drawing, 0, 9, 1, &err))
            drawing_move(drawing, 9, 9, &err);
        bool undone = false, redone = false;
        uint32_t strokes_there = 0;
        if (drawing) {
            drawing_end(drawing);
            strokes_there = drawing_ink(drawing)->stroke_count;
            undone = drawing_undo(drawing);
            redone = drawing_redo(drawing);
        }
        failed = memory_restore();
        ck_assert(!drawing || drawing_can_redo(drawing) == (undone && !redone));
        ck_assert(!redone || drawing_ink(drawing)->stroke_count == strokes_there);
        ck_assert(drawing || failed > 0);
        ck_assert(!drawing || (drawing_clear(drawing, &err) && drawing_begin(drawing, 1, 1, &err)));
        drawing_free(drawing);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("short memory");
    TCase *tests = tcase_create("short memory");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(
        tests, whichever_allocation_fails_it_is_made_whole_or_refused_with_a_sentence, 0, MAKERS);
    tcase_add_test(tests, a_list_of_digits_is_changed_or_stays_as_it_was);
    tcase_add_test(tests, a_drawing_without_memory_stays_one_that_can_be_drawn_on);
    suite_add_tcase(suite, tests);
    return suite;
}
