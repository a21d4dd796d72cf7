/* SPDX-License-Identifier: MIT */
/* The window, its keys and its scale; what is painted in it has programs of its own. */
#include <check.h>

#include "suite.h"
#include "test_sys_window.h"

Suite *make_suite(void)
{
    Suite *suite = suite_create("sys");
    add_window_tests(suite);
    add_key_tests(suite);
    add_scale_tests(suite);
    return suite;
}
