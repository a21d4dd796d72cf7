/* SPDX-License-Identifier: MIT */
#include "app/inspect/alike_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "app/state/weight_edits.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    COLUMNS = 4,
    CAPTION = 20,
    LEGEND = 80,
};

/* Its label, in the second colour where it is not what the drawing is read as. */
static void show_image(const struct alike_image *image, int i, int answer, struct ui *ui,
                       struct ui_rect rect, uint32_t *pixels)
{
    char name[24], label[16], tip[160];
    float side = fminf(rect.w, rect.h - CAPTION);
    struct ui_rect picture = {rect.x, rect.y, side, side};
    struct ui_rect caption = {rect.x, rect.y + side, side, CAPTION};
    snprintf(name, sizeof name, "alike-%d", i);
    snprintf(label, sizeof label, "%d", image->label);
    snprintf(tip, sizeof tip, _("Training image %s, labelled %d; cosine %s"),
             ui_thousands(image->number).text, image->label,
             ui_fixed((double)image->cosine, 3).text);
    digit_picture_show(ui, picture, image->pixels, pixels);
    ui_label(ui, caption, UI_LITTLE | UI_BOLD | (image->label == answer ? 0 : UI_SECOND), label);
    ui_label(ui, caption, UI_LITTLE | UI_FIGURES | UI_QUIET | UI_RIGHT,
             ui_fixed((double)image->cosine, 3).text);
    ui_area(ui, name, picture, UI_ROLE_VALUE, tip);
    ui_tip(ui, tip);
}

static void show_images(struct pixels *pixels, const struct inspect_shown *shown, struct ui *ui,
                        struct ui_rect rect)
{
    const struct alike *alike = shown->alike;
    uint32_t *room = pixels_take(pixels, (size_t)ALIKE_MAX * FIT_LEN);
    struct ui_rect legend = ui_cut_bottom(&rect, LEGEND);
    int rows = ALIKE_MAX / COLUMNS;
    for (int i = 0; i < alike->count && room; i++) {
        struct ui_rect cell = ui_row(rect, i / COLUMNS, rows, UI_GAP);
        cell = ui_column(cell, i % COLUMNS, COLUMNS, UI_GAP + UI_STEP);
        show_image(&alike->images[i], i, shown->answer->order[0], ui, cell,
                   room + (ptrdiff_t)i * FIT_LEN);
    }
    ui_wrapped(
        ui, legend, UI_LITTLE | UI_QUIET,
        _("Their labels, and how much the last hidden layer makes the same of them as of the "
          "drawing: the cosine of its activations, 1 for the same. The answer is made from "
          "the activations alone, not from these images."));
}

/* What is asked for before there is anything to see. */
static void show_offer(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    bool reads = alike_reads(shown->alike), asked = shown->alike->asked;
    const struct action_button button = {
        "find-alike", {.kind = reads || asked ? ACT_ALIKE_STOP : ACT_ALIKE}, .flags = 0};
    char text[160];
    struct ui_rect row = ui_cut_bottom(&rect, UI_ROW);
    if (reads)
        snprintf(text, sizeof text, _("It reads the training images: %s"),
                 ui_percent(alike_progress(shown->alike), 0).text);
    else
        snprintf(text, sizeof text, "%s",
                 asked ? _("The training images are being loaded\u2026")
                       : _("The network reads all training images once, and then finds those that "
                           "are most like what you draw."));
    ui_wrapped(ui, rect, UI_QUIET, text);
    float width = action_button_width(&button, ui);
    action_button_show(&button, ui, ui_cut_left(&row, fminf(width, row.w)), actions);
}

void alike_card_show(struct pixels *pixels, const struct inspect_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, _("Training images most like it"));
    if (shown->edits->net)
        ui_wrapped(ui, inside, UI_QUIET,
                   _("Its weights were changed by hand. The images are found for a model as it was "
                     "learnt: put the weights back first."));
    else if (shown->newest)
        ui_wrapped(ui, inside, UI_QUIET,
                   _("A training reads the drawing now, with weights that change. The images are "
                     "found for a model: let it end, or choose one."));
    else if (shown->alike_there)
        show_images(pixels, shown, ui, inside);
    else
        show_offer(shown, ui, inside, actions);
}
