/* SPDX-License-Identifier: MIT */
/* What every control asks of the state: names as numbers, the next frame, layers and clips. */
#include "ui/inside.h"

#include <assert.h>

#include "base/hash.h"

uint64_t ui_hash(const char *name)
{
    uint64_t hash = hash_text(HASH_START, name);
    return hash ? hash : 1;
}

uint64_t ui_hash_index(uint64_t id, int i)
{
    uint64_t hash = hash_mix(id, (unsigned)i);
    return hash ? hash : 1;
}

struct ui_rect ui_window(const struct ui *ui)
{
    return (struct ui_rect){0, 0, ui->input->width, ui->input->height};
}

void ui_wake_at(struct ui *ui, uint64_t when)
{
    if (when < ui->wake)
        ui->wake = when;
}

void ui_again(struct ui *ui)
{
    ui_wake_at(ui, 0);
}

void ui_close_popup(struct ui *ui)
{
    if (ui->popup.owner)
        ui_wake_at(ui, 0);
    ui->popup.owner = 0;
}

/* ---- layers and clips ---- */

static void set_clip(struct ui *ui, struct ui_rect clip)
{
    ui_push_clip(&ui->layers[ui->layer], clip);
}

void ui_begin_layers(struct ui *ui)
{
    for (int i = 0; i < UI_LAYER_COUNT; i++)
        ui_shapes_reset(&ui->layers[i]);
    ui->layer = ui->layer_depth = 0;
    ui->clips[0] = ui_window(ui);
    ui->clip_count = 1;
    set_clip(ui, ui->clips[0]);
    ui->over_next = (struct ui_rect){0};
}

void ui_clip_begin(struct ui *ui, struct ui_rect rect)
{
    assert(ui->clip_count < UI_CLIPS_MAX);
    ui->clips[ui->clip_count] = ui_rect_meet(rect, ui->clips[ui->clip_count - 1]);
    set_clip(ui, ui->clips[ui->clip_count++]);
}

void ui_clip_end(struct ui *ui)
{
    assert(ui->clip_count > 1);
    set_clip(ui, ui->clips[--ui->clip_count - 1]);
}

/* Another layer starts with the whole window; the clip of the one below stays as it is. */
void ui_layer_begin(struct ui *ui, int layer)
{
    assert(ui->layer_depth < UI_LAYER_COUNT && ui->clip_count < UI_CLIPS_MAX);
    ui->layers_below[ui->layer_depth++] = ui->layer;
    ui->layer = layer;
    ui->clips[ui->clip_count++] = ui_window(ui);
    set_clip(ui, ui_window(ui));
}

void ui_layer_end(struct ui *ui)
{
    ui->clip_count--;
    ui->layer = ui->layers_below[--ui->layer_depth];
}

void ui_over_begin(struct ui *ui, struct ui_rect rect)
{
    ui->over_next = rect;
    ui_layer_begin(ui, UI_LAYER_OVER);
}

void ui_over_end(struct ui *ui, float strength)
{
    ui_shapes_fade(ui_shapes(ui), strength);
    ui_layer_end(ui);
}

struct ui_shapes *ui_shapes(struct ui *ui)
{
    return &ui->layers[ui->layer];
}
