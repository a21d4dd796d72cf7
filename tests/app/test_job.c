/* SPDX-License-Identifier: MIT */
/* Jobs on threads that really overlap with the one that started them; and who holds the data. */
#include <check.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "app/job/hold.h"
#include "app/job/job.h"
#include "base/clock.h"
#include "base/err.h"
#include "suite.h"

static const double patience = 60; /* seconds; a sanitizer is slow */

/* A piece of work that goes by the test's word. */
struct work {
    atomic_int steps;    /* that it may take, */
    atomic_int taken;    /* and did */
    atomic_bool may_end; /* however many are left */
    atomic_int wakes;
    int sum; /* what it leaves: the job's until it is over */
};

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
}

static void work_on(struct job *job, void *context)
{
    struct work *work = context;
    while (!atomic_load(&work->may_end)) {
        if (atomic_load(&work->taken) == atomic_load(&work->steps)) {
            if (atomic_load(job_stopping(job)))
                return;
            nap();
            continue;
        }
        if (!job_step(job, (double)atomic_load(&work->taken) / 10))
            return;
        work->sum += 3;
        atomic_fetch_add(&work->taken, 1);
    }
}

static void count_wake(void *user)
{
    struct work *work = user;
    atomic_fetch_add(&work->wakes, 1);
}

static struct job *start(struct work *work)
{
    struct err err = {""};
    const struct job_setup setup = {work_on, work, count_wake, work, "to test"};
    struct job *job = job_start(&setup, &err);
    ck_assert_msg(job != NULL, "%s", err.text);
    return job;
}

#define wait_until(condition)                                                                      \
    do {                                                                                           \
        for (double end = clock_seconds() + patience; !(condition) && clock_seconds() < end;)      \
            nap();                                                                                 \
        ck_assert_msg((condition), "waited in vain for: %s", #condition);                          \
    } while (0)

START_TEST(it_runs_beside_who_started_it_and_leaves_what_it_did)
{
    struct work work = {.steps = 5};
    struct job *job = start(&work);
    wait_until(atomic_load(&work.taken) == 5);
    ck_assert(!job_is_over(job));
    ck_assert_double_eq(job_progress(job), 0.4);
    atomic_store(&work.may_end, true);
    wait_until(job_is_over(job));
    ck_assert_int_eq(work.sum, 15);
    ck_assert(!job_is_stopped(job));
    job_end(job);
    ck_assert_int_ge(atomic_load(&work.wakes), 1); /* that it is over */
}
END_TEST

START_TEST(one_that_is_stopped_gives_up_at_its_next_step)
{
    struct work work = {.steps = 1 << 30};
    struct job *job = start(&work);
    wait_until(atomic_load(&work.taken) > 100);
    job_stop(job);
    ck_assert(job_is_stopped(job));
    wait_until(job_is_over(job));
    int taken = work.taken;
    job_end(job);
    ck_assert_int_eq(work.sum, 3 * taken);
}
END_TEST

START_TEST(work_that_takes_no_steps_sees_that_it_is_stopped)
{
    struct work work = {.steps = 0};
    struct job *job = start(&work);
    job_stop(job);
    wait_until(job_is_over(job));
    job_end(job);
    ck_assert_int_eq(work.sum, 0);
}
END_TEST

START_TEST(news_come_ten_times_a_second_at_most)
{
    struct work work = {.steps = 1 << 30};
    double began = clock_seconds();
    struct job *job = start(&work);
    wait_until(atomic_load(&work.taken) > 20000);
    job_stop(job);
    job_end(job);
    double took = clock_seconds() - began;
    ck_assert_int_le(atomic_load(&work.wakes), (int)(10 * took) + 2);
}
END_TEST

START_TEST(a_job_that_is_not_there_is_over)
{
    ck_assert(job_is_over(NULL) && !job_is_stopped(NULL));
    ck_assert_double_eq(job_progress(NULL), 0);
    job_stop(NULL);
    job_end(NULL);
}
END_TEST

/* ---- who holds the data ---------------------------------------------------------------------- */

START_TEST(one_at_a_time_holds_the_data)
{
    struct hold hold = {0};
    struct err why = {""};
    ck_assert(hold_is_free(&hold, &why));
    hold_take(&hold, HOLD_TRAINING);
    ck_assert(hold.waiting && !hold_is_free(&hold, &why));
    ck_assert_ptr_nonnull(strstr(why.text, "training is under way"));
    hold_begin(&hold);
    ck_assert(!hold.waiting && hold.holder == HOLD_TRAINING);
    hold_give(&hold, HOLD_FINETUNING); /* who has nothing gives nothing */
    ck_assert_int_eq(hold.holder, HOLD_TRAINING);
    hold_give(&hold, HOLD_TRAINING);
    ck_assert(hold_is_free(&hold, NULL));
    hold_take(&hold, HOLD_FINETUNING);
    ck_assert(!hold_is_free(&hold, &why));
    ck_assert_ptr_nonnull(strstr(why.text, "hand is being learnt"));
    hold_give(&hold, HOLD_FINETUNING); /* while it waits: it gave up */
    ck_assert(!hold.waiting && hold_is_free(&hold, NULL));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("job");
    TCase *jobs = tcase_create("jobs"), *data = tcase_create("the data");
    tcase_set_timeout(jobs, 120);
    tcase_add_test(jobs, it_runs_beside_who_started_it_and_leaves_what_it_did);
    tcase_add_test(jobs, one_that_is_stopped_gives_up_at_its_next_step);
    tcase_add_test(jobs, work_that_takes_no_steps_sees_that_it_is_stopped);
    tcase_add_test(jobs, news_come_ten_times_a_second_at_most);
    tcase_add_test(jobs, a_job_that_is_not_there_is_over);
    suite_add_tcase(suite, jobs);
    tcase_add_test(data, one_at_a_time_holds_the_data);
    suite_add_tcase(suite, data);
    return suite;
}
