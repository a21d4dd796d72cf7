/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/shell/dialogs.h"
#include "app/shell/flow.h"
#include "app/shell/leave.h"
#include "app/shell/state.h"
#include "app/shell/views.h"
#include "app/state/zoom.h"
#include "base/language.h"

/* 0: to the other one; 1: dark; 2: light. */
static void turn_theme(struct app *app, int to)
{
    app->settings.dark = to == 0 ? !app->settings.dark : to == 1;
    app->theme = app->settings.dark ? ui_theme_dark() : ui_theme_light();
}

static void turn_full_screen(struct app *app)
{
    app->full_screen = !app->full_screen;
    app->full_screen_asked = true;
}

/* Where the window would not fit the screen, the last step that does stays. */
static void change_zoom(struct app *app, int direction)
{
    double most = app->zoom_max > 0 ? fmin(app->zoom_max, ZOOM_MOST) : ZOOM_MOST;
    double zoom = direction == 0 ? 1 : zoom_step(fmin(app->zoom, most), direction);
    if (zoom > most) {
        notices_say(&app->notices, NOTICE_WORD,
                    _("Larger than this the window would not fit the screen."));
        return;
    }
    app->zoom = app->settings.zoom = zoom;
}

static void show_view(struct app *app, enum app_view view)
{
    if (view != app->view)
        canvas_lift(&app->canvas); /* no pen reaches it there */
    app->view = view;
    snprintf(app->settings.view, sizeof app->settings.view, "%s", view_name(view));
    views_enter(app);
}

/* The one of that number, if it is still there. 0 is Escape or the button: it ends a presentation
 * or stops an import, unless there is another sentence to be put away. */
static void dismiss(struct app *app, uint64_t number)
{
    bool other = app->notices.now.kind != NOTICE_NONE && app->notices.now.about != NOTICE_IMPORT;
    bool ends = number == 0 && app->presenting && app->view == APP_LEARN && !other;
    bool meant = number == 0 ? other || ends || !digit_store_stop_import(&app->store)
                            : number == app->notices.now.number;
    if (ends)
        app->presenting = false;
    else if (meant)
        notices_put_away(&app->notices);
}

/* Of the frame that this action is part of, once it is laid out. */
static void ask_for_picture(struct app *app, const char *path, struct ui_rect of)
{
    app->screenshot_of = of;
    if (strlen(path) < sizeof app->screenshot)
        strcpy(app->screenshot, path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, _("This path is too long for a picture."));
}

bool do_in_window(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_VIEW: show_view(app, (enum app_view)action->number); break;
    case ACT_THEME: turn_theme(app, (int)action->number); break;
    case ACT_FULL_SCREEN: turn_full_screen(app); break;
    case ACT_LARGER: change_zoom(app, 1); break;
    case ACT_SMALLER: change_zoom(app, -1); break;
    case ACT_USUAL_SIZE: change_zoom(app, 0); break;
    case ACT_KEYS: app->keys_open = !app->keys_open; break;
    case ACT_DISMISS: dismiss(app, (uint64_t)action->number); break;
    case ACT_DIALOG_CLOSE: dialogs_close(app); break;
    case ACT_SCREENSHOT: ask_for_picture(app, action->text, (struct ui_rect){.w = 0}); break;
    case ACT_INSPECT_PNG: ask_for_picture(app, action->text, app->inspect.at); break;
    case ACT_QUIT: app->quit = true; break;
    case ACT_LEAVE_AGAIN: leave_try_again(app); break;
    case ACT_LEAVE_MODEL:
        leave_stay(app);
        do_save_model(app);
        break;
    case ACT_LEAVE_ANYWAY: leave_anyway(app); break;
    case ACT_LEAVE_STAY: leave_stay(app); break;
    default: return false;
    }
    return true;
}
