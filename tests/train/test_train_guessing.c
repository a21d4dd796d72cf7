/* SPDX-License-Identifier: MIT */
/* A run that learns nothing is told so. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/dataset.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/run.h"
#include "train_helpers.h"

/* Zero weights and a rate too small to change an answer: every answer is 0, one in ten right. */
static void guess(const char *changes, int quiet_epochs, const char *said)
{
    struct recipe recipe = make_recipe("nielsen-30", changes);
    struct dataset *set = draw_digits(50);
    struct pool *pool = pool_new(1, false, NULL);
    struct nn *net = nn_new(recipe.net, NULL);
    struct run_setup setup = {
        .recipe = &recipe, .begin_with = net, .train = set, .kern = kern_best(), .pool = pool};
    struct run *run = run_new(&setup, NULL);
    while (run->epoch < quiet_epochs)
        run_step(run);
    ck_assert_str_eq(run->trouble.text, "");
    while (run->epoch == quiet_epochs)
        run_step(run);
    ck_assert_msg(strncmp(run->trouble.text, said, strlen(said)) == 0, "%s", run->trouble.text);
    ck_assert_ptr_nonnull(strstr(run->trouble.text, "learning rate (it is 1e-20)"));
    ck_assert_int_eq(run->state, run->epoch < recipe.epochs ? RUN_GOES_ON : RUN_DONE);
    run_free(run);
    nn_free(net);
    pool_free(pool);
    dataset_free(set);
}

START_TEST(ten_epochs_of_guessing_are_said)
{
    guess("epochs 12; rate 1e-20", 9, "After 10 epochs it still guesses");
}
END_TEST

START_TEST(the_end_of_a_short_run_that_guesses_is_said)
{
    guess("epochs 1; rate 1e-20", 0, "After 1 epoch it still guesses");
    guess("epochs 2; rate 1e-20", 1, "After 2 epochs it still guesses");
}
END_TEST

TCase *guessing_tests(void)
{
    TCase *tests = tcase_create("guessing");
    tcase_add_test(tests, ten_epochs_of_guessing_are_said);
    tcase_add_test(tests, the_end_of_a_short_run_that_guesses_is_said);
    return tests;
}
