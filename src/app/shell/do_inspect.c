/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"

#include "app/shell/state.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "model/model.h"

static void show_drawing(struct app *app, enum explaining_kind kind)
{
    app->explain = kind;
    app->inspect_part = INSPECT_DRAWING;
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

static void lay_map_out(struct app *app, enum digit_map_layout layout)
{
    app->inspect_part = INSPECT_MAP;
    digit_map_choose(&app->digit_map, layout);
}

static void show_map_image(struct app *app, double number)
{
    const struct digit_map_made *made = app->digit_map.made;
    if (!made || number < 0 || number >= made->set->count) {
        notices_say(&app->notices, NOTICE_TROUBLE,
                    made ? _("The map has images 0 to %u.") : _("There is no map yet."),
                    made ? made->set->count - 1 : 0);
        return;
    }
    canvas_show_image(&app->canvas, made->set->pixels + (size_t)number * FIT_LEN);
}

static bool do_on_map(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_MAP:
        app->inspect_part = INSPECT_MAP;
        break;
    case ACT_MAP_COMPONENTS:
        lay_map_out(app, DIGIT_MAP_COMPONENTS);
        break;
    case ACT_MAP_NEIGHBOURS:
        lay_map_out(app, DIGIT_MAP_NEIGHBOURS);
        break;
    case ACT_MAP_STOP:
        digit_map_stop(&app->digit_map);
        break;
    case ACT_MAP_IMAGE:
        show_map_image(app, action->number);
        break;
    default:
        return false;
    }
    return true;
}

bool do_in_inspect(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_THIS_DRAWING:
        app->inspect_part = INSPECT_DRAWING;
        break;
    case ACT_ALL_IMAGES:
        app->inspect_part = INSPECT_IMAGES;
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
        return do_with_weights(app, action) || do_on_map(app, action);
    }
    return true;
}
