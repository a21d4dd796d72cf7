/* SPDX-License-Identifier: MIT */
#include "ui/layout.h"

#include <math.h>

static float keep_between(float value, float lo, float hi)
{
    return fmaxf(lo, fminf(value, hi));
}

struct ui_rect ui_cut_left(struct ui_rect *rest, float width)
{
    struct ui_rect strip = *rest;
    strip.w = keep_between(width, 0, rest->w);
    rest->x += strip.w;
    rest->w -= strip.w;
    return strip;
}

struct ui_rect ui_cut_right(struct ui_rect *rest, float width)
{
    struct ui_rect strip = *rest;
    strip.w = keep_between(width, 0, rest->w);
    rest->w -= strip.w;
    strip.x = rest->x + rest->w;
    return strip;
}

struct ui_rect ui_cut_top(struct ui_rect *rest, float height)
{
    struct ui_rect strip = *rest;
    strip.h = keep_between(height, 0, rest->h);
    rest->y += strip.h;
    rest->h -= strip.h;
    return strip;
}

struct ui_rect ui_cut_bottom(struct ui_rect *rest, float height)
{
    struct ui_rect strip = *rest;
    strip.h = keep_between(height, 0, rest->h);
    rest->h -= strip.h;
    strip.y = rest->y + rest->h;
    return strip;
}

struct ui_rect ui_inset(struct ui_rect rect, float distance)
{
    return ui_inset_xy(rect, distance, distance);
}

struct ui_rect ui_inset_xy(struct ui_rect rect, float dx, float dy)
{
    dx = fminf(dx, rect.w / 2);
    dy = fminf(dy, rect.h / 2);
    return (struct ui_rect){rect.x + dx, rect.y + dy, rect.w - 2 * dx, rect.h - 2 * dy};
}

/* Where part i of `count` begins and how long it is, out of `length`. */
static void share_out(float length, int i, int count, float gap, float *at, float *size)
{
    float each = fmaxf(0, (length - gap * (float)(count - 1)) / (float)count);
    float begin = floorf((each + gap) * (float)i);
    float end = i == count - 1 ? length : floorf((each + gap) * (float)(i + 1)) - gap;
    *at = begin;
    *size = fmaxf(0, end - begin);
}

struct ui_rect ui_column(struct ui_rect rect, int i, int count, float gap)
{
    float at;
    share_out(rect.w, i, count, gap, &at, &rect.w);
    rect.x += at;
    return rect;
}

struct ui_rect ui_row(struct ui_rect rect, int i, int count, float gap)
{
    float at;
    share_out(rect.h, i, count, gap, &at, &rect.h);
    rect.y += at;
    return rect;
}

struct ui_rect ui_cell(struct ui_rect rect, int i, int columns, float w, float h, float gap)
{
    int column = i % columns, row = i / columns;
    return (struct ui_rect){rect.x + (w + gap) * (float)column, rect.y + (h + gap) * (float)row,
                            w, h};
}

int ui_columns_fit(struct ui_rect rect, float w, float gap)
{
    int count = (int)((rect.w + gap) / (w + gap));
    return count < 1 ? 1 : count;
}

struct ui_rect ui_middle(struct ui_rect rect, float w, float h)
{
    w = keep_between(w, 0, rect.w);
    h = keep_between(h, 0, rect.h);
    return (struct ui_rect){rect.x + floorf((rect.w - w) / 2), rect.y + floorf((rect.h - h) / 2),
                            w, h};
}

struct ui_rect ui_inside(struct ui_rect rect, struct ui_rect outer)
{
    rect.x = fmaxf(outer.x, fminf(rect.x, outer.x + outer.w - rect.w));
    rect.y = fmaxf(outer.y, fminf(rect.y, outer.y + outer.h - rect.h));
    return rect;
}
