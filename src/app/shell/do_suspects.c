/* SPDX-License-Identifier: MIT */
#include "app/shell/do.h"
#include "app/shell/state.h"
#include "data/dataset.h"
#include "ink/fit.h"

static void show_card(struct app *app)
{
    app->inspect_part = INSPECT_IMAGES;
    app->inspect.images.beside = IMAGES_SUSPECTS;
}

static void leave_out(struct suspecting *suspecting)
{
    uint32_t image = suspecting_chosen(suspecting)->image;
    bool out = corrections_of(&suspecting->corrections, image) == CORRECTION_OUT;
    suspecting_correct(suspecting, out ? CORRECTION_NONE : CORRECTION_OUT);
}

static void draw_suspect(struct app *app)
{
    uint32_t image = suspecting_chosen(&app->suspecting)->image;
    const struct dataset *train = library_train(app->library);
    canvas_show_image(&app->canvas, train->pixels + (size_t)image * FIT_LEN);
    app->inspect_part = INSPECT_DRAWING;
}

static void choose_suspect(struct app *app, double number)
{
    suspecting_choose(&app->suspecting, number >= 0 && number < UINT32_MAX ? (uint32_t)number
                                                                           : UINT32_MAX);
}

bool do_with_suspects(struct app *app, const struct action *action)
{
    struct suspecting *suspecting = &app->suspecting;
    switch (action->kind) {
    case ACT_SHOW_SUSPECTS:
        show_card(app);
        break;
    case ACT_SUSPECTS:
        show_card(app);
        suspecting_start(suspecting);
        break;
    case ACT_SUSPECTS_STOP:
        suspecting_stop(suspecting);
        break;
    case ACT_SUSPECT_CHOOSE:
        choose_suspect(app, action->number);
        break;
    case ACT_SUSPECT_DRAW:
        draw_suspect(app);
        break;
    case ACT_RELABEL:
        suspecting_correct(suspecting, (uint8_t)action->number);
        break;
    case ACT_LEAVE_OUT:
        leave_out(suspecting);
        break;
    case ACT_LABEL_BACK:
        suspecting_correct(suspecting, CORRECTION_NONE);
        break;
    case ACT_LABEL_UNDO:
        suspecting_undo(suspecting);
        break;
    default:
        return false;
    }
    return true;
}
