/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

/* Significant digits: enough for a person, and enough for any float or double. */
enum { DIGITS_LEAST = 6, DIGITS_FLOAT = 9, DIGITS_DOUBLE = 17 };

char *number_write(float number, char text[NUMBER_TEXT_MAX])
{
    for (int digits = DIGITS_LEAST; digits <= DIGITS_FLOAT; digits++) {
        snprintf(text, NUMBER_TEXT_MAX, "%.*g", digits, (double)number);
        if (strtof(text, NULL) == number)
            break;
    }
    return text;
}

char *number_write_double(double number, char text[NUMBER_TEXT_MAX])
{
    for (int digits = DIGITS_LEAST; digits <= DIGITS_DOUBLE; digits++) {
        snprintf(text, NUMBER_TEXT_MAX, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    return text;
}
