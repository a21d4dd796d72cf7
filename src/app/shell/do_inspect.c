/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"

#include <math.h>

#include "app/shell/state.h"

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

static void take_change(struct app *app)
{
    const struct change *change = &app->explaining.result->change;
    uint8_t pixels[FIT_LEN];
    for (int i = 0; i < FIT_LEN; i++)
        pixels[i] = (uint8_t)lroundf(change->picture[i] * 255);
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
        return false;
    }
    return true;
}
