/* SPDX-License-Identifier: MIT */
/* The training images that the network takes to be most like the drawing, in the whole program. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app_training.h"
#include "app_world.h"
#include "base/err.h"
#include "data/dataset.h"
#include "eval/hidden.h"
#include "eval/nearest.h"
#include "kern/kern.h"
#include "model/model.h"
#include "par/pool.h"
#include "suite.h"

static void use_model(const char *words)
{
    char path[400];
    snprintf(path, sizeof path, "%s/alike.safetensors", folder);
    write_model(path, words, "alike");
    ask_for(ACT_MODEL, path);
    frame();
}

static void open_card(void)
{
    set_up();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.7f, 0.2f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.2f, 0.4f, 0.8f);
    use_model("input 784, dense 16 sigmoid, dense 10 sigmoid");
    key('4', UI_CTRL);
    click("why-alike");
    frame();
}

static bool is_there(void)
{
    const struct alike *alike = &app->alike;
    return !alike_busy(alike) && alike->count == ALIKE_MAX &&
           alike->key.model == app->models.number &&
           memcmp(alike->pixels, app->canvas.fit.pixels, FIT_LEN) == 0;
}

static void read_all(void)
{
    click("find-alike");
    wait_until(is_there());
    frame();
}

static void expect_those_of_eval(void)
{
    struct err err;
    struct nearest_hit hits[ALIKE_MAX];
    float x[FIT_LEN];
    const struct nn *net = app->models.current->net;
    const struct dataset *set = library_train(app->library);
    struct pool *pool = pool_new(1, false, &err);
    struct nearest *nearest =
        nearest_new(&(struct hidden_setup){net, kern_best(), pool, set, NULL, NULL}, &err);
    ck_assert_ptr_nonnull(nearest);
    fit_floats(app->canvas.fit.pixels, 1, x);
    ck_assert_int_eq(nearest_find(nearest, net, x, ALIKE_MAX, hits), ALIKE_MAX);
    for (int i = 0; i < ALIKE_MAX; i++) {
        const struct alike_image *image = &app->alike.images[i];
        ck_assert_uint_eq(image->number, hits[i].image);
        ck_assert_uint_eq(image->label, set->labels[image->number]);
        ck_assert(memcmp(image->pixels, set->pixels + (size_t)image->number * FIT_LEN, FIT_LEN) ==
                  0);
    }
    nearest_free(nearest);
    pool_free(pool);
}

START_TEST(they_are_those_of_eval_and_follow_the_drawing)
{
    open_card();
    ck_assert(ui_find_control(app->ui, "find-alike") && !app->alike.asked);
    read_all();
    expect_those_of_eval();
    ck_assert(ui_find_control(app->ui, "alike-0") && ui_find_control(app->ui, "alike-7"));
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    wait_until(is_there());
    expect_those_of_eval();
    tear_down();
}
END_TEST

START_TEST(another_model_reads_them_anew)
{
    open_card();
    read_all();
    use_model("input 784, dense 5 sigmoid, dense 10 sigmoid");
    wait_until(is_there());
    expect_those_of_eval();
    tear_down();
}
END_TEST

START_TEST(it_is_given_up_when_asked)
{
    open_card();
    ask(ACT_ALIKE, 0);
    frame();
    ask(ACT_ALIKE_STOP, 0);
    frame();
    wait_until(!alike_busy(&app->alike));
    wait_for_data();
    frame();
    frame();
    ck_assert(!alike_busy(&app->alike) && app->alike.count == 0);
    ck_assert_str_eq(ui_find_control(app->ui, "find-alike")->label, "Read the training images");
    tear_down();
}
END_TEST

START_TEST(while_a_training_reads_it_says_that_there_are_none)
{
    open_card();
    read_all();
    start_training(1000);
    wait_for_epoch(1);
    frame();
    ck_assert(!ui_find_control(app->ui, "alike-0") && !ui_find_control(app->ui, "find-alike"));
    tear_down();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("alike");
    TCase *tests = tcase_create("alike");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_test(tests, they_are_those_of_eval_and_follow_the_drawing);
    tcase_add_test(tests, another_model_reads_them_anew);
    tcase_add_test(tests, it_is_given_up_when_asked);
    tcase_add_test(tests, while_a_training_reads_it_says_that_there_are_none);
    suite_add_tcase(suite, tests);
    return suite;
}
