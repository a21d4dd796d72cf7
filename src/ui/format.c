/* SPDX-License-Identifier: MIT */
#include "ui/format.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DASH  "\u2013"
#define MINUS "\u2212"
#define MICRO "\u00b5"

static struct ui_number_text no_number(void)
{
    return (struct ui_number_text){DASH};
}

struct ui_number_text ui_fixed(double value, int digits)
{
    struct ui_number_text out, plain;
    if (!isfinite(value) || fabs(value) > 1e15)
        return no_number();
    snprintf(plain.text, sizeof plain.text, "%.*f", digits, fabs(value));
    bool zero = strspn(plain.text, "0.") == strlen(plain.text);
    snprintf(out.text, sizeof out.text, "%s%.30s", value < 0 && !zero ? MINUS : "", plain.text);
    return out;
}

struct ui_number_text ui_percent(double fraction, int digits)
{
    struct ui_number_text out = ui_fixed(100 * fraction, digits);
    if (isfinite(fraction))
        strncat(out.text, " %", sizeof out.text - strlen(out.text) - 1);
    return out;
}

struct ui_number_text ui_thousands(int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu",
                       n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n);
    struct ui_number_text out = {.text = ""};
    char *at = out.text;
    if (n < 0)
        at = stpcpy(at, MINUS);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    *at = 0;
    return out;
}

/* The shortest of 1 to 9 figures that reads back as the value does with 9, without an exponent
 * where few noughts do. */
struct ui_number_text ui_plain(double value)
{
    enum { PLAIN_DIGITS = 8 }; /* after the point */
    struct ui_number_text out;
    if (!isfinite(value))
        return no_number();
    for (int digits = 1; digits <= 9; digits++) {
        snprintf(out.text, sizeof out.text, "%.*g", digits, value);
        if (fabs(strtod(out.text, NULL) - value) <= 1e-9 * fabs(value))
            break;
    }
    if (strchr(out.text, 'e') && fabs(value) >= 1 && fabs(value) < 1e17)
        snprintf(out.text, sizeof out.text, "%.0f", value);
    bool small = strchr(out.text, 'e') && fabs(value) < 1;
    for (int digits = PLAIN_DIGITS; small && digits > 0; digits--) {
        struct ui_number_text fixed;
        snprintf(fixed.text, sizeof fixed.text, "%.*f", digits, value);
        if (fabs(strtod(fixed.text, NULL) - value) <= 1e-9 * fabs(value))
            out = fixed;
    }
    return out;
}

struct ui_number_text ui_duration(double seconds)
{
    struct ui_number_text out;
    if (!isfinite(seconds) || seconds < 0 || seconds > 1e9)
        return no_number();
    long s = lround(seconds);
    if (s < 3600)
        snprintf(out.text, sizeof out.text, "%ld:%02ld", s / 60, s % 60);
    else
        snprintf(out.text, sizeof out.text, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
    return out;
}

/* value with one digit after the point below 10, none above. */
static struct ui_number_text with_unit(double value, const char *unit)
{
    struct ui_number_text out;
    snprintf(out.text, sizeof out.text, "%.*f %s", value < 9.95 ? 1 : 0, value, unit);
    return out;
}

struct ui_number_text ui_microseconds(double us)
{
    struct ui_number_text out;
    if (!isfinite(us) || us < 0 || us > 1e15)
        return no_number();
    if (us >= 999500)
        return with_unit(us / 1e6, "s");
    if (us >= 999.5)
        return with_unit(us / 1e3, "ms");
    snprintf(out.text, sizeof out.text, "%.0f " MICRO "s", us);
    return out;
}

struct ui_number_text ui_bytes(uint64_t bytes)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    struct ui_number_text out;
    double value = (double)bytes / 1000;
    int unit = 0;
    if (bytes < 1000) {
        snprintf(out.text, sizeof out.text, "%u bytes", (unsigned)bytes);
        return out;
    }
    while (value >= 999.5 && unit < 3) {
        value /= 1000;
        unit++;
    }
    return with_unit(value, units[unit]);
}
