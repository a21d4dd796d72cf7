/* SPDX-License-Identifier: MIT */
#include "data/outliers.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "data/dataset.h"
#include "data/scribe.h"
#include "data/skeletons.h"
#include "ink/fit.h"

static const float pi = 3.14159265f;

/* The streams of digits and of outliers of one seed have nothing to do with each other. */
static const uint64_t streams = 1ull << 62;

/* One drawing in the making. */
struct sheet {
    struct rng rng;
    struct scribe scribe;
    struct scribe_drawing drawing;
    struct scribe_control controls[SCRIBE_CONTROLS_MAX]; /* of the stroke under way */
    int count;
};

static void add_control(struct sheet *s, float x, float y, bool corner)
{
    if (s->count < SCRIBE_CONTROLS_MAX)
        s->controls[s->count++] = (struct scribe_control){{x, y}, corner};
}

static void end_line(struct sheet *s)
{
    if (s->count > 0)
        scribe_line(&s->drawing, &s->scribe, &s->rng, s->controls, s->count);
    s->count = 0;
}

static void add_line(struct sheet *s, float x0, float y0, float x1, float y1)
{
    add_control(s, x0, y0, true);
    add_control(s, x1, y1, true);
    end_line(s);
}

/* A whole number from lo to hi. */
static int draw_whole(struct sheet *s, int lo, int hi)
{
    return lo + (int)rng_below(&s->rng, (uint32_t)(hi - lo + 1));
}

static bool draw_chance(struct sheet *s, float chance)
{
    return rng_float(&s->rng) < chance;
}

static float draw_range(struct sheet *s, float lo, float hi)
{
    return rng_range(&s->rng, lo, hi);
}

/* Any direction: a scribble has no way up. */
static void turn_anyhow(struct sheet *s)
{
    float angle = draw_range(s, 0, 2 * pi), c = cosf(angle), d = sinf(angle);
    for (int i = 0; i < 2; i++) {
        float a = s->scribe.m[0][i], b = s->scribe.m[1][i];
        s->scribe.m[0][i] = c * a - d * b;
        s->scribe.m[1][i] = d * a + c * b;
    }
}

/* ---- letters and signs --------------------------------------------------------------------- */

/* A pen that leaves letters and small digits open. */
static void take_fine_pen(struct sheet *s)
{
    s->scribe.pen = fminf(s->scribe.pen, 4);
}

static void write_one_of(struct sheet *s, const char *const *list)
{
    uint32_t count = 0;
    while (list[count])
        count++;
    take_fine_pen(s);
    scribe_write(&s->drawing, &s->scribe, &s->rng, scribe_here, list[rng_below(&s->rng, count)]);
}

static void draw_letter(struct sheet *s)
{
    write_one_of(s, letter_skeletons);
}

static void draw_letter_apart(struct sheet *s)
{
    write_one_of(s, letter_skeletons_apart);
}

static void draw_sign(struct sheet *s)
{
    write_one_of(s, sign_skeletons);
}

static void draw_sign_apart(struct sheet *s)
{
    write_one_of(s, sign_skeletons_apart);
}

/* ---- scribbles ----------------------------------------------------------------------------- */

/* A walk that is pulled back to the middle; from smooth meandering to nervous jumps. */
static void draw_walk(struct sheet *s)
{
    turn_anyhow(s);
    float step = draw_range(s, 15, 60), sway = draw_range(s, 0.4f, 2.2f);
    bool corners = draw_chance(s, 0.3f);
    for (int lines = draw_whole(s, 1, 3); lines > 0; lines--) {
        float x = draw_range(s, 10, 90), y = draw_range(s, 10, 90), way = draw_range(s, 0, 2 * pi);
        for (int i = draw_whole(s, 12, 40); i > 0; i--) {
            add_control(s, x, y, corners);
            way += sway * rng_normal(&s->rng);
            x += step * cosf(way) - 0.15f * (x - 50);
            y += step * sinf(way) - 0.15f * (y - 50);
        }
        end_line(s);
    }
}

/* At least five legs: three make a Z or an N, four a W. */
static void draw_zigzag(struct sheet *s)
{
    turn_anyhow(s);
    int legs = draw_whole(s, 5, 16);
    float high = draw_range(s, 30, 100), uneven = draw_range(s, 0, 12);
    bool sharp = draw_chance(s, 0.7f);
    for (int i = 0; i <= legs; i++) {
        float x = 100 * (float)i / (float)legs + uneven * rng_normal(&s->rng);
        add_control(s, x, 50 + (i % 2 ? high : -high) / 2 + uneven * rng_normal(&s->rng), sharp);
    }
    end_line(s);
}

/* Outwards by at least two turns and a half: fewer are a 6, a 9 or a 0 with a tail. */
static void draw_spiral(struct sheet *s)
{
    enum { TURN = 10 };
    float start = draw_range(s, 0, 2 * pi), way = draw_chance(s, 0.5f) ? 1.0f : -1.0f;
    float wide = draw_range(s, 0.6f, 1.4f);
    int count = (int)(TURN * draw_range(s, 2.5f, 5.5f));
    for (int i = 0; i < count; i++) {
        float r = 50 * (float)(i + 1) / (float)count;
        float angle = start + way * 2 * pi * (float)i / TURN;
        add_control(s, 50 + wide * r * cosf(angle), 50 + r * sinf(angle), false);
    }
    end_line(s);
}

/* Loops like an e's along a line, at least four. */
static void draw_loops(struct sheet *s)
{
    enum { TURN = 7 };
    float high = draw_range(s, 15, 50), forth = draw_range(s, 14, 40);
    int count = TURN * draw_whole(s, 4, 8);
    for (int i = 0; i < count; i++) {
        float angle = 2 * pi * (float)i / TURN;
        add_control(s, forth * (float)i / TURN + 0.6f * high * cosf(angle), high * sinf(angle),
                    false);
    }
    end_line(s);
}

/* Round and round about a centre that wanders. */
static void draw_tangle(struct sheet *s)
{
    float x = 50, y = 50, way = draw_chance(s, 0.5f) ? 1.0f : -1.0f;
    float drift = draw_range(s, 3, 14), angle = 0;
    for (int i = draw_whole(s, 26, 60); i > 0; i--) {
        float r = draw_range(s, 12, 50);
        angle += way * draw_range(s, 0.5f, 1.2f);
        x += drift * rng_normal(&s->rng);
        y += drift * rng_normal(&s->rng);
        add_control(s, x + r * cosf(angle), y + r * sinf(angle), false);
    }
    end_line(s);
}

static void draw_coil(struct sheet *s)
{
    static void (*const ways[])(struct sheet *) = {draw_spiral, draw_loops, draw_tangle};
    turn_anyhow(s);
    ways[draw_whole(s, 0, 2)](s);
}

/* Parallel strokes, some with a second set across them, or one line to and fro that fills. */
static void draw_hatching(struct sheet *s)
{
    turn_anyhow(s);
    int count = draw_whole(s, 4, 11);
    bool across = draw_chance(s, 0.35f), to_and_fro = draw_chance(s, 0.4f);
    float uneven = draw_range(s, 0, 12), wide = draw_range(s, 50, 130);
    for (int i = 0; i < count; i++) {
        float y = 100 * (float)i / (float)(count - 1);
        float x0 = uneven * rng_normal(&s->rng), x1 = wide + uneven * rng_normal(&s->rng);
        add_control(s, i % 2 ? x1 : x0, y, true);
        add_control(s, i % 2 ? x0 : x1, y + uneven / 3, true);
        if (!to_and_fro)
            end_line(s);
    }
    end_line(s);
    for (int i = 0; across && i < count; i++) {
        float x = wide * (float)i / (float)(count - 1);
        add_line(s, x, uneven * rng_normal(&s->rng), x, 100 + uneven * rng_normal(&s->rng));
    }
}

/* ---- blobs and lines ----------------------------------------------------------------------- */

/* Round and round inside an outline that is no circle, by a broad pen. */
static void draw_blot(struct sheet *s)
{
    enum { TURN = 8 };
    float bulge = draw_range(s, 0, 0.35f), phase = draw_range(s, 0, 2 * pi);
    int lobes = draw_whole(s, 1, 4), turns = draw_whole(s, 2, 6);
    turn_anyhow(s);
    s->scribe.pen = draw_range(s, 4, 11);
    for (int i = 0; i <= turns * TURN; i++) {
        float angle = 2 * pi * (float)i / TURN, part = (float)i / (float)(turns * TURN);
        float r = 50 * part * (1 + bulge * sinf((float)lobes * angle + phase));
        add_control(s, 50 + r * cosf(angle), 50 + r * sinf(angle), false);
    }
    end_line(s);
}

static void draw_dots(struct sheet *s)
{
    s->scribe.pen = draw_range(s, 2, 7);
    for (int i = draw_whole(s, 2, 9); i > 0; i--) {
        add_control(s, draw_range(s, 0, 100), draw_range(s, 0, 100), false);
        end_line(s);
    }
}

/* A broad mark to and fro, which lies: one that stands could be a 1. */
static void draw_smear(struct sheet *s)
{
    s->scribe.pen = draw_range(s, 8, 12);
    for (int i = draw_whole(s, 3, 6); i > 0; i--)
        add_control(s, draw_range(s, 0, 100), draw_range(s, 30, 70), false);
    end_line(s);
}

static void draw_blob(struct sheet *s)
{
    static void (*const ways[])(struct sheet *) = {draw_blot, draw_blot, draw_dots, draw_smear};
    ways[draw_whole(s, 0, 3)](s);
}

/* Lying, or leaning so far that it is no 1. */
static void draw_lying_line(struct sheet *s)
{
    float rise = draw_range(s, -35, 35);
    add_line(s, 0, 50 - rise, 100, 50 + rise);
}

static void draw_parallels(struct sheet *s)
{
    int count = draw_whole(s, 2, 4);
    float gap = draw_range(s, 25, 60);
    bool upright = draw_chance(s, 0.5f);
    for (int i = 0; i < count; i++) {
        float at = gap * (float)i;
        if (upright)
            add_line(s, at, 0, at, 100);
        else
            add_line(s, 0, at, 100, at);
    }
}

static void draw_cross(struct sheet *s)
{
    float lean = draw_chance(s, 0.5f) ? 0 : 50, x = draw_range(s, 35, 65),
          y = draw_range(s, 35, 65);
    add_line(s, x - lean, 0, 100 - x + lean, 100);
    add_line(s, 0, y + lean, 100, 100 - y - lean);
}

static void draw_grid(struct sheet *s)
{
    int across = draw_whole(s, 2, 4), down = draw_whole(s, 2, 4);
    for (int i = 0; i < across; i++)
        add_line(s, 0, 100 * (i + 0.5f) / (float)across, 100, 100 * (i + 0.5f) / (float)across);
    for (int i = 0; i < down; i++)
        add_line(s, 100 * (i + 0.5f) / (float)down, 0, 100 * (i + 0.5f) / (float)down, 100);
}

static void draw_sticks(struct sheet *s)
{
    for (int i = draw_whole(s, 4, 8); i > 0; i--) {
        float x = draw_range(s, 0, 100), y = draw_range(s, 0, 100);
        float angle = draw_range(s, 0, 2 * pi), length = draw_range(s, 25, 60);
        add_line(s, x, y, x + length * cosf(angle), y + length * sinf(angle));
    }
}

static void draw_lines(struct sheet *s)
{
    static void (*const ways[])(struct sheet *) = {draw_lying_line, draw_parallels, draw_cross,
                                                   draw_grid, draw_sticks};
    ways[draw_whole(s, 0, 4)](s);
}

/* ---- several digits ------------------------------------------------------------------------ */

static void draw_digit(struct sheet *s, int digit, float x, float y, float size)
{
    float wide = size * draw_range(s, 0.85f, 1.15f), high = size * draw_range(s, 0.85f, 1.15f);
    scribe_write(&s->drawing, &s->scribe, &s->rng, (struct scribe_place){x, y, wide, high},
                 skeleton_choose(digit, &s->rng));
}

static void draw_row(struct sheet *s)
{
    bool below = draw_chance(s, 0.15f);
    float gap = draw_range(s, 85, 135);
    int count = draw_whole(s, 2, 4);
    take_fine_pen(s);
    for (int i = 0; i < count; i++) {
        float along = gap * (float)i, off = 6 * rng_normal(&s->rng);
        draw_digit(s, draw_whole(s, 0, 9), below ? off : along, below ? along : off,
                   draw_range(s, 0.8f, 1.1f));
    }
}

/* Two that differ, neither a 1, which would only be a stroke of the other, and well apart: an 8 on
 * a 3 is an 8. */
static void draw_pile(struct sheet *s)
{
    static const int digits[] = {0, 2, 3, 4, 5, 6, 7, 8, 9};
    int first = draw_whole(s, 0, 8), second = (first + draw_whole(s, 1, 8)) % 9;
    float angle = draw_range(s, 0, 2 * pi), off = draw_range(s, 25, 60);
    take_fine_pen(s);
    draw_digit(s, digits[first], 0, 0, 1);
    draw_digit(s, digits[second], off * cosf(angle), off * sinf(angle), draw_range(s, 0.75f, 1.2f));
    if (draw_chance(s, 0.25f))
        draw_digit(s, digits[draw_whole(s, 0, 8)], -off * cosf(angle), off * sinf(angle), 1);
}

/* ---- any of them --------------------------------------------------------------------------- */

static const struct {
    enum outlier_kind kind;
    int weight;
    void (*draw)(struct sheet *s);
} kinds_table[] = {
    {OUTLIER_LETTERS, 8, draw_letter}, {OUTLIER_LETTERS_APART, 6, draw_letter_apart},
    {OUTLIER_WALKS, 3, draw_walk},     {OUTLIER_ZIGZAGS, 1, draw_zigzag},
    {OUTLIER_COILS, 2, draw_coil},     {OUTLIER_HATCHINGS, 1, draw_hatching},
    {OUTLIER_BLOBS, 2, draw_blob},     {OUTLIER_LINES, 2, draw_lines},
    {OUTLIER_ROWS, 2, draw_row},       {OUTLIER_PILES, 2, draw_pile},
    {OUTLIER_SIGNS, 4, draw_sign},     {OUTLIER_SIGNS_APART, 4, draw_sign_apart},
};

enum { KINDS = sizeof kinds_table / sizeof *kinds_table };

static int choose_kind(unsigned kinds, struct rng *rng)
{
    int total = 0;
    for (int i = 0; i < KINDS; i++)
        total += kinds & kinds_table[i].kind ? kinds_table[i].weight : 0;
    assert(total > 0);
    int left = (int)rng_below(rng, (uint32_t)total), i = 0;
    for (;; i++) {
        int weight = kinds & kinds_table[i].kind ? kinds_table[i].weight : 0;
        if (left < weight)
            return i;
        left -= weight;
    }
}

enum outlier_kind outlier_draw(uint64_t seed, uint64_t index, unsigned kinds, uint8_t *pixels)
{
    struct sheet sheet = {.rng = rng_new(seed, streams + index)};
    int kind = choose_kind(kinds, &sheet.rng);
    sheet.scribe = scribe_new(&sheet.rng);
    kinds_table[kind].draw(&sheet);
    scribe_fit(&sheet.drawing, &sheet.scribe, pixels);
    return kinds_table[kind].kind;
}

struct dataset *outliers_new(uint64_t seed, unsigned kinds, uint32_t count, struct err *err)
{
    struct dataset *set = dataset_new("no digits", count, err);
    if (!set)
        return NULL;
    set->synthetic = true;
    memset(set->labels, 0, count);
    for (uint32_t i = 0; i < count; i++)
        outlier_draw(seed, i, kinds, set->pixels + (size_t)i * FIT_LEN);
    return set;
}
