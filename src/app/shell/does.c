/* SPDX-License-Identifier: MIT */
/* does.c -- an action: whether it can be done now, and that it is. What it does to the window, the
 * canvas, my digits, the evaluation and the training stands in do_*.c. */
#include "app/shell/does.h"

#include <stdio.h>
#include <string.h>

#include "app/shell/dialogs.h"
#include "app/shell/do.h"
#include "app/shell/events.h"
#include "app/shell/flow.h"
#include "app/shell/leave.h"
#include "app/shell/state.h"
#include "app/state/finetuning.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/my_digits.h"
#include "model/model.h"
#include "train/finetune.h"
#include "train/recipe.h"

/* ---- can it be done -------------------------------------------------------------------------- */

static bool is_training(const struct app *app)
{
    return training_busy(&app->training);
}

static bool can_use_data(const struct app *app, struct err *why)
{
    return hold_is_free(&app->hold, why);
}

static bool can_change_form(const struct app *app, struct err *why)
{
    return !is_training(app) ||
           err_set(why, _("A training is under way: only its learning rate can be changed."));
}

/* On the page of a lesson it is that page's. */
static bool can_set(const struct app *app, struct err *why)
{
    return app->view == APP_LEARN || can_change_form(app, why);
}

static bool can_resume(const struct app *app, struct err *why)
{
    if (!can_use_data(app, why))
        return false;
    return app->training.left.count > 0 || err_set(why, _("There is no training to go on with."));
}

static bool can_pause(const struct app *app, struct err *why)
{
    return app->training.stage == TRAINING_LIVE || err_set(why, _("No training is under way."));
}

static bool can_stop(const struct app *app, struct err *why)
{
    if (!is_training(app))
        return err_set(why, _("No training is under way."));
    return !app->training.stopping || err_set(why, _("The training is being stopped."));
}

static bool can_save_curves(const struct app *app, struct err *why)
{
    const struct training *run = &app->training;
    return (run->stage != TRAINING_NONE && run->view.history.point_count > 0) ||
           run->past.count > 0 || err_set(why, _("There are no curves to save yet."));
}

static bool can_save_model(const struct app *app, struct err *why)
{
    return app->models.current || err_set(why, _("There is no model to save."));
}

static bool can_go_back(const struct app *app, struct err *why)
{
    return app->models.before || err_set(why, _("There is no model before this one."));
}

static bool can_show_keys(const struct app *app, struct err *why)
{
    return (!app->dialog && !leave_is_shown(app)) ||
           err_set(why, _("The keys are shown once this dialog is closed."));
}

static bool can_change_weight(const struct app *app, struct err *why)
{
    if (app_reads_newest(app))
        return err_set(why, _("A training changes the weights that read now; stop it first."));
    return app->models.current || err_set(why, _("There is no model to change."));
}

static bool can_put_back(const struct app *app, struct err *why)
{
    return app->weight_edits.net || err_set(why, _("No weight was changed by hand."));
}

static bool can_take_change(const struct app *app, struct err *why)
{
    const struct explained *explained = app->explaining.result;
    return (explained && explained->kind == EXPLAINING_CHANGE && explained->change.reached) ||
           err_set(why,
                   _("No change was found yet; draw a digit, and choose another under Change."));
}

static bool can_evaluate(const struct app *app, struct err *why)
{
    if (evaluating_busy(&app->evaluating))
        return err_set(why, _("An evaluation is under way; wait for it, or stop it in Inspect."));
    return app->models.current || err_set(why, _("There is no model to evaluate; open one first."));
}

static bool can_stop_evaluation(const struct app *app, struct err *why)
{
    return evaluating_busy(&app->evaluating) || err_set(why, _("No evaluation is under way."));
}

static bool can_show_images(const struct app *app, struct err *why)
{
    return app->evaluating.result || err_set(why, _("Nothing was evaluated yet."));
}

static bool can_measure_robust(const struct app *app, struct err *why)
{
    const struct evaluated *result = app->evaluating.result;
    if (robustness_busy(&app->robustness))
        return err_set(why, _("The disturbed images are being read."));
    if (!result || !app->models.current)
        return err_set(why, _("Evaluate the model first, at the left: those images are read."));
    return result->model_number == app->models.number ||
           err_set(why, _("Another model is in use now; evaluate it first, at the left."));
}

static bool can_stop_robust(const struct app *app, struct err *why)
{
    return robustness_busy(&app->robustness) || err_set(why, _("No disturbed images are read."));
}

static bool can_save_robust(const struct app *app, struct err *why)
{
    return app->robustness.last || err_set(why, _("Nothing was measured yet."));
}

static bool can_find_suspects(const struct app *app, struct err *why)
{
    return !suspecting_busy(&app->suspecting) || err_set(why, _("Suspects are being looked for."));
}

static bool can_stop_suspects(const struct app *app, struct err *why)
{
    return suspecting_busy(&app->suspecting) || err_set(why, _("No suspects are looked for."));
}

static bool can_choose_suspect(const struct app *app, struct err *why)
{
    const struct suspecting *suspecting = &app->suspecting;
    return (suspecting->found && suspecting->found_set == library_number(app->library)) ||
           err_set(why, _("No suspects were found yet."));
}

static bool can_correct(const struct app *app, struct err *why)
{
    return can_choose_suspect(app, why) &&
           (suspecting_chosen(&app->suspecting) || err_set(why, _("Choose a suspect first.")));
}

static bool can_undo_label(const struct app *app, struct err *why)
{
    return app->suspecting.corrections.undo_count > 0 ||
           err_set(why, _("There is nothing to undo."));
}

static bool can_stop_map(const struct app *app, struct err *why)
{
    return digit_map_busy(&app->digit_map) || err_set(why, _("No map is being made."));
}

static bool can_use_shelf(const struct app *app, struct err *why)
{
    return shelf_chosen(&app->shelf) || err_set(why, _("Choose a model first."));
}

static bool can_change_file(const struct app *app, struct err *why)
{
    return shelf_can_change(shelf_chosen(&app->shelf), why);
}

static bool can_show_file(const struct app *app, struct err *why)
{
    const struct shelf_model *model = shelf_chosen(&app->shelf);
    if (!can_use_shelf(app, why))
        return false;
    if (!app->host.reveal)
        return err_set(why, _("No folder can be shown here."));
    return model->from != SHELF_BUILT_IN || err_set(why, _("%s is built in; it has no file."),
                                                    model->name);
}

static bool can_train_again(const struct app *app, struct err *why)
{
    return can_use_shelf(app, why) && can_change_form(app, why);
}

static bool can_undo_shelf(const struct app *app, struct err *why)
{
    return app->shelf.last.from[0] || err_set(why, _("There is nothing to undo."));
}

static bool can_turn_on(const struct app *app, struct err *why)
{
    return lessons_can_turn(&app->lessons, 1) || err_set(why, _("This is the last page."));
}

static bool can_turn_back(const struct app *app, struct err *why)
{
    return lessons_can_turn(&app->lessons, -1) || err_set(why, _("This is the first page."));
}

static bool can_use_page(const struct app *app, struct err *why)
{
    return lessons_open_page(&app->lessons) || err_set(why, _("Open a lesson first."));
}

/* All the images are on show, and no canvas whose ink could be undone unseen. */
static bool shows_images(const struct app *app)
{
    return app->view == APP_INSPECT && app->inspect_part == INSPECT_IMAGES;
}

static bool can_undo(const struct app *app, struct err *why)
{
    if (shows_images(app) && app->inspect.images.beside == IMAGES_SUSPECTS)
        return can_undo_label(app, why);
    if (shows_images(app))
        return err_set(why, _("There is nothing to undo here; the canvas is on show elsewhere."));
    return canvas_can_undo(&app->canvas) ||
           teaching_can_undo(&app->teaching, &app->canvas, &app->store) ||
           err_set(why, _("There is nothing to undo."));
}

static bool can_redo(const struct app *app, struct err *why)
{
    if (shows_images(app))
        return err_set(why, _("There is nothing to redo here; the canvas is on show elsewhere."));
    return canvas_can_redo(&app->canvas) ||
           (!app->canvas.picture.any &&
            teaching_can_redo(&app->teaching, &app->canvas, &app->store)) ||
           err_set(why, _("There is nothing to redo."));
}

static bool can_clear(const struct app *app, struct err *why)
{
    return !canvas_is_empty(&app->canvas) || err_set(why, _("The canvas is clear."));
}

static bool can_undo_digits(const struct app *app, struct err *why)
{
    return my_digits_can_undo(app->store.list) || err_set(why, _("There is nothing to undo."));
}

static bool can_redo_digits(const struct app *app, struct err *why)
{
    return my_digits_can_redo(app->store.list) || err_set(why, _("There is nothing to redo."));
}

static bool can_change_digit(const struct app *app, struct err *why)
{
    return digit_choice_at(&app->choice, app->store.list) >= 0 ||
           err_set(why, _("Choose one of your digits first."));
}

static bool can_export_digits(const struct app *app, struct err *why)
{
    return my_digits_count(app->store.list) > 0 ||
           err_set(why, _("There are no digits of yours to export yet."));
}

static bool can_learn_hand(const struct app *app, struct err *why)
{
    if (!can_use_data(app, why))
        return false;
    if (!app->models.current)
        return err_set(why, _("There is no model to teach your hand to; open one first."));
    return my_digits_count(app->store.list) >= FINETUNE_DIGITS_LEAST ||
           err_set(why, _("Teach at least %d digits first, one of each is best."),
                   FINETUNE_DIGITS_LEAST);
}

static bool can_stop_learning(const struct app *app, struct err *why)
{
    return finetuning_busy(app->finetuning) || err_set(why, _("Your hand is not being learnt."));
}

static bool can_take_hand(const struct app *app, struct err *why)
{
    return finetuning_stage(app->finetuning) == FINETUNING_READY ||
           err_set(why, _("No hand has been learnt that could be taken."));
}

typedef bool condition(const struct app *app, struct err *why);

/* Those that are not always possible. */
static condition *const conditions[ACTION_COUNT] = {
    [ACT_KEYS] = can_show_keys,
    [ACT_CLEAR] = can_clear,
    [ACT_UNDO] = can_undo,
    [ACT_REDO] = can_redo,
    [ACT_DIGITS_LABEL] = can_change_digit,
    [ACT_DIGITS_DELETE] = can_change_digit,
    [ACT_DIGITS_UNDO] = can_undo_digits,
    [ACT_DIGITS_REDO] = can_redo_digits,
    [ACT_DIGITS_EXPORT_UNIPEN] = can_export_digits,
    [ACT_DIGITS_EXPORT_IDX] = can_export_digits,
    [ACT_DIGITS_EXPORT_SHEET] = can_export_digits,
    [ACT_DIGITS_EXPORT_PNG] = can_export_digits,
    [ACT_HAND_START] = can_learn_hand,
    [ACT_HAND_STOP] = can_stop_learning,
    [ACT_HAND_ACCEPT] = can_take_hand,
    [ACT_HAND_DISCARD] = can_take_hand,
    [ACT_LEAVE_MODEL] = can_save_model,
    [ACT_MODEL_BACK] = can_go_back,
    [ACT_MODEL_SAVE] = can_save_model,
    [ACT_MODEL_SAVE_AS] = can_save_model,
    [ACT_WEIGHT] = can_change_weight,
    [ACT_WEIGHT_UNDO] = can_put_back,
    [ACT_WEIGHTS_BACK] = can_put_back,
    [ACT_WEIGHTS_KEEP] = can_put_back,
    [ACT_TAKE_CHANGE] = can_take_change,
    [ACT_EVALUATE] = can_evaluate,
    [ACT_EVALUATE_FILE] = can_evaluate,
    [ACT_EVALUATE_STOP] = can_stop_evaluation,
    [ACT_EVALUATION_CSV] = can_show_images,
    [ACT_MAP_STOP] = can_stop_map,
    [ACT_SUSPECTS] = can_find_suspects,
    [ACT_SUSPECTS_STOP] = can_stop_suspects,
    [ACT_SUSPECT_CHOOSE] = can_choose_suspect,
    [ACT_SUSPECT_DRAW] = can_correct,
    [ACT_RELABEL] = can_correct,
    [ACT_LEAVE_OUT] = can_correct,
    [ACT_LABEL_BACK] = can_correct,
    [ACT_LABEL_UNDO] = can_undo_label,
    [ACT_ROBUST] = can_measure_robust,
    [ACT_ROBUST_STOP] = can_stop_robust,
    [ACT_ROBUST_CSV] = can_save_robust,
    [ACT_MATRIX_ROWS] = can_show_images,
    [ACT_WALL_CELL] = can_show_images,
    [ACT_WALL_MISREAD] = can_show_images,
    [ACT_WALL_ALL] = can_show_images,
    [ACT_WALL_DIFFERING] = can_show_images,
    [ACT_WALL_DOUBTFUL] = can_show_images,
    [ACT_WALL_NO_DIGIT] = can_show_images,
    [ACT_WALL_LABEL] = can_show_images,
    [ACT_WALL_ANSWER] = can_show_images,
    [ACT_WALL_ORDER] = can_show_images,
    [ACT_WALL_CSV] = can_show_images,
    [ACT_WALL_IMAGE] = can_show_images,
    [ACT_SHELF_RENAME] = can_change_file,
    [ACT_SHELF_DUPLICATE] = can_use_shelf,
    [ACT_SHELF_DELETE] = can_change_file,
    [ACT_SHELF_REVEAL] = can_show_file,
    [ACT_SHELF_AGAIN] = can_train_again,
    [ACT_SHELF_UNDO] = can_undo_shelf,
    [ACT_PAGE_NEXT] = can_turn_on,
    [ACT_PAGE_BEFORE] = can_turn_back,
    [ACT_PAGE_RESTART] = can_use_page,
    [ACT_TASK] = can_use_page,
    [ACT_ANSWER] = can_use_page,
    [ACT_HINT] = can_use_page,
    [ACT_SOLUTION] = can_use_page,
    [ACT_LESSON_FORGET] = can_use_page,
    [ACT_DATA] = can_use_data,
    [ACT_DATA_USUAL] = can_use_data,
    [ACT_DATA_SYNTHETIC] = can_use_data,
    [ACT_RECIPE] = can_change_form,
    [ACT_SET] = can_set,
    [ACT_START] = can_use_data,
    [ACT_START_ANEW] = can_use_data,
    [ACT_PAUSE] = can_pause,
    [ACT_STOP] = can_stop,
    [ACT_RATE] = can_pause,
    [ACT_BATCH] = can_pause,
    [ACT_RESUME] = can_resume,
    [ACT_RUN_OPEN] = can_change_form,
    [ACT_RUN_REPEAT] = can_use_data,
    [ACT_CURVES_PNG] = can_save_curves,
    [ACT_CURVES_CSV] = can_save_curves,
};

bool app_can(const struct app *app, const struct action *action, struct err *why)
{
    condition *holds = conditions[action->kind];
    return !holds || holds(app, why);
}

/* ---- models ---------------------------------------------------------------------------------- */

static void save_model_as(struct app *app, const char *path)
{
    struct models *models = &app->models;
    struct err err;
    if (models_save(models, path, &err))
        return;
    if (models->unsaved)
        runs_name_checkpoint(&models->current->record, &err);
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* Where it came from; asks where it has no file yet. */
void do_save_model(struct app *app)
{
    if (app->models.path[0])
        save_model_as(app, app->models.path);
    else
        dialogs_ask(app, ACT_MODEL_SAVE_AS);
}

static bool do_with_models(struct app *app, const struct action *action)
{
    struct models *models = &app->models;
    switch (action->kind) {
    case ACT_MODEL: models_open_named(models, action->text, false); break;
    case ACT_MODEL_TRUST: models_open_changed(models); break;
    case ACT_MODEL_BACK: models_back(models); break;
    case ACT_MODEL_SAVE: do_save_model(app); break;
    case ACT_MODEL_SAVE_AS: save_model_as(app, action->text); break;
    default: return false;
    }
    return true;
}

/* ---- the shelf ------------------------------------------------------------------------------- */

/* Where a model of the last ones used went. */
static void follow_recent(struct settings *settings, const char *from, const char *to)
{
    int kept = 0;
    for (int i = 0; i < settings->recent_count; i++) {
        bool moved = strcmp(settings->recent[i], from) == 0;
        if (moved && to[0])
            snprintf(settings->recent[kept++], FILES_PATH_MAX, "%s", to);
        else if (!moved)
            memmove(settings->recent[kept++], settings->recent[i], FILES_PATH_MAX);
    }
    settings->recent_count = kept;
}

/* What was done to a file, whose way stands in shelf->last; or why it was not. */
static void tell_change(struct app *app, bool done, const struct err *err)
{
    const struct shelf_change *last = &app->shelf.last;
    if (!done) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err->text);
        return;
    }
    const char *to = shelf_is_deleted(last->to) ? "" : last->to;
    follow_recent(&app->settings, last->from, to);
    if (strcmp(app->settings.default_model, last->from) == 0)
        snprintf(app->settings.default_model, FILES_PATH_MAX, "%s", to);
    models_moved(&app->models, last->from, to);
    if (to[0])
        notices_say(&app->notices, NOTICE_DONE, _("It is called %s now."), files_name(to));
    else
        notices_say(&app->notices, NOTICE_DONE, _("Deleted %s."), files_name(last->from));
    notices_offer(&app->notices, _("Undo"), ACT_SHELF_UNDO);
}

static void duplicate_model(struct app *app)
{
    struct err err;
    if (!shelf_duplicate(&app->shelf, &err)) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    models_find(&app->models);
    notices_say(&app->notices, NOTICE_DONE, _("The copy is %s."), files_name(app->shelf.chosen));
}

static void choose_model(struct app *app, const char *named)
{
    const struct shelf_model *model = shelf_find(&app->shelf, named);
    if (model)
        shelf_choose(&app->shelf, model->path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, _("There is no model %s on the shelf."), named);
}

/* The same again: none is. */
static void choose_default(struct app *app, const char *named)
{
    char *kept = app->settings.default_model;
    const struct shelf_model *model = shelf_find(&app->shelf, named);
    if (!model)
        notices_say(&app->notices, NOTICE_TROUBLE, _("There is no model %s on the shelf."), named);
    else
        snprintf(kept, FILES_PATH_MAX, "%s", strcmp(kept, model->path) == 0 ? "" : model->path);
}

static void show_file(struct app *app)
{
    struct err err;
    const struct shelf_model *model = shelf_chosen(&app->shelf);
    if (!app->host.reveal(app->host.user, model->path, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static void train_again(struct app *app)
{
    struct err err;
    struct recipe recipe;
    const char *text = record_get(&shelf_chosen(&app->shelf)->record, MODEL_SETTINGS);
    if (!text)
        err_set(&err, _("Its file does not say by which settings it was trained."));
    else if (recipe_from_text(text, &recipe, &err))
        train_form_set(&app->form, &recipe);
    else
        text = NULL;
    if (text)
        app_act(app, &(struct action){.kind = ACT_VIEW, .number = APP_TRAIN});
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static bool do_with_shelf(struct app *app, const struct action *action)
{
    struct shelf *shelf = &app->shelf;
    struct err err;
    switch (action->kind) {
    case ACT_SHELF_CHOOSE: choose_model(app, action->text); break;
    case ACT_SHELF_DEFAULT: choose_default(app, action->text); break;
    case ACT_SHELF_RENAME: tell_change(app, shelf_rename(shelf, action->text, &err), &err); break;
    case ACT_SHELF_DUPLICATE: duplicate_model(app); break;
    case ACT_SHELF_DELETE: tell_change(app, shelf_remove(shelf, &err), &err); break;
    case ACT_SHELF_REVEAL: show_file(app); break;
    case ACT_SHELF_AGAIN: train_again(app); break;
    case ACT_SHELF_UNDO: tell_change(app, shelf_undo(shelf, &err), &err); break;
    default: return false;
    }
    return true;
}

/* ---- doing it -------------------------------------------------------------------------------- */

bool app_act(struct app *app, const struct action *action)
{
    const struct action_row *row = action_row(action->kind);
    struct err why;
    if (!app_can(app, action, &why)) {
        notices_say(&app->notices, NOTICE_WORD, "%s", why.text);
        log_error(&app->log, why.text);
        return false;
    }
    if (row->argument == ARGUMENT_PATH && !action->text) {
        dialogs_ask(app, action->kind);
        return true;
    }
    events_action(app, action);
    if (do_in_window(app, action) || do_on_canvas(app, action) || do_to_my_digits(app, action) ||
        do_with_hand(app, action) || do_with_lessons(app, action) ||
        do_with_training(app, action) || do_in_inspect(app, action) ||
        do_with_models(app, action) || do_with_shelf(app, action) ||
        do_with_evaluation(app, action) || do_with_suspects(app, action))
        flow_settle(app);
    return true;
}
