/* SPDX-License-Identifier: MIT */
#include "train/mix.h"

#include "base/rng.h"
#include "data/augment.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "data/unipen.h"
#include "ink/fit.h"
#include "train/recipe.h"

struct mix mix_new(const struct recipe *recipe, const struct dataset *pictures,
                   uint32_t picture_count, const struct unipen *strokes)
{
    float count = (float)picture_count;
    struct mix mix = {.recipe = recipe, .pictures = pictures, .strokes = strokes};
    mix.counts[MIX_PICTURES] = picture_count;
    if (strokes && strokes->count > 0)
        mix.counts[MIX_STROKES] = (uint32_t)(count * recipe->stroke_share);
    mix.counts[MIX_DRAWN] = (uint32_t)(count * recipe->drawn_share);
    return mix;
}

uint32_t mix_count(const struct mix *mix)
{
    uint32_t count = 0;
    for (int kind = 0; kind < MIX_KINDS; kind++)
        count += mix->counts[kind];
    return count;
}

/* Which source number *i is of; *i becomes its number there. */
static enum mix_kind find_kind(const struct mix *mix, uint32_t *i)
{
    int kind = MIX_PICTURES;
    while (*i >= mix->counts[kind])
        *i -= mix->counts[kind++];
    return (enum mix_kind)kind;
}

/* A new one in each epoch, and none of the drawn data sets'. Each run of ten numbers holds every
 * digit once. */
static uint64_t drawn_index(const struct mix *mix, uint32_t i, int epoch)
{
    static const uint64_t first = 10ull << 32;
    uint64_t whole = (mix->counts[MIX_DRAWN] + 9u) / 10 * 10;
    return first + (uint64_t)epoch * whole + i;
}

static const struct unipen_digit *find_strokes(const struct mix *mix, uint32_t i)
{
    return &mix->strokes->digits[i % mix->strokes->count];
}

/* A digit of a strokes file may have come as a picture alone. */
static void draw_strokes(const struct augment_spec *bend, struct rng *rng,
                         const struct unipen_digit *digit, float *x)
{
    if (digit->ink.stroke_count == 0 && digit->picture)
        augment_image(bend, rng, digit->picture, x);
    else
        augment_ink(bend, rng, &digit->ink, x);
}

int mix_digit(const struct mix *mix, uint32_t i)
{
    switch (find_kind(mix, &i)) {
    case MIX_STROKES:
        return find_strokes(mix, i)->label;
    case MIX_DRAWN:
        return (int)(i % 10);
    default:
        return mix->pictures->labels[i];
    }
}

void mix_draw(const struct mix *mix, uint32_t i, int epoch, struct rng *rng, float *x)
{
    const struct augment_spec *bend = &mix->recipe->augment;
    uint8_t pixels[FIT_LEN];
    switch (find_kind(mix, &i)) {
    case MIX_STROKES:
        draw_strokes(bend, rng, find_strokes(mix, i), x);
        break;
    case MIX_DRAWN:
        synthetic_draw(mix->recipe->seed, drawn_index(mix, i, epoch), pixels);
        augment_image(bend, rng, pixels, x);
        break;
    default:
        augment_image(bend, rng, mix->pictures->pixels + (size_t)i * FIT_LEN, x);
    }
}
