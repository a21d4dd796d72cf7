/* SPDX-License-Identifier: MIT */
/* Compares every member of every table with what is right. */
#include <check.h>
#include <pthread.h>

#include "suite.h"
#include "trial.h"

START_TEST(every_kernel_of_every_table_gives_the_right_answer)
{
    ck_assert_int_eq(kernels_compare(), 0);
}
END_TEST

/* What says how long scratch must be is tried by those that write into it. */
static bool is_tried(size_t member)
{
    if (member == offsetof(struct kern, conv_scratch) ||
        member == offsetof(struct kern, conv_pool_scratch))
        return true;
    for (int i = 0; kernels_at(i); i++)
        if (kernels_at(i)->member == member)
            return true;
    return false;
}

/* The table is its name and then functions, each as large as a pointer. */
START_TEST(no_member_of_the_table_is_left_out)
{
    for (size_t member = offsetof(struct kern, name) + sizeof(char *); member < sizeof(struct kern);
         member += sizeof(void (*)(void)))
        ck_assert_msg(is_tried(member), "member number %zu is not compared",
                      member / sizeof(void (*)(void)));
}
END_TEST

START_TEST(a_wrong_number_and_a_number_too_many_are_noticed)
{
    const struct kernel *kernel = kernels_at(0);
    struct trial want = {.count = 0}, got = {.count = 0};
    char text[200];
    int result = 0;
    trial_run(&want, kernel, 0, NULL);
    trial_run(&got, kernel, 0, kern_at(0));
    ck_assert(trial_compare(&want, &got, text, sizeof text));
    while (!got.blocks[result].result)
        result++;
    float *numbers = got.blocks[result].at, kept = numbers[7];
    numbers[7] += 0.01f;
    ck_assert(!trial_compare(&want, &got, text, sizeof text));
    numbers[7] = kept;
    numbers[got.blocks[result].len] = 0;
    ck_assert(!trial_compare(&want, &got, text, sizeof text));
    trial_free(&want);
    trial_free(&got);
}
END_TEST

static void *halve_in_a_thread(void *number)
{
    volatile float *x = number;
    *x *= 0.5f;
    return NULL;
}

START_TEST(tiny_numbers_are_zero_in_threads_too)
{
#if !defined(__x86_64__) && !defined(__aarch64__)
    return;
#endif
    volatile float tiny = 1.2e-38f, here = tiny;
    here *= 0.5f;
    ck_assert_float_gt(here, 0);
    kern_flush_tiny();
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, halve_in_a_thread, (void *)&tiny), 0);
    pthread_join(thread, NULL);
    ck_assert_float_eq(tiny, 0);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("kern");
    TCase *t = tcase_create("kern");
    tcase_set_timeout(t, 240);
    tcase_add_test(t, every_kernel_of_every_table_gives_the_right_answer);
    tcase_add_test(t, no_member_of_the_table_is_left_out);
    tcase_add_test(t, a_wrong_number_and_a_number_too_many_are_noticed);
    tcase_add_test(t, tiny_numbers_are_zero_in_threads_too);
    suite_add_tcase(suite, t);
    return suite;
}
