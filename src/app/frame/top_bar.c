/* SPDX-License-Identifier: MIT */
#include "app/frame/top_bar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/state/library.h"
#include "app/state/models.h"
#include "app/state/settings.h"
#include "app/widget/action_button.h"
#include "app/widget/action_menu.h"
#include "base/language.h"
#include "base/text.h"
#include "data/dataset.h"
#include "data/find.h"
#include "model/builtin.h"
#include "model/model.h"
#include "nn/nn.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    NAME_WIDTH = 89, /* from the window's edge to the first tab */
    NAME_FROM = 720, /* a window less wide has no room for it */
    TABS_GAP = 16,
    CHIP_LEAST = 100, /* what a chip keeps though its name is cut */
    NAME_LEAST = 56,  /* and what the name keeps before its figure goes */
    NAME_STUMP = 32,       /* what stays of it when nothing else is left to go */
    NAME_LONG = 120,  /* one that is shorter stays whole, and the figure goes */
    NAME_BYTES = 160,
    MENU_HEIGHT = 32,
    MENU_SIDES = 44, /* of a menu's button beside its text: margins and the arrow */
};

/* Of the window's width, what the menus are to have before the tabs stand apart. */
#define MENUS_PART 0.48f

/* ---- what the menus' buttons say ------------------------------------------------------------- */

/* The less room, the less they say: first the sizes go, then what they are; then words are shorter,
 * then the name is, and figures go; at last a star is all that is left of "not saved". */
enum chip_detail { CHIP_WHOLE, CHIP_NO_SIZES, CHIP_NO_KINDS, CHIP_SHORT, CHIP_NAMES, CHIP_STAR };

struct chip {
    struct ui_part parts[4];
    char name[NAME_BYTES], figure[60], size[60];
    int count;
};

static float chip_width(struct ui *ui, const struct chip *chip)
{
    return ceilf(ui_parts_width(ui, chip->parts, chip->count)) + MENU_SIDES;
}

static void add_part(struct chip *chip, const char *text, unsigned flags)
{
    if (text[0])
        chip->parts[chip->count++] = (struct ui_part){text, flags};
}

/* " · 97.85 % validation": on which images it was measured is half of what a figure says. */
static void write_figure(const struct model *model, enum chip_detail detail, struct chip *chip)
{
    double known = models_accuracy(&model->record);
    const char *of = models_is_tested(&model->record) ? "test"
                     : detail < CHIP_SHORT   ? "validation"
                                             : "valid.";
    if (known >= 0 && detail < CHIP_NAMES)
        snprintf(chip->figure, sizeof chip->figure, " \u00b7 %s %s", ui_percent(known, 2).text, of);
}

/* "Model swift · 99.71 % test · 46 kB", or who reads while it is taught: "Model swift · in
 * training". */
static void write_model_chip(const struct top_bar_shown *shown, enum chip_detail detail,
                             struct chip *chip)
{
    const struct model *model = shown->models->current;
    bool newest = shown->learner != NULL;
    *chip = (struct chip){.count = 0};
    text_mend_copy(newest  ? shown->learner
                   : model ? model_name(model)
                           : "none",
                   chip->name, sizeof chip->name);
    if (newest)
        snprintf(chip->size, sizeof chip->size, "%s",
                 detail < CHIP_STAR ? _(" \u00b7 in training") : " \u2026");
    else if (model)
        write_figure(model, detail, chip);
    if (!newest && shown->models->unsaved)
        snprintf(chip->size, sizeof chip->size, detail < CHIP_STAR ? _(" \u00b7 not saved") : " *");
    else if (!newest && model && detail < CHIP_NO_SIZES)
        snprintf(chip->size, sizeof chip->size, " \u00b7 %s", ui_bytes(models_size(model)).text);
    add_part(chip, detail < CHIP_NO_KINDS ? _("Model ") : "", UI_QUIET);
    add_part(chip, chip->name, UI_BOLD);
    add_part(chip, chip->figure, UI_QUIET);
    add_part(chip, chip->size, UI_QUIET);
}

/* Cuts the name, with dots, until the chip is no wider, but leaves so much of it. True where that
 * was enough. */
static bool shorten_name(struct ui *ui, struct chip *chip, float widest, float least)
{
    static const char dots[] = "\u2026";
    const struct ui_part name = {chip->name, UI_BOLD};
    size_t len = strlen(chip->name);
    while (chip_width(ui, chip) > widest) {
        if (len < sizeof dots || ui_parts_width(ui, &name, 1) < least)
            return false;
        len = text_before(chip->name, len);
        memcpy(chip->name + len, dots, sizeof dots);
    }
    return true;
}

/* A long name alone, so that the figure stays. False where it would be but a stump. */
static bool cut_name(struct ui *ui, struct chip *chip, float widest)
{
    const struct ui_part name = {chip->name, UI_BOLD};
    return ui_parts_width(ui, &name, 1) >= NAME_LONG && shorten_name(ui, chip, widest, NAME_LEAST);
}

/* ---- the model's menu ------------------------------------------------------------------------ */

/* Room for the texts of the menu's items, which live as long as it. */
struct texts {
    struct {
        char name[48], label[48];
    } builtins[MODEL_BUILTINS_MAX];
    char save[NAME_BYTES];
};

static void add_path(struct action_menu *menu, const struct top_bar_shown *shown, const char *path)
{
    bool here = strcmp(path, shown->models->path) == 0;
    action_menu_add(menu, (struct ui_item){.label = files_name(path), .detail = "", .on = here},
                    (struct action){.kind = ACT_MODEL, .text = path});
}

static bool is_recent(const struct settings *settings, const char *path)
{
    for (int i = 0; i < settings->recent_count; i++)
        if (strcmp(settings->recent[i], path) == 0)
            return true;
    return false;
}

static void add_builtins(struct action_menu *menu, const struct models *models, struct texts *texts)
{
    for (int i = 0; i < model_builtin_count(); i++) {
        char *name = texts->builtins[i].name, *label = texts->builtins[i].label;
        snprintf(name, sizeof texts->builtins[i].name, "model-%s", model_builtin_name(i));
        snprintf(label, sizeof texts->builtins[i].label, "%s", model_builtin_name(i));
        action_menu_add(menu,
                        (struct ui_item){.name = name,
                                         .label = label,
                                         .detail = _("built in"),
                                         .on = models->builtin == i && !models->unsaved},
                        (struct action){.kind = ACT_MODEL, .text = model_builtin_path(i)});
    }
}

static void add_model_files(struct action_menu *menu, const struct top_bar_shown *shown)
{
    const struct settings *settings = shown->settings;
    action_menu_line(menu);
    if (settings->recent_count > 0)
        action_menu_heading(menu, _("Recent"));
    for (int i = 0; i < settings->recent_count; i++)
        add_path(menu, shown, settings->recent[i]);
    action_menu_line(menu);
    bool any = false;
    for (int i = 0; i < shown->models->found_count; i++) {
        if (is_recent(settings, shown->models->found[i]))
            continue;
        if (!any)
            action_menu_heading(menu, _("In your folder"));
        any = true;
        add_path(menu, shown, shown->models->found[i]);
    }
}

static void make_model_menu(struct action_menu *menu, const struct top_bar_shown *shown,
                            struct texts *texts)
{
    const struct models *models = shown->models;
    bool saved = !models->unsaved && models->path[0];
    snprintf(texts->save, sizeof texts->save, _("Save"));
    if (models->current && shown->learner) /* which is not the one that is saved */
        snprintf(texts->save, sizeof texts->save, "Save %.100s", model_name(models->current));
    action_menu_add(menu, (struct ui_item){.name = "model-open"},
                    (struct action){.kind = ACT_MODEL});
    action_menu_add(menu,
                    (struct ui_item){.name = "model-save", .label = texts->save, .off = saved},
                    (struct action){.kind = ACT_MODEL_SAVE});
    action_menu_add(menu, (struct ui_item){.name = "model-save-as"},
                    (struct action){.kind = ACT_MODEL_SAVE_AS});
    if (models->before)
        action_menu_add(
            menu, (struct ui_item){.name = "model-back", .detail = model_name(models->before)},
            (struct action){.kind = ACT_MODEL_BACK});
    action_menu_line(menu);
    add_builtins(menu, models, texts);
    add_model_files(menu, shown);
}

/* The network, and on which images the accuracy in the button was measured. */
static void write_model_tip(const struct model *model, char *text, size_t size)
{
    double known = models_accuracy(&model->record);
    if (known >= 0)
        snprintf(text, size, _("%s\n%s of the %s read right"), nn_words(model->net),
                 ui_percent(known, 2).text, models_measured_on(&model->record));
    else
        snprintf(text, size, "%s", nn_words(model->net));
}

static void show_model_menu(const struct top_bar_shown *shown, struct ui *ui, struct ui_rect rect,
                            const struct chip *chip, struct actions *actions)
{
    const struct model *model = shown->models->current;
    struct action_menu menu = {.actions = actions};
    struct texts texts;
    char tip[NN_WORDS_MAX + 80];
    snprintf(tip, sizeof tip, "%s", _("Open a model, or train one"));
    make_model_menu(&menu, shown, &texts);
    action_menu_show(&menu, ui, "model", rect, chip->parts, chip->count);
    if (shown->learner)
        snprintf(tip, sizeof tip, _("%s\nThe newest weights read your drawing"),
                 shown->learner_net);
    else if (model)
        write_model_tip(model, tip, sizeof tip);
    if (shown->models->unsaved)
        strncat(tip, "\nNot saved yet", sizeof tip - strlen(tip) - 1);
    ui_tip(ui, tip);
}

/* ---- the data's menu ------------------------------------------------------------------------- */

static const char *data_detail(const struct top_bar_shown *shown, char *text, size_t size)
{
    const struct dataset *train = library_train(shown->library);
    enum library_state state = library_state(shown->library);
    text[0] = 0;
    if (state == LIBRARY_LOADING)
        snprintf(text, size, " \u00b7 loading");
    else if (state == LIBRARY_FAILED)
        snprintf(text, size, _(" \u00b7 not loaded"));
    else if (train)
        snprintf(text, size, " \u00b7 %s", ui_thousands(train->count).text);
    return text;
}

/* " + 38 mine" while they are learnt from, too, else nothing: a training goes by the data alone. */
static const char *own_detail(const struct top_bar_shown *shown, char *text, size_t size)
{
    text[0] = 0;
    if (shown->own_digits > 0)
        snprintf(text, size, " + %s mine", ui_thousands(shown->own_digits).text);
    return text;
}

static void write_data_chip(const struct top_bar_shown *shown, enum chip_detail detail,
                            struct chip *chip)
{
    *chip = (struct chip){.count = 0};
    data_detail(shown, chip->size, sizeof chip->size);
    own_detail(shown, chip->figure, sizeof chip->figure);
    add_part(chip, detail < CHIP_NO_KINDS ? _("Data ") : "", UI_QUIET);
    add_part(chip, library_name(shown->library), UI_BOLD);
    add_part(chip, detail < CHIP_SHORT ? chip->figure : "", UI_QUIET);
    add_part(chip, detail < CHIP_NO_SIZES ? chip->size : "", UI_QUIET);
}

static void show_data_menu(const struct top_bar_shown *shown, struct ui *ui, struct ui_rect rect,
                           const struct chip *chip, struct actions *actions)
{
    enum library_source source = library_source(shown->library);
    struct action_menu menu = {.actions = actions};
    bool none = source == LIBRARY_USUAL && library_drawn(shown->library);
    action_menu_add(&menu, (struct ui_item){.name = "data-usual", .on = source == LIBRARY_USUAL},
                    (struct action){.kind = ACT_DATA_USUAL});
    action_menu_add(&menu, (struct ui_item){.name = "data-folder", .on = source == LIBRARY_FOLDER},
                    (struct action){.kind = ACT_DATA});
    action_menu_add(&menu,
                    (struct ui_item){.name = "data-synthetic", .on = source == LIBRARY_SYNTHETIC},
                    (struct action){.kind = ACT_DATA_SYNTHETIC});
    action_menu_show(&menu, ui, "data", rect, chip->parts, chip->count);
    ui_tip(ui, shown->data_in_use ? _("What is being learnt from; stop that to choose another")
               : none             ? find_note()
                                  : _("Which digits to train on"));
}

/* ---- the rest -------------------------------------------------------------------------------- */

/* A disc, half of it filled: dark and light. */
static void show_theme_button(const struct top_bar_shown *shown, struct ui *ui,
                              struct ui_rect place, struct actions *actions)
{
    struct ui_rect rect = ui_middle(place, MENU_HEIGHT, MENU_HEIGHT);
    if (ui_button(ui, "theme", rect, "", UI_BARE))
        action_add(actions, ACT_THEME);
    ui_tip(ui, shown->settings->dark ? _("Light theme (Ctrl T)") : _("Dark theme (Ctrl T)"));
    float x = rect.x + rect.w / 2, y = rect.y + rect.h / 2, half[2 * 17];
    for (int i = 0; i < 17; i++) {
        float angle = (float)M_PI * ((float)i / 16 - 0.5f);
        half[2 * i] = x + 7 * cosf(angle);
        half[2 * i + 1] = y + 7 * sinf(angle);
    }
    struct ui_rect disc = {x - 7, y - 7, 14, 14};
    ui_push_box(ui_shapes(ui), disc, 7, 0, ui_theme(ui)->quiet, 1.5f);
    ui_push_polygon(ui_shapes(ui), half, 17, ui_theme(ui)->quiet);
}

/* Both buttons, as much of them as there is room for. */
static void show_menus(const struct top_bar_shown *shown, struct ui *ui, struct ui_rect rest,
                       struct actions *actions)
{
    struct chip model, data;
    enum { GAP = UI_GAP + 2 };
    for (enum chip_detail detail = CHIP_WHOLE; detail <= CHIP_STAR; detail++) {
        write_model_chip(shown, detail, &model);
        write_data_chip(shown, detail, &data);
        float room = rest.w - GAP - chip_width(ui, &data);
        if (chip_width(ui, &model) <= room || (detail == CHIP_SHORT && cut_name(ui, &model, room)))
            break;
    }
    /* Where nothing else can go, both names are stumps. */
    shorten_name(ui, &model, rest.w - GAP - chip_width(ui, &data), NAME_STUMP);
    shorten_name(ui, &data, rest.w - GAP - chip_width(ui, &model), NAME_STUMP);
    float data_width = fminf(chip_width(ui, &data), fmaxf(rest.w - GAP - CHIP_LEAST, 0));
    float model_width = fminf(chip_width(ui, &model), fmaxf(rest.w - GAP - data_width, 0));
    struct ui_rect right = ui_middle(ui_cut_right(&rest, data_width), data_width, MENU_HEIGHT);
    ui_cut_right(&rest, GAP);
    struct ui_rect left = ui_middle(ui_cut_right(&rest, model_width), model_width, MENU_HEIGHT);
    show_theme_button(shown, ui,
                      (struct ui_rect){left.x - UI_GAP - MENU_HEIGHT, rest.y, MENU_HEIGHT, rest.h},
                      actions);
    show_model_menu(shown, ui, left, &model, actions);
    show_data_menu(shown, ui, right, &data, actions);
}

/* From the left of `rest`, which is cut. */
static void show_tabs(const struct top_bar_shown *shown, struct ui *ui, struct ui_rect *rest,
                      struct actions *actions)
{
    struct ui_tab tabs[APP_VIEW_COUNT];
    char names[APP_VIEW_COUNT][24], tips[APP_VIEW_COUNT][120];
    for (int i = 0; i < APP_VIEW_COUNT; i++) {
        enum app_view view = (enum app_view)i;
        snprintf(names[i], sizeof names[i], "tab-%s", view_name(view));
        snprintf(tips[i], sizeof tips[i], "%s (Ctrl %d)", view_sentence(view), view_key(view));
        tabs[i] = (struct ui_tab){names[i], _(view_label(view)), tips[i]};
    }
    float room = rest->w - TABS_GAP - MENU_HEIGHT - UI_GAP - ui_input(ui)->width * MENUS_PART;
    struct ui_rect rect = ui_cut_left(rest, ui_tabs_width(ui, tabs, APP_VIEW_COUNT, room));
    int chosen = ui_tabs(ui, rect, tabs, APP_VIEW_COUNT, (int)shown->view);
    if (chosen != (int)shown->view)
        action_add_number(actions, ACT_VIEW, chosen);
}

static void show_name(struct ui *ui, struct ui_rect name)
{
    name = ui_middle(name, name.w, 22); /* a huge label is as high as its rectangle */
    name.x += ui_label(ui, name, UI_HUGE | UI_BOLD, "ink");
    ui_label(ui, name, UI_HUGE | UI_BOLD | UI_ACCENT, "ling");
}

void top_bar_show(const struct top_bar_shown *shown, struct ui *ui, struct ui_rect rect,
                  struct actions *actions)
{
    ui_push_box(ui_shapes(ui), rect, 0, ui_theme(ui)->bar, 0, 0);
    ui_push_box(ui_shapes(ui), (struct ui_rect){rect.x, rect.y + rect.h - 1, rect.w, 1}, 0,
                ui_theme(ui)->card_edge, 0, 0);
    struct ui_rect rest = rect;
    if (rect.w < NAME_FROM) {
        ui_cut_left(&rest, UI_STEP); /* a tab has a margin of its own */
    } else {
        ui_cut_left(&rest, UI_BETWEEN);
        show_name(ui, ui_cut_left(&rest, NAME_WIDTH));
    }
    ui_cut_right(&rest, UI_BETWEEN);
    show_tabs(shown, ui, &rest, actions);
    ui_cut_left(&rest, TABS_GAP);
    ui_cut_left(&rest, MENU_HEIGHT + UI_GAP); /* the theme's button, which stands before them */
    show_menus(shown, ui, rest, actions);
}
