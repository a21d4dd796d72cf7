/* SPDX-License-Identifier: MIT */
#include "ui/inside.h"

#include <math.h>

enum { KNOB = 7, TRACK = 6 };

static double step_of(struct ui_range range)
{
    return range.step > 0 ? range.step : (range.max - range.min) / 100;
}

static double snap(double value, struct ui_range range)
{
    if (range.step > 0)
        value = range.min + round((value - range.min) / range.step) * range.step;
    return fmin(fmax(value, range.min), range.max);
}

/* What the keys make of the value. */
static double move_by_keys(struct ui *ui, double value, struct ui_range range)
{
    double step = step_of(range);
    struct ui_key *key;
    for (int i = 0; (key = ui_next_key(ui, &i));) {
        switch (key->key) {
        case UI_KEY_LEFT:
        case UI_KEY_DOWN:
            value -= step;
            break;
        case UI_KEY_RIGHT:
        case UI_KEY_UP:
            value += step;
            break;
        case UI_KEY_PAGE_DOWN:
            value -= 10 * step;
            break;
        case UI_KEY_PAGE_UP:
            value += 10 * step;
            break;
        case UI_KEY_HOME:
            value = range.min;
            break;
        case UI_KEY_END:
            value = range.max;
            break;
        default:
            continue;
        }
        ui_use_key(ui, key);
        ui->keyboard = true;
        value = snap(value, range);
    }
    return value;
}

static void draw_slider(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect,
                        float part, unsigned flags)
{
    const struct ui_theme *theme = ui->theme;
    struct ui_rect track = ui_middle(rect, rect.w, TRACK), filled = track;
    float x = rect.x + KNOB + part * fmaxf(0, rect.w - 2 * KNOB), y = track.y + track.h / 2;
    ui_color fill = flags & UI_OFF ? theme->off : theme->accent;
    filled.w = fminf(x - rect.x, rect.w);
    ui_push_box(ui_shapes(ui), track, TRACK / 2, theme->track, 0, 0);
    ui_push_box(ui_shapes(ui), filled, TRACK / 2, fill, 0, 0);
    if (rect.w < 2 * KNOB)
        return;
    struct ui_rect knob = {x - KNOB, y - KNOB, 2 * KNOB, 2 * KNOB};
    bool near = touch->hover || touch->held;
    ui_push_box(ui_shapes(ui), knob, KNOB, near ? theme->text : fill, theme->card, 2);
    ui_draw_ring(ui, touch, knob, KNOB);
}

bool ui_slider(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
               double *value, struct ui_range range, unsigned flags)
{
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_SLIDER, label, flags);
    double before = *value, length = fmax(1, (double)rect.w - 2 * KNOB);
    double span = range.max - range.min;
    if (touch.pressed || touch.held || touch.released) {
        double part = ((double)(touch.x - rect.x) - KNOB) / length;
        *value = snap(range.min + fmin(fmax(part, 0), 1) * span, range);
    }
    if (!(flags & UI_OFF) && ui_hears(ui, &touch))
        *value = move_by_keys(ui, *value, range);
    float lines = flags & UI_OFF ? 0 : ui_take_wheel(ui, rect);
    if (lines != 0)
        *value = snap(*value + (double)lines * step_of(range), range);
    float part = span > 0 ? (float)((snap(*value, range) - range.min) / span) : 0;
    draw_slider(ui, &touch, rect, part, flags);
    return *value != before;
}
