/* SPDX-License-Identifier: MIT */
#include "app/inspect/change_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "app/widget/action_button.h"
#include "app/widget/digit_row.h"
#include "app/widget/value_picture.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    PICTURE_MOST = 160,
    CAPTION = 20,
};

static struct ui_rect lay_picture(struct ui_rect rect, int i, struct ui_rect *caption)
{
    struct ui_rect column = ui_column(rect, i, 3, UI_GAP + UI_STEP);
    float side = fminf(column.w, PICTURE_MOST);
    struct ui_rect picture = ui_cut_top(&column, side);
    picture.w = side;
    *caption = ui_cut_top(&column, CAPTION);
    return picture;
}

/* As it is, as it becomes, and what lies between them. */
static float show_pictures(const struct explained *explained, struct ui *ui, struct ui_rect rect,
                           uint32_t *room)
{
    const struct change *change = &explained->change;
    uint8_t changed[FIT_LEN];
    float between[FIT_LEN];
    change_bytes(change, changed);
    for (int i = 0; i < FIT_LEN; i++)
        between[i] = change->added[i] - change->taken[i];
    char becomes[32];
    snprintf(becomes, sizeof becomes, _("read as %d"), explained->digit);
    struct ui_rect caption, picture = lay_picture(rect, 0, &caption);
    digit_picture_show(ui, picture, explained->pixels, room);
    ui_label_fitting(ui, caption, UI_LITTLE | UI_QUIET, (const char *[]){_("as it is")}, 1);
    picture = lay_picture(rect, 1, &caption);
    digit_picture_show(ui, picture, changed, room + FIT_LEN);
    ui_area(ui, "change-picture", picture, UI_ROLE_VALUE, becomes);
    ui_label_fitting(ui, caption, UI_LITTLE | UI_QUIET, (const char *[]){becomes}, 1);
    picture = lay_picture(rect, 2, &caption);
    value_picture_show(ui, picture, between, room + (ptrdiff_t)2 * FIT_LEN);
    ui_area(ui, "change-between", picture, UI_ROLE_VALUE, _("Ink added and taken away"));
    ui_tip(ui, _("Blue: ink that is added; orange: ink that is taken away"));
    ui_label_fitting(ui, caption, UI_LITTLE | UI_QUIET,
                     (const char *[]){_("added, taken away"), _("added, taken")}, 2);
    return picture.h + CAPTION;
}

static void write_outcome(const struct explained *explained, int answer, char *text, size_t size)
{
    const struct change *change = &explained->change;
    if (!change->reached)
        snprintf(text, size,
                 _("No change was found that is read as %d. That is no proof that there is none."),
                 explained->digit);
    else if (change->pixels == 0)
        snprintf(text, size, _("It is read as %d as it is: choose another digit."),
                 explained->digit);
    else
        snprintf(
            text, size,
            _("So much ink as %s full pixels have, spread over %d, lies between %d and %d, which "
              "then has %s. It was found along the slope of the network; a smaller change may "
              "exist. If it hardly looks like %d to you, that says how the network sees."),
            ui_fixed(change->ink, 1).text, change->pixels, answer, explained->digit,
            verdict_percent((double)explained->changed.of[explained->digit]).text,
            explained->digit);
}

void change_card_show(struct pixels *pixels, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    char heading[64], text[400];
    const struct explained *explained = shown->explained;
    snprintf(heading, sizeof heading, _("The least change to be read as %d"), shown->digit);
    struct ui_rect inside = ui_card(ui, rect, heading);
    const struct digit_row row = {"ask", _("The least change to be read as"), ACT_ASK_DIGIT,
                                  shown->digit, false};
    digit_row_show(&row, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP + UI_STEP);
    struct ui_rect bottom = ui_cut_bottom(&inside, UI_ROW);
    uint32_t *room = pixels_take(pixels, (size_t)3 * FIT_LEN);
    if (!explained || !room) {
        ui_wrapped(ui, inside, UI_QUIET, _("The change is being looked for\u2026"));
        return;
    }
    ui_cut_top(&inside, show_pictures(explained, ui, inside, room) + UI_GAP);
    write_outcome(explained, shown->answer->order[0], text, sizeof text);
    ui_wrapped(ui, inside, UI_QUIET | UI_LITTLE, text);
    ui_area(ui, "change-outcome", inside, UI_ROLE_VALUE, text);
    const struct action_button button = {"take-change", {.kind = ACT_TAKE_CHANGE}};
    float width = action_button_width(&button, ui);
    action_button_show(&button, ui, ui_cut_left(&bottom, fminf(width, bottom.w)), actions);
}
