/* test_sys_window.h -- the parts of test_sys that lie in files of their own. */
#ifndef TEST_SYS_WINDOW_H
#define TEST_SYS_WINDOW_H

#include <check.h>

Suite *window_suite(void);
Suite *keys_suite(void);
Suite *scale_suite(void);

#endif
