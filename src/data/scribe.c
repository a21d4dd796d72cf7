/* SPDX-License-Identifier: MIT */
#include "data/scribe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/rng.h"
#include "ink/fit.h"

static const float path_step = 8; /* of a skeleton's units: about 1.5 pixels of the picture */
static const float pi = 3.14159265f;

/* ---- what makes one drawing differ from another -------------------------------------------- */

static struct scribe_wave draw_wave(struct rng *rng, float wild)
{
    float angle = rng_range(rng, 0, 2 * pi), length = rng_range(rng, 90, 260);
    float push = 7 * wild * rng_normal(rng), direction = rng_range(rng, 0, 2 * pi);
    return (struct scribe_wave){
        .along_x = 2 * pi / length * cosf(angle),
        .along_y = 2 * pi / length * sinf(angle),
        .phase = rng_range(rng, 0, 2 * pi),
        .push_x = push * cosf(direction),
        .push_y = push * sinf(direction),
    };
}

/* x' = aspect (x - slant y), then turned. MNIST leans right by 6 degrees, give or take 15. */
static void draw_matrix(struct rng *rng, float m[2][2])
{
    float aspect = expf(0.25f * rng_normal(rng));
    float slant = tanf((6 + 15 * rng_normal(rng)) * pi / 180);
    float turn = 7 * rng_normal(rng) * pi / 180;
    slant = slant < -1 ? -1 : slant > 1.2f ? 1.2f : slant;
    float c = cosf(turn), s = sinf(turn);
    m[0][0] = c * aspect;
    m[0][1] = -c * aspect * slant - s;
    m[1][0] = s * aspect;
    m[1][1] = -s * aspect * slant + c;
}

struct scribe scribe_new(struct rng *rng)
{
    float wild = rng_range(rng, 0.5f, 1.6f);
    struct scribe scribe = {.jitter = wild * rng_range(rng, 0.5f, 4)};
    for (int i = 0; i < SCRIBE_WAVES; i++)
        scribe.waves[i] = draw_wave(rng, wild);
    scribe.raise = 5 * wild * rng_normal(rng);
    scribe.taper = 0.18f * wild * rng_normal(rng);
    draw_matrix(rng, scribe.m);
    float pen = 2.7f * expf(0.32f * rng_normal(rng));
    scribe.pen = clamp_float(pen, 1.6f, 6);
    scribe.soft = rng_range(rng, 0.9f, 1.7f);
    scribe.press = rng_range(rng, 0, 0.35f);
    scribe.press_phase = rng_range(rng, 0, 2 * pi);
    scribe.press_along = rng_range(rng, 0.01f, 0.06f);
    scribe.tail = rng_range(rng, 0, 0.4f);
    scribe.reach = 7 * rng_normal(rng);
    return scribe;
}

/* ---- from a skeleton to strokes ------------------------------------------------------------ */

static struct ink_point bend_point(const struct scribe *scribe, struct rng *rng,
                                   struct ink_point at)
{
    float x = at.x, y = at.y;
    float off = (y - 50) / 50;
    float bent_x = (x - 50) * (1 - scribe->taper * off) + scribe->jitter * rng_normal(rng);
    float bent_y = y - 50 - scribe->raise * (1 - off * off) + scribe->jitter * rng_normal(rng);
    for (int i = 0; i < SCRIBE_WAVES; i++) {
        const struct scribe_wave *w = &scribe->waves[i];
        float swing = sinf(w->along_x * x + w->along_y * y + w->phase);
        bent_x += swing * w->push_x;
        bent_y += swing * w->push_y;
    }
    return (struct ink_point){scribe->m[0][0] * bent_x + scribe->m[0][1] * bent_y,
                              scribe->m[1][0] * bent_x + scribe->m[1][1] * bent_y};
}

/* Reads one stroke of a skeleton's text. Returns where the next begins, or NULL at the end. */
static const char *read_stroke(const char *text, struct scribe_place place,
                               struct scribe_control *controls, int *count)
{
    char *end;
    for (*count = 0; *text && *text != '|'; (*count)++) {
        long x = strtol(text, &end, 10), y = strtol(end + 1, &end, 10);
        struct scribe_control *c = &controls[*count];
        c->at.x = place.x + place.wide * (float)x;
        c->at.y = place.y + place.high * (float)y;
        c->corner = *end == '!';
        for (text = end + c->corner; *text == ' '; text++)
            ;
    }
    return *text ? text + 1 : NULL;
}

static struct ink_point extend_line(struct ink_point from, struct ink_point to, float reach)
{
    float dx = to.x - from.x, dy = to.y - from.y, length = hypotf(dx, dy);
    reach = length > 0 ? fmaxf(reach, -0.4f * length) / length : 0;
    return (struct ink_point){to.x + dx * reach, to.y + dy * reach};
}

/* Draws the two ends out, or in. */
static void reach_ends(struct scribe_control *c, int count, const struct scribe *scribe,
                       struct rng *rng)
{
    float first = scribe->reach * rng_float(rng), last = scribe->reach * rng_float(rng);
    c[0].at = extend_line(c[1].at, c[0].at, first);
    c[count - 1].at = extend_line(c[count - 2].at, c[count - 1].at, last);
}

static void add_point(struct scribe_drawing *drawing, const struct scribe *scribe,
                      struct ink_point p, float along)
{
    if (drawing->count == SCRIBE_POINTS_MAX)
        return;
    float swing = 0.5f + 0.5f * sinf(scribe->press_phase + scribe->press_along * along);
    drawing->points[drawing->count] = p;
    drawing->pressure[drawing->count] = 1 - scribe->press * swing;
    drawing->count++;
}

/* A cubic from b to c whose slopes at the ends are half of a to c and half of b to d (Catmull and
 * Rom 1974); at a corner the slope is towards the other end. */
static void add_curve(struct scribe_drawing *drawing, const struct scribe *scribe,
                      const struct scribe_control *b, const struct scribe_control *c,
                      struct ink_point a, struct ink_point d, float *along)
{
    float length = hypotf(c->at.x - b->at.x, c->at.y - b->at.y);
    int steps = 1 + (int)(length / path_step);
    float bx = 0.5f * (c->at.x - a.x), by = 0.5f * (c->at.y - a.y);
    float cx = 0.5f * (d.x - b->at.x), cy = 0.5f * (d.y - b->at.y);
    for (int i = 1; i <= steps; i++) {
        float t = (float)i / (float)steps, t2 = t * t, t3 = t2 * t;
        float h0 = 2 * t3 - 3 * t2 + 1, h1 = t3 - 2 * t2 + t, h2 = 3 * t2 - 2 * t3, h3 = t3 - t2;
        struct ink_point p = {h0 * b->at.x + h1 * bx + h2 * c->at.x + h3 * cx,
                              h0 * b->at.y + h1 * by + h2 * c->at.y + h3 * cy};
        *along += length / (float)steps;
        add_point(drawing, scribe, p, *along);
    }
}

static void add_stroke(struct scribe_drawing *drawing, const struct scribe *scribe,
                       const struct scribe_control *c, int count)
{
    float along = 0;
    uint32_t at = drawing->count;
    add_point(drawing, scribe, c[0].at, along);
    for (int i = 0; i + 1 < count; i++) {
        bool from_end = i == 0 || c[i].corner, to_end = i + 2 == count || c[i + 1].corner;
        add_curve(drawing, scribe, &c[i], &c[i + 1], c[from_end ? i : i - 1].at,
                  c[to_end ? i + 1 : i + 2].at, &along);
    }
    uint32_t points = drawing->count - at, tail = points / 4;
    for (uint32_t i = 0; i < tail; i++)
        drawing->pressure[drawing->count - 1 - i] *=
            1 - scribe->tail * (float)(tail - i) / (float)tail;
    drawing->strokes[drawing->stroke_count++] = (struct ink_stroke){at, points};
}

void scribe_line(struct scribe_drawing *drawing, const struct scribe *scribe, struct rng *rng,
                 struct scribe_control *controls, int count)
{
    if (drawing->stroke_count == SCRIBE_STROKES_MAX || drawing->count == SCRIBE_POINTS_MAX)
        return;
    for (int i = 0; i < count; i++)
        controls[i].at = bend_point(scribe, rng, controls[i].at);
    if (count > 1)
        reach_ends(controls, count, scribe, rng);
    add_stroke(drawing, scribe, controls, count);
}

const struct scribe_place scribe_here = {0, 0, 1, 1};

void scribe_write(struct scribe_drawing *drawing, const struct scribe *scribe, struct rng *rng,
                  struct scribe_place place, const char *skeleton)
{
    struct scribe_control controls[SCRIBE_CONTROLS_MAX];
    int count;
    while (skeleton) {
        while (*skeleton == ' ')
            skeleton++;
        skeleton = read_stroke(skeleton, place, controls, &count);
        scribe_line(drawing, scribe, rng, controls, count);
    }
}

void scribe_fit(const struct scribe_drawing *drawing, const struct scribe *scribe, uint8_t *pixels)
{
    struct scribe_drawing *d = (struct scribe_drawing *)drawing; /* struct ink has no const half */
    struct ink ink = {.points = d->points,
                      .point_count = d->count,
                      .strokes = d->strokes,
                      .stroke_count = d->stroke_count};
    struct ink_fit fit;
    ink_fit_with(&ink, (struct fit_pen){scribe->pen, scribe->soft, d->pressure}, &fit);
    memcpy(pixels, fit.pixels, FIT_LEN);
}
