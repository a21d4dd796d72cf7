/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/flow.h"
#include "app/shell/state.h"
#include "app/state/finetuning.h"
#include "base/files.h"

/* The folder in which the next import or export begins: the one that was chosen, or the one that
 * what was chosen stands in. */
static void remember_exchange(struct app *app, const char *path, bool whole)
{
    char *folder = app->settings.exchange;
    if (!realpath(path, folder))
        snprintf(folder, FILES_PATH_MAX, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash && !(whole && files_is_folder(folder)))
        slash[slash == folder] = 0;
}

static void import_digits(struct app *app, const char *path)
{
    remember_exchange(app, path, true);
    digit_store_import(&app->store, path);
}

static void export_digits(struct app *app, const char *path, enum exchange_format format,
                          bool instead)
{
    remember_exchange(app, path, false);
    digit_store_export(&app->store, path, format, instead);
}

static void turn_page(struct app *app, int by)
{
    int last = app->my_digits.page_count - 1, page = app->choice.page;
    page = (page < last ? page : last) + by;
    page = page < last ? page : last;
    app->choice.page = page > 0 ? page : 0;
}

static void label_digit(struct app *app, int label)
{
    int at = digit_choice_at(&app->choice, app->store.list);
    if (at >= 0)
        digit_store_relabel(&app->store, (uint32_t)at, label);
}

static void delete_digit(struct app *app)
{
    int at = digit_choice_at(&app->choice, app->store.list);
    if (at >= 0 && digit_store_remove(&app->store, (uint32_t)at))
        digit_choice_pass_on(&app->choice, app->store.list, (uint32_t)at);
}

bool do_to_my_digits(struct app *app, const struct action *action)
{
    int number = (int)action->number;
    const char *path = action->text;
    struct digit_store *store = &app->store;
    struct digit_choice *choice = &app->choice;
    switch (action->kind) {
    case ACT_DIGITS_SELECT:
        digit_choice_select(choice, store->list, (uint32_t)action->number);
        break;
    case ACT_DIGITS_ONLY: digit_choice_show_only(choice, number); break;
    case ACT_DIGITS_PAGE: choice->page = number; break;
    case ACT_DIGITS_PAGE_NEXT: turn_page(app, 1); break;
    case ACT_DIGITS_PAGE_BEFORE: turn_page(app, -1); break;
    case ACT_DIGITS_LABEL: label_digit(app, number); break;
    case ACT_DIGITS_DELETE: delete_digit(app); break;
    case ACT_DIGITS_UNDO: digit_choice_undo(choice, store); break;
    case ACT_DIGITS_REDO: digit_choice_redo(choice, store); break;
    case ACT_DIGITS_IMPORT:
    case ACT_DIGITS_IMPORT_FOLDER: import_digits(app, path); break;
    case ACT_DIGITS_IMPORT_STOP: digit_store_stop_import(store); break;
    case ACT_DIGITS_EXPORT_UNIPEN: export_digits(app, path, EXCHANGE_UNIPEN, false); break;
    case ACT_DIGITS_EXPORT_IDX: export_digits(app, path, EXCHANGE_IDX, false); break;
    case ACT_DIGITS_EXPORT_SHEET: export_digits(app, path, EXCHANGE_SHEET, false); break;
    case ACT_DIGITS_EXPORT_PNG: export_digits(app, path, EXCHANGE_PNG, false); break;
    case ACT_LEAVE_EXPORT: export_digits(app, path, EXCHANGE_UNIPEN, true); break;
    case ACT_DIGITS_AGAIN: digit_store_try_again(store); break;
    default: return false;
    }
    return true;
}

static void learn_hand(struct app *app)
{
    finetuning_start(app->finetuning);
    flow_want_data(app);
}

bool do_with_hand(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_HAND_START: learn_hand(app); break;
    case ACT_HAND_STOP: finetuning_stop(app->finetuning); break;
    case ACT_HAND_ACCEPT: flow_accept_hand(app); break;
    case ACT_HAND_DISCARD: finetuning_end(app->finetuning, FINETUNING_DISCARDED); break;
    default: return false;
    }
    return true;
}
