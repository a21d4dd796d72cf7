/* SPDX-License-Identifier: MIT */
#include "app/inspect/map_part.h"

#include <math.h>
#include <stdio.h>

#include "app/inspect/inspect_shown.h"
#include "app/state/weight_edits.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    BESIDE = 300, /* the width of the canvas's card */
    MAP_LEAST = 420,
    CANVAS_MOST = 264,
    PICTURE = 2 * FIT_SIZE,
    CAPTION = 18,
    RING = 13, /* around where the drawing lies */
};

void map_part_clear(struct map_part *part)
{
    map_picture_clear(&part->picture);
    pixels_clear(&part->beside);
    *part = (struct map_part){.scroll = 0};
}

/* ---- how it is laid out ---------------------------------------------------------------------- */

static void show_layouts(const struct inspect_shown *shown, struct ui *ui, struct ui_rect rect,
                         struct actions *actions)
{
    const struct digit_map *map = shown->map;
    unsigned flags[DIGIT_MAP_LAYOUTS];
    for (int i = 0; i < DIGIT_MAP_LAYOUTS; i++)
        flags[i] = UI_LITTLE | UI_TOGGLE | ((int)map->layout == i ? UI_ON : 0);
    const struct action_button layouts[] = {
        {"map-components", {.kind = ACT_MAP_COMPONENTS}, .flags = flags[DIGIT_MAP_COMPONENTS]},
        {"map-neighbours", {.kind = ACT_MAP_NEIGHBOURS}, .flags = flags[DIGIT_MAP_NEIGHBOURS]},
    };
    const struct action_button stop = {"map-stop", {.kind = ACT_MAP_STOP}, .flags = UI_LITTLE};
    rect = action_choice_show("map-layouts", layouts, 2, ui, rect, actions);
    if (!digit_map_busy(map))
        return;
    ui_cut_left(&rect, UI_GAP);
    ui_progress(ui, "map-progress", ui_middle(ui_cut_left(&rect, 120), 120, 14),
                (float)digit_map_progress(map));
    ui_cut_left(&rect, UI_GAP);
    action_choice_show("map-work", &stop, 1, ui, rect, actions);
}

/* ---- the canvas ------------------------------------------------------------------------------ */

static void show_answer(const struct answer *answer, struct ui *ui, struct ui_rect row)
{
    if (!answer->any) {
        ui_label(ui, row, UI_QUIET, _("Draw a digit, and follow the ring."));
        return;
    }
    const struct verdict_words words =
        verdict_words(answer->verdict, answer->guess, answer->order[0], answer->order[1]);
    ui_label(ui, ui_cut_right(&row, 64), UI_FIGURES | UI_RIGHT | UI_QUIET,
             verdict_percent((double)answer->probability[answer->order[0]]).text);
    ui_label(ui, row, UI_BOLD, words.text);
    ui_area(ui, "map-answer", row, UI_ROLE_VALUE, words.text);
}

/* The image of the map that the pointer is near. */
static void show_image(struct map_part *part, const struct digit_map *map, int image, struct ui *ui,
                       struct ui_rect rect)
{
    char text[160];
    uint32_t *pixels = pixels_take(&part->beside, FIT_LEN);
    if (image < 0 || !pixels) {
        ui_wrapped(ui, rect, UI_QUIET | UI_LITTLE,
                   _("Point at an image of the map to see it here; click to put it on the "
                     "canvas."));
        return;
    }
    const struct dataset *set = map->made->set;
    digit_picture_show(ui, ui_cut_left(&rect, PICTURE), set->pixels + (size_t)image * FIT_LEN,
                       pixels);
    ui_cut_left(&rect, UI_INSIDE);
    snprintf(text, sizeof text, _("Labelled %d\nImage %s"), set->labels[image],
             ui_thousands(digit_map_number(map->made, (uint32_t)image)).text);
    ui_wrapped(ui, rect, 0, text);
}

static void show_canvas(struct map_part *part, const struct inspect_shown *shown, int image,
                        struct ui *ui, struct ui_rect rect, struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, _("This drawing"));
    struct ui_rect below = ui_cut_bottom(&inside, PICTURE + UI_GAP);
    float side = floorf(fminf(CANVAS_MOST, fminf(inside.w, inside.h - UI_ROW - UI_GAP)));
    if (side > FIT_SIZE) {
        struct ui_rect row = ui_cut_top(&inside, side);
        struct ui_rect pad = {row.x, row.y, side, side};
        canvas_pad_show(&part->canvas, &shown->drawn, ui, pad, actions);
        canvas_pad_show_pen(&part->canvas, &shown->drawn, ui);
    }
    show_answer(shown->answer, ui, ui_cut_top(&inside, UI_ROW));
    ui_cut_top(&below, UI_GAP);
    if (shown->map_there)
        show_image(part, shown->map, image, ui, below);
}

/* ---- the map --------------------------------------------------------------------------------- */

/* Where the drawing lies: a ring with its answer. */
static void show_drawing(const struct map_part *part, const struct inspect_shown *shown,
                         struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    float xy[2], at[2];
    char digit[8];
    if (!shown->answer->any || !shown->map_hidden)
        return;
    digit_map_place(shown->map, shown->map_hidden, xy);
    map_picture_point(&part->picture, rect, xy, at);
    at[0] = fminf(fmaxf(at[0], rect.x + RING), rect.x + rect.w - RING);
    at[1] = fminf(fmaxf(at[1], rect.y + RING), rect.y + rect.h - RING);
    struct ui_rect ring = {at[0] - RING, at[1] - RING, 2 * RING, 2 * RING};
    ui_push_box(ui_shapes(ui), ring, RING, theme->card, theme->text, 2.5f);
    snprintf(digit, sizeof digit, "%d", shown->answer->order[0]);
    ui_label(ui, ring, UI_BOLD | UI_CENTER, digit);
}

static void write_legend(const struct digit_map *map, char *whole, char *brief, size_t size)
{
    const struct projection *flat = &map->made->flat;
    double part = flat->whole > 0 ? (flat->variance[0] + flat->variance[1]) / flat->whole : 0;
    if (map->layout == DIGIT_MAP_NEIGHBOURS) {
        snprintf(whole, size, "%s",
                 _("By t-SNE: who is whose neighbour is right; how far apart groups lie says "
                   "little. The drawing stands amid the five images most like it."));
        snprintf(brief, size, "%s", _("By t-SNE: neighbours are right, distances are not."));
        return;
    }
    snprintf(whole, size,
             _("The two directions in which the %d activations of the last hidden layer differ "
               "most hold %s of all their differences."),
             map->made->len, ui_percent(part, 0).text);
    snprintf(brief, size, _("The two directions hold %s of all differences."),
             ui_percent(part, 0).text);
}

/* Returns the image that the pointer is near, or -1. */
static int show_plane(struct map_part *part, const struct inspect_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions)
{
    const struct digit_map *map = shown->map;
    map_picture_show(&part->picture, map, ui, rect);
    struct ui_pad pad = ui_pad(ui, "map", rect, _("The map"), UI_CURSOR_ARROW);
    int image = pad.hover ? map_picture_find(&part->picture, map, rect, pad.x, pad.y) : -1;
    for (int i = 0; i < pad.count; i++)
        if (pad.moves[i].kind == UI_PRESS && image >= 0)
            action_add_number(actions, ACT_MAP_IMAGE, image);
    if (image >= 0) {
        float at[2];
        map_picture_point(&part->picture, rect, digit_map_places(map) + 2 * (size_t)image, at);
        struct ui_rect box = {at[0] - FIT_SIZE / 4.0f - 2, at[1] - FIT_SIZE / 4.0f - 2,
                              FIT_SIZE / 2.0f + 4, FIT_SIZE / 2.0f + 4};
        ui_push_box(ui_shapes(ui), box, 2, 0, ui_theme(ui)->text, 1);
    }
    show_drawing(part, shown, ui, rect);
    return image;
}

static const char *why_none(const struct inspect_shown *shown)
{
    if (shown->newest)
        return _("A training changes the network that reads; the map comes when it is over.");
    if (shown->edits->net)
        return _("Weights were changed by hand; put them back, or keep them as a model, and the "
                 "map comes.");
    if (!shown->model)
        return _("No model is in use: there is nothing to make a map by.");
    return digit_map_busy(shown->map) || shown->map_waits
               ? _("The images are being read\u2026")
               : _("There is no map. Choose PCA to make it.");
}

static int show_map(struct map_part *part, const struct inspect_shown *shown, struct ui *ui,
                    struct ui_rect rect, struct actions *actions)
{
    char heading[160], whole[300], brief[160];
    const struct digit_map *map = shown->map;
    snprintf(heading, sizeof heading, "%s", _("The map"));
    if (shown->map_there)
        snprintf(heading, sizeof heading,
                 shown->map_tests ? _("%s test images of %s") : _("%s training images of %s"),
                 ui_thousands(map->made->set->count).text, map->made->set->name);
    struct ui_rect inside = ui_card(ui, rect, heading);
    if (!shown->map_there) {
        ui_wrapped(ui, inside, UI_QUIET, why_none(shown));
        return -1;
    }
    struct ui_rect legend = ui_cut_bottom(&inside, CAPTION);
    ui_cut_bottom(&inside, UI_STEP);
    write_legend(map, whole, brief, sizeof brief);
    ui_label_fitting(ui, legend, UI_LITTLE | UI_QUIET, (const char *[]){whole, brief, ""}, 3);
    return show_plane(part, shown, ui, inside, actions);
}

void map_part_show(struct map_part *part, const struct inspect_shown *shown, struct ui *ui,
                   struct ui_rect rect, struct ui_rect above, struct actions *actions)
{
    bool column = rect.w < INSPECT_COLUMN_BELOW;
    float beside = CANVAS_MOST + UI_ROW + PICTURE + UI_HEADING + 2 * UI_INSIDE + 2 * UI_GAP;
    float choice = UI_ROW + UI_GAP + UI_STEP;
    float least = MAP_LEAST + UI_BETWEEN + (column ? beside + UI_BETWEEN + choice : 0);
    ui_cut_left(&above, fmaxf(rect.x + BESIDE + 2 * UI_BETWEEN - above.x, UI_GAP)); /* over it */
    if (!column) /* first, as Tab goes from the top to the bottom */
        show_layouts(shown, ui, above, actions);
    struct ui_rect page =
        ui_scroll_begin(ui, "inspect-map", rect, fmaxf(rect.h, least), &part->scroll);
    struct ui_rect rest = ui_inset_xy(page, UI_BETWEEN, 0);
    ui_cut_bottom(&rest, UI_BETWEEN);
    struct ui_rect left = column ? ui_cut_top(&rest, beside) : ui_cut_left(&rest, BESIDE);
    if (column)
        ui_cut_top(&rest, UI_BETWEEN);
    else
        ui_cut_left(&rest, UI_BETWEEN);
    if (column)
        show_layouts(shown, ui, ui_cut_top(&rest, UI_ROW), actions);
    if (column)
        ui_cut_top(&rest, UI_GAP + UI_STEP);
    int image = show_map(part, shown, ui, rest, actions);
    show_canvas(part, shown, image, ui, left, actions);
    ui_scroll_end(ui);
}
