/* SPDX-License-Identifier: MIT */
#include "app/train/train_view.h"

#include <stdlib.h>

#include "app/shell/state.h"
#include "app/train/curves_export.h"
#include "app/train/train_page.h"
#include "data/dataset.h"

struct train_view {
    struct train_page page;
};

struct train_view *train_view_new(struct err *err)
{
    struct train_view *view = calloc(1, sizeof *view);
    if (view)
        train_page_begin(&view->page);
    else
        err_memory(err, "the Train view");
    return view;
}

void train_view_free(struct train_view *view)
{
    free(view);
}

void train_view_show(struct train_view *view, const struct app *app, struct ui *ui,
                     struct ui_rect rect, struct actions *actions)
{
    const struct training *run = &app->training;
    const struct dataset *train = library_train(app->library);
    bool begun = run->stage == TRAINING_LIVE || run->stage == TRAINING_ENDED;
    struct train_shown shown = {
        .facts =
            {
                .busy = training_busy(run),
                .live = run->stage == TRAINING_LIVE,
                .source = library_source(app->library),
                .data = library_name(app->library),
                .drawn = library_drawn(app->library),
            },
        .images = train ? train->count : 0,
        .recipe = run->stage != TRAINING_NONE ? &run->recipe : NULL,
        .run = begun ? &run->view.history : NULL,
        .before = run->has_before ? &run->before : NULL,
        .before_recipe = run->has_before ? &run->before_recipe : NULL,
        .trouble = begun ? run->view.trouble : NULL,
    };
    train_page_show(&view->page, &shown, ui, rect, actions);
}

const struct recipe *train_view_recipe(const struct train_view *view, struct err *err)
{
    const struct train_form *form = &view->page.card.form;
    if (train_form_ready(form))
        return &form->recipe;
    err_set(err, "%s", form->error.text);
    return NULL;
}

bool train_view_export(struct train_view *view, const struct app *app, enum train_export what,
                       const char *path, struct err *err)
{
    (void)view;
    struct export_run run = {
        .recipe = &app->training.view.recipe,
        .history = &app->training.view.history,
        .before = app->training.has_before ? &app->training.before : NULL,
        .before_recipe = app->training.has_before ? &app->training.before_recipe : NULL,
        .data = app->training.data,
    };
    struct export_painter painter = {app->host.user, app->host.save_picture};
    if (what == TRAIN_EXPORT_CSV)
        return export_csv_file(&run, path, err);
    if (!painter.save)
        return err_set(err, "No picture can be painted here; export a table instead.");
    return export_png_file(&run, &painter, ui_metrics(app->ui), app->theme, path, err);
}
