/* SPDX-License-Identifier: MIT */
/* Signals as a call on a thread of its own. Each test is a process of its own. */
#include <check.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "par/signals.h"
#include "suite.h"

static atomic_int told;

static void count(void *user)
{
    atomic_fetch_add((atomic_int *)user, 1);
}

static bool wait_for(int wanted)
{
    for (double end = clock_seconds() + 30; clock_seconds() < end;) {
        if (atomic_load(&told) == wanted)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return false;
}

/* What a child that runs `body` ends with. */
static int run_child(void (*body)(void))
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        body();
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

static void be_told(void)
{
    static struct signals signals;
    struct err err;
    signals_hold(&signals);
    if (!signals_start(&signals, count, &told, &err))
        _exit(1);
    static const int numbers[] = {SIGTERM, SIGINT};
    for (int i = 0; i < 2; i++) {
        kill(getpid(), numbers[i]);
        if (!wait_for(i + 1))
            _exit(2);
    }
    signals_stop(&signals);
    signals_release(&signals);
}

START_TEST(each_of_two_signals_is_told)
{
    int status = run_child(be_told);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

static void ask_three_times(void)
{
    static struct signals signals;
    struct err err;
    signals_hold(&signals);
    signals_start(&signals, count, &told, &err);
    for (int i = 1; i <= 3; i++) {
        kill(getpid(), SIGTERM);
        if (i < 3)
            wait_for(i);
    }
    wait_for(4); /* it never comes */
}

START_TEST(the_third_ends_the_program)
{
    int status = run_child(ask_three_times);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
}
END_TEST

static void ignore_first(void)
{
    static struct signals signals;
    struct err err;
    signal(SIGHUP, SIG_IGN);
    signals_hold(&signals);
    signals_start(&signals, count, &told, &err);
    kill(getpid(), SIGHUP);
    kill(getpid(), SIGTERM);
    bool once = wait_for(1);
    signals_stop(&signals);
    signals_release(&signals);
    _exit(once && atomic_load(&told) == 1 ? 0 : 1);
}

START_TEST(one_that_was_ignored_stays_so)
{
    int status = run_child(ignore_first);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("signals");
    TCase *tests = tcase_create("signals");
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, each_of_two_signals_is_told);
    tcase_add_test(tests, the_third_ends_the_program);
    tcase_add_test(tests, one_that_was_ignored_stays_so);
    suite_add_tcase(suite, tests);
    return suite;
}
