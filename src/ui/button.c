/* SPDX-License-Identifier: MIT */
/* What is clicked: buttons, tabs, check boxes and switches. */
#include "ui/inside.h"

#include <math.h>
#include <string.h>

#include "base/clamp.h"

enum {
    RADIUS = 8,
    CHECK = 18,
    SWITCH_W = 34,
    SWITCH_H = 20,
    TAB_PAD = 16,
    TAB_PAD_LEAST = 7, /* at the sides of its label */
    MIN_WIDTH = 40,
    NARROWEST_SIDE = 3
};

/* Outside the control, so that it never hides what the control says. */
void ui_draw_ring(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect, float radius)
{
    if (!touch->ring || rect.w <= 0)
        return;
    struct ui_rect ring = {rect.x - 3, rect.y - 3, rect.w + 6, rect.h + 6};
    ui_push_box(ui_shapes(ui), ring, radius + 3, 0, ui->theme->accent, 2);
}

static ui_color primary_fill(const struct ui_theme *theme, const struct ui_touch *touch)
{
    if (touch->held)
        return theme->primary_held;
    return touch->hover ? theme->primary_hover : theme->primary;
}

static ui_color plain_fill(const struct ui_theme *theme, const struct ui_touch *touch,
                           unsigned flags)
{
    if (flags & UI_OFF)
        return flags & UI_BARE ? 0 : ui_color_mix(theme->field, theme->card, 0.6f);
    if (flags & UI_ON)
        return touch->hover ? ui_color_mix(theme->selection, theme->field_hover, 0.3f)
                            : theme->selection;
    if (touch->held)
        return theme->field_held;
    if (touch->hover)
        return theme->field_hover;
    return flags & UI_BARE ? 0 : theme->field;
}

void ui_draw_box(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect, unsigned flags)
{
    const struct ui_theme *theme = ui->theme;
    bool primary = flags & UI_PRIMARY && !(flags & UI_OFF);
    ui_color fill = primary ? primary_fill(theme, touch) : plain_fill(theme, touch, flags);
    ui_color edge = primary ? ui_color_mix(fill, theme->accent, 0.4f) : theme->field_edge;
    if (flags & UI_ON)
        edge = theme->accent;
    if (flags & UI_BARE && !(flags & UI_ON))
        edge = 0;
    ui_push_box(ui_shapes(ui), rect, RADIUS, fill, edge, edge ? 1 : 0);
    ui_draw_ring(ui, touch, rect, RADIUS);
}

/* ---- buttons ---- */

static float side_of(unsigned flags)
{
    return flags & UI_LITTLE ? 8 : 12;
}

float ui_button_width(struct ui *ui, const char *label, unsigned flags)
{
    float w = ceilf(ui_label_width(ui, flags & (UI_LITTLE | UI_BOLD), label));
    return fmaxf(w + 2 * side_of(flags) + 4, flags & UI_LITTLE ? 0 : MIN_WIDTH);
}

/* Parts that are to be written on the main button take its colour; none is quiet there. */
static void draw_button_text(struct ui *ui, struct ui_rect rect, const struct ui_part *parts,
                             int count, unsigned flags)
{
    struct ui_theme theme = *ui->theme;
    const struct ui_theme *kept = ui->theme;
    if (flags & UI_PRIMARY)
        theme.text = theme.quiet = theme.accent = theme.on_primary;
    ui->theme = &theme;
    float spare =
        (rect.w - ui_parts_width(ui, parts, count)) / 2; /* a narrow one has less beside */
    float side = fmaxf(fminf(side_of(flags), floorf(spare)), NARROWEST_SIDE);
    struct ui_rect inside = ui_inset_xy(rect, side, 0);
    unsigned align = flags & UI_RIGHT ? UI_RIGHT : flags & UI_CENTER ? UI_CENTER : 0;
    ui_parts(ui, inside, align | (flags & UI_OFF), parts, count);
    ui->theme = kept;
}

/* "Model swift-cnn 99.7 %": what the parts say, for screen readers. */
static void join_parts(char *out, size_t room, const struct ui_part *parts, int count)
{
    out[0] = 0;
    for (int i = 0; i < count; i++)
        strncat(out, parts[i].text, room - strlen(out) - 1);
}

bool ui_button_parts(struct ui *ui, const char *name, struct ui_rect rect,
                     const struct ui_part *parts, int count, unsigned flags)
{
    char label[80];
    join_parts(label, sizeof label, parts, count);
    enum ui_role role = flags & UI_TOGGLE ? UI_ROLE_TOGGLE : UI_ROLE_BUTTON;
    struct ui_touch touch = ui_enter(ui, name, rect, role, label, flags);
    ui_draw_box(ui, &touch, rect, flags);
    draw_button_text(ui, rect, parts, count, flags);
    return !(flags & UI_OFF) && ui_activated(ui, &touch);
}

bool ui_button(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
               unsigned flags)
{
    struct ui_part part = {label, flags & (UI_LITTLE | UI_BOLD | UI_QUIET | UI_ACCENT | UI_MONO)};
    unsigned align = flags & UI_RIGHT ? 0 : UI_CENTER;
    return ui_button_parts(ui, name, rect, &part, 1, flags | align);
}

/* ---- tabs ---- */

static bool draw_tab(struct ui *ui, struct ui_rect rect, const struct ui_tab *tab, bool current)
{
    unsigned flags = current ? UI_ON : 0;
    struct ui_touch touch = ui_enter(ui, tab->name, rect, UI_ROLE_TAB, tab->label, flags);
    bool chosen = ui_activated(ui, &touch);
    if (touch.hover && !current) {
        struct ui_rect box = ui_inset_xy(rect, 2, 8);
        ui_push_box(ui_shapes(ui), box, RADIUS, ui->theme->field, 0, 0);
    }
    ui_label(ui, rect, UI_CENTER | (current || touch.hover ? 0 : UI_QUIET), tab->label);
    struct ui_rect line = {rect.x, rect.y + rect.h - 2, rect.w, 2};
    if (current)
        ui_push_box(ui_shapes(ui), line, 1, ui->theme->accent, 0, 0);
    ui_draw_ring(ui, &touch, ui_inset_xy(rect, 4, 8), RADIUS - 3);
    ui_tip(ui, tab->tip);
    return chosen;
}

static float labels_width(struct ui *ui, const struct ui_tab *tabs, int count)
{
    float width = 0;
    for (int i = 0; i < count; i++)
        width += ceilf(ui_label_width(ui, 0, tabs[i].label));
    return width;
}

float ui_tabs_width(struct ui *ui, const struct ui_tab *tabs, int count, float room)
{
    float labels = labels_width(ui, tabs, count);
    float least = labels + (float)(2 * TAB_PAD_LEAST * count);
    return clamp_float(room, least, labels + (float)(2 * TAB_PAD * count));
}

int ui_tabs(struct ui *ui, struct ui_rect rect, const struct ui_tab *tabs, int count, int current)
{
    int chosen = current;
    uint64_t group = ui->group;
    float pad = count > 0 ? (rect.w - labels_width(ui, tabs, count)) / (float)(2 * count) : 0;
    if (count > 0)
        ui_group_begin(ui, tabs[0].name);
    for (int i = 0; i < count; i++) {
        float width = ceilf(ui_label_width(ui, 0, tabs[i].label)) + 2 * pad;
        if (draw_tab(ui, ui_cut_left(&rect, width), &tabs[i], i == current))
            chosen = i;
    }
    ui->group = group;
    return chosen;
}

/* ---- check boxes and switches ---- */

static void draw_tick(struct ui *ui, struct ui_rect box, ui_color color)
{
    float x = box.x, y = box.y, s = box.w;
    const float points[] = {x + 0.25f * s, y + 0.52f * s, x + 0.43f * s,
                            y + 0.70f * s, x + 0.75f * s, y + 0.32f * s};
    ui_push_line(ui_shapes(ui), points, 3, 2, color);
}

bool ui_check(struct ui *ui, const char *name, struct ui_rect rect, const char *label, bool *on,
              unsigned flags)
{
    flags |= *on ? UI_ON : 0;
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_CHECK, label, flags);
    bool changed = !(flags & UI_OFF) && ui_activated(ui, &touch);
    *on ^= changed;
    struct ui_rect text = rect, box = ui_cut_left(&text, CHECK);
    box = ui_middle(box, CHECK, CHECK);
    bool filled = *on && !(flags & UI_OFF);
    ui_color fill = filled ? primary_fill(ui->theme, &touch)
                           : plain_fill(ui->theme, &touch, flags & UI_OFF);
    ui_push_box(ui_shapes(ui), box, 5, fill, filled ? fill : ui->theme->field_edge, 1);
    if (*on)
        draw_tick(ui, box, filled ? ui->theme->on_primary : ui->theme->off);
    ui_cut_left(&text, UI_GAP);
    ui_label(ui, text, flags & (UI_OFF | UI_QUIET), label);
    ui_draw_ring(ui, &touch, box, 5);
    return changed;
}

bool ui_switch(struct ui *ui, const char *name, struct ui_rect rect, const char *label, bool *on,
               unsigned flags)
{
    flags |= *on ? UI_ON : 0;
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_CHECK, label, flags);
    bool changed = !(flags & UI_OFF) && ui_activated(ui, &touch);
    *on ^= changed;
    struct ui_rect text = rect, side = ui_cut_right(&text, SWITCH_W);
    struct ui_rect box = ui_middle(side, SWITCH_W, SWITCH_H);
    bool filled = *on && !(flags & UI_OFF);
    ui_color fill = filled ? primary_fill(ui->theme, &touch)
                           : plain_fill(ui->theme, &touch, flags & UI_OFF);
    ui_push_box(ui_shapes(ui), box, box.h / 2, fill, filled ? fill : ui->theme->field_edge, 1);
    float x = *on ? box.x + box.w - SWITCH_H / 2 : box.x + SWITCH_H / 2;
    ui_color knob = filled ? ui->theme->on_primary : ui->theme->quiet;
    if (box.w >= SWITCH_W)
        ui_push_dot(ui_shapes(ui), x, box.y + box.h / 2, SWITCH_H / 2 - 4, knob);
    ui_cut_right(&text, UI_GAP);
    ui_label(ui, text, flags & (UI_OFF | UI_QUIET), label);
    ui_draw_ring(ui, &touch, box, box.h / 2);
    return changed;
}
