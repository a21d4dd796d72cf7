/* SPDX-License-Identifier: MIT */
/* The pool of threads, and evaluation by it. */
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/err.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "digits.h"
#include "eval/evaluate.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train_helpers.h"

enum { PARTS = 1000 };

struct tally {
    atomic_int done[PARTS];
    atomic_int wrong_thread;
    int threads;
    pthread_t caller;
    bool elsewhere;
};

static void count_part(void *context, int part, int thread)
{
    struct tally *tally = context;
    atomic_fetch_add(&tally->done[part], 1);
    if (thread < 0 || thread >= tally->threads ||
        (thread == 0) != (pthread_equal(pthread_self(), tally->caller) != 0))
        atomic_fetch_add(&tally->wrong_thread, 1);
}

START_TEST(every_part_is_done_once)
{
    struct err err = {""};
    struct pool *pool = pool_new(_i, false, &err);
    ck_assert_msg(pool != NULL, "%s", err.text);
    ck_assert_int_eq(pool_threads(pool), _i);
    static const int parts[] = {0, 1, 2, 3, 8, 100, PARTS};
    for (int round = 0; round < 210; round++) {
        int count = parts[round % 7];
        struct tally tally = {.threads = _i, .caller = pthread_self()};
        pool_run(pool, count_part, &tally, count);
        int wrong = 0;
        for (int i = 0; i < PARTS; i++)
            wrong += atomic_load(&tally.done[i]) != (i < count);
        ck_assert_int_eq(wrong, 0);
        ck_assert_int_eq(atomic_load(&tally.wrong_thread), 0);
    }
    pool_free(pool);
}
END_TEST

static void note_thread(void *context, int part, int thread)
{
    struct tally *tally = context;
    (void)part;
    tally->elsewhere = thread != 0 || !pthread_equal(pthread_self(), tally->caller);
}

START_TEST(a_single_part_runs_on_the_calling_thread)
{
    struct pool *pool = pool_new(3, false, NULL);
    for (int i = 0; i < 100; i++) {
        struct tally tally = {.caller = pthread_self(), .elsewhere = true};
        pool_run(pool, note_thread, &tally, 1);
        ck_assert(!tally.elsewhere);
    }
    pool_free(pool);
}
END_TEST

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

/* What happens to the parts that members take; the caller's are always quick. */
struct fate {
    atomic_int by_members;
    atomic_bool held_up;
};

static void work_a_moment(void *context, int part, int thread)
{
    struct fate *fate = context;
    (void)part;
    double end = clock_seconds() + 1e-4;
    while (clock_seconds() < end)
        ;
    if (thread == 0)
        return;
    atomic_fetch_add(&fate->by_members, 1);
    if (atomic_load(&fate->held_up))
        sleep_ms(3);
}

/* Gives jobs until members have done so many parts more, for so many seconds at most. */
static bool do_members_work(struct pool *pool, struct fate *fate, int more, double seconds)
{
    int wanted = atomic_load(&fate->by_members) + more;
    double end = clock_seconds() + seconds;
    while (atomic_load(&fate->by_members) < wanted && clock_seconds() < end)
        pool_run(pool, work_a_moment, fate, 8);
    return atomic_load(&fate->by_members) >= wanted;
}

START_TEST(parked_threads_use_no_cpu_and_wake_up)
{
    struct pool *pool = pool_new(4, true, NULL);
    struct fate fate = {0};
    sleep_ms(50);
    double before = cpu_seconds();
    sleep_ms(400);
    ck_assert_double_lt(cpu_seconds() - before, 0.04);
    for (int i = 0; i < 5; i++) {
        ck_assert(do_members_work(pool, &fate, 1, 20));
        sleep_ms(3);
    }
    pool_free(pool);
}
END_TEST

/* A member that shares its core with another program, and then has it for itself again. */
START_TEST(members_that_hold_up_the_work_are_left_out_until_they_are_quick_again)
{
    struct pool *pool = pool_new(2, false, NULL);
    struct fate fate = {.held_up = true};
    for (int i = 0; i < 600; i++)
        pool_run(pool, work_a_moment, &fate, 4);
    ck_assert_int_gt(atomic_load(&fate.by_members), 0);
    ck_assert_int_lt(atomic_load(&fate.by_members), 300); /* at least 600 else */
    atomic_store(&fate.held_up, false);
    ck_assert(do_members_work(pool, &fate, 50, 20));
    pool_free(pool);
}
END_TEST

/* ---- evaluation ---------------------------------------------------------------------------- */

static struct evaluation evaluate_with(int threads, const struct nn *net, const struct dataset *set,
                                       uint32_t first, uint32_t count)
{
    struct err err = {""};
    struct pool *pool = pool_new(threads, false, &err);
    struct evaluator *evaluator = evaluator_new(net, kern_best(), pool, &err);
    ck_assert_msg(evaluator != NULL, "%s", err.text);
    struct evaluation result = evaluator_run(evaluator, net, NN_CROSS_ENTROPY, set, first, count);
    evaluator_free(evaluator);
    pool_free(pool);
    return result;
}

START_TEST(a_wide_network_is_read_in_pieces_of_a_block)
{
    struct dataset *set = draw_digits(60);
    struct nn *net =
        nn_new("conv 1024 1x1 relu, maxpool 1, maxpool 1, maxpool 1, dense 10 softmax", NULL);
    nn_init(net, NN_START_AUTO, 3);
    ck_assert_uint_gt(nn_work_len(net, kern_best(), 100, false), NN_WORK_MAX);
    struct evaluation all = evaluate_with(2, net, set, 0, 60);
    ck_assert_uint_eq(all.count, 60);
    ck_assert(isfinite(all.cost));
    nn_free(net);
    dataset_free(set);
}
END_TEST

START_TEST(an_evaluation_is_the_same_for_any_number_of_threads)
{
    struct dataset *set = draw_digits(730);
    struct nn *net = nn_new("conv 4 5x5 stride 2 relu, dense 10 softmax", NULL);
    nn_init(net, NN_START_AUTO, 3);
    struct evaluation one = evaluate_with(1, net, set, 0, 730);
    for (int threads = 2; threads <= 4; threads++) {
        struct evaluation more = evaluate_with(threads, net, set, 0, 730);
        ck_assert_mem_eq(&one, &more, sizeof one);
    }
    nn_free(net);
    dataset_free(set);
}
END_TEST

/* One image at a time, by hand. */
START_TEST(an_evaluation_counts_and_weighs_every_image)
{
    enum { FIRST = 15, COUNT = 333 };
    struct dataset *set = draw_digits(400);
    struct nn *net = nn_new("dense 10 softmax", NULL);
    nn_init(net, NN_START_BOOK, 5);
    struct nn_work *work = nn_work_new(net, kern_best(), 1, false, NULL);
    uint32_t correct = 0, confusion[10][10] = {{0}};
    double cost = 0;
    for (uint32_t i = FIRST; i < FIRST + COUNT; i++) {
        float x[784], wanted[10] = {0};
        for (int k = 0; k < 784; k++)
            x[k] = (float)set->pixels[i * 784 + (uint32_t)k] / 255;
        wanted[set->labels[i]] = 1;
        const float *out = nn_predict(net, work, x, 1);
        int best = 0;
        for (int k = 1; k < 10; k++)
            best = out[k] > out[best] ? k : best;
        confusion[set->labels[i]][best]++;
        correct += best == set->labels[i];
        cost += nn_cost_of(net, NN_CROSS_ENTROPY, out, wanted);
    }
    struct evaluation result = evaluate_with(2, net, set, FIRST, COUNT);
    ck_assert_uint_eq(result.count, COUNT);
    ck_assert_uint_eq(result.correct, correct);
    ck_assert_mem_eq(result.confusion, confusion, sizeof confusion);
    ck_assert_double_eq_tol(result.accuracy, (double)correct / COUNT, 1e-12);
    ck_assert_double_eq_tol(result.cost, cost / COUNT, 1e-4 * cost / COUNT);
    ck_assert(correct > 0 && correct < COUNT);
    nn_work_free(work);
    nn_free(net);
    dataset_free(set);
}
END_TEST

START_TEST(strokes_come_through_the_rule_that_the_mouse_takes)
{
    struct err err = {""};
    struct pool *pool = pool_new(2, false, &err);
    struct unipen *strokes = unipen_new(&err);
    for (int i = 0; i < 250; i++) {
        struct ink ink = {0};
        ink_begin(&ink, (float)i, 0, &err);
        ink_add(&ink, (float)(i % 17), 100, &err);
        add_strokes(strokes, i % 10, 1, &ink, &err);
        ink_free(&ink);
    }
    struct dataset *set = evaluate_strokes(strokes, pool, &err);
    ck_assert_uint_eq(set->count, 250);
    for (int i = 0; i < 250; i++) {
        struct ink_fit fit;
        ink_fit(&strokes->digits[i].ink, &fit);
        ck_assert_mem_eq(fit.pixels, set->pixels + (size_t)i * FIT_LEN, FIT_LEN);
        ck_assert_int_eq(set->labels[i], i % 10);
    }
    dataset_free(set);
    unipen_free(strokes);
    pool_free(pool);
}
END_TEST

START_TEST(a_network_that_reads_no_digits_is_refused)
{
    struct err err = {""};
    struct pool *pool = pool_new(1, false, &err);
    struct nn *net = nn_new("2-1", &err);
    ck_assert_ptr_null(evaluator_new(net, kern_best(), pool, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "784"));
    nn_free(net);
    pool_free(pool);
}
END_TEST

TCase *pool_tests(void)
{
    TCase *tests = tcase_create("pool");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_part_is_done_once, 1, 6);
    tcase_add_test(tests, a_single_part_runs_on_the_calling_thread);
    tcase_add_test(tests, parked_threads_use_no_cpu_and_wake_up);
    tcase_add_test(tests, members_that_hold_up_the_work_are_left_out_until_they_are_quick_again);
    tcase_add_test(tests, a_wide_network_is_read_in_pieces_of_a_block);
    tcase_add_test(tests, an_evaluation_is_the_same_for_any_number_of_threads);
    tcase_add_test(tests, an_evaluation_counts_and_weighs_every_image);
    tcase_add_test(tests, strokes_come_through_the_rule_that_the_mouse_takes);
    tcase_add_test(tests, a_network_that_reads_no_digits_is_refused);
    return tests;
}
