/* SPDX-License-Identifier: MIT */
#include "data/augment.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/language.h"
#include "base/number.h"
#include "base/rng.h"
#include "data/warp.h"
#include "ink/fit.h"

enum {
    SIDE = FIT_SIZE,
    LEN = FIT_LEN,
};
static const float middle = 14; /* MNIST's centre of mass, as a pixel index */
static const float pi = 3.14159265f;

/* ---- words --------------------------------------------------------------------------------- */

struct field {
    const char *name;
    size_t at;
    float most;
};

static const struct field fields[] = {
    {"shift", offsetof(struct augment_spec, shift), 10},
    {"rotate", offsetof(struct augment_spec, rotate), 180},
    {"scale", offsetof(struct augment_spec, scale), 1},
    {"shear", offsetof(struct augment_spec, shear), 1},
    {"aspect", offsetof(struct augment_spec, aspect), 1},
    {"elastic", offsetof(struct augment_spec, elastic), 5},
    {"thick", offsetof(struct augment_spec, thick), 1},
    {"contrast", offsetof(struct augment_spec, contrast), 4},
    {"coarse", offsetof(struct augment_spec, coarse), 1},
    {"plain", offsetof(struct augment_spec, plain), 1},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static float *find_value(struct augment_spec *spec, int i)
{
    return (float *)((char *)spec + fields[i].at);
}

static float get_value(const struct augment_spec *spec, int i)
{
    return *(const float *)((const char *)spec + fields[i].at);
}

/* Copies the next word to `word`, cut to 23 letters, and returns what follows; NULL at the end. */
static const char *next_word(const char *text, char word[24])
{
    while (isspace((unsigned char)*text) || *text == ',')
        text++;
    int len = 0;
    for (; *text && !isspace((unsigned char)*text) && *text != ','; text++)
        if (len < 23)
            word[len++] = *text;
    word[len] = 0;
    return len > 0 ? text : NULL;
}

static int find_field(const char *word)
{
    int i = 0;
    while (i < FIELDS && strcmp(fields[i].name, word) != 0)
        i++;
    return i;
}

/* Reads "shift 2" at `text`; NULL with a sentence, or where it ends. */
static const char *read_field(const char *text, struct augment_spec *spec, unsigned *seen,
                              struct err *err)
{
    char name[24], number[24], *end;
    text = next_word(text, name);
    int i = find_field(name);
    if (i == FIELDS || *seen & 1u << i) {
        err_set(err,
                _("Augmentation: \"%s\" is %s; it may be none, or shift, rotate, scale, shear, "
                  "aspect, elastic, thick, contrast, coarse, plain, each once with a number."),
                name, i == FIELDS ? _("not known") : _("there twice"));
        return NULL;
    }
    *seen |= 1u << i;
    const char *rest = next_word(text, number);
    float value = rest ? strtof(number, &end) : 0;
    if (!rest || end == number || *end || !(value >= 0 && value <= fields[i].most)) {
        err_set(err, _("Augmentation: after \"%s\" comes a number from 0 to %g, not \"%s\"."), name,
                (double)fields[i].most, number);
        return NULL;
    }
    *find_value(spec, i) = value;
    return rest;
}

bool augment_parse(const char *words, struct augment_spec *spec, struct err *err)
{
    struct augment_spec read = {0};
    char word[24], second[24];
    unsigned seen = 0;
    const char *rest = words ? next_word(words, word) : NULL;
    if (rest && strcmp(word, "none") == 0) {
        if (next_word(rest, second))
            return err_set(err, _("Augmentation: \"%s\" cannot follow \"none\"."), second);
        rest = NULL;
    }
    for (const char *at = words; rest; rest = next_word(at, word)) {
        at = read_field(at, &read, &seen, err);
        if (!at)
            return false;
    }
    *spec = read;
    return true;
}

char *augment_words(const struct augment_spec *spec, char *words)
{
    char number[NUMBER_TEXT_MAX];
    int len = 0;
    for (int i = 0; i < FIELDS; i++)
        if (get_value(spec, i) > 0)
            len += snprintf(words + len, (size_t)(AUGMENT_WORDS_MAX - len), "%s%s %s",
                            len ? " " : "", fields[i].name,
                            number_write(get_value(spec, i), number));
    if (len == 0)
        snprintf(words, AUGMENT_WORDS_MAX, "none");
    return words;
}

bool augment_is_none(const struct augment_spec *spec)
{
    for (int i = 0; i < FIELDS; i++)
        if (get_value(spec, i) > 0)
            return false;
    return true;
}

/* ---- chance -------------------------------------------------------------------------------- */

static float draw_even(struct rng *rng, float amount)
{
    return amount > 0 ? rng_range(rng, -amount, amount) : 0;
}

/* From 1/(1 + amount) to 1 + amount. */
static float draw_factor(struct rng *rng, float amount)
{
    return amount > 0 ? expf(draw_even(rng, log1pf(amount))) : 1;
}

static struct warp_matrix draw_matrix(const struct augment_spec *spec, struct rng *rng)
{
    float turn = draw_even(rng, spec->rotate) * pi / 180, shear = draw_even(rng, spec->shear);
    float size = draw_factor(rng, spec->scale), stretch = draw_factor(rng, spec->aspect);
    return warp_matrix(turn, shear, size * stretch, size / stretch);
}

/* ---- scans --------------------------------------------------------------------------------- */

static float find_brightest(const float *x)
{
    float most = 0;
    for (int i = 0; i < LEN; i++)
        most = max_float(most, x[i]);
    return most;
}

/* One line of 28 numbers, `step` apart, as dots of `size` pixels see it, the first of which begins
 * at -phase: the means over the dots, and then straight lines from dot to dot. */
static void coarsen_line(float *line, int step, float size, float phase)
{
    float sums[SIDE + 1] = {0}, dots[SIDE + 4] = {0};
    for (int i = 0; i < SIDE; i++)
        sums[i + 1] = sums[i] + line[i * step];
    int count = (int)((SIDE + phase) / size) + 1;
    for (int k = 0; k < count; k++) {
        float ends[2];
        for (int end = 0; end < 2; end++) {
            float at = clamp_float((float)(k + end) * size - phase, 0, SIDE - 0.001f);
            int whole = (int)at;
            ends[end] = sums[whole] + (at - (float)whole) * line[whole * step];
        }
        dots[k + 1] = (ends[1] - ends[0]) / size;
    }
    for (int i = 0; i < SIDE; i++) {
        float at = ((float)i + 0.5f + phase) / size + 0.5f;
        int k = (int)at;
        line[i * step] = dots[k] + (at - (float)k) * (dots[k + 1] - dots[k]);
    }
}

/* The brightest stays 1, as the fit has it. */
static void make_coarse(struct rng *rng, float *x)
{
    float size = rng_range(rng, 1, 2);
    float phase_x = rng_range(rng, 0, size), phase_y = rng_range(rng, 0, size);
    float before = find_brightest(x);
    for (int i = 0; i < SIDE; i++)
        coarsen_line(x + i * SIDE, 1, size, phase_x);
    for (int i = 0; i < SIDE; i++)
        coarsen_line(x + i, SIDE, size, phase_y);
    float after = find_brightest(x), gain = after > 0 ? before / after : 1;
    for (int i = 0; i < LEN; i++)
        x[i] *= gain;
}

/* What a scanner may have done to a picture, last of all. */
static void scan_picture(const struct augment_spec *spec, struct rng *rng, float *x)
{
    if (spec->contrast > 0)
        warp_contrast(draw_factor(rng, spec->contrast), x);
    if (spec->coarse > 0 && rng_float(rng) < spec->coarse)
        make_coarse(rng, x);
}

/* ---- pictures, in all ---------------------------------------------------------------------- */

/* Moves a picture by whole pixels, which leaves it as sharp as it was. */
static void paste_shifted(const uint8_t *pixels, int dx, int dy, float *out)
{
    int left = dx > 0 ? dx : 0, right = dx < 0 ? SIDE + dx : SIDE;
    int top = dy > 0 ? dy : 0, bottom = dy < 0 ? SIDE + dy : SIDE;
    memset(out, 0, LEN * sizeof *out);
    for (int row = top; row < bottom; row++) {
        const uint8_t *from = pixels + (row - dy) * SIDE + left - dx;
        float *to = out + row * SIDE + left;
        for (int i = 0; i < right - left; i++)
            to[i] = (float)from[i] * FIT_SCALE;
    }
}

/* Whether nothing but a shift by whole pixels is wanted. */
static bool shifts_alone(const struct augment_spec *spec)
{
    struct augment_spec rest = *spec;
    rest.shift = 0;
    return spec->shift == floorf(spec->shift) && augment_is_none(&rest);
}

static int draw_whole(struct rng *rng, float amount)
{
    return (int)rng_below(rng, 2 * (uint32_t)amount + 1) - (int)amount;
}

/* What is done to one picture. */
static struct augment_spec draw_spec(const struct augment_spec *spec, struct rng *rng)
{
    if (spec->plain > 0 && rng_float(rng) < spec->plain)
        return (struct augment_spec){.shift = floorf(spec->shift)};
    return *spec;
}

void augment_image(const struct augment_spec *all, struct rng *rng, const uint8_t *pixels,
                   float *out)
{
    struct warp_frame f;
    struct warp_bend bend;
    struct augment_spec drawn = draw_spec(all, rng), *spec = &drawn;
    if (augment_is_none(spec)) {
        fit_floats(pixels, 1, out);
        return;
    }
    if (shifts_alone(spec)) {
        int dx = draw_whole(rng, spec->shift);
        paste_shifted(pixels, dx, draw_whole(rng, spec->shift), out);
        return;
    }
    warp_begin(&f, pixels);
    if (spec->thick > 0)
        warp_thicken(&f, draw_even(rng, spec->thick));
    struct warp_matrix back = warp_invert(draw_matrix(spec, rng));
    float shift_x = draw_even(rng, spec->shift), shift_y = draw_even(rng, spec->shift);
    if (spec->elastic > 0)
        warp_draw_bend(&bend, rng, spec->elastic);
    warp_picture(&f, back, shift_x, shift_y, spec->elastic > 0 ? &bend : NULL, out);
    scan_picture(spec, rng, out);
}

/* ---- strokes ------------------------------------------------------------------------------- */

enum { POINTS_MAX = 1024, STROKES_MAX = 128 };

/* A copy of ink on the stack. Of longer ink only every second (third, ...) point is taken. */
struct copy {
    struct ink_point points[POINTS_MAX];
    struct ink_stroke strokes[STROKES_MAX];
    struct ink ink;
};

static void copy_strokes(struct copy *copy, const struct ink *ink)
{
    uint32_t strokes = ink->stroke_count < STROKES_MAX ? ink->stroke_count : STROKES_MAX, n = 0;
    uint32_t every = 1 + ink->point_count / (POINTS_MAX - 2 * STROKES_MAX);
    for (uint32_t i = 0; i < strokes; i++) {
        struct ink_stroke s = ink->strokes[i];
        copy->strokes[i] = (struct ink_stroke){n, 0};
        for (uint32_t k = 0; k < s.count; k += every)
            copy->points[n++] = ink->points[s.at + k];
        if ((s.count - 1) % every != 0)
            copy->points[n++] = ink->points[s.at + s.count - 1];
        copy->strokes[i].count = n - copy->strokes[i].at;
    }
    copy->ink = (struct ink){copy->points, n, 0, copy->strokes, strokes, 0};
}

/* Moves every point as a pixel of the box would move. */
static void move_points(struct copy *copy, struct warp_matrix m, const struct warp_bend *bend)
{
    struct ink_box box;
    if (!ink_bounds(&copy->ink, &box))
        return;
    float longer = fmaxf(box.x1 - box.x0, box.y1 - box.y0);
    float unit = longer > 0 ? FIT_BOX / longer : 1;
    for (uint32_t i = 0; i < copy->ink.point_count; i++) {
        struct ink_point *p = &copy->points[i];
        float x = (p->x - 0.5f * (box.x0 + box.x1)) * unit;
        float y = (p->y - 0.5f * (box.y0 + box.y1)) * unit;
        int col = (int)(x + middle), row = (int)(y + middle);
        float bend_x = bend ? bend->x[row][col] : 0, bend_y = bend ? bend->y[row][col] : 0;
        *p = (struct ink_point){m.xx * x + m.xy * y + bend_x, m.yx * x + m.yy * y + bend_y};
    }
}

/* Half of the drawings are moved by whole pixels and stay sharp, half by any part of one, which
 * blurs them as it does bent pictures. */
static void shift_drawing(const struct augment_spec *spec, struct rng *rng, const uint8_t *pixels,
                          float *out)
{
    static const struct warp_matrix as_it_is = {1, 0, 0, 1};
    float dx = draw_even(rng, spec->shift), dy = draw_even(rng, spec->shift);
    if (spec->plain <= 0 || rng_float(rng) < 0.5f) {
        paste_shifted(pixels, (int)roundf(dx), (int)roundf(dy), out);
        return;
    }
    struct warp_frame f;
    warp_begin(&f, pixels);
    warp_picture(&f, as_it_is, dx, dy, NULL, out);
}

void augment_ink(const struct augment_spec *all, struct rng *rng, const struct ink *ink, float *out)
{
    struct copy copy;
    struct warp_bend bend;
    struct ink_fit fit;
    struct augment_spec drawn = draw_spec(all, rng), *spec = &drawn;
    struct fit_pen pen = fit_pen_usual;
    pen.width *= exp2f(draw_even(rng, spec->thick));
    struct warp_matrix m = draw_matrix(spec, rng);
    if (spec->elastic > 0)
        warp_draw_bend(&bend, rng, spec->elastic);
    copy_strokes(&copy, ink);
    move_points(&copy, m, spec->elastic > 0 ? &bend : NULL);
    ink_fit_with(&copy.ink, pen, &fit);
    shift_drawing(spec, rng, fit.pixels, out);
    scan_picture(spec, rng, out);
}
