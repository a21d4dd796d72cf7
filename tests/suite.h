/* suite.h -- what each program of tests gives to the main that they share (main.c). */
#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <check.h>

Suite *make_suite(void);

#endif
