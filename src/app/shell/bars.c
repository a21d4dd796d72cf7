/* SPDX-License-Identifier: MIT */
#include "app/shell/bars.h"

#include "app/frame/dock.h"
#include "app/frame/notice_view.h"
#include "app/frame/top_bar.h"
#include "app/shell/flow.h"
#include "app/shell/state.h"
#include "app/shell/views.h"
#include "app/state/finetuning.h"
#include "data/my_digits.h"
#include "model/model.h"

void bars_show_top(const struct app *app, struct ui_rect rect, struct actions *actions)
{
    char title[RECIPE_TITLE_MAX];
    bool newest = app_reads_newest(app), tunes = finetuning_busy(app->finetuning);
    const struct top_bar_shown shown = {
        .view = app->view,
        .settings = &app->settings,
        .models = &app->models,
        .library = app->library,
        .learner = newest ? recipe_title(&app->training.view.recipe, title) : NULL,
        .learner_net = app->training.recipe.net,
        .own_digits = tunes ? my_digits_count(app->store.list) : 0,
        .data_in_use = tunes || training_busy(&app->training),
    };
    top_bar_show(&shown, app->ui, rect, actions);
}

void bars_show_dock(const struct app *app, struct ui_rect rect, struct actions *actions)
{
    const struct dock_shown shown = {
        .training = &app->training,
        .finetuning = app->finetuning,
        .model = app->models.current ? model_name(app->models.current) : NULL,
        .edited = app->weight_edits.net != NULL,
    };
    dock_show(&shown, app->ui, rect, actions);
}

void bars_show_notice(struct app *app, struct ui_rect window, struct actions *actions)
{
    const struct notice_shown shown = {
        .notice = &app->notices.now,
        .canvas = views_pad(app)->at,
        .left_runs = app->training.left.count > 0,
    };
    notice_show(&app->notice_view, &shown, app->ui, window, actions);
}
