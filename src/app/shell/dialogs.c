/* SPDX-License-Identifier: MIT */
#include "app/shell/dialogs.h"

#include <stdio.h>

#include "app/files/file_dialog.h"
#include "app/shell/state.h"
#include "base/files.h"
#include "base/language.h"

/* Where a dialog begins. */
enum place {
    ANYWHERE,
    BY_MODELS,   /* where models are, with those that were used of late */
    BY_PROPOSAL, /* the file that the model in use would have */
    BY_DATA,     /* the folder that is in use */
    BY_EXCHANGE, /* where the last import or export of digits was */
};

static const struct row {
    enum action_kind kind;
    enum place place;
    struct file_dialog_ask ask;
} rows[] = {
    {ACT_MODEL,
     BY_MODELS,
     {.kind = FILE_DIALOG_OPEN,
      .title = N_("Open a model"),
      .verb = N_("Open"),
      .ends = ".safetensors"}},
    {ACT_COMPARE,
     BY_MODELS,
     {.kind = FILE_DIALOG_OPEN,
      .title = N_("Compare with a model"),
      .verb = N_("Compare"),
      .ends = ".safetensors"}},
    {ACT_MODEL_SAVE_AS,
     BY_PROPOSAL,
     {.kind = FILE_DIALOG_SAVE,
      .title = N_("Save the model"),
      .verb = N_("Save"),
      .ends = ".safetensors"}},
    {ACT_PICTURE,
     ANYWHERE,
     {.kind = FILE_DIALOG_OPEN,
      .title = N_("Read a picture of a digit"),
      .verb = N_("Read"),
      .ends = ".png .jpg .jpeg .bmp"}},
    {ACT_DATA,
     BY_DATA,
     {.kind = FILE_DIALOG_FOLDER,
      .verb = N_("Choose"),
      .title = N_("Choose a folder with MNIST's files")}},
    {ACT_EVALUATE_FILE,
     ANYWHERE,
     {.kind = FILE_DIALOG_OPEN,
      .verb = N_("Evaluate"),
      .title = N_("Evaluate the model on a file of strokes: UNIPEN")}},
    {ACT_CURVES_PNG,
     ANYWHERE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Save"),
      .ends = ".png",
      .title = N_("Save the curves as a picture"),
      .path = "curves.png"}},
    {ACT_CURVES_CSV,
     ANYWHERE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Save"),
      .ends = ".csv",
      .title = N_("Save the curves as a table"),
      .path = "curves.csv"}},
    {ACT_EVALUATION_CSV,
     ANYWHERE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Save"),
      .ends = ".csv",
      .title = N_("Save the evaluation as a table"),
      .path = "evaluation.csv"}},
    {ACT_WALL_CSV,
     ANYWHERE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Save"),
      .ends = ".csv",
      .title = N_("Save the images on the wall as a table"),
      .path = "images.csv"}},
    {ACT_INSPECT_PNG,
     ANYWHERE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Save"),
      .ends = ".png",
      .title = N_("Save what Inspect shows as a picture"),
      .path = "inspect.png"}},
    {ACT_ROBUST_CSV,
     ANYWHERE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Save"),
      .ends = ".csv",
      .title = N_("Save the accuracy under each disturbance as a table"),
      .path = "robust.csv"}},
    {ACT_DIGITS_IMPORT,
     BY_EXCHANGE,
     {.kind = FILE_DIALOG_OPEN,
      .verb = N_("Import"),
      .title = N_("Import digits: UNIPEN, IDX images, or a picture")}},
    {ACT_DIGITS_IMPORT_FOLDER,
     BY_EXCHANGE,
     {.kind = FILE_DIALOG_FOLDER,
      .verb = N_("Import"),
      .title = N_("Import a folder of pictures (7.png, 7-anything.jpg, 7/0001.png)")}},
    {ACT_DIGITS_EXPORT_UNIPEN,
     BY_EXCHANGE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Export"),
      .title = N_("Export my digits as UNIPEN"),
      .ends = ".unp .gz",
      .path = "my-digits.unp"}},
    {ACT_LEAVE_EXPORT,
     BY_EXCHANGE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Export"),
      .title = N_("Export my digits as UNIPEN"),
      .ends = ".unp .gz",
      .path = "my-digits.unp"}},
    {ACT_DIGITS_EXPORT_IDX,
     BY_EXCHANGE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Export"),
      .path = "my-images-idx3-ubyte",
      .title = N_("Export my digits as IDX: images, and labels beside them"),
      .holds = "images"}},
    {ACT_DIGITS_EXPORT_SHEET,
     BY_EXCHANGE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Export"),
      .title = N_("Export my digits as a sheet"),
      .ends = ".png",
      .path = "my-digits.png"}},
    {ACT_DIGITS_EXPORT_PNG,
     BY_EXCHANGE,
     {.kind = FILE_DIALOG_SAVE,
      .verb = N_("Export"),
      .path = "my-digits",
      .title = N_("Export a picture of each digit to a new folder")}},
};

/* ---- where they begin ------------------------------------------------------------------------ */

/* What an ask points to until the dialog has copied it. */
struct room {
    char path[FILES_PATH_MAX], folder[FILES_PATH_MAX];
    const char *recent[SETTINGS_RECENT_MAX];
    struct file_dialog_place shipped;
    struct err err;
};

static void begin_by_models(struct app *app, struct file_dialog_ask *ask, struct room *room)
{
    room->shipped = (struct file_dialog_place){N_("Shipped models"), models_shipped(room->folder)};
    for (int i = 0; i < app->settings.recent_count; i++)
        room->recent[i] = app->settings.recent[i];
    ask->path = models_look(&app->models, room->path);
    ask->places = &room->shipped;
    ask->place_count = 1;
    ask->recent = room->recent;
    ask->recent_count = app->settings.recent_count;
}

static void begin_by_proposal(struct app *app, struct file_dialog_ask *ask, struct room *room)
{
    if (!files_make_folder(files_user_path(FILES_DATA, "models", room->folder), &room->err))
        ask->trouble = room->err.text;
    ask->path = models_propose(&app->models, room->path);
}

/* The name that is proposed, in the folder of the last exchange, if that is still there. */
static void begin_by_exchange(struct app *app, struct file_dialog_ask *ask, struct room *room)
{
    const char *folder = app->settings.exchange;
    if (!folder[0] || !files_is_folder(folder))
        return;
    if (!ask->path)
        ask->path = folder;
    else if (snprintf(room->path, sizeof room->path, "%s/%s", folder, ask->path) <
             (int)sizeof room->path)
        ask->path = room->path;
}

static void find_place(struct app *app, enum place place, struct file_dialog_ask *ask,
                       struct room *room)
{
    const char *data = library_folder(app->library);
    switch (place) {
    case ANYWHERE:
        break;
    case BY_MODELS:
        begin_by_models(app, ask, room);
        break;
    case BY_PROPOSAL:
        begin_by_proposal(app, ask, room);
        break;
    case BY_DATA:
        ask->path = data[0] ? data : NULL;
        break;
    case BY_EXCHANGE:
        begin_by_exchange(app, ask, room);
        break;
    }
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void open_dialog(struct app *app, const struct row *row)
{
    struct file_dialog_ask ask = row->ask;
    struct room room;
    struct err err;
    find_place(app, row->place, &ask, &room);
    file_dialog_free(app->dialog);
    app->dialog = file_dialog_new(&ask, &err);
    app->dialog_action = row->kind;
    if (!app->dialog)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

void dialogs_ask(struct app *app, enum action_kind kind)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == kind)
            open_dialog(app, &rows[i]);
}

void dialogs_show(struct app *app, struct actions *actions)
{
    enum file_dialog_result result = file_dialog_show(app->dialog, app->ui);
    if (result == FILE_DIALOG_CHOSEN)
        action_add_text(actions, app->dialog_action, file_dialog_path(app->dialog));
    if (result != FILE_DIALOG_ASKING)
        action_add(actions, ACT_DIALOG_CLOSE);
}

void dialogs_close(struct app *app)
{
    file_dialog_free(app->dialog);
    app->dialog = NULL;
}
