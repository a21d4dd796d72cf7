/* SPDX-License-Identifier: MIT */
/* Learning one hand: digits of one kind that the network has never seen are learnt, and the figures
 * are of digits that were not. */
#include "train_helpers.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/finetune.h"
#include "train/run.h"

enum { SET = 1000, OWN = 120 };

static const char words[] = "conv 6 5x5 stride 2 relu, dense 10 softmax";

/* A hand: the program's own digits with rows for columns. */
struct scribe {
    struct dataset *set;
    struct finetune_digit digits[OWN];
};

static void make_hand(struct scribe *hand, int held_out_every)
{
    hand->set = draw_digits(SET + OWN);
    for (int n = 0; n < OWN; n++) {
        uint8_t *pixels = hand->set->pixels + (size_t)(SET + n) * FIT_LEN;
        for (int row = 0; row < FIT_SIZE; row++)
            for (int col = 0; col < row; col++) {
                uint8_t kept = pixels[row * FIT_SIZE + col];
                pixels[row * FIT_SIZE + col] = pixels[col * FIT_SIZE + row];
                pixels[col * FIT_SIZE + row] = kept;
            }
        hand->digits[n] =
            (struct finetune_digit){.label = hand->set->labels[SET + n],
                                    .pixels = pixels,
                                    .held_out = held_out_every && n % held_out_every == 0};
    }
}

/* A network that reads the program's digits a little. */
static struct nn *make_net(const struct dataset *set)
{
    struct recipe recipe = make_recipe("swift", "batch 50; epochs 3; augment none");
    ck_assert(recipe_set(&recipe, "net", words, NULL));
    struct pool *pool = pool_new(1, false, NULL);
    struct run *run = start_run(&recipe, set, pool);
    while (run->state == RUN_GOES_ON)
        run_step(run);
    struct nn *net = nn_copy(stepper_kept(run->stepper), NULL);
    run_free(run);
    pool_free(pool);
    return net;
}

static const struct finetune_how quick = {
    .own = 600, .replay = 800, .epochs = 5, .batch = 20, .rate = 0.01f, .blend = 1, .seed = 1};

struct bench {
    struct scribe hand;
    struct dataset replay, test;
    struct nn *net;
    struct finetune_setup setup;
};

static void begin(struct bench *b, int held_out_every, uint32_t count)
{
    make_hand(&b->hand, held_out_every);
    b->replay = dataset_part(b->hand.set, 0, SET - 200);
    b->test = dataset_part(b->hand.set, SET - 200, 200);
    b->net = make_net(&b->replay);
    b->setup = (struct finetune_setup){.net = b->net,
                                       .digits = b->hand.digits,
                                       .count = count,
                                       .replay = &b->replay,
                                       .test = &b->test,
                                       .how = &quick,
                                       .kern = kern_best(),
                                       .threads = 1,
                                       .foreground = true};
}

static void end(struct bench *b)
{
    nn_free(b->net);
    dataset_free(b->hand.set);
}

START_TEST(a_hand_is_learnt_and_checked_on_what_was_held_out)
{
    struct bench b;
    struct finetune_result result;
    struct err err = {""};
    begin(&b, 7, OWN);
    ck_assert_msg(finetune_run(&b.setup, &result, &err), "%s", err.text);
    ck_assert_int_eq(result.check, FINETUNE_BY_HELD_OUT);
    ck_assert_uint_eq(result.own_before.count, (OWN + 6) / 7);
    ck_assert_uint_eq(result.own_after.count, (OWN + 6) / 7);
    ck_assert_uint_eq(result.test_before.count, 200);
    ck_assert_uint_gt(result.own_after.correct, result.own_before.correct);
    ck_assert_uint_ge(result.test_after.correct + 20, result.test_before.correct);
    nn_free(result.net);
    end(&b);
}
END_TEST

static uint32_t count_right(const struct nn *net, const struct finetune_digit *digits, int count)
{
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, NULL);
    uint32_t right = 0;
    for (int i = 0; i < count; i++) {
        float x[FIT_LEN];
        fit_floats(digits[i].pixels, 1, x);
        right += verdict_best(nn_predict(net, work, x, 1)) == digits[i].label;
    }
    nn_work_free(work);
    return right;
}

START_TEST(few_digits_are_checked_crosswise_each_once)
{
    struct bench b;
    struct finetune_result result;
    begin(&b, 7, 30);
    ck_assert(finetune_run(&b.setup, &result, NULL));
    ck_assert_int_eq(result.check, FINETUNE_CROSSWISE);
    ck_assert_uint_eq(result.own_before.count, 30);
    ck_assert_uint_eq(result.own_after.count, 30);
    nn_free(result.net);
    end(&b);
}
END_TEST

/* Names that follow from nothing can be remembered, but not be guessed. */
START_TEST(what_is_checked_crosswise_was_not_learnt)
{
    struct bench b;
    struct finetune_result result;
    struct finetune_how eager = quick;
    begin(&b, 0, 30);
    for (int i = 0; i < 30; i++)
        b.hand.digits[i].label = (b.hand.digits[i].label + 1 + i % 3 * 3) % 10;
    eager.epochs = 12;
    b.setup.how = &eager;
    ck_assert(finetune_run(&b.setup, &result, NULL));
    ck_assert_int_eq(result.check, FINETUNE_CROSSWISE);
    ck_assert_uint_lt(result.own_after.correct, 12);
    uint32_t remembered = count_right(result.net, b.hand.digits, 30);
    ck_assert_uint_gt(remembered, 20);
    nn_free(result.net);
    end(&b);
}
END_TEST

START_TEST(a_kind_that_is_there_once_is_not_taken_away_to_be_checked)
{
    struct bench b;
    struct finetune_result result;
    begin(&b, 0, 21);
    for (int i = 0; i < 21; i++)
        b.hand.digits[i].label = i == 7 ? 7 : i % 5;
    ck_assert(finetune_run(&b.setup, &result, NULL));
    ck_assert_int_eq(result.check, FINETUNE_BY_LEARNT);
    nn_free(result.net);
    end(&b);
}
END_TEST

START_TEST(how_it_is_checked_hangs_on_how_many_there_are)
{
    static const struct {
        uint32_t count, held_out;
        enum finetune_check check;
    } cases[] = {
        {15, 10, FINETUNE_BY_HELD_OUT}, {14, 10, FINETUNE_BY_LEARNT}, {15, 9, FINETUNE_BY_LEARNT},
        {20, 0, FINETUNE_CROSSWISE},    {19, 0, FINETUNE_BY_LEARNT},
    };
    struct finetune_how little = quick;
    struct bench b;
    begin(&b, 0, OWN);
    little.own = little.replay = 20;
    little.epochs = 1;
    b.setup.how = &little;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct finetune_result result;
        b.setup.count = cases[i].count;
        for (uint32_t k = 0; k < OWN; k++) {
            b.hand.digits[k].held_out = k < cases[i].held_out;
            b.hand.digits[k].label = (int)k % 5;
        }
        ck_assert(finetune_run(&b.setup, &result, NULL));
        ck_assert_msg(result.check == cases[i].check, "case %zu: %d", i, result.check);
        nn_free(result.net);
    }
    end(&b);
}
END_TEST

START_TEST(ten_digits_are_all_learnt_and_the_figures_are_of_them)
{
    struct bench b;
    struct finetune_result result;
    begin(&b, 7, 10);
    ck_assert(finetune_run(&b.setup, &result, NULL));
    ck_assert_int_eq(result.check, FINETUNE_BY_LEARNT);
    ck_assert_uint_eq(result.own_after.count, 10);
    ck_assert_uint_ge(result.own_after.correct, 8);
    nn_free(result.net);
    end(&b);
}
END_TEST

START_TEST(the_same_digits_give_the_same_bits_on_any_number_of_threads)
{
    struct bench b;
    struct finetune_result one, two;
    begin(&b, 5, OWN);
    ck_assert(finetune_run(&b.setup, &one, NULL));
    b.setup.threads = 3;
    ck_assert(finetune_run(&b.setup, &two, NULL));
    ck_assert_mem_eq(nn_weights(one.net), nn_weights(two.net),
                     nn_param_len(one.net) * sizeof(float));
    nn_free(one.net);
    nn_free(two.net);
    end(&b);
}
END_TEST

START_TEST(the_old_network_stays_and_nothing_of_the_new_is_the_old)
{
    struct bench b;
    struct finetune_result result;
    struct finetune_how nothing = quick;
    begin(&b, 5, OWN);
    struct nn *kept = nn_copy(b.net, NULL);
    ck_assert(finetune_run(&b.setup, &result, NULL));
    ck_assert_mem_eq(nn_weights(kept), nn_weights(b.net), nn_param_len(kept) * sizeof(float));
    nn_free(result.net);
    nothing.blend = 0;
    b.setup.how = &nothing;
    ck_assert(finetune_run(&b.setup, &result, NULL));
    ck_assert_mem_eq(nn_weights(kept), nn_weights(result.net), nn_param_len(kept) * sizeof(float));
    ck_assert_uint_eq(result.own_before.correct, result.own_after.correct);
    nn_free(result.net);
    nn_free(kept);
    end(&b);
}
END_TEST

static bool stop_soon(void *user, double part)
{
    int *calls = user;
    ck_assert(part >= 0 && part <= 1);
    return ++*calls < 2;
}

START_TEST(it_stops_when_it_is_told_to)
{
    struct bench b;
    struct finetune_result result;
    struct err err = {""};
    struct finetune_how long_one = quick;
    int calls = 0;
    begin(&b, 5, OWN);
    long_one.epochs = 500;
    b.setup.how = &long_one;
    b.setup.go_on = stop_soon;
    b.setup.user = &calls;
    ck_assert(!finetune_run(&b.setup, &result, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "stopped"));
    ck_assert_ptr_null(result.net);
    end(&b);
}
END_TEST

START_TEST(what_cannot_be_learnt_gets_a_sentence)
{
    struct bench b;
    struct finetune_result result;
    struct err err = {""};
    begin(&b, 5, FINETUNE_DIGITS_LEAST - 1);
    ck_assert(!finetune_run(&b.setup, &result, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "too few to learn a hand from"));
    struct nn *steps = nn_new("dense 10 step", NULL);
    b.setup.count = OWN;
    b.setup.net = steps;
    ck_assert(!finetune_run(&b.setup, &result, &err));
    nn_free(steps);
    end(&b);
}
END_TEST

START_TEST(the_figures_speak_for_what_reads_better)
{
    static const struct {
        enum finetune_check check;
        uint32_t own_before, own_after, test_before, test_after; /* of 40, of 10,000 */
        enum finetune_advice advice;
    } cases[] = {
        {FINETUNE_BY_HELD_OUT, 30, 36, 9900, 9895, FINETUNE_ADVISE_NEW},
        {FINETUNE_CROSSWISE, 38, 39, 9900, 9900, FINETUNE_ADVISE_NEW},
        {FINETUNE_CROSSWISE, 40, 40, 9900, 9910, FINETUNE_ADVISE_OLD}, /* gained nothing */
        {FINETUNE_BY_HELD_OUT, 38, 37, 9900, 9930, FINETUNE_ADVISE_OLD},
        {FINETUNE_BY_HELD_OUT, 38, 39, 9900, 9800, FINETUNE_ADVISE_OLD},  /* forgot */
        {FINETUNE_BY_LEARNT, 5, 10, 9900, 9900, FINETUNE_ADVISE_NEITHER}, /* tells nothing */
        {FINETUNE_BY_LEARNT, 5, 10, 9900, 9000, FINETUNE_ADVISE_OLD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct finetune_result result = {.check = cases[i].check,
                                         .own_before = {cases[i].own_before, 40},
                                         .own_after = {cases[i].own_after, 40},
                                         .test_before = {cases[i].test_before, 10000},
                                         .test_after = {cases[i].test_after, 10000}};
        ck_assert_msg(finetune_advise(&result) == cases[i].advice, "case %zu", i);
    }
    struct finetune_result untested = {
        .check = FINETUNE_CROSSWISE, .own_before = {3, 20}, .own_after = {4, 20}};
    ck_assert_int_eq(finetune_advise(&untested), FINETUNE_ADVISE_NEW);
}
END_TEST

TCase *finetune_tests(void)
{
    TCase *tests = tcase_create("tune");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_hand_is_learnt_and_checked_on_what_was_held_out);
    tcase_add_test(tests, few_digits_are_checked_crosswise_each_once);
    tcase_add_test(tests, what_is_checked_crosswise_was_not_learnt);
    tcase_add_test(tests, a_kind_that_is_there_once_is_not_taken_away_to_be_checked);
    tcase_add_test(tests, how_it_is_checked_hangs_on_how_many_there_are);
    tcase_add_test(tests, ten_digits_are_all_learnt_and_the_figures_are_of_them);
    tcase_add_test(tests, the_same_digits_give_the_same_bits_on_any_number_of_threads);
    tcase_add_test(tests, the_old_network_stays_and_nothing_of_the_new_is_the_old);
    tcase_add_test(tests, it_stops_when_it_is_told_to);
    tcase_add_test(tests, the_figures_speak_for_what_reads_better);
    tcase_add_test(tests, what_cannot_be_learnt_gets_a_sentence);
    return tests;
}
