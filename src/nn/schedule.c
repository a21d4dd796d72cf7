/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/optim.h"

static const char *names[SCHEDULE_KINDS] = {[SCHEDULE_CONSTANT] = "constant",
                                            [SCHEDULE_ONE_CYCLE] = "one-cycle",
                                            [SCHEDULE_TRIANGLE] = "triangle"};

static const double FIRST_PART = 1.0 / 25, LAST_PART = 1.0 / 250000; /* of the highest rate */

const char *schedule_name(enum schedule_kind kind)
{
    return names[kind];
}

bool schedule_parse(const char *name, enum schedule_kind *kind, struct err *err)
{
    for (int i = 0; i < SCHEDULE_KINDS; i++) {
        if (strcmp(name, names[i]) == 0) {
            *kind = (enum schedule_kind)i;
            return true;
        }
    }
    return err_set(err, _("\"%s\" is no schedule; use constant, one-cycle or triangle."), name);
}

/* From `a` to `b` along half a cosine, as `part` goes from 0 to 1. */
static double cosine(double a, double b, double part)
{
    return b + (a - b) * 0.5 * (1 + cos(part * 3.14159265358979323846));
}

static double straight(double a, double b, double part)
{
    return a + (b - a) * part;
}

float schedule_rate(const struct schedule *s, uint64_t step, uint64_t total)
{
    if (s->kind == SCHEDULE_CONSTANT || total < 2)
        return s->rate;
    double (*between)(double a, double b, double part) =
        s->kind == SCHEDULE_TRIANGLE ? straight : cosine;
    double top = (double)s->rate, peak = (double)s->rising * (double)total;
    double at = (double)(step < total ? step : total - 1);
    if (at < peak)
        return (float)between(top * FIRST_PART, top, at / peak);
    double falling = (double)(total - 1) - peak;
    return (float)(falling > 0 ? between(top, top * LAST_PART, (at - peak) / falling) : top);
}
