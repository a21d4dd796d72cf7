/* SPDX-License-Identifier: MIT */
/* top_bar.c -- the name, the tabs, and the menus of model and data. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mine/learner.h"
#include "app/models.h"
#include "app/views.h"
#include "data/dataset.h"
#include "data/mine.h"
#include "model/model.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    TABS_WIDTH = 250,
    NAME_WIDTH = 89,       /* from the window's edge to the first tab */
    DATA_WIDTH = 260,
    MENU_HEIGHT = 32,
    MENU_SIDES = 44,       /* of a menu's button beside its text: margins and the arrow */
    MODEL_ITEMS_MAX = 64,
};

/* ---- the model's menu ------------------------------------------------------------------------ */

/* A menu under construction: the items, what each does, and room for their texts. */
struct menu {
    struct ui_item items[MODEL_ITEMS_MAX];
    struct action actions[MODEL_ITEMS_MAX];
    int count;
};

static void add_item(struct menu *menu, struct ui_item item, struct action action)
{
    if (menu->count == MODEL_ITEMS_MAX)
        return;
    menu->items[menu->count] = item;
    menu->actions[menu->count++] = action;
}

static void add_line(struct menu *menu)
{
    if (menu->count > 0 && menu->items[menu->count - 1].label)
        add_item(menu, (struct ui_item){0}, (struct action){0});
}

static void add_path(struct menu *menu, const struct app *app, const char *path)
{
    bool here = strcmp(path, app->models.path) == 0;
    add_item(menu, (struct ui_item){.label = files_name(path), .on = here},
             (struct action){.kind = ACT_MODEL_OPEN, .text = path});
}

static bool is_recent(const struct app *app, const char *path)
{
    for (int i = 0; i < app->settings.recent_count; i++)
        if (strcmp(app->settings.recent[i], path) == 0)
            return true;
    return false;
}

static void add_model_files(struct menu *menu, const struct app *app)
{
    bool builtin = app->models.current && !app->models.path[0] && !app->models.unsaved;
    add_line(menu);
    add_item(menu, (struct ui_item){.name = "model-default", .label = "The built-in model",
                                    .on = builtin},
             (struct action){.kind = ACT_MODEL_DEFAULT});
    add_line(menu);
    for (int i = 0; i < app->settings.recent_count; i++)
        add_path(menu, app, app->settings.recent[i]);
    add_line(menu);
    for (int i = 0; i < app->models.found_count; i++)
        if (!is_recent(app, app->models.found[i]))
            add_path(menu, app, app->models.found[i]);
    if (!menu->items[menu->count - 1].label)
        menu->count--;
}

static void make_model_menu(struct menu *menu, const struct app *app)
{
    bool none = !app->models.current;
    add_item(menu, (struct ui_item){.name = "model-open", .label = "Open\u2026",
                                    .detail = "Ctrl O"},
             (struct action){.kind = ACT_MODEL_ASK});
    add_item(menu, (struct ui_item){.name = "model-save", .label = "Save", .detail = "Ctrl S",
                                    .off = none || (!app->models.unsaved && app->models.path[0])},
             (struct action){.kind = ACT_MODEL_SAVE});
    add_item(menu, (struct ui_item){.name = "model-save-as", .label = "Save as\u2026",
                                    .detail = "Ctrl Shift S", .off = none},
             (struct action){.kind = ACT_MODEL_SAVE_ASK});
    if (app->models.before)
        add_item(menu, (struct ui_item){.name = "model-back", .label = "Back to",
                                        .detail = model_name(app->models.before)},
                 (struct action){.kind = ACT_MODEL_BACK});
    add_model_files(menu, app);
}

/* The network, and on which images the accuracy in the button was measured. */
static void write_model_tip(const struct model *model, char *text, size_t size)
{
    double known = models_accuracy(model);
    if (known >= 0)
        snprintf(text, size, "%s\n%s of the %s read right", nn_words(model->net),
                 ui_percent(known, 2).text, models_measured_on(model));
    else
        snprintf(text, size, "%s", nn_words(model->net));
}

/* "Model swift · 99.71 % · 46 kB"; where it is narrow, the size goes first. */
static struct ui_rect show_model_menu(const struct app *app, struct ui *ui, struct ui_rect *rest,
                                      float widest, struct actions *actions)
{
    const struct model *model = app->models.current;
    char accuracy[60] = "", size[60] = "";
    double known = model ? models_accuracy(model) : -1;
    if (known >= 0)
        snprintf(accuracy, sizeof accuracy, " \u00b7 %s", ui_percent(known, 2).text);
    if (model)
        snprintf(size, sizeof size, " \u00b7 %s", app->models.unsaved
                 ? "not saved" : ui_bytes(models_size(model)).text);
    struct ui_part parts[] = {
        {"Model ", UI_QUIET}, {model ? model_name(model) : "none", UI_BOLD},
        {accuracy, UI_QUIET}, {size, UI_QUIET},
    };
    int count = ui_parts_width(ui, parts, 4) + MENU_SIDES > widest && !app->models.unsaved ? 3 : 4;
    float width = ceilf(fminf(ui_parts_width(ui, parts, count) + MENU_SIDES, widest));
    struct ui_rect rect = ui_middle(ui_cut_right(rest, width), width, MENU_HEIGHT);
    struct menu menu = {.count = 0};
    make_model_menu(&menu, app);
    int chosen = ui_menu(ui, "model", rect, parts, count, menu.items, menu.count, 0);
    char tip[NN_WORDS_MAX + 80] = "Open a model, or train one";
    if (model)
        write_model_tip(model, tip, sizeof tip);
    ui_tip(ui, tip);
    if (chosen >= 0)
        action_add_text(actions, menu.actions[chosen].kind, menu.actions[chosen].text);
    return rect;
}

/* ---- the data's menu ------------------------------------------------------------------------- */

static const char *data_detail(const struct app *app, char *text, size_t size)
{
    const struct dataset *train = library_train(app->library);
    enum library_state state = library_state(app->library);
    text[0] = 0;
    if (state == LIBRARY_LOADING)
        snprintf(text, size, " \u00b7 loading");
    else if (state == LIBRARY_FAILED)
        snprintf(text, size, " \u00b7 not loaded");
    else if (train)
        snprintf(text, size, " \u00b7 %s", ui_thousands(train->count).text);
    return text;
}

/* " + 38 mine", or nothing. */
static const char *mine_detail(const struct app *app, char *text, size_t size)
{
    uint32_t count = mine_count(app->my.list);
    text[0] = 0;
    if (count > 0)
        snprintf(text, size, " + %s mine", ui_thousands(count).text);
    return text;
}

static void show_data_menu(const struct app *app, struct ui *ui, struct ui_rect *rest,
                           struct actions *actions)
{
    enum library_source source = library_source(app->library);
    bool busy = run_busy(&app->run) || learner_busy(app->my.learner);
    const struct ui_item items[] = {
        {.name = "data-usual", .label = "Look in the usual places", .off = busy,
         .on = source == LIBRARY_USUAL},
        {.name = "data-folder", .label = "Choose a folder\u2026", .off = busy,
         .on = source == LIBRARY_FOLDER},
        {.name = "data-synthetic", .label = "Digits drawn by the program", .off = busy,
         .on = source == LIBRARY_SYNTHETIC},
    };
    static const enum action_kind does[] = {ACT_DATA_USUAL, ACT_DATA_ASK, ACT_DATA_SYNTHETIC};
    char detail[60], mine[60];
    struct ui_part parts[] = {
        {"Data ", UI_QUIET}, {library_name(app->library), UI_BOLD},
        {mine_detail(app, mine, sizeof mine), UI_QUIET},
        {data_detail(app, detail, sizeof detail), UI_QUIET},
    };
    int count = ui_parts_width(ui, parts, 4) + MENU_SIDES > DATA_WIDTH ? 3 : 4;
    float width = ceilf(fminf(ui_parts_width(ui, parts, count) + MENU_SIDES, DATA_WIDTH));
    struct ui_rect rect = ui_middle(ui_cut_right(rest, width), width, MENU_HEIGHT);
    int chosen = ui_menu(ui, "data", rect, parts, count, items, 3, 0);
    ui_tip(ui, busy ? "What is being learnt from; stop that to choose another"
                    : "Which digits to train on");
    if (chosen >= 0)
        action_add(actions, does[chosen]);
}

/* ---- the rest -------------------------------------------------------------------------------- */

/* A disc, half of it filled: dark and light. */
static void show_theme_button(const struct app *app, struct ui *ui, struct ui_rect *rest,
                              struct actions *actions)
{
    struct ui_rect rect = ui_middle(ui_cut_right(rest, MENU_HEIGHT), MENU_HEIGHT, MENU_HEIGHT);
    if (ui_button(ui, "theme", rect, "", UI_BARE))
        action_add(actions, ACT_THEME);
    ui_tip(ui, app->settings.dark ? "Light theme (Ctrl T)" : "Dark theme (Ctrl T)");
    float x = rect.x + rect.w / 2, y = rect.y + rect.h / 2, half[2 * 17];
    for (int i = 0; i < 17; i++) {
        float angle = (float)M_PI * ((float)i / 16 - 0.5f);
        half[2 * i] = x + 7 * cosf(angle);
        half[2 * i + 1] = y + 7 * sinf(angle);
    }
    struct ui_rect disc = {x - 7, y - 7, 14, 14};
    ui_push_box(ui_shapes(ui), disc, 7, 0, app->theme->quiet, 1.5f);
    ui_push_polygon(ui_shapes(ui), half, 17, app->theme->quiet);
}

static void show_tabs(const struct app *app, struct ui *ui, struct ui_rect rect,
                      struct actions *actions)
{
    static const struct ui_tab tabs[] = {
        [APP_DRAW] = {"tab-draw", "Draw", "Draw a digit and see it read (Ctrl 1)"},
        [APP_TRAIN] = {"tab-train", "Train", "Teach a network and watch it learn (Ctrl 2)"},
        [APP_MINE] = {"tab-mine", "My digits",
                      "The digits you taught, and learning your hand (Ctrl 3)"},
    };
    int chosen = ui_tabs(ui, rect, tabs, APP_VIEW_COUNT, (int)app->view);
    if (chosen != (int)app->view)
        action_add_number(actions, ACT_VIEW, chosen);
}

void top_bar_show(const struct app *app, struct ui *ui, struct ui_rect rect,
                  struct actions *actions)
{
    ui_push_box(ui_shapes(ui), rect, 0, app->theme->bar, 0, 0);
    ui_push_box(ui_shapes(ui), (struct ui_rect){rect.x, rect.y + rect.h - 1, rect.w, 1}, 0,
                app->theme->card_edge, 0, 0);
    struct ui_rect rest = rect, name;
    ui_cut_left(&rest, UI_BETWEEN);
    ui_cut_right(&rest, UI_BETWEEN);
    name = ui_cut_left(&rest, NAME_WIDTH);
    name = ui_middle(name, name.w, 22); /* a huge label is as high as its rectangle */
    name.x += ui_label(ui, name, UI_HUGE | UI_BOLD, "ink");
    ui_label(ui, name, UI_HUGE | UI_BOLD | UI_ACCENT, "ling");
    show_tabs(app, ui, ui_cut_left(&rest, TABS_WIDTH), actions);
    show_data_menu(app, ui, &rest, actions);
    ui_cut_right(&rest, UI_GAP + 2);
    show_model_menu(app, ui, &rest, rest.w - MENU_HEIGHT - UI_GAP, actions);
    ui_cut_right(&rest, UI_GAP);
    show_theme_button(app, ui, &rest, actions);
}
