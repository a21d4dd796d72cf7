/* SPDX-License-Identifier: MIT */
#include "app/frame/notice_view.h"

#include <math.h>
#include <string.h>

#include "app/act/action.h"
#include "app/frame/dock.h"
#include "app/frame/top_bar.h"
#include "app/tell/notice.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    EDGE = 12,        /* from the window's edge */
    SIDE = 16, TOP = 8, MARK = 4, RADIUS = 10,
    WIDTH_MOST = 860, STEP = 32,
    DOCK_BUTTONS = 196, /* at the right of the dock: they stay in reach where there is room */
    DOCK_LEFT = 100,    /* more, with the menu of runs that were left */
    TEXT_LEAST = 240,   /* less than that beside the buttons, and they go below */
};

/* Microseconds. */
enum { READ_LEAST = 4000000, READ_LETTER = 50000, FADE = 300000, FADE_FRAME = 16000 };

/* ---- where it lies --------------------------------------------------------------------------- */

struct place {
    struct ui_rect rect, text, buttons;
    bool low;       /* over the dock alone */
    unsigned flags; /* of the text */
};

static float buttons_width(const struct notice *notice, struct ui *ui)
{
    float width = ui_button_width(ui, _("Dismiss"), UI_BARE);
    for (int i = 0; i < NOTICE_OFFERS_MAX; i++)
        if (notice->offers[i].label)
            width += ui_button_width(ui, notice->offers[i].label, 0) + UI_GAP;
    return ceilf(width);
}

/* As low as it can be within `room`, and as wide: half a sentence of the dock beside it is none. */
static struct place lay_out(const struct notice *notice, struct ui *ui, struct ui_rect room,
                            unsigned flags)
{
    struct place place = {.flags = flags};
    float line = ui_label_width(ui, flags, notice->text);
    line = (floorf(line / STEP) + 1) * STEP; /* counting figures move nothing */
    float buttons = buttons_width(notice, ui);
    float most = fminf(room.w, WIDTH_MOST) - 2 * SIDE, beside = most - buttons - SIDE;
    bool below = beside < fminf(line, TEXT_LEAST);
    float width = fmaxf(fminf(line, below ? most : beside), 1);
    float text = ui_wrapped_height(ui, width, flags, notice->text);
    float height = below ? text + UI_GAP + UI_ROW : fmaxf(text, UI_ROW);
    struct ui_rect rect = {room.x, 0, room.w, height + 2 * TOP};
    float bottom = room.y + room.h;
    place.low = rect.h <= DOCK_HEIGHT - UI_GAP;
    rect.y = place.low ? bottom - (DOCK_HEIGHT + rect.h) / 2
                                            : bottom - UI_STEP - rect.h;
    rect.y = floorf(rect.y);
    struct ui_rect inside = ui_inset_xy(rect, SIDE, TOP);
    place.rect = rect;
    inside.w = below ? fmaxf(width, fminf(buttons, most)) : width + SIDE + buttons;
    if (below) {
        place.text = ui_cut_top(&inside, text);
        place.buttons = ui_cut_bottom(&inside, UI_ROW);
    } else {
        place.buttons = ui_middle(ui_cut_right(&inside, buttons), buttons, UI_ROW);
        place.text = ui_middle(inside, width, text);
        place.text.x = inside.x;
    }
    return place;
}

/* What must stay in reach beside the canvas: it is needed while the sentence is read. */
static bool meets_tools(struct ui *ui, struct ui_rect rect)
{
    static const char *const tools[] = {"start", "reset", "undo", "redo", "clear", "eraser"};
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        const struct ui_control *tool = ui_find_control(ui, tools[i]);
        struct ui_rect both = tool ? ui_rect_meet(rect, tool->rect) : (struct ui_rect){0};
        if (both.w > 0 && both.h > 0)
            return true;
    }
    return false;
}

static bool is_clear(struct ui *ui, const struct place *place, struct ui_rect canvas)
{
    struct ui_rect both = ui_rect_meet(place->rect, canvas);
    return place->rect.y >= TOP_BAR_HEIGHT && (both.w <= 0 || both.h <= 0) &&
           !meets_tools(ui, place->rect);
}

/* Below the bar at the top, where nothing lower is clear. */
static struct place raise_place(struct place place)
{
    float up = place.rect.y - TOP_BAR_HEIGHT - UI_GAP;
    place.rect.y -= up;
    place.text.y -= up;
    place.buttons.y -= up;
    return place;
}

struct try {
    struct ui_rect room;
    unsigned flags;
    bool top;
};

/* The first that leaves alone the canvas and what is needed beside it; `low`: that lies over the
 * dock alone, too. */
static bool take_first(const struct notice *notice, struct ui *ui, const struct try *tries,
                       int count, struct ui_rect canvas, bool low, struct place *place)
{
    for (int i = 0; i < count; i++) {
        if (tries[i].room.w < TEXT_LEAST + 2 * SIDE)
            continue;
        *place = lay_out(notice, ui, tries[i].room, tries[i].flags);
        if (tries[i].top)
            *place = raise_place(*place);
        if (is_clear(ui, place, canvas) && (!low || (place->low && !tries[i].top)))
            return true;
    }
    return false;
}

/* Beside the dock's buttons, or over them, in little letters if need be; else higher, at the right
 * of the canvas, at the top. */
static struct place find_place(const struct notice_shown *shown, struct ui *ui,
                               struct ui_rect window)
{
    const struct notice *notice = shown->notice;
    struct ui_rect canvas = shown->canvas, whole = ui_inset_xy(window, EDGE, 0), left = whole,
                   right = whole;
    left.w -= DOCK_BUTTONS + (shown->left_runs ? DOCK_LEFT : 0);
    float beside = canvas.x + canvas.w + EDGE - right.x;
    right.x += beside;
    right.w -= beside;
    const struct try tries[] = {
        {left, 0, false}, {left, UI_LITTLE, false}, {whole, 0, false}, {whole, UI_LITTLE, false},
        {right, UI_LITTLE, false}, {right, UI_LITTLE, true}, {whole, UI_LITTLE, true},
    };
    enum { TRIES = sizeof tries / sizeof *tries };
    struct place place;
    if (take_first(notice, ui, tries, TRIES, canvas, true, &place) ||
        take_first(notice, ui, tries, TRIES, canvas, false, &place))
        return place;
    return lay_out(notice, ui, right.w < TEXT_LEAST + 2 * SIDE ? whole : right, UI_LITTLE);
}

/* ---- how long -------------------------------------------------------------------------------- */

static bool stays(const struct notice *notice)
{
    return notice->kind == NOTICE_TROUBLE || notice->offers[0].label;
}

static bool is_heeded(struct ui *ui, bool over)
{
    return over || ui_has_focus(ui, "dismiss");
}

/* How strongly it is painted now; at 0 it is to go. */
static float fade(struct notice_view *view, const struct notice *notice, struct ui *ui, bool heeded)
{
    uint64_t now = ui_input(ui)->now;
    if (view->number != notice->number || heeded || view->heeded)
        view->since = now;
    view->number = notice->number;
    view->heeded = heeded;
    if (stays(notice) || heeded)
        return 1;
    uint64_t end = view->since + READ_LEAST + READ_LETTER * strlen(notice->text);
    if (now < end) {
        ui_wake_at(ui, end);
        return 1;
    }
    ui_wake_at(ui, now + FADE_FRAME);
    return 1 - fminf((float)(now - end) / FADE, 1);
}

/* ---- what it shows --------------------------------------------------------------------------- */

/* The sentence goes once the action is done, which may have said another. */
static void take_offer(const struct notice *notice, const struct notice_offer *offer,
                       struct actions *actions)
{
    if (offer->text[0])
        action_add_text(actions, offer->action, offer->text);
    else
        action_add(actions, offer->action);
    action_add_number(actions, ACT_DISMISS, (double)notice->number);
}

static void show_buttons(const struct notice *notice, struct ui *ui, struct ui_rect rect,
                         struct actions *actions)
{
    static const char *const names[NOTICE_OFFERS_MAX] = {"notice-offer", "notice-offer-2"};
    float dismiss = ui_button_width(ui, _("Dismiss"), UI_BARE);
    struct ui_rect last = ui_cut_right(&rect, dismiss), places[NOTICE_OFFERS_MAX] = {{0}};
    for (int i = NOTICE_OFFERS_MAX - 1; i >= 0; i--) {
        if (!notice->offers[i].label)
            continue;
        ui_cut_right(&rect, UI_GAP);
        places[i] = ui_cut_right(&rect, ui_button_width(ui, notice->offers[i].label, 0));
    }
    for (int i = 0; i < NOTICE_OFFERS_MAX; i++) {
        const struct notice_offer *offer = &notice->offers[i];
        if (offer->label && ui_button(ui, names[i], places[i], offer->label, 0))
            take_offer(notice, offer, actions);
    }
    if (ui_button(ui, "dismiss", last, _("Dismiss"), UI_BARE))
        action_add(actions, ACT_DISMISS);
    ui_tip(ui, _("Put this sentence away (Escape)"));
}

static ui_color mark_color(const struct notice *notice, const struct ui_theme *theme)
{
    return notice->kind == NOTICE_TROUBLE ? theme->second
           : notice->kind == NOTICE_DONE  ? theme->good
                                          : theme->accent;
}

void notice_show(struct notice_view *view, const struct notice_shown *shown, struct ui *ui,
                 struct ui_rect window, struct actions *actions)
{
    const struct notice *notice = shown->notice;
    struct place place = find_place(shown, ui, window);
    struct ui_rect mark = {place.rect.x, place.rect.y + RADIUS, MARK, place.rect.h - 2 * RADIUS};
    view->rect = place.rect;
    ui_over_begin(ui, place.rect);
    bool over = ui_area(ui, "notice", place.rect, UI_ROLE_AREA, notice->text);
    ui_push_box(ui_shapes(ui), place.rect, RADIUS, ui_theme(ui)->field, ui_theme(ui)->field_edge,
                1);
    ui_push_box(ui_shapes(ui), mark, MARK / 2, mark_color(notice, ui_theme(ui)), 0, 0);
    ui_wrapped(ui, place.text, place.flags, notice->text);
    show_buttons(notice, ui, place.buttons, actions);
    float strength = fade(view, notice, ui, is_heeded(ui, over));
    ui_over_end(ui, strength);
    if (strength <= 0)
        action_add_number(actions, ACT_DISMISS, (double)notice->number);
}
