/* SPDX-License-Identifier: MIT */
#include "train/watch.h"

#include <math.h>
#include <string.h>

#include "nn/nn.h"
#include "train/run.h"
#include "train/stepper.h"

static void take_image(const struct run *run, uint32_t i, struct watch_image *to)
{
    struct stepper_image image;
    stepper_look(run->stepper, i, &image);
    for (int k = 0; k < FIT_LEN; k++)
        to->pixels[k] = (uint8_t)lrintf(fminf(fmaxf(image.x[k], 0), 1) * UINT8_MAX);
    to->digit = image.digit;
    memcpy(to->answer, image.answer, sizeof to->answer);
    to->right = image.right;
    to->cost = (float)image.cost;
}

static void measure_way(const float *before, const float *after, size_t len, struct watch *watch)
{
    double moved = 0, length = 0;
    for (size_t i = 0; i < len; i++) {
        double way = (double)after[i] - (double)before[i];
        moved += way * way;
        length += (double)before[i] * (double)before[i];
    }
    watch->moved = sqrt(moved);
    watch->length = sqrt(length);
}

void watch_step(struct run *run, float *before, struct watch *watch)
{
    const struct nn *net = stepper_net(run->stepper);
    size_t len = nn_param_len(net);
    int epoch = run->epoch + 1;
    uint32_t step = run->step + 1;
    memcpy(before, nn_weights(net), len * sizeof *before);
    run_step(run);
    if (run->state == RUN_FAILED)
        return;
    measure_way(before, nn_weights(stepper_net(run->stepper)), len, watch);
    watch->number++;
    watch->epoch = epoch;
    watch->step = step;
    watch->steps = run->steps;
    watch->count = run->last.count;
    watch->correct = run->last.correct;
    watch->cost = run->last.cost / run->last.count;
    watch->rate = run->rate;
    watch->image_count =
        run->last.count < WATCH_IMAGES_MAX ? (int)run->last.count : WATCH_IMAGES_MAX;
    for (int i = 0; i < watch->image_count; i++)
        take_image(run, (uint32_t)i, &watch->images[i]);
}
