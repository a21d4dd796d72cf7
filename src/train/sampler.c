/* SPDX-License-Identifier: MIT */
#include "train/sampler.h"

#include "base/rng.h"
#include "data/augment.h"
#include "data/dataset.h"
#include "data/outliers.h"
#include "data/synthetic.h"
#include "data/unipen.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "train/recipe.h"

struct sampler sampler_new(const struct recipe *recipe, const struct dataset *pictures,
                           uint32_t picture_count, const struct unipen *strokes)
{
    float count = (float)picture_count;
    struct sampler sampler = {.recipe = recipe, .pictures = pictures, .strokes = strokes};
    sampler.counts[SAMPLER_PICTURES] = picture_count;
    if (strokes && strokes->count > 0)
        sampler.counts[SAMPLER_STROKES] = (uint32_t)(count * recipe->stroke_share);
    sampler.counts[SAMPLER_DRAWN] = (uint32_t)(count * recipe->drawn_share);
    sampler.counts[SAMPLER_OUTLIERS] = (uint32_t)(count * recipe->outlier_share);
    return sampler;
}

uint32_t sampler_count(const struct sampler *sampler)
{
    uint32_t count = 0;
    for (int kind = 0; kind < SAMPLER_KINDS; kind++)
        count += sampler->counts[kind];
    return count;
}

/* Which source number *i is of; *i becomes its number there. */
static enum sampler_kind find_kind(const struct sampler *sampler, uint32_t *i)
{
    int kind = SAMPLER_PICTURES;
    while (*i >= sampler->counts[kind])
        *i -= sampler->counts[kind++];
    return (enum sampler_kind)kind;
}

/* Another one in each epoch, and none of the drawn data sets'. Each run of ten numbers holds every
 * digit once. */
static uint64_t fresh_index(const struct sampler *sampler, enum sampler_kind kind, uint32_t i,
                            int epoch)
{
    static const uint64_t first = (uint64_t)VERDICT_CLASSES << 32;
    uint64_t whole =
        (sampler->counts[kind] + VERDICT_CLASSES - 1u) / VERDICT_CLASSES * VERDICT_CLASSES;
    return first + (uint64_t)epoch * whole + i;
}

static const struct unipen_digit *find_strokes(const struct sampler *sampler, uint32_t i)
{
    return &sampler->strokes->digits[i % sampler->strokes->count];
}

/* Where drawings are varied, one four or seven in ten loses its last stroke: there are people who
 * never make the second one of a four, or never cross a seven, among them some that nobody asked.
 */
static struct ink lift_pen_early(const struct augment_spec *bend, struct rng *rng,
                                 const struct unipen_digit *digit)
{
    static const float part = 0.1f;
    struct ink ink = digit->ink;
    bool may = (digit->label == 4 || digit->label == 7) && ink.stroke_count > 1;
    if (may && !augment_is_none(bend) && rng_float(rng) < part)
        ink.point_count = ink.strokes[--ink.stroke_count].at;
    return ink;
}

/* A digit of a strokes file may have come as a picture alone. */
static void draw_strokes(const struct augment_spec *bend, struct rng *rng,
                         const struct unipen_digit *digit, float *x)
{
    if (digit->ink.stroke_count == 0 && digit->picture) {
        augment_image(bend, rng, digit->picture, x);
        return;
    }
    struct ink ink = lift_pen_early(bend, rng, digit);
    augment_ink(bend, rng, &ink, x);
}

int sampler_digit(const struct sampler *sampler, uint32_t i)
{
    switch (find_kind(sampler, &i)) {
    case SAMPLER_STROKES:
        return find_strokes(sampler, i)->label;
    case SAMPLER_DRAWN:
        return (int)(i % VERDICT_CLASSES);
    case SAMPLER_OUTLIERS:
        return SAMPLER_NO_DIGIT;
    default:
        return sampler->pictures->labels[i];
    }
}

void sampler_want(const struct sampler *sampler, uint32_t i, float *y)
{
    int digit = sampler_digit(sampler, i);
    float smoothing = digit == SAMPLER_NO_DIGIT ? 1 : sampler->recipe->smoothing;
    for (int k = 0; k < VERDICT_CLASSES; k++)
        y[k] = smoothing / VERDICT_CLASSES;
    if (digit != SAMPLER_NO_DIGIT)
        y[digit] += 1 - smoothing;
}

bool sampler_is_right(const struct sampler *sampler, uint32_t i, const float *answer)
{
    int digit = sampler_digit(sampler, i), best = verdict_best(answer);
    return digit == SAMPLER_NO_DIGIT ? answer[best] < 0.5f : digit == best;
}

void sampler_draw(const struct sampler *sampler, uint32_t i, int epoch, struct rng *rng, float *x)
{
    const struct augment_spec *bend = &sampler->recipe->augment;
    uint8_t pixels[FIT_LEN];
    switch (find_kind(sampler, &i)) {
    case SAMPLER_STROKES:
        draw_strokes(bend, rng, find_strokes(sampler, i), x);
        break;
    case SAMPLER_DRAWN:
        synthetic_draw(sampler->recipe->seed, fresh_index(sampler, SAMPLER_DRAWN, i, epoch),
                       pixels);
        augment_image(bend, rng, pixels, x);
        break;
    case SAMPLER_OUTLIERS:
        outlier_draw(sampler->recipe->seed, fresh_index(sampler, SAMPLER_OUTLIERS, i, epoch),
                     OUTLIER_TRAINING, pixels);
        augment_image(bend, rng, pixels, x);
        break;
    default:
        augment_image(bend, rng, sampler->pictures->pixels + (size_t)i * FIT_LEN, x);
    }
}
