/* SPDX-License-Identifier: MIT */
#include "stage_worlds.h"

#include <check.h>
#include <math.h>
#include <time.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "kern/kern.h"

struct stage_world world;
struct dataset *digits;
struct stage *stage;

static struct err err;

void begin_stage(const struct stage_kind *kind, uint32_t count)
{
    digits = synthetic_new(9, DATASET_TEST, count, &err);
    world = (struct stage_world){.kern = kern_best(), .test = digits, .data_number = 1};
    stage = stage_begin(kind, &world, &err);
    ck_assert_msg(stage != NULL, "%s", err.text);
    stage_update(stage, &world);
}

void end_stage(void)
{
    stage_end(stage);
    dataset_free(digits);
    stage = NULL;
    digits = NULL;
}

void give(const char *name, const char *value)
{
    ck_assert_msg(stage_set(stage, name, value, &err), "%s %s: %s", name, value, err.text);
    stage_update(stage, &world);
}

double figure_of(const char *name)
{
    double value = NAN;
    ck_assert_msg(stage_figure(stage, name, &value), "there is no figure %s", name);
    return value;
}

void settle_stage(void)
{
    stage_update(stage, &world);
    while (stage_busy(stage)) {
        nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
        stage_update(stage, &world);
    }
}
