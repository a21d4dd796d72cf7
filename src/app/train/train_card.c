/* SPDX-License-Identifier: MIT */
#include "app/train/train_card.h"

#include "app/train/train_rows.h"
#include "app/widget/action_button.h"
#include "base/language.h"

enum { REFUSED_FOR = 10000000 }; /* microseconds */

/* Why Start is off, or why the fields are. What is wrong with the network's words stands below
 * them already. */
static const char *find_note(const struct train_rows *rows)
{
    if (rows->settings->refused[0])
        return rows->settings->refused;
    if (rows->facts->live)
        return _("Only the learning rate can be changed while it runs.");
    if (rows->facts->busy)
        return _("Training begins as soon as the data is loaded.");
    if (rows->form->net_error.text[0])
        return _("First mend the network's words.");
    return rows->form->error.text;
}

/* It is said for a while where a run is under way: nobody can enter another number then. */
static void fade_refused(struct train_rows *rows)
{
    struct train_settings *settings = rows->settings;
    uint64_t now = ui_input(rows->ui)->now;
    if (!rows->facts->busy || !settings->refused[0]) {
        settings->refused_since = 0;
        return;
    }
    if (settings->refused_since == 0)
        settings->refused_since = now ? now : 1;
    if (now >= settings->refused_since + REFUSED_FOR)
        settings->refused[0] = 0;
    else
        ui_wake_at(rows->ui, settings->refused_since + REFUSED_FOR);
}

static void show_note(struct train_rows *rows, struct ui_rect *rest)
{
    fade_refused(rows);
    const char *note = find_note(rows);
    if (!note[0])
        return;
    bool calm = rows->facts->busy && note != rows->settings->refused;
    unsigned flags = UI_LITTLE | (calm ? UI_QUIET : UI_SECOND);
    float height = ui_wrapped_height(rows->ui, rest->w, flags, note);
    ui_wrapped(rows->ui, ui_cut_bottom(rest, height), flags, note);
    ui_cut_bottom(rest, UI_GAP);
}

static void show_buttons(struct train_rows *rows, struct ui_rect rect)
{
    bool ready = train_form_ready(rows->form) && !rows->facts->busy;
    float width = ui_button_width(rows->ui, _("Reset"), 0);
    struct ui_rect reset = ui_cut_right(&rect, width);
    ui_cut_right(&rect, UI_GAP);
    const struct action_button start = {"start",
                                        {.kind = ACT_START, .recipe = &rows->form->recipe},
                                        _("Start"),
                                        NULL,
                                        UI_CENTER | UI_PRIMARY | (ready ? 0 : UI_OFF)};
    action_button_show(&start, rows->ui, rect, rows->actions);
    if (ui_button(rows->ui, "reset", reset, _("Reset"), UI_CENTER | rows->fixed))
        train_form_reset(rows->form);
    ui_tip(rows->ui, _("Back to the recipe's own settings"));
}

/* The form takes the draft over, if that was changed since it was last asked for. */
static void ask_for_draft(struct train_rows *rows, uint64_t *checks)
{
    if (rows->form->checks == *checks)
        return;
    *checks = rows->form->checks;
    action_push(rows->actions, &(struct action){.kind = ACT_FORM, .form = rows->form});
    if (!rows->refused)
        rows->settings->refused[0] = 0;
}

void train_card_show(struct train_settings *settings, const struct train_form *form,
                     const struct train_facts *facts, struct ui *ui, struct ui_rect rect,
                     struct actions *actions)
{
    struct ui_rect inside = ui_card(ui, rect, NULL);
    struct ui_rect buttons = ui_cut_bottom(&inside, UI_ROW);
    ui_cut_bottom(&inside, 3 * UI_STEP);
    settings->draft = *form;
    struct train_rows rows = {
        .settings = settings,
        .form = &settings->draft,
        .ui = ui,
        .facts = facts,
        .actions = actions,
        .fixed = facts->busy ? UI_OFF : 0,
        .width = inside.w,
    };
    struct ui_rect upper = inside;
    uint64_t checks = form->checks;
    bool more = settings->more;
    show_note(&rows, &upper);
    train_rows_show(&rows, upper);
    ask_for_draft(&rows, &checks);
    show_buttons(&rows, buttons);
    ask_for_draft(&rows, &checks);
    if (settings->more != more || rows.refused)
        ui_again(ui);
}
