/* SPDX-License-Identifier: MIT */
#include "app/inspect/suspects_card.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "app/state/suspecting.h"
#include "app/widget/action_button.h"
#include "app/widget/image_tile.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ui/format.h"
#include "ui/ui.h"

enum { DIGITS = 10, LABEL_WIDTH = 102, PROGRESS_WIDTH = 120 };

void suspects_view_clear(struct suspects_view *view)
{
    pixels_clear(&view->pixels);
    *view = (struct suspects_view){.scroll = 0};
}

/* They can be shown: they are among the images that are there. */
static bool are_there(const struct inspect_shown *shown)
{
    const struct suspecting *suspecting = shown->suspecting;
    return suspecting->found && shown->train && suspecting->found_set == shown->train_number;
}

/* ---- tools ----------------------------------------------------------------------------------- */

/* What was corrected: "2 left out, 3 relabelled". */
static void write_corrected(const struct corrections *list, char *text, size_t size)
{
    uint32_t out, relabelled;
    corrections_count(list, &out, &relabelled);
    snprintf(text, size, _("%u left out, %u relabelled"), out, relabelled);
}

static void show_search(const struct inspect_shown *shown, struct ui *ui, struct ui_rect row,
                        struct actions *actions)
{
    const struct suspecting *suspecting = shown->suspecting;
    bool busy = suspecting_busy(suspecting);
    const struct action_button start = {
        "suspects-find", {.kind = ACT_SUSPECTS}, .flags = are_there(shown) ? 0 : UI_PRIMARY};
    const struct action_button stop = {"suspects-stop", {.kind = ACT_SUSPECTS_STOP}};
    const struct action_button undo = {"label-undo", {.kind = ACT_LABEL_UNDO}, .flags = UI_LITTLE};
    const struct action_button *button = busy ? &stop : &start;
    char corrected[80];
    action_button_show(button, ui, ui_cut_left(&row, action_button_width(button, ui)), actions);
    ui_cut_left(&row, UI_INSIDE);
    action_button_show(&undo, ui, ui_cut_right(&row, action_button_width(&undo, ui)), actions);
    ui_cut_right(&row, UI_GAP);
    if (busy) {
        float width = fminf(PROGRESS_WIDTH, row.w);
        ui_progress(ui, "suspects-progress", ui_middle(ui_cut_left(&row, width), width, 14),
                    (float)suspecting_progress(suspecting));
        ui_cut_left(&row, UI_GAP);
    }
    write_corrected(&suspecting->corrections, corrected, sizeof corrected);
    ui_label_fitting(ui, row, UI_QUIET | UI_RIGHT, (const char *[]){corrected, ""}, 2);
}

/* Another label than the one that both networks read. */
static void show_labels(const struct suspect *suspect, uint8_t now, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    char texts[DIGITS][24];
    const char *items[DIGITS];
    int chosen = now < DIGITS ? now : suspect->label;
    for (int i = 0; i < DIGITS; i++) {
        snprintf(texts[i], sizeof texts[i], _("It is a %d"), i);
        items[i] = texts[i];
    }
    if (ui_select(ui, "suspect-label", rect, _("Its label"), items, DIGITS, &chosen, 0))
        action_add_number(actions, ACT_RELABEL, chosen);
    ui_tip(ui, _("The label that the next training learns it by"));
}

/* What can be done with the one that is chosen. */
static void show_chosen(const struct inspect_shown *shown, struct ui *ui, struct ui_rect row,
                        struct actions *actions)
{
    const struct suspect *suspect = suspecting_chosen(shown->suspecting);
    if (!suspect) {
        ui_label_fitting(ui, row, UI_QUIET,
                         (const char *[]){_("Choose an image to relabel it or leave it out."), ""},
                         2);
        return;
    }
    uint8_t now = corrections_of(&shown->suspecting->corrections, suspect->image);
    const struct action_button buttons[] = {
        {"leave-out",
         {.kind = ACT_LEAVE_OUT},
         .flags = UI_TOGGLE | UI_LITTLE | (now == CORRECTION_OUT ? UI_ON : 0)},
        {"label-back", {.kind = ACT_LABEL_BACK}, .flags = UI_LITTLE},
        {"suspect-draw", {.kind = ACT_SUSPECT_DRAW}, .flags = UI_LITTLE},
    };
    show_labels(suspect, now, ui, ui_cut_left(&row, LABEL_WIDTH), actions);
    ui_cut_left(&row, UI_GAP);
    action_choice_show("suspect-tools", buttons, 3, ui, row, actions);
}

/* ---- the images ------------------------------------------------------------------------------ */

struct tiles {
    const struct inspect_shown *shown;
    struct actions *actions;
};

/* "out", "now 7", or NULL where nothing was corrected. */
static const char *find_note(uint8_t now, char text[24])
{
    if (now == CORRECTION_NONE)
        return NULL;
    if (now == CORRECTION_OUT)
        return _("left out");
    snprintf(text, 24, _("now %d"), now);
    return text;
}

static void show_tile(void *user, uint32_t place, struct ui *ui, struct ui_rect rect,
                      uint32_t *pixels)
{
    const struct tiles *tiles = user;
    const struct suspecting *suspecting = tiles->shown->suspecting;
    const struct suspect *suspect = &suspecting->found[place];
    char name[32], tip[200], note[24];
    const struct image_tile tile = {
        name,
        tip,
        tiles->shown->train->pixels + (size_t)suspect->image * FIT_LEN,
        suspect->label,
        suspect->answer,
        suspecting->chosen == (int)place,
        find_note(corrections_of(&suspecting->corrections, suspect->image), note),
    };
    snprintf(name, sizeof name, "suspect-%u", suspect->image);
    snprintf(tip, sizeof tip,
             _("Image %u: labelled %d; networks that never saw it say %d (%s) and give its label "
               "%s."),
             suspect->image, suspect->label, suspect->answer,
             verdict_percent((double)suspect->confidence).text,
             ui_percent((double)suspect->denied, 2).text);
    if (image_tile_show(&tile, ui, rect, pixels))
        action_add_number(tiles->actions, ACT_SUSPECT_CHOOSE, suspect->image);
}

static const char *why_none(const struct inspect_shown *shown)
{
    if (are_there(shown))
        return _("No label is denied with confidence.");
    return _("Trains six small networks, each without a third of the training images, and lists "
             "those of the third whose label they deny with confidence. Such a label is often "
             "wrong; the next training can leave the image out or learn another label. The data's "
             "files stay as they are.");
}

void suspects_card_show(struct suspects_view *view, const struct inspect_shown *shown,
                        struct ui *ui, struct ui_rect rect, struct actions *actions)
{
    char heading[120];
    const struct suspecting *suspecting = shown->suspecting;
    uint32_t count = are_there(shown) ? (uint32_t)suspecting->count : 0;
    snprintf(heading, sizeof heading, "%s", _("Suspects"));
    if (count > 0)
        snprintf(heading, sizeof heading,
                 P_("%u suspect among %s training images", "%u suspects among %s training images",
                    count),
                 count, ui_thousands(shown->train->count).text);
    struct ui_rect inside = ui_card(ui, rect, heading);
    show_search(shown, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP);
    if (count == 0) {
        ui_wrapped(ui, inside, UI_QUIET, why_none(shown));
        return;
    }
    show_chosen(shown, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP);
    struct tiles tiles = {shown, actions};
    const struct tile_wall wall = {"suspects-page", "suspects", count, show_tile, &tiles};
    tile_wall_show(&wall, ui, inside, &view->scroll, &view->pixels);
}
