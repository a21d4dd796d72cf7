/* SPDX-License-Identifier: MIT */
#include "app/train/pace_card.h"

#include <math.h>
#include <stdio.h>

#include "app/widget/action_button.h"
#include "app/widget/digit_picture.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

/* Sizes in points. */
enum { CELL_LEAST = 62, IMAGE_MOST = 56, WORDS = 18, CELL_BELOW = 2 * WORDS };

/* ---- the pace -------------------------------------------------------------------------------- */

static const struct {
    const char *name, *label, *brief, *tip;
} paces[TRAINER_PACES] = {
    [TRAINER_FAST] = {"pace-fast", N_("As fast as it can"), N_("Fast"), N_("As fast as it can")},
    [TRAINER_EPOCH] = {"pace-epoch", N_("An epoch a second"), N_("Epoch/s"),
                       N_("An epoch takes a second at least, so that the curves can be watched")},
    [TRAINER_STEP] = {"pace-batch", N_("A mini-batch a click"), N_("Click"),
                      N_("It waits before each mini-batch, and shows what the last one was")},
};
enum { BUTTONS = TRAINER_PACES + 1 };

static const char *label_of(int i, bool brief)
{
    if (i == TRAINER_PACES)
        return brief ? _("Next") : _("Next mini-batch");
    return _(brief ? paces[i].brief : paces[i].label);
}

static float labels_width(struct ui *ui, bool brief)
{
    float width = -UI_GAP;
    for (int i = 0; i < BUTTONS; i++)
        width += ui_button_width(ui, label_of(i, brief), UI_LITTLE) + UI_GAP;
    return width;
}

void pace_row_show(enum trainer_pace pace, struct ui *ui, struct ui_rect rect,
                   struct actions *actions)
{
    bool brief = labels_width(ui, false) > rect.w;
    for (int i = 0; i < BUTTONS; i++) {
        const char *label = label_of(i, brief);
        struct ui_rect place = ui_cut_left(&rect, ui_button_width(ui, label, UI_LITTLE));
        unsigned down = i == (int)pace ? UI_ON : 0;
        const struct action_button button =
            i == TRAINER_PACES
                ? (struct action_button){"next-batch", {.kind = ACT_BATCH}, label, NULL, UI_LITTLE}
                : (struct action_button){paces[i].name,
                                         {.kind = ACT_PACE, .number = i},
                                         label,
                                         _(paces[i].tip),
                                         UI_LITTLE | UI_TOGGLE | down};
        action_button_show(&button, ui, place, actions);
        ui_cut_left(&rect, UI_GAP);
    }
}

/* ---- the mini-batch -------------------------------------------------------------------------- */

struct batch_words {
    char text[300];
};

static struct batch_words write_batch(const struct watch *watch)
{
    struct batch_words words;
    snprintf(words.text, sizeof words.text,
             _("Mini-batch %s of %s, epoch %d: %u of %u right, cost %.3f an image. It moved the "
               "weights by %.3g; all of them together measure %.3g."),
             ui_thousands(watch->step).text, ui_thousands(watch->steps).text, watch->epoch,
             watch->correct, watch->count, watch->cost, watch->moved, watch->length);
    return words;
}

/* No more rows than are needed, and those equally long. */
static int count_columns(const struct watch *watch, float width)
{
    int fit = ui_columns_fit((struct ui_rect){0, 0, width, 0}, CELL_LEAST, UI_STEP);
    int rows = (watch->image_count + fit - 1) / fit;
    return (watch->image_count + rows - 1) / rows;
}

static float image_side(float width, int columns)
{
    float cell = floorf((width - UI_STEP * (float)(columns - 1)) / (float)columns);
    return fminf(cell, IMAGE_MOST);
}

float batch_card_height(const struct watch *watch, struct ui *ui, float width)
{
    float inside = width - 2 * UI_INSIDE;
    int columns = count_columns(watch, inside);
    int rows = (watch->image_count + columns - 1) / columns;
    float words = ui_wrapped_height(ui, inside, 0, write_batch(watch).text);
    return 2 * UI_INSIDE + words +
           (float)rows * (UI_GAP + image_side(inside, columns) + CELL_BELOW);
}

/* "3 · 41 %" over "right" or what it is. */
static void show_answer(const struct watch_image *image, struct ui *ui, struct ui_rect rect)
{
    char answer[64], is[32];
    int best = verdict_best(image->answer);
    snprintf(answer, sizeof answer, "%d \u00b7 %s", best,
             ui_percent((double)image->answer[best], 0).text);
    if (image->digit < 0)
        snprintf(is, sizeof is, _("no digit"));
    else if (image->right)
        snprintf(is, sizeof is, "right");
    else
        snprintf(is, sizeof is, "is a %d", image->digit);
    ui_label(ui, ui_cut_top(&rect, WORDS), UI_CENTER | UI_LITTLE | UI_FIGURES, answer);
    ui_label(ui, ui_cut_top(&rect, WORDS),
             UI_CENTER | UI_LITTLE | (image->right ? UI_GOOD : UI_SECOND), is);
}

static void show_image(const struct watch_image *image, int i, struct ui *ui, struct ui_rect cell,
                       uint32_t *pixels)
{
    char name[24], tip[120];
    float side = cell.h - CELL_BELOW;
    struct ui_rect top = ui_cut_top(&cell, side);
    digit_picture_show(ui, ui_middle(top, side, side), image->pixels, pixels);
    show_answer(image, ui, cell);
    snprintf(name, sizeof name, "batch-image-%d", i);
    snprintf(tip, sizeof tip, _("Its cost, before the network learnt from it: %.3f"),
             (double)image->cost);
    ui_area(ui, name, ui_middle(top, side, side), UI_ROLE_VALUE, tip);
    ui_tip(ui, tip);
}

void batch_card_show(const struct watch *watch, struct ui *ui, struct ui_rect rect,
                     uint32_t pixels[WATCH_IMAGES_MAX][FIT_LEN])
{
    struct ui_rect inside = ui_card(ui, rect, NULL);
    struct batch_words words = write_batch(watch);
    float height = ui_wrapped_height(ui, inside.w, 0, words.text);
    struct ui_rect top = ui_cut_top(&inside, height);
    ui_wrapped(ui, top, 0, words.text);
    ui_area(ui, "mini-batch", top, UI_ROLE_VALUE, words.text);
    ui_cut_top(&inside, UI_GAP);
    int columns = count_columns(watch, inside.w);
    float width = floorf((inside.w - UI_STEP * (float)(columns - 1)) / (float)columns);
    float cell = image_side(inside.w, columns) + CELL_BELOW;
    for (int i = 0; i < watch->image_count; i++) {
        struct ui_rect at = {inside.x + (float)(i % columns) * (width + UI_STEP),
                             inside.y + (float)(i / columns) * (cell + UI_GAP), width, cell};
        show_image(&watch->images[i], i, ui, at, pixels[i]);
    }
}
