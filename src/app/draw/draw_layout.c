/* SPDX-License-Identifier: MIT */
#include "app/draw/draw_layout.h"

#include <math.h>
#include <stddef.h>

#include "ink/fit.h"

enum {
    COLUMN_BELOW = 920,  /* a window that is less wide has one column */
    FOLD_BELOW = 1200,   /* less wide, and there is no middle column */
    FOLDED_LOWEST = 356, /* it scrolls in a lower window */
    COLUMNS_LOWEST = 516,
    CANVAS_LEAST = 200,
    CANVAS_GOOD = 260, /* GOOD: before the bars may be out of sight */
    SIDE_PIXEL_MIN = 8,
    SIDE_PIXEL_MAX = 11, /* points for a pixel of what the network sees */
    VERDICT_WIDTH_MIN = 360,
    VERDICT_WIDTH_MAX = 640,
    FOLDED_SIDE_MIN = 160,
    FOLDED_SIDE_MAX = 220,
    ABREAST_MIN = 110,
    ABREAST_BELOW = 300, /* a canvas lower than that has both side by side */
    HELP_FOLDED = 300,
    HELP_COLUMNS = 400, /* the canvas that must be left when there is help */
    BUTTONS = 16 + UI_ROW,
    HELP = 16 + 2 * 26, /* under the canvas */
    BESIDE_MIN = 236,   /* what stands beside the canvas of one column */
    WORDS_MIN = 84,
    WORDS_MAX = 110,
    WORDS_GAP = 12,
    BARS_MIN = 2 * UI_INSIDE + 5 * 24 + 69,
    BARS_MAX = 2 * UI_INSIDE + 10 * 40 + 69,
    LAYER_LOWEST = 168,
    LAYER_MIN = 220,
    STEPS_HEIGHT = 2 * UI_INSIDE + UI_HEADING + 4 * 58,
};

/* The side of a picture of whole points for each of 28 pixels, with an edge around. */
static float pixel_side(float side)
{
    return floorf((side - 2) / FIT_SIZE) * FIT_SIZE + 2;
}

static float keep_between(float value, float least, float most)
{
    return fmaxf(least, fminf(value, most));
}

static void place_columns(struct ui_rect rect, float side_by_height, struct draw_layout *places)
{
    const float least = SIDE_PIXEL_MIN * FIT_SIZE + 2, most = SIDE_PIXEL_MAX * FIT_SIZE + 2;
    float answer = keep_between(floorf(rect.w * 0.364f), VERDICT_WIDTH_MIN, VERDICT_WIDTH_MAX);
    float room = rect.w - least - answer - 2 * UI_BETWEEN - 4 * UI_INSIDE;
    float side = floorf(fminf(side_by_height, room));
    places->canvas_card = ui_cut_left(&rect, side + 2 * UI_INSIDE);
    ui_cut_left(&rect, UI_BETWEEN);
    float middle = (rect.w - UI_BETWEEN) * 0.35f - 2 * UI_INSIDE;
    middle = pixel_side(keep_between(middle, least, most));
    struct ui_rect column = ui_cut_left(&rect, middle + 2 * UI_INSIDE);
    ui_cut_left(&rect, UI_BETWEEN);
    places->answer = rect;
    const float around = 2 * UI_INSIDE + UI_HEADING + UI_GAP + 2 * UI_LINE;
    float sees = pixel_side(fminf(middle, column.h - UI_BETWEEN - LAYER_LOWEST - around));
    places->sees = ui_cut_top(&column, sees + around);
    ui_cut_top(&column, UI_BETWEEN);
    places->layer = column;
    places->canvas = ui_inset(places->canvas_card, UI_INSIDE);
    places->canvas.h = places->canvas.w;
}

/* Beside the canvas, one over the other, or side by side where it is low. */
static void place_folded(struct ui_rect rect, float side_by_height, struct draw_layout *places)
{
    float answer = fmaxf(floorf(rect.w * 0.374f), VERDICT_WIDTH_MIN);
    places->answer = ui_cut_right(&rect, answer);
    ui_cut_right(&rect, UI_BETWEEN);
    places->canvas_card = rect;
    struct ui_rect inside = ui_inset(rect, UI_INSIDE);
    float side = floorf(fminf(side_by_height, inside.w - UI_BETWEEN - FOLDED_SIDE_MIN));
    places->canvas = ui_cut_left(&inside, side);
    places->canvas.h = side;
    ui_cut_left(&inside, UI_BETWEEN);
    inside.h = side;
    places->sees_folded = places->layer_folded = true;
    if (side < ABREAST_BELOW && inside.w >= 2 * ABREAST_MIN + UI_BETWEEN) {
        inside.w = fminf(inside.w, 2 * FOLDED_SIDE_MAX + UI_BETWEEN);
        places->sees = ui_column(inside, 0, 2, UI_BETWEEN);
        places->layer = ui_column(inside, 1, 2, UI_BETWEEN);
        return;
    }
    inside.w = fminf(inside.w, FOLDED_SIDE_MAX);
    places->sees = ui_cut_top(&inside, pixel_side(fminf(inside.w, side / 2)) + UI_HEADING);
    ui_cut_top(&inside, UI_BETWEEN - UI_STEP);
    places->layer = inside;
}

/* What stands beside the canvas of one column: the words, what the network sees and, where it is
 * wide enough, the first layer. */
static void place_beside(struct ui_rect rect, struct draw_layout *places)
{
    places->words = ui_cut_top(&rect, keep_between(floorf(rect.h * 0.3f), WORDS_MIN, WORDS_MAX));
    ui_cut_top(&rect, WORDS_GAP);
    places->layer_folded = rect.w >= 2 * BESIDE_MIN + UI_BETWEEN;
    if (places->layer_folded) {
        places->layer = ui_cut_right(&rect, floorf((rect.w - UI_BETWEEN) / 2));
        ui_cut_right(&rect, UI_BETWEEN);
    }
    places->sees = rect;
    places->sees_folded = true;
}

static void place_column(struct ui_rect rect, float seen, bool steps, struct draw_layout *places)
{
    struct ui_rect inside = ui_inset(rect, UI_INSIDE);
    float around = 2 * UI_BETWEEN + 2 * UI_INSIDE + BUTTONS;
    float good = fminf(seen - around, CANVAS_GOOD);
    float side = fmaxf(seen - around - UI_BETWEEN - BARS_MIN, good);
    side = floorf(keep_between(side, CANVAS_LEAST, inside.w - UI_BETWEEN - BESIDE_MIN));
    places->canvas_card = (struct ui_rect){rect.x, rect.y, rect.w, side + 2 * UI_INSIDE + BUTTONS};
    places->canvas = (struct ui_rect){inside.x, inside.y, side, side};
    inside.h = side;
    ui_cut_left(&inside, side + UI_BETWEEN);
    place_beside(inside, places);

    float y = rect.y + places->canvas_card.h + UI_BETWEEN;
    float rest = seen - 3 * UI_BETWEEN - places->canvas_card.h;
    bool below = !places->layer_folded;
    if (below && steps) {
        places->layer = (struct ui_rect){rect.x, y, rect.w, STEPS_HEIGHT};
        y += STEPS_HEIGHT + UI_BETWEEN;
    }
    places->answer = (struct ui_rect){rect.x, y, rect.w, keep_between(rest, BARS_MIN, BARS_MAX)};
    y += places->answer.h + UI_BETWEEN;
    if (below && !steps) {
        float layer = fmaxf(rest - places->answer.h - UI_BETWEEN, LAYER_MIN);
        places->layer = (struct ui_rect){rect.x, y, rect.w, layer};
        y += layer + UI_BETWEEN;
    }
    places->height = y - rect.y + UI_BETWEEN;
}

struct draw_layout draw_layout_find(struct ui_rect seen, float width, bool steps)
{
    bool column = seen.w < COLUMN_BELOW, fold = seen.w < FOLD_BELOW || seen.h < COLUMNS_LOWEST;
    struct draw_layout places = {.height = fmaxf(seen.h, FOLDED_LOWEST)};
    struct ui_rect all = {seen.x, seen.y, width, places.height};
    struct ui_rect inside = ui_inset(all, UI_BETWEEN);
    float side = seen.h - 2 * UI_BETWEEN - 2 * UI_INSIDE - BUTTONS;
    places.help = !column && side - HELP >= (fold ? HELP_FOLDED : HELP_COLUMNS);
    if (places.help)
        side -= HELP;
    if (column) {
        place_column(inside, seen.h, steps, &places);
    } else if (fold) {
        place_folded(inside, side, &places);
    } else {
        place_columns(inside, side, &places);
    }
    places.controls = ui_inset(places.canvas_card, UI_INSIDE);
    places.controls.y = places.canvas.y + places.canvas.h;
    places.controls.h = BUTTONS + (places.help ? HELP : 0);
    return places;
}

void draw_layout_move(struct draw_layout *places, float dy)
{
    struct ui_rect *const all[] = {&places->canvas_card, &places->canvas, &places->controls,
                                   &places->sees,        &places->layer,  &places->answer,
                                   &places->words};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        all[i]->y += dy;
}
