/* SPDX-License-Identifier: MIT */
/* The core: where a frame begins and ends. */
#include "ui/inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"

struct ui *ui_new(const struct ui_metrics *metrics, const struct ui_clipboard *clipboard,
                  struct err *err)
{
    struct ui *ui = calloc(1, sizeof *ui);
    if (!ui) {
        err_memory(err, _("the window's controls"));
        return NULL;
    }
    ui->metrics = *metrics;
    if (clipboard)
        ui->clipboard = *clipboard;
    ui->theme = ui_theme_dark();
    ui->pen = (struct ui_pen){.x = 0.5f, .y = 0.5f};
    return ui;
}

void ui_free(struct ui *ui)
{
    if (!ui)
        return;
    for (int i = 0; i < UI_LAYER_COUNT; i++)
        ui_shapes_free(&ui->layers[i]);
    ui_shapes_free(&ui->frame);
    ui_free_pixels(ui);
    free(ui->entries[0].items);
    free(ui->entries[1].items);
    free(ui->own_clip);
    free(ui);
}

/* A press outside an open list closes it, and is used up by that: popup_open, which keeps input
 * from what lies below, stays true for this frame. */
static void begin_popup(struct ui *ui)
{
    struct ui_popup *popup = &ui->popup;
    ui->popup_open = popup->owner != 0;
    popup->seen = popup->fresh = false;
    for (int i = 0; i < ui->move_count && popup->owner; i++)
        if (ui->moves[i].kind == UI_PRESS &&
            !ui_rect_has(popup->rect, ui->moves[i].x, ui->moves[i].y))
            ui_close_popup(ui);
}

void ui_begin(struct ui *ui, const struct ui_input *input, const struct ui_theme *theme)
{
    ui->input = input;
    ui->theme = theme;
    ui->wake = UI_NEVER;
    ui->cursor = UI_CURSOR_ARROW;
    ui_begin_layers(ui);
    ui->entries[!ui->done].count = 0;
    ui->last = -1;
    ui->group = ui->hover_next = ui->modal_next = 0;
    ui->cut_next[0] = 0;
    ui->pen.seen = false;
    ui->pixel_count = 0;
    ui->tip[0] = 0;
    ui->tip_of = 0;
    ui->focus_before = ui->focus;
    ui_begin_pointer(ui);
    begin_popup(ui);
    ui_begin_keys(ui);
}

const struct ui_shapes *ui_end(struct ui *ui)
{
    assert(ui->clip_count == 1 && ui->layer_depth == 0);
    if (ui->popup.owner && !ui->popup.seen)
        ui_close_popup(ui);
    if (ui->popup.fresh)
        ui_wake_at(ui, 0);
    if (ui->tip[0] && !ui->popup.owner)
        ui_draw_tip(ui);
    ui->pen.down &= ui->pen.seen;
    ui_end_focus(ui);
    ui_end_modal(ui);
    ui_end_hover(ui);
    ui_end_controls(ui);
    ui_shapes_reset(&ui->frame);
    for (int i = 0; i < UI_LAYER_COUNT; i++)
        ui_shapes_append(&ui->frame, &ui->layers[i]);
    return &ui->frame;
}

/* ---- what may be asked ---- */

uint64_t ui_wake(const struct ui *ui)
{
    return ui->wake;
}

enum ui_cursor ui_cursor(const struct ui *ui)
{
    return ui->cursor;
}

const char *ui_cut_text(const struct ui *ui)
{
    return ui->cut[0] ? ui->cut : NULL;
}

const struct ui_theme *ui_theme(const struct ui *ui)
{
    return ui->theme;
}

const struct ui_metrics *ui_metrics(const struct ui *ui)
{
    return &ui->metrics;
}

const struct ui_input *ui_input(const struct ui *ui)
{
    return ui->input;
}
