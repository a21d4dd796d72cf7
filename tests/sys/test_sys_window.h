/* test_sys_window.h -- the parts of test_sys that lie in files of their own. */
#ifndef TEST_SYS_WINDOW_H
#define TEST_SYS_WINDOW_H

#include <check.h>

void add_window_tests(Suite *suite);
void add_key_tests(Suite *suite);
void add_scale_tests(Suite *suite);

#endif
