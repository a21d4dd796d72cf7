/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/flow.h"
#include "app/shell/state.h"
#include "app/train/curves_export.h"
#include "base/err.h"
#include "base/language.h"
#include "data/find.h"
#include "train/recipe.h"
#include "ui/ui.h"

/* Mini-batches at once, while each of them is watched. */
enum { BATCHES_MAX = 100000 };

/* ---- the data -------------------------------------------------------------------------------- */

/* For the next start, which may be in another working folder. */
static void remember_data(struct app *app)
{
    char *to = app->settings.data, *whole = NULL;
    const char *from = "";
    if (library_source(app->library) == LIBRARY_SYNTHETIC)
        from = SETTINGS_DRAWN;
    else if (library_source(app->library) == LIBRARY_FOLDER)
        from = whole = realpath(library_folder(app->library), NULL);
    if (from && strlen(from) < sizeof app->settings.data)
        strcpy(to, from);
    free(whole);
}

static void use_data(struct app *app, enum library_source source, const char *folder)
{
    struct err err;
    if (source == LIBRARY_FOLDER && !find_check(folder, DATASET_TRAIN, &err)) {
        notices_say(&app->notices, NOTICE_TROUBLE, _("%s The data stays as it was."), err.text);
        return;
    }
    library_set(app->library, source, folder);
    library_load(app->library);
    remember_data(app);
    if (source == LIBRARY_USUAL && library_drawn(app->library))
        notices_say(&app->notices, NOTICE_WORD, "%s", find_note());
}

/* ---- curves ---------------------------------------------------------------------------------- */

static bool write_curves(struct app *app, enum action_kind format, const char *path,
                         struct err *err)
{
    const struct training *training = &app->training;
    const struct export_run run = {
        .recipe = &training->view.recipe,
        .history = &training->view.history,
        .past = &training->past,
        .marks = &training->marks,
        .whole = app->train.curves.whole,
        .data = training->data,
    };
    const struct export_painter painter = {app->host.user, app->host.save_picture};
    if (format == ACT_CURVES_CSV)
        return export_csv_file(&run, path, err);
    if (!painter.save)
        return err_set(err, _("No picture can be painted here; export a table instead."));
    return export_png_file(&run, &painter, ui_metrics(app->ui), app->theme, path, err);
}

static void export_curves(struct app *app, enum action_kind format, const char *path)
{
    struct err err;
    if (write_curves(app, format, path, &err))
        notices_say(&app->notices, NOTICE_DONE, _("Saved %s."), path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* ---- runs ------------------------------------------------------------------------------------ */

/* F5 starts from any view, so that the form's sentence may be out of sight. */
static void start_training(struct app *app, const struct recipe *recipe, const char *gives_way)
{
    if (!recipe && !train_form_ready(&app->form)) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", app->form.error.text);
        return;
    }
    training_start(&app->training, recipe ? recipe : &app->form.recipe, gives_way);
    flow_want_data(app);
}

static void choose_recipe(struct app *app, const char *name)
{
    struct recipe recipe;
    struct err err;
    if (recipe_find(name, &recipe, &err))
        train_form_choose(&app->form, &recipe, app->form.images);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* "rate 0.5" */
static void set_value(struct app *app, const char *words)
{
    char key[32];
    int len = 0;
    struct err err;
    if (sscanf(words, "%31s %n", key, &len) != 1 || !words[len])
        notices_say(&app->notices, NOTICE_TROUBLE,
                    _("A setting is its name and its value, as in \"rate 0.5\", not \"%s\"."),
                    words);
    else if (!train_form_set_value(&app->form, key, words + len, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static void resume_training(struct app *app, const char *path)
{
    training_resume(&app->training, path);
    flow_want_data(app);
}

static struct past_run *find_past(struct app *app, double number)
{
    struct past_run *run =
        number >= 1 ? past_runs_find(&app->training.past, (uint64_t)number) : NULL;
    if (!run)
        notices_say(&app->notices, NOTICE_TROUBLE, _("There is no run %g among the earlier ones."),
                    number);
    return run;
}

static void show_past(struct app *app, double number)
{
    struct past_run *run = find_past(app, number);
    if (run)
        run->shown = !run->shown;
}

/* A run is repeated by the form, so that what is asked on the way ("Start anew") means the same. */
static void open_past(struct app *app, double number, bool repeat)
{
    const struct past_run *run = find_past(app, number);
    if (!run)
        return;
    train_form_choose(&app->form, &run->recipe, app->form.images);
    if (repeat)
        start_training(app, NULL, NULL);
}

static void set_rate(struct training *run, double rate)
{
    if (rate > 0)
        training_set_rate(run, (float)rate);
}

static void step_training(struct training *run, double count)
{
    training_step(run, (int)fmin(fmax(count, 1), BATCHES_MAX));
}

bool do_with_training(struct app *app, const struct action *action)
{
    struct training *run = &app->training;
    switch (action->kind) {
    case ACT_DATA: use_data(app, LIBRARY_FOLDER, action->text); break;
    case ACT_DATA_USUAL: use_data(app, LIBRARY_USUAL, NULL); break;
    case ACT_DATA_SYNTHETIC: use_data(app, LIBRARY_SYNTHETIC, NULL); break;
    case ACT_DATA_LOAD: library_load(app->library); break;
    case ACT_FORM: app->form = *action->form; break;
    case ACT_RECIPE: choose_recipe(app, action->text); break;
    case ACT_SET: set_value(app, action->text); break;
    case ACT_START: start_training(app, action->recipe, NULL); break;
    case ACT_START_ANEW: start_training(app, action->recipe, action->text); break;
    case ACT_PAUSE: training_pause(run); break;
    case ACT_PACE:
        training_set_pace(run, (enum trainer_pace)action->number);
        break;
    case ACT_BATCH:
        step_training(run, action->number);
        break;
    case ACT_STOP: training_stop(run); break;
    case ACT_RATE: set_rate(run, action->number); break;
    case ACT_RESUME: resume_training(app, action->text); break;
    case ACT_RUN_DISCARD: training_discard_ask(run, action->text); break;
    case ACT_RUN_DISCARD_SURE: training_discard(run, action->text); break;
    case ACT_RUN_SHOW:
        show_past(app, action->number);
        break;
    case ACT_RUN_OPEN:
        open_past(app, action->number, false);
        break;
    case ACT_RUN_REPEAT:
        open_past(app, action->number, true);
        break;
    case ACT_CURVES_WHOLE:
        app->train.curves.whole = !app->train.curves.whole;
        break;
    case ACT_CURVES_PNG: export_curves(app, ACT_CURVES_PNG, action->text); break;
    case ACT_CURVES_CSV: export_curves(app, ACT_CURVES_CSV, action->text); break;
    default: return false;
    }
    return true;
}
