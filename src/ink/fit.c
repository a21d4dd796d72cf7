/* SPDX-License-Identifier: MIT */
#include "ink/fit.h"

#include <math.h>
#include <string.h>

#include "ink/plane.h"

const struct fit_pen fit_pen_usual = {2.5f, 1.2f, NULL};

/* The side of the square that is pasted: 20, or 28 where that step is left out. */
static int choose_side(unsigned steps)
{
    return steps & FIT_TWENTY ? FIT_BOX : FIT_SIZE;
}

static float find_brightest(const float *box, int side)
{
    float most = 0;
    for (int i = 0; i < side * side; i++)
        most = fmaxf(most, box[i]);
    return most;
}

/* Grey of any scale to bytes, the brightest 255. False where all is paper. */
static bool scale_bytes(const float *box, int side, uint8_t *bytes)
{
    float brightest = find_brightest(box, side);
    if (!(brightest > 0))
        return false;
    float scale = 255 / brightest;
    for (int i = 0; i < side * side; i++)
        bytes[i] = (uint8_t)(box[i] * scale + 0.5f);
    return true;
}

/* The centre of mass, with the centre of pixel (0, 0) at 0.5. */
static void find_mass(const uint8_t *bytes, int side, float *x, float *y)
{
    uint32_t sum = 0, sum_x = 0, sum_y = 0;
    for (uint32_t row = 0; row < (uint32_t)side; row++) {
        for (uint32_t col = 0; col < (uint32_t)side; col++) {
            uint32_t value = *bytes++;
            sum += value;
            sum_x += value * col;
            sum_y += value * row;
        }
    }
    *x = (float)sum_x / (float)sum + 0.5f;
    *y = (float)sum_y / (float)sum + 0.5f;
}

static void paste_box(const uint8_t *bytes, int side, int left, int top, uint8_t *pixels)
{
    memset(pixels, 0, FIT_LEN);
    for (int row = 0; row < side; row++) {
        for (int col = 0; col < side; col++) {
            int x = left + col, y = top + row;
            if (x >= 0 && x < FIT_SIZE && y >= 0 && y < FIT_SIZE)
                pixels[y * FIT_SIZE + x] = bytes[row * side + col];
        }
    }
}

/* From the 20x20 to the 28x28. On entry fit's scales, x0 and y0 lead from the ink's units to the
 * 20x20; on return, to the 28x28. */
static void place_box(const float *box, unsigned steps, struct ink_fit *fit)
{
    uint8_t bytes[FIT_LEN];
    int side = choose_side(steps), left = (FIT_SIZE - side) / 2, top = left;
    float x, y;
    if (!scale_bytes(box, side, bytes))
        return;
    find_mass(bytes, side, &x, &y);
    if (steps & FIT_MASS) {
        left = (int)(15 - x);
        top = (int)(15 - y);
    }
    paste_box(bytes, side, left, top, fit->pixels);
    fit->any = true;
    fit->mass_x = (x - fit->x0) / fit->scale;
    fit->mass_y = (y - fit->y0) / fit->scale_y;
    fit->x0 += (float)left;
    fit->y0 += (float)top;
}

/* ---- strokes ------------------------------------------------------------------------------- */

/* From the ink's units to pixels of the 20x20. In doubles, so that the picture does not depend on
 * where in a large space a small drawing stands. */
struct mapping {
    double x, y, x0, y0; /* two scales, and where the origin goes */
};

static struct mapping map_middle(const struct ink_box *box, int side, double x, double y)
{
    return (struct mapping){
        .x = x, .y = y,
        .x0 = 0.5 * side - x * 0.5 * ((double)box->x0 + box->x1),
        .y0 = 0.5 * side - y * 0.5 * ((double)box->y0 + box->y1),
    };
}

/* The middle of the box goes to the middle of the 20x20. Ink without any extent has no size to be
 * scaled by, and stays a dot of the pen's width. `pen_width` is what the box leaves for the pen. */
static struct mapping map_box(const struct ink_box *box, float pen_width, int side)
{
    double width = (double)box->x1 - box->x0, height = (double)box->y1 - box->y0;
    double longer = fmax(width, height);
    double scale = longer > 0 ? (side - pen_width) / longer : 1;
    return map_middle(box, side, scale, scale);
}

/* The box made a square by stretching it. */
static struct mapping stretch_box(const struct ink_box *box, float pen_width, int side)
{
    double width = (double)box->x1 - box->x0, height = (double)box->y1 - box->y0;
    struct mapping map = map_box(box, pen_width, side);
    return map_middle(box, side, width > 0 ? (side - pen_width) / width : map.x,
                      height > 0 ? (side - pen_width) / height : map.y);
}

/* Where the pressure is low the mark reaches less far. The scale with full pressure is near enough
 * for telling how far, and the marks' box is then what becomes 20 pixels. */
static struct mapping map_marks(const struct ink *ink, const struct ink_box *box,
                                struct fit_pen pen)
{
    struct mapping map = map_box(box, pen.width, FIT_BOX);
    if (!pen.pressure)
        return map;
    float unit = (float)(0.5 * pen.width / map.x);
    struct ink_box marks = {box->x1, box->y1, box->x0, box->y0};
    for (uint32_t i = 0; i < ink->point_count; i++) {
        struct ink_point p = ink->points[i];
        float half = unit * pen.pressure[i];
        marks.x0 = fminf(marks.x0, p.x - half);
        marks.y0 = fminf(marks.y0, p.y - half);
        marks.x1 = fmaxf(marks.x1, p.x + half);
        marks.y1 = fmaxf(marks.y1, p.y + half);
    }
    return map_box(&marks, 0, FIT_BOX);
}

/* The pen at point `i` of the ink. */
static struct plane_pen place_pen(const struct ink *ink, uint32_t i, const struct mapping *map,
                                  struct fit_pen pen)
{
    return (struct plane_pen){
        .x = (float)(map->x * ink->points[i].x + map->x0),
        .y = (float)(map->y * ink->points[i].y + map->y0),
        .width = pen.pressure ? pen.width * pen.pressure[i] : pen.width,
    };
}

static void paint_stroke(struct plane *plane, const struct ink *ink, struct ink_stroke stroke,
                         const struct mapping *map, struct fit_pen pen)
{
    struct plane_pen a = place_pen(ink, stroke.at, map, pen);
    if (stroke.count == 1)
        plane_piece(plane, a, a, pen.soft);
    for (uint32_t i = 1; i < stroke.count; i++) {
        struct plane_pen b = place_pen(ink, stroke.at + i, map, pen);
        plane_piece(plane, a, b, pen.soft);
        a = b;
    }
}

/* Draws the ink by the mapping, and pastes it. */
static void fit_mapped(const struct ink *ink, const struct mapping *map, struct fit_pen pen,
                       unsigned steps, struct ink_fit *fit)
{
    int side = choose_side(steps);
    float grey[FIT_LEN];
    struct plane plane = {side, side, grey};
    memset(grey, 0, (size_t)(side * side) * sizeof *grey);
    for (uint32_t i = 0; i < ink->stroke_count; i++)
        paint_stroke(&plane, ink, ink->strokes[i], map, pen);
    fit->scale = (float)map->x;
    fit->scale_y = (float)map->y;
    fit->x0 = (float)map->x0;
    fit->y0 = (float)map->y0;
    place_box(grey, steps, fit);
}

void ink_fit_with(const struct ink *ink, struct fit_pen pen, struct ink_fit *fit)
{
    memset(fit, 0, sizeof *fit);
    if (!ink_bounds(ink, &fit->box))
        return;
    struct mapping map = map_marks(ink, &fit->box, pen);
    fit_mapped(ink, &map, pen, FIT_ALL, fit);
}

/* Ink of which nothing is left on the paper is as good as none. */
void ink_fit_steps(const struct ink *ink, struct ink_box paper, unsigned steps,
                   struct ink_fit *fit)
{
    memset(fit, 0, sizeof *fit);
    if (!ink_bounds(ink, &fit->box))
        return;
    bool tight = steps & FIT_TIGHT;
    const struct ink_box *box = tight ? &fit->box : &paper;
    float pen_width = tight ? fit_pen_usual.width : 0;
    struct mapping map = steps & FIT_SQUARE ? map_box(box, pen_width, choose_side(steps))
                                            : stretch_box(box, pen_width, choose_side(steps));
    fit_mapped(ink, &map, fit_pen_usual, steps, fit);
}

void ink_fit(const struct ink *ink, struct ink_fit *fit)
{
    ink_fit_with(ink, fit_pen_usual, fit);
}

/* ---- floats -------------------------------------------------------------------------------- */

void fit_floats(const uint8_t *pixels, uint32_t count, float *x)
{
    size_t len = (size_t)count * FIT_LEN;
    for (size_t i = 0; i < len; i++)
        x[i] = (float)pixels[i] * FIT_SCALE;
}

/* ---- grey ---------------------------------------------------------------------------------- */

struct pixel_box {
    int row0, row1, col0, col1; /* row1 and col1 are the first outside */
};

/* The tight box of all that is not paper. False when there is nothing. */
static bool find_box(const struct plane *clean, struct pixel_box *box)
{
    *box = (struct pixel_box){clean->rows, 0, clean->cols, 0};
    const float *grey = clean->grey;
    for (int row = 0; row < clean->rows; row++) {
        for (int col = 0; col < clean->cols; col++) {
            if (*grey++ <= 0)
                continue;
            box->row0 = row < box->row0 ? row : box->row0;
            box->row1 = row + 1;
            box->col0 = col < box->col0 ? col : box->col0;
            box->col1 = col >= box->col1 ? col + 1 : box->col1;
        }
    }
    return box->row1 > 0;
}

/* Makes the box square, by whole pixels so that a picture that fits already is not blurred. */
static void square_box(struct pixel_box *box)
{
    int rows = box->row1 - box->row0, cols = box->col1 - box->col0;
    int side = rows > cols ? rows : cols;
    box->row0 -= (side - rows) / 2;
    box->row1 = box->row0 + side;
    box->col0 -= (side - cols) / 2;
    box->col1 = box->col0 + side;
}

/* Spreads one row of source pixels, [from, end) of which those outside are paper, over the `side`
 * pixels of `out`, weighting by the share of each that it covers. */
static void average_row(const float *row, int cols, const struct pixel_box *box, int side,
                        float weight, float *out)
{
    int count = box->col1 - box->col0;
    double step = (double)side / count;
    for (int i = 0; i < count; i++) {
        int col = box->col0 + i;
        float value = col >= 0 && col < cols ? row[col] * weight : 0;
        if (value <= 0)
            continue;
        double lo = i * step, hi = (i + 1) * step;
        for (int at = (int)lo; at < side && at < hi; at++)
            out[at] += value * (float)(fmin(hi, at + 1) - fmax(lo, at));
    }
}

static float pixel_at(const struct plane *clean, int row, int col)
{
    bool in = row >= 0 && col >= 0 && row < clean->rows && col < clean->cols;
    return in ? clean->grey[row * clean->cols + col] : 0;
}

/* Fewer pixels than are wanted: in straight lines from the middle of each to those of the next. */
static void enlarge_box(const struct plane *clean, const struct pixel_box *box, int side,
                        float *out)
{
    float high = (float)(box->row1 - box->row0) / (float)side;
    float wide = (float)(box->col1 - box->col0) / (float)side;
    for (int i = 0; i < side * side; i++) {
        float y = ((float)(i / side) + 0.5f) * high - 0.5f + (float)box->row0;
        float x = ((float)(i % side) + 0.5f) * wide - 0.5f + (float)box->col0;
        int row = (int)floorf(y), col = (int)floorf(x);
        float v = y - (float)row, u = x - (float)col;
        float left = (1 - v) * pixel_at(clean, row, col) + v * pixel_at(clean, row + 1, col);
        float right = (1 - v) * pixel_at(clean, row, col + 1) +
                      v * pixel_at(clean, row + 1, col + 1);
        out[i] = (1 - u) * left + u * right;
    }
}

static void average_box(const struct plane *clean, const struct pixel_box *box, int side,
                        float *out)
{
    int count = box->row1 - box->row0;
    double step = (double)side / count;
    memset(out, 0, (size_t)(side * side) * sizeof *out);
    for (int i = 0; i < count; i++) {
        int row = box->row0 + i;
        if (row < 0 || row >= clean->rows)
            continue;
        const float *grey = clean->grey + (long)row * clean->cols;
        double lo = i * step, hi = (i + 1) * step;
        for (int at = (int)lo; at < side && at < hi; at++) {
            float weight = (float)(fmin(hi, at + 1) - fmax(lo, at));
            average_row(grey, clean->cols, box, side, weight, out + at * side);
        }
    }
}

void ink_fit_grey_steps(const struct plane *clean, unsigned steps, struct ink_fit *fit)
{
    struct pixel_box box;
    float grey[FIT_LEN];
    int side = choose_side(steps);
    memset(fit, 0, sizeof *fit);
    if (!find_box(clean, &box))
        return;
    fit->box = (struct ink_box){(float)box.col0, (float)box.row0, (float)box.col1, (float)box.row1};
    if (!(steps & FIT_TIGHT))
        box = (struct pixel_box){0, clean->rows, 0, clean->cols};
    if (steps & FIT_SQUARE)
        square_box(&box);
    bool few = box.row1 - box.row0 < side && box.col1 - box.col0 < side;
    (few ? enlarge_box : average_box)(clean, &box, side, grey);
    fit->scale = (float)side / (float)(box.col1 - box.col0);
    fit->scale_y = (float)side / (float)(box.row1 - box.row0);
    fit->x0 = -fit->scale * (float)box.col0;
    fit->y0 = -fit->scale_y * (float)box.row0;
    place_box(grey, steps, fit);
}
