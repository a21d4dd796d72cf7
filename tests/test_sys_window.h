/* test_sys_window.h -- the part of test_sys that opens windows. */
#ifndef TEST_SYS_WINDOW_H
#define TEST_SYS_WINDOW_H

#include <check.h>

Suite *window_suite(void);

#endif
