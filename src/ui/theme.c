/* SPDX-License-Identifier: MIT */
#include "ui/theme.h"

#include <math.h>

#include "base/clamp.h"

/* Okabe and Ito's eight (2008), the black one replaced by the ground's opposite grey. */
static const struct ui_theme dark_theme = {
    .dark = true,
    .ground = 0x0e1116ff, .bar = 0x12161cff,
    .card = 0x151a21ff, .card_edge = 0x232a33ff,
    .field = 0x1f2630ff, .field_edge = 0x303a46ff,
    .field_hover = 0x283241ff, .field_held = 0x1a2029ff,
    .well = 0x0e1116ff,
    .text = 0xe8edf3ff, .quiet = 0x93a0b0ff, .off = 0x5b6674ff,
    .accent = 0x56b4e9ff,
    .primary = 0x2478b0ff, .primary_hover = 0x2c84beff, .primary_held = 0x1d6799ff,
    .on_primary = 0xffffffff,
    .second = 0xe69f00ff, .good = 0x55d6a0ff,
    .track = 0x232b35ff, .bar_quiet = 0x4a5666ff, .grid = 0x232b35ff,
    .selection = 0x1d4a68ff, .shade = 0x05070ab0,
    .paper = 0x000000ff, .ink = 0xffffffff, .before = 0x5d6672ff,
    .digits = {0x6ab7ffff, 0xffb454ff, 0x5fd38dff, 0xff7f7fff, 0xc39bffff, 0xe5d352ff,
               0x4fd6d6ff, 0xff93d2ff, 0xcda67dff, 0xb8c4d0ff},
    .series = {0x56b4e9ff, 0xe69f00ff, 0x009e73ff, 0xcc79a7ff,
               0xf0e442ff, 0x0072b2ff, 0xd55e00ff, 0xaab4c0ff},
};

static const struct ui_theme light_theme = {
    .dark = false,
    .ground = 0xf3f5f8ff, .bar = 0xffffffff,
    .card = 0xffffffff, .card_edge = 0xdde3eaff,
    .field = 0xf3f6f9ff, .field_edge = 0xc3ccd6ff,
    .field_hover = 0xe6ecf2ff, .field_held = 0xd8e0e9ff,
    .well = 0xf7f9fbff,
    .text = 0x161b22ff, .quiet = 0x55606eff, .off = 0x9aa5b1ff,
    .accent = 0x00659eff,
    .primary = 0x1f6fa5ff, .primary_hover = 0x1a6294ff, .primary_held = 0x165480ff,
    .on_primary = 0xffffffff,
    .second = 0x8f5600ff, .good = 0x006b4dff,
    .track = 0xe1e7edff, .bar_quiet = 0x9fabb8ff, .grid = 0xe1e7edff,
    .selection = 0xc5e1f3ff, .shade = 0x1c232c80,
    .paper = 0x000000ff, .ink = 0xffffffff, .before = 0x9aa5b1ff,
    .digits = {0x1769aaff, 0xa25200ff, 0x1d7f43ff, 0xc02f2fff, 0x7643c9ff, 0x7d6a00ff,
               0x0b7878ff, 0xb8308aff, 0x7a5230ff, 0x55616eff},
    .series = {0x0072b2ff, 0xd55e00ff, 0x009e73ff, 0xcc79a7ff,
               0xe69f00ff, 0x56b4e9ff, 0xf0e442ff, 0x55606eff},
};

const struct ui_theme *ui_theme_dark(void)
{
    return &dark_theme;
}

const struct ui_theme *ui_theme_light(void)
{
    return &light_theme;
}

/* The part of a colour that begins at bit `shift`: 24 red, 16 green, 8 blue, 0 opacity. */
static float part_of(ui_color color, int shift)
{
    return (float)(color >> shift & 255);
}

ui_color ui_color_mix(ui_color a, ui_color b, float t)
{
    t = clamp_float(t, 0, 1);
    ui_color mixed = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        float value = part_of(a, shift) * (1 - t) + part_of(b, shift) * t;
        mixed |= (ui_color)lrintf(value) << shift;
    }
    return mixed;
}

/* WCAG 2.1, relative luminance. */
static double luminance(ui_color color)
{
    static const double share[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (double)part_of(color, 24 - 8 * i) / 255;
        sum += share[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double ui_contrast(ui_color a, ui_color b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}
