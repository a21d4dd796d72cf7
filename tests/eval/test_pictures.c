/* SPDX-License-Identifier: MIT */
/* Pictures of the kinds that people drop, made from the program's own digits, and read by the
 * built-in model. picture_report says the same of MNIST's and of pen strokes, and of more. */
#include <check.h>
#include <stdlib.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "kern/kern.h"
#include "model/builtin.h"
#include "model/model.h"
#include "nn/nn.h"
#include "picture_trial.h"
#include "suite.h"

enum { DIGITS = 200, PICTURES = 12, SEED = 20 };

static struct model *model;
static struct dataset *set;
static struct trial trial;

static void begin(void)
{
    struct err err = {""};
    model = model_builtin(&err);
    set = synthetic_new(SEED, DATASET_TEST, DIGITS, &err);
    ck_assert_msg(model && set, "%s", err.text);
    trial = (struct trial){.model = model,
                           .work = nn_work_new(model->net, kern_best(), 1, false, &err),
                           .source = {set, NULL},
                           .seed = SEED};
    ck_assert_msg(trial.work != NULL, "%s", err.text);
}

static void end(void)
{
    nn_work_free(trial.work);
    dataset_free(set);
    model_free(model);
}

/* One more than the aim allows may be wrong, since there are few. One wrong and sure is allowed
 * too: among these digits is one that looks like another to the network on even paper already. */
START_TEST(each_kind_of_picture_is_read_as_often_as_it_should_be)
{
    enum kind kind = (enum kind)_i;
    struct trial_count count = trial_run(&trial, kind, PICTURES);
    double least = kind_aim(kind) * PICTURES - 1;
    ck_assert_msg(count.right >= least, "%s: %u of %u", kind_name(kind), count.right, count.count);
    ck_assert_msg(count.sure_wrong <= 1, "%s: %u wrong and sure", kind_name(kind),
                  count.sure_wrong);
}
END_TEST

START_TEST(even_ground_takes_nothing_from_a_digit_of_any_size)
{
    static const struct trial_size sizes[] = {
        {.side = 28},
        {.side = 28, .dark = true},
        {.side = 56, .dark = true},
        {.side = 112, .smooth = true},
        {.side = 112, .margin = 60, .smooth = true, .dark = true},
        {.side = 80, .tight = true, .margin = 6},
        {.side = 16},
        {.side = 16, .dark = true},
        {.side = 80, .tight = true, .smooth = true, .dark = true},
    };
    struct trial_count plain = trial_run_size(&trial, sizes[0], 100);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct trial_count count = trial_run_size(&trial, sizes[i], 100);
        ck_assert_msg(count.right + 3 >= plain.right, "%zu: %u, not %u", i, count.right,
                      plain.right);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("pictures");
    TCase *tests = tcase_create("kinds");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, each_kind_of_picture_is_read_as_often_as_it_should_be, 0, KINDS);
    tcase_add_test(tests, even_ground_takes_nothing_from_a_digit_of_any_size);
    suite_add_tcase(suite, tests);
    return suite;
}
