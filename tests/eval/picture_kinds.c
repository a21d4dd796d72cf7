/* SPDX-License-Identifier: MIT */
#include "picture_kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static float between(struct rng *rng, float lo, float hi)
{
    return rng_range(rng, lo, hi);
}

static bool one_in(struct rng *rng, uint32_t n)
{
    return rng_below(rng, n) == 0;
}

/* What a kind makes: a scene, and what happens to it on the way to a file. */
struct making {
    struct scene s;
    struct scene_digit digit, other;
    struct rng *rng;
    float blur, noise, slant, desk;
    float light_x, light_y;                     /* how the light falls off across the page */
    float dark, dark_at, dark_angle, dark_soft; /* a shadow's edge; `dark` 1 is none */
    float strength;                             /* contrast at the end is multiplied by this */
    bool may_invert;
    struct scene_box at; /* where the digit stands */
};

/* A page of usual size and a place for the digit that takes `least` to `most` of its shorter side.
 */
static void begin_page(struct making *m, float least, float most)
{
    int shorter = 120 + (int)rng_below(m->rng, 480);
    int longer = (int)((float)shorter * between(m->rng, 1, 1.4f));
    bool lies = one_in(m->rng, 2);
    float paper = between(m->rng, 200, 255);
    m->s = scene_new(m->rng, lies ? shorter : longer, lies ? longer : shorter, paper);
    float side = (float)shorter * between(m->rng, least, most), margin = 0.08f * (float)shorter;
    m->at =
        (struct scene_box){between(m->rng, margin, (float)m->s.cols - side - margin),
                           between(m->rng, margin, (float)m->s.rows - side - margin), side, side};
}

static float shorter_side(const struct making *m)
{
    return (float)(m->s.rows < m->s.cols ? m->s.rows : m->s.cols);
}

static struct scene_box grow(struct scene_box at, float by)
{
    return (struct scene_box){at.x - by, at.y - by, at.wide + 2 * by, at.high + 2 * by};
}

static void make_clean(struct making *m)
{
    begin_page(m, 0.3f, 0.75f);
    m->may_invert = true;
}

/* Bands along one to three edges, of uneven width. */
static void make_scanner(struct making *m)
{
    begin_page(m, 0.25f, 0.6f);
    float cols = (float)m->s.cols, rows = (float)m->s.rows;
    m->s.mark_shade = between(m->rng, 0, 60);
    uint32_t edges = one_in(m->rng, 2) ? 1u << rng_below(m->rng, 4) : 1 + rng_below(m->rng, 14);
    for (int i = 0; i < 4; i++) {
        if (!(edges >> i & 1))
            continue;
        float wide = shorter_side(m) * between(m->rng, 0.01f, 0.07f), ends[2];
        for (int k = 0; k < 2; k++)
            ends[k] = fmaxf(wide * between(m->rng, 0.6f, 1.4f) - 40, -39);
        bool upright = i < 2, far = i & 1;
        float a = far ? (upright ? cols : rows) - ends[0] : ends[0];
        float b = far ? (upright ? cols : rows) - ends[1] : ends[1];
        if (upright)
            scene_line(&m->s, a, -20, b, rows + 20, 80);
        else
            scene_line(&m->s, -20, a, cols + 20, b, 80);
    }
}

static void make_frame(struct making *m)
{
    begin_page(m, 0.25f, 0.55f);
    float side = shorter_side(m), wide = fmaxf(1, side * between(m->rng, 0.004f, 0.03f));
    float gap = between(m->rng, 0, 0.06f) * side;
    struct scene_box page = {0, 0, (float)m->s.cols, (float)m->s.rows};
    float round = one_in(m->rng, 3) ? between(m->rng, 0.02f, 0.1f) * side : 0;
    m->s.mark_shade = one_in(m->rng, 3) ? between(m->rng, 60, 140) : between(m->rng, 0, 60);
    scene_rectangle(&m->s, grow(page, -gap - 0.5f * wide), wide, round);
    if (one_in(m->rng, 4))
        scene_rectangle(&m->s, grow(page, -gap - 3 * wide - 2), wide, round);
    m->may_invert = true;
}

/* A form: the digit's box, perhaps its empty neighbours, perhaps a caption. */
static void make_box(struct making *m)
{
    begin_page(m, 0.2f, 0.4f);
    float side = m->at.wide, wide = fmaxf(1, side * between(m->rng, 0.01f, 0.04f));
    struct scene_box box = grow(m->at, side * between(m->rng, 0.08f, 0.35f));
    float round = one_in(m->rng, 3) ? between(m->rng, 0.05f, 0.2f) * side : 0;
    m->s.mark_shade = between(m->rng, 0, 140);
    scene_rectangle(&m->s, box, wide, round);
    if (one_in(m->rng, 3)) {
        struct scene_box next = box;
        next.x += box.wide + (one_in(m->rng, 2) ? 0 : 0.1f * side);
        scene_rectangle(&m->s, next, wide, round);
    }
    if (one_in(m->rng, 3))
        scene_text(&m->s, (struct scene_box){box.x, box.y - 0.25f * side, box.wide, 0.12f * side});
    m->may_invert = true;
}

/* A plot of the 28x28 pixels with axes, ticks and numbers, in one of several maps of colours. */
static void make_axes(struct making *m)
{
    static const float grounds[] = {0, 255, 30, 80}, inks[] = {255, 0, 225, 230};
    begin_page(m, 0.6f, 0.7f);
    struct scene *s = &m->s;
    float side = m->at.wide, margin = 0.15f * shorter_side(m);
    m->at = (struct scene_box){margin, 0.5f * ((float)s->rows - side), side, side};
    uint32_t map = rng_below(m->rng, 4);
    for (int i = 0; i < s->rows * s->cols; i++)
        s->ground[i] = 255;
    s->ink_shade = inks[map];
    s->mark_shade = 0;
    if (m->digit.pixels)
        scene_draw_cells(s, m->digit.pixels, m->at, grounds[map]);
    else
        scene_card(s, m->at, 0, grounds[map]);
    float wide = fmaxf(1, side * between(m->rng, 0.002f, 0.008f)), tick = side * 0.02f + 2;
    scene_rectangle(s, m->at, wide, 0);
    for (int i = 0; i < 6; i++) {
        float x = m->at.x + side * (0.02f + 0.18f * (float)i);
        float y = m->at.y + side * (0.02f + 0.18f * (float)i), bottom = m->at.y + side;
        scene_line(s, x, bottom, x, bottom + tick, wide);
        scene_line(s, m->at.x - tick, y, m->at.x, y, wide);
        scene_text(s,
                   (struct scene_box){x - tick, bottom + 1.5f * tick, 0.05f * side, 0.04f * side});
        scene_text(s, (struct scene_box){m->at.x - 0.09f * side, y, 0.05f * side, 0.04f * side});
    }
    if (one_in(m->rng, 3))
        scene_text(s, (struct scene_box){m->at.x + 0.3f * side, m->at.y - 0.1f * side, 0.4f * side,
                                         0.06f * side});
    m->at = grow(m->at, -0.14f * side);
}

static void make_rule(struct making *m)
{
    begin_page(m, 0.25f, 0.5f);
    float cols = (float)m->s.cols,
          wide = fmaxf(1, shorter_side(m) * between(m->rng, 0.004f, 0.02f));
    float y = m->at.y + m->at.high * between(m->rng, 1.06f, 1.2f) + wide;
    float part = between(m->rng, 0.5f, 1), x = m->at.x + 0.5f * m->at.wide;
    float lean = between(m->rng, -0.01f, 0.01f) * cols;
    m->s.mark_shade = between(m->rng, 0, 120);
    scene_line(&m->s, fmaxf(x - part * cols, -10), y - lean, fminf(x + part * cols, cols + 10),
               y + lean, wide);
    if (one_in(m->rng, 3))
        scene_line(&m->s, 0, m->at.y - 0.15f * m->at.high - wide, cols,
                   m->at.y - 0.15f * m->at.high - wide, wide);
    m->may_invert = true;
}

/* Lines all over the page, at a slight angle, `step` apart. */
static void draw_lines(struct making *m, float step, float wide, float angle, bool upright)
{
    float cols = (float)m->s.cols, rows = (float)m->s.rows, along = upright ? rows : cols;
    float across = upright ? cols : rows, lean = tanf(angle) * along;
    for (float at = between(m->rng, 0, step) - fabsf(lean); at < across + fabsf(lean); at += step) {
        if (upright)
            scene_line(&m->s, at, -5, at - lean, rows + 5, wide);
        else
            scene_line(&m->s, -5, at, cols + 5, at + lean, wide);
    }
}

static void make_ruled(struct making *m, bool squared)
{
    begin_page(m, 0.22f, 0.4f);
    float side = m->at.high,
          step = side * (squared ? between(m->rng, 0.22f, 0.7f) : between(m->rng, 0.5f, 1.3f));
    float wide = fmaxf(1, side * between(m->rng, 0.008f, 0.025f));
    float angle = one_in(m->rng, 2) ? 0 : between(m->rng, -0.04f, 0.04f);
    m->s.mark_shade = one_in(m->rng, 5) ? between(m->rng, 70, 120) : between(m->rng, 120, 200);
    draw_lines(m, step, wide, angle, false);
    if (squared)
        draw_lines(m, step, wide, angle, true);
    else if (one_in(m->rng, 3))
        scene_line(&m->s, 0.12f * (float)m->s.cols, 0, 0.12f * (float)m->s.cols, (float)m->s.rows,
                   wide);
    m->noise = one_in(m->rng, 2) ? between(m->rng, 0, 4) : 0;
}

static void make_lined(struct making *m)
{
    make_ruled(m, false);
}

static void make_squared(struct making *m)
{
    make_ruled(m, true);
}

/* A desk with a grain, and on it the page, turned a little. */
static void make_slip(struct making *m)
{
    begin_page(m, 0.2f, 0.4f);
    struct scene *s = &m->s;
    float side = m->at.wide, desk = between(m->rng, 15, 120), grain = between(m->rng, 0, 12);
    float along = between(m->rng, 0.05f, 0.3f), phase = between(m->rng, 0, 6);
    m->at.x = between(m->rng, 0.6f * side, (float)s->cols - 1.6f * side);
    m->at.y = between(m->rng, 0.6f * side, (float)s->rows - 1.6f * side);
    for (int i = 0; i < s->rows * s->cols; i++)
        s->ground[i] = desk + grain * sinf(along * (float)(i / s->cols) + phase +
                                           0.01f * (float)(i % s->cols));
    struct scene_box card = grow(m->at, 0.2f * side);
    card.x -= between(m->rng, 0, 0.4f) * side;
    card.wide += between(m->rng, 0.2f, 0.6f) * side;
    card.y -= between(m->rng, 0, 0.2f) * side;
    card.high += between(m->rng, 0.1f, 0.3f) * side;
    scene_card(s, card, between(m->rng, -0.12f, 0.12f), between(m->rng, 190, 250));
    m->noise = between(m->rng, 0, 5);
    m->blur = one_in(m->rng, 2) ? 1 : 0;
}

static void make_faint(struct making *m)
{
    begin_page(m, 0.3f, 0.7f);
    float contrast = between(m->rng, 3, 22), paper = m->s.ground[0];
    m->strength = contrast / (paper - m->s.ink_shade);
    m->noise = one_in(m->rng, 2) ? 0 : contrast * between(m->rng, 0.02f, 0.1f);
    m->may_invert = true;
}

static void make_tiny(struct making *m, int side, float margin)
{
    m->s = scene_new(m->rng, 8 * side, 8 * side, 0);
    m->s.ink_shade = 255;
    m->at = grow((struct scene_box){0, 0, 8 * (float)side, 8 * (float)side}, -8 * margin);
}

static void make_eight(struct making *m)
{
    make_tiny(m, 8, 0);
}

static void make_zero_one(struct making *m)
{
    make_tiny(m, 28, 4);
}

static void make_shadow(struct making *m)
{
    begin_page(m, 0.3f, 0.6f);
    m->dark = between(m->rng, 0.45f, 0.75f);
    m->dark_angle = between(m->rng, 0, 6.28f);
    m->dark_at = between(m->rng, -0.3f, 0.3f);
    m->dark_soft = between(m->rng, 0.02f, 0.15f);
    m->noise = between(m->rng, 0, 4);
}

static void make_light(struct making *m)
{
    begin_page(m, 0.25f, 0.6f);
    m->light_x = between(m->rng, -0.5f, 0.5f);
    m->light_y = between(m->rng, -0.5f, 0.5f);
    m->noise = between(m->rng, 0, 5);
    m->blur = one_in(m->rng, 2) ? 1 : 0;
}

static void make_aslant(struct making *m)
{
    begin_page(m, 0.25f, 0.45f);
    struct scene_box page = {0, 0, (float)m->s.cols, (float)m->s.rows};
    m->at.x = 0.5f * (page.wide - m->at.wide);
    m->at.y = 0.5f * (page.high - m->at.high);
    m->slant = 0.12f;
    m->desk = between(m->rng, 10, 110);
    m->noise = between(m->rng, 0, 4);
}

static void make_blur(struct making *m)
{
    begin_page(m, 0.25f, 0.6f);
    m->blur = m->at.wide * between(m->rng, 0.01f, 0.035f);
    m->may_invert = true;
}

static void make_noise(struct making *m)
{
    begin_page(m, 0.35f, 0.7f);
    m->noise = between(m->rng, 8, 25);
    m->may_invert = true;
}

/* Coloured paper and ink of little difference in light. */
static void make_coloured(struct making *m)
{
    begin_page(m, 0.25f, 0.6f);
    float paper = between(m->rng, 110, 190);
    m->strength = 0.35f;
    for (int i = 0; i < m->s.rows * m->s.cols; i++)
        m->s.ground[i] = paper;
    m->s.ink_shade = one_in(m->rng, 3) ? 255 : paper - between(m->rng, 60, 100);
    m->noise = between(m->rng, 0, 3);
}

/* A board: light lines on a dark, smeared ground. */
static void make_chalk(struct making *m)
{
    begin_page(m, 0.3f, 0.6f);
    struct scene *s = &m->s;
    float board = between(m->rng, 30, 80);
    for (int i = 0; i < s->rows * s->cols; i++)
        s->ground[i] =
            board + 8 * sinf(0.02f * (float)(i % s->cols) + 0.03f * (float)(i / s->cols));
    s->ink_shade = between(m->rng, 170, 250);
    m->noise = between(m->rng, 4, 12);
}

static void make_dust(struct making *m)
{
    begin_page(m, 0.3f, 0.6f);
    for (int i = 0; i < 25; i++) {
        float x = between(m->rng, 0, (float)m->s.cols), y = between(m->rng, 0, (float)m->s.rows);
        scene_line(&m->s, x, y, x + 1, y + 1, between(m->rng, 0.005f, 0.02f) * shorter_side(m));
    }
    for (int i = 0; i < 2 && one_in(m->rng, 2); i++) { /* punched */
        float x = 0.04f * (float)m->s.cols, y = (0.3f + 0.4f * (float)i) * (float)m->s.rows;
        scene_line(&m->s, x, y, x, y + 0.1f, 0.05f * shorter_side(m));
    }
}

/* The digit runs over the line of its box, or over the rule that it should stand on. */
static void make_crossed(struct making *m)
{
    begin_page(m, 0.25f, 0.4f);
    float side = m->at.wide, wide = fmaxf(1, side * between(m->rng, 0.01f, 0.03f));
    struct scene_box box = grow(m->at, side * between(m->rng, -0.04f, 0.03f));
    box.x -= 0.3f * side;
    box.wide += 0.6f * side;
    m->s.mark_shade = between(m->rng, 0, 140);
    if (one_in(m->rng, 2))
        scene_rectangle(&m->s, box, wide, 0);
    else
        scene_line(&m->s, 0, box.y + box.high, (float)m->s.cols, box.y + box.high, wide);
}

static void make_two(struct making *m)
{
    begin_page(m, 0.25f, 0.4f);
    float side = m->at.wide;
    m->at.x = between(m->rng, 0.03f, 0.08f) * side;
    struct scene_box next = m->at;
    next.x += side * between(m->rng, 1.1f, 1.4f);
    next.y += side * between(m->rng, -0.1f, 0.1f);
    scene_draw(&m->s, m->other, next);
}

/* No digit at all: ruled paper, a slip, a shadow. */
static void make_none(struct making *m)
{
    static void (*const grounds[])(struct making *) = {make_lined,  make_squared, make_slip,
                                                       make_shadow, make_light,   make_scanner,
                                                       make_frame,  make_aslant};
    grounds[rng_below(m->rng, 8)](m);
    m->digit = (struct scene_digit){0};
}

static const struct {
    const char *name;
    double aim;
    void (*make)(struct making *);
} kinds[KINDS] = {
    [KIND_CLEAN] = {"even paper", 0.98, make_clean},
    [KIND_SCANNER] = {"a scanner's dark edge", 0.97, make_scanner},
    [KIND_FRAME] = {"a frame", 0.95, make_frame},
    [KIND_BOX] = {"a form's box", 0.95, make_box},
    [KIND_AXES] = {"a plot with axes", 0.95, make_axes},
    [KIND_RULE] = {"a rule below", 0.95, make_rule},
    [KIND_LINED] = {"lined paper", 0.90, make_lined},
    [KIND_SQUARED] = {"squared paper", 0.90, make_squared},
    [KIND_SLIP] = {"a slip on a dark desk", 0.95, make_slip},
    [KIND_FAINT] = {"faint, 3 to 22 grey levels", 0.95, make_faint},
    [KIND_EIGHT] = {"8x8 pixels of 16 levels", 0, make_eight},
    [KIND_ZERO_ONE] = {"values 0 and 1", 0.95, make_zero_one},
    [KIND_SHADOW] = {"a shadow across", 0.95, make_shadow},
    [KIND_LIGHT] = {"uneven light", 0.95, make_light},
    [KIND_ASLANT] = {"aslant on a desk", 0.90, make_aslant},
    [KIND_BLUR] = {"blurred", 0.95, make_blur},
    [KIND_NOISE] = {"noise", 0.90, make_noise},
    [KIND_COLOURED] = {"coloured paper and ink", 0.95, make_coloured},
    [KIND_CHALK] = {"chalk on a board", 0.95, make_chalk},
    [KIND_DUST] = {"dust and holes", 0.95, make_dust},
    [KIND_CROSSED] = {"the digit runs over a line", 0, make_crossed},
    [KIND_TWO] = {"two digits", 0, make_two},
    [KIND_NONE] = {"no digit", 0, make_none},
};

const char *kind_name(enum kind kind)
{
    return kinds[kind].name;
}

double kind_aim(enum kind kind)
{
    return kinds[kind].aim;
}

/* ---- from the scene to bytes ----------------------------------------------------------------- */

static float light_at(const struct making *m, float x, float y)
{
    float light = 1 - fabsf(m->light_x) * (m->light_x > 0 ? x : 1 - x) -
                  fabsf(m->light_y) * (m->light_y > 0 ? y : 1 - y);
    float far = cosf(m->dark_angle) * (x - 0.5f) + sinf(m->dark_angle) * (y - 0.5f) - m->dark_at;
    float in = m->dark < 1 ? 0.5f + far / m->dark_soft : 0;
    in = in < 0 ? 0 : in > 1 ? 1 : in;
    return fmaxf(light, 0.25f) * (1 - in * (1 - m->dark));
}

static void finish(struct making *m, float *grey)
{
    int rows = m->s.rows, cols = m->s.cols;
    float ground = m->s.ground[0];
    bool invert = m->may_invert && one_in(m->rng, 2);
    for (int i = 0; i < rows * cols; i++) {
        float light = light_at(m, ((float)(i % cols) + 0.5f) / (float)cols,
                               ((float)(i / cols) + 0.5f) / (float)rows);
        grey[i] = (ground + (grey[i] - ground) * m->strength) * light;
        grey[i] = invert ? 255 - grey[i] : grey[i];
    }
    if (m->slant > 0)
        scene_slant(grey, rows, cols, m->slant, m->desk, m->rng);
    scene_blur(grey, rows, cols, m->blur);
    if (m->noise > 0)
        scene_noise(grey, rows, cols, m->noise, m->rng);
}

static struct kind_picture to_bytes(const float *grey, int rows, int cols)
{
    struct kind_picture picture = {rows, cols, malloc((size_t)rows * (size_t)cols)};
    if (!picture.grey)
        abort();
    for (int i = 0; i < rows * cols; i++)
        picture.grey[i] = (uint8_t)(fminf(fmaxf(grey[i], 0), 255) + 0.5f);
    return picture;
}

/* Blocks of 8x8 averaged, and of `levels` steps. */
static struct kind_picture shrink(const float *grey, int side, float levels)
{
    float small[28 * 28];
    for (int i = 0; i < side * side; i++) {
        float sum = 0;
        for (int k = 0; k < 64; k++)
            sum += grey[(i / side * 8 + k / 8) * 8 * side + i % side * 8 + k % 8];
        small[i] = floorf(sum / 64 / 255 * levels + 0.5f);
    }
    return to_bytes(small, side, side);
}

struct kind_picture kind_make(enum kind kind, struct scene_digit digit, struct scene_digit other,
                              struct rng *rng)
{
    struct making m = {.rng = rng, .digit = digit, .other = other, .strength = 1, .dark = 1};
    kinds[kind].make(&m);
    if ((m.digit.pixels || m.digit.ink) && !(kind == KIND_AXES && m.digit.pixels))
        scene_draw(&m.s, m.digit, m.at);
    float *grey = scene_join(&m.s);
    struct kind_picture picture;
    if (kind == KIND_EIGHT) {
        picture = shrink(grey, 8, 16);
    } else if (kind == KIND_ZERO_ONE) {
        picture = shrink(grey, 28, 1);
    } else {
        finish(&m, grey);
        picture = to_bytes(grey, m.s.rows, m.s.cols);
    }
    free(grey);
    scene_free(&m.s);
    return picture;
}
