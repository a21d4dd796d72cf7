/* SPDX-License-Identifier: MIT */
/* Runs a program's tests and reports them in TAP on standard output. */
#include <stdlib.h>

#include "suite.h"

int main(void)
{
    SRunner *runner = srunner_create(make_suite());
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
