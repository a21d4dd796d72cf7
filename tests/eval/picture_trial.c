/* SPDX-License-Identifier: MIT */
#include "picture_trial.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "model/model.h"
#include "nn/nn.h"
#include "train/rule.h"

static struct scene_digit choose(const struct trial_source *from, struct rng *rng, int *label)
{
    bool strokes = from->strokes && (!from->set || rng_below(rng, 2));
    if (strokes) {
        const struct unipen_digit *digit =
            &from->strokes->digits[rng_below(rng, from->strokes->count)];
        *label = digit->label;
        return (struct scene_digit){NULL, &digit->ink};
    }
    uint32_t at = rng_below(rng, from->set->count);
    *label = from->set->labels[at];
    return (struct scene_digit){from->set->pixels + (size_t)at * FIT_LEN, NULL};
}

struct reading {
    bool any, sure, two;
    int digit;
    uint8_t seen[FIT_LEN]; /* by the network */
};

static struct reading read_picture(const struct trial *trial, const struct kind_picture *picture,
                                   double *seconds)
{
    struct ink_fit fit;
    float x[FIT_LEN];
    double start = clock_seconds();
    if (!ink_fit_picture(picture->grey, picture->rows, picture->cols, picture->cols, &fit, NULL))
        abort();
    *seconds += clock_seconds() - start;
    fit_floats(fit.pixels, 1, x);
    struct verdict_rule rule = rule_read(&trial->model->record);
    struct verdict_probabilities answer = verdict_read(
        trial->model->net, nn_predict(trial->model->net, trial->work, x, 1), rule.temperature);
    struct reading reading = {
        .any = fit.any,
        .two = fit.several,
        .sure = fit.any && !fit.several && verdict_judge(&rule, &answer) == VERDICT_SURE,
        .digit = fit.any ? answer.best : -1,
    };
    memcpy(reading.seen, fit.pixels, FIT_LEN);
    return reading;
}

static bool is_right(enum kind kind, const struct reading *reading, int label)
{
    if (kind == KIND_NONE)
        return !reading->sure;
    return kind == KIND_TWO ? reading->two : reading->digit == label;
}

static void save_grey(const char *path, const uint8_t *grey, int rows, int cols)
{
    FILE *out = fopen(path, "wb");
    if (!out)
        return;
    fprintf(out, "P5 %d %d 255\n", cols, rows);
    fwrite(grey, 1, (size_t)rows * (size_t)cols, out);
    fclose(out);
}

static void keep(const struct trial *trial, enum kind kind, uint32_t number,
                 const struct kind_picture *picture, const struct reading *reading, int label)
{
    char path[512];
    int len = snprintf(path, sizeof path - 16, "%s/%02d-%u-is%d-read%d%s", trial->folder, (int)kind,
                       number, label, reading->digit, reading->sure ? "-sure" : "");
    strcpy(path + len, ".pgm");
    save_grey(path, picture->grey, picture->rows, picture->cols);
    strcpy(path + len, "-seen.pgm");
    save_grey(path, reading->seen, FIT_SIZE, FIT_SIZE);
}

struct trial_count trial_run(const struct trial *trial, enum kind kind, uint32_t count)
{
    struct trial_count result = {.count = count};
    double seconds = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct rng rng = rng_new(trial->seed, (uint64_t)kind << 32 | i);
        int label, other;
        struct scene_digit digit = choose(&trial->source, &rng, &label);
        struct scene_digit beside = choose(&trial->source, &rng, &other);
        struct kind_picture picture = kind_make(kind, digit, beside, &rng);
        struct reading reading = read_picture(trial, &picture, &seconds);
        bool right = is_right(kind, &reading, label);
        result.right += right;
        result.sure_wrong += !right && reading.sure;
        result.nothing += !reading.any;
        if (!right && trial->folder)
            keep(trial, kind, i, &picture, &reading, label);
        free(picture.grey);
    }
    result.milliseconds = 1e3 * seconds / count;
    return result;
}

/* ---- even ground ----------------------------------------------------------------------------- */

static float pixel_of(const uint8_t *pixels, float y, float x)
{
    int row = (int)floorf(y), col = (int)floorf(x);
    bool in = row >= 0 && col >= 0 && row < FIT_SIZE && col < FIT_SIZE;
    return in ? pixels[row * FIT_SIZE + col] : 0;
}

/* The mean over a square of `reach` pixels of the image. */
static float average_at(const uint8_t *pixels, float y, float x, float reach)
{
    enum { STEPS = 8 };
    float sum = 0;
    for (int i = 0; i < STEPS * STEPS; i++)
        sum += pixel_of(pixels, y + reach * (((float)(i / STEPS) + 0.5f) / STEPS - 0.5f),
                        x + reach * (((float)(i % STEPS) + 0.5f) / STEPS - 0.5f));
    return sum / (STEPS * STEPS);
}

static struct kind_picture lay(const uint8_t *pixels, struct trial_size size)
{
    struct scene_box box = scene_box_of(pixels, size.tight ? 1 : 0);
    float scale = (float)size.side / fmaxf(box.wide, box.high);
    int rows = (int)ceilf(box.high * scale - 1e-3f), cols = (int)ceilf(box.wide * scale - 1e-3f);
    struct kind_picture p = {rows + 2 * size.margin, cols + 2 * size.margin, NULL};
    p.grey = malloc((size_t)p.rows * (size_t)p.cols);
    if (!p.grey)
        abort();
    for (int i = 0; i < p.rows * p.cols; i++) {
        float y = ((float)(i / p.cols - size.margin) + 0.5f) / scale + box.y;
        float x = ((float)(i % p.cols - size.margin) + 0.5f) / scale + box.x;
        float reach = size.smooth || scale < 1 ? fmaxf(1, 1 / scale) : 0;
        uint8_t value = (uint8_t)(average_at(pixels, y, x, reach) + 0.5f);
        p.grey[i] = size.dark ? (uint8_t)(255 - value) : value;
    }
    return p;
}

struct trial_count trial_run_size(const struct trial *trial, struct trial_size size, uint32_t count)
{
    const struct dataset *set = trial->source.set;
    struct trial_count result = {0};
    double seconds = 0;
    for (uint32_t i = 0; i < count && i < set->count; i++) {
        struct kind_picture picture = lay(set->pixels + (size_t)i * FIT_LEN, size);
        struct reading reading = read_picture(trial, &picture, &seconds);
        bool right = reading.digit == set->labels[i] && !reading.two;
        result.count++;
        result.right += right;
        result.sure_wrong += !right && reading.sure;
        result.nothing += !reading.any || reading.two;
        free(picture.grey);
    }
    result.milliseconds = 1e3 * seconds / result.count;
    return result;
}
