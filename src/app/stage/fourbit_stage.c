/* SPDX-License-Identifier: MIT */
#include "app/stage/fourbit_stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"

static const double most = 20;
static const float strong = 10;

float fourbit_stage_next(float weight)
{
    return weight == 0 ? strong : weight > 0 ? -strong : 0;
}

static void end(struct stage *base)
{
    struct fourbit_stage *stage = (struct fourbit_stage *)base;
    fourbit_end(&stage->fourbit);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct fourbit_stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        err_memory(err, _("the page"));
    if (stage && fourbit_begin(&stage->fourbit, world->kern, err))
        return &stage->stage;
    free(stage);
    return NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* The bit whose value is that digit, or -1. */
static int find_bit(char value)
{
    for (int bit = 0; bit < FOURBIT_BITS; bit++)
        if (value == '0' + (1 << bit))
            return bit;
    return -1;
}

/* What "w8-3" or "b8" names, or NULL. */
static float *find_place(struct fourbit *fourbit, const char *name)
{
    int bit = name[0] ? find_bit(name[1]) : -1;
    if (bit < 0)
        return NULL;
    if (name[0] == 'b' && !name[2])
        return &fourbit->bias[bit];
    if (name[0] == 'w' && name[2] == '-' && name[3] >= '0' && name[3] <= '9' && !name[4])
        return &fourbit->weight[bit][name[3] - '0'];
    return NULL;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct fourbit *fourbit = &((struct fourbit_stage *)base)->fourbit;
    float *place = find_place(fourbit, name);
    double number;
    if (place) {
        if (!stage_number(name, value, -most, most, &number, err))
            return false;
        *place = (float)number;
    } else if (strcmp(name, "clear") == 0) {
        memset(fourbit->weight, 0, sizeof fourbit->weight);
        memset(fourbit->bias, 0, sizeof fourbit->bias);
    } else {
        return stage_unknown(name, err);
    }
    fourbit_run(fourbit);
    return true;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    struct fourbit *fourbit = &((struct fourbit_stage *)base)->fourbit;
    const float *place = find_place(fourbit, name);
    if (place)
        *value = (double)*place;
    else if (strcmp(name, "bits-right") == 0)
        *value = fourbit->bits_right;
    else if (strcmp(name, "margin") == 0)
        *value = (double)fourbit->margin;
    else
        return false;
    return true;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *const labels[FOURBIT_BITS] = {N_("Bias of 1"), N_("Bias of 2"),
                                                     N_("Bias of 4"), N_("Bias of 8")};
    const struct fourbit_stage *stage = (const struct fourbit_stage *)base;
    int count = 0;
    for (int bit = FOURBIT_BITS - 1; bit >= 0; bit--) {
        controls[count] = (struct stage_control){.label = labels[bit],
                                                 .kind = STAGE_SLIDER,
                                                 .value = (double)stage->fourbit.bias[bit],
                                                 .min = -most,
                                                 .max = most,
                                                 .step = 1};
        snprintf(controls[count++].name, STAGE_NAME_MAX, "b%d", 1 << bit);
    }
    controls[count++] = (struct stage_control){"clear", N_("All back to 0"), STAGE_BUTTON};
    return count;
}

const struct stage_kind fourbit_stage_kind = {
    .name = "fourbit",
    .begin = begin,
    .end = end,
    .set = set,
    .figure = figure,
    .controls = controls,
};
