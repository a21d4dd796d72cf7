/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"

#include "app/shell/state.h"
#include "base/err.h"
#include "base/language.h"
#include "model/model.h"

static void show_drawing(struct app *app, enum explaining_kind kind)
{
    app->explain = kind;
    app->inspect_images = false;
}

static void compare(struct app *app, const char *named)
{
    compared_choose(&app->compared, app->kern, &app->notices, named);
    show_drawing(app, EXPLAINING_OTHER);
}

static void change_weight(struct app *app, const char *text)
{
    struct err err;
    struct weight_edit edit;
    if (!weight_edit_read(text, &edit))
        err_set(
            &err,
            _("A weight is named by its layer, its neuron, its input or \"bias\", and its value."));
    else if (weight_edits_make(&app->weight_edits, app->models.current, app->models.number, &edit,
                               &err))
        return;
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static void keep_weights(struct app *app)
{
    struct err err;
    struct model *model = weight_edits_keep(&app->weight_edits, app->models.current, &err);
    if (!model) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    models_use(&app->models, model, "", true);
    notices_say(&app->notices, NOTICE_DONE, _("%s is the model in use now, not saved yet."),
                model_name(model));
    notices_offer(&app->notices, _("Save"), ACT_MODEL_SAVE);
    notices_offer(&app->notices, _("Go back"), ACT_MODEL_BACK);
}

static bool do_with_weights(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_WEIGHT:
        change_weight(app, action->text);
        break;
    case ACT_WEIGHT_UNDO:
        weight_edits_undo(&app->weight_edits);
        break;
    case ACT_WEIGHTS_BACK:
        weight_edits_end(&app->weight_edits);
        break;
    case ACT_WEIGHTS_KEEP:
        keep_weights(app);
        break;
    default:
        return false;
    }
    return true;
}

static void take_change(struct app *app)
{
    uint8_t pixels[FIT_LEN];
    change_bytes(&app->explaining.result->change, pixels);
    canvas_show_image(&app->canvas, pixels);
}

bool do_in_inspect(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_THIS_DRAWING:
        app->inspect_images = false;
        break;
    case ACT_ALL_IMAGES:
        app->inspect_images = true;
        break;
    case ACT_SHOW_NEURON:
        show_drawing(app, EXPLAINING_NEURON);
        break;
    case ACT_SHOW_INK:
        show_drawing(app, EXPLAINING_INK);
        break;
    case ACT_SHOW_CHANGE:
        show_drawing(app, EXPLAINING_CHANGE);
        break;
    case ACT_SHOW_CURVES:
        show_drawing(app, EXPLAINING_CURVES);
        break;
    case ACT_SHOW_ALIKE:
        show_drawing(app, EXPLAINING_ALIKE);
        break;
    case ACT_ALIKE:
        alike_ask(&app->alike);
        break;
    case ACT_ALIKE_STOP:
        alike_stop(&app->alike);
        break;
    case ACT_SHOW_OTHER: show_drawing(app, EXPLAINING_OTHER); break;
    case ACT_COMPARE: compare(app, action->text); break;
    case ACT_COMPARE_NONE: compare(app, ""); break;
    case ACT_ASK_DIGIT:
        app->explain_digit = (int)action->number;
        break;
    case ACT_TAKE_CHANGE:
        take_change(app);
        break;
    default:
        return do_with_weights(app, action);
    }
    return true;
}
