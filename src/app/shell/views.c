/* SPDX-License-Identifier: MIT */
#include "app/shell/views.h"

#include "app/draw/draw_shown.h"
#include "app/draw/draw_view.h"
#include "app/inspect/inspect_shown.h"
#include "app/learn/learn_shown.h"
#include "app/learn/learn_view.h"
#include "app/models/models_shown.h"
#include "app/my_digits/my_digits_shown.h"
#include "app/my_digits/my_digits_view.h"
#include "app/shell/flow.h"
#include "app/shell/lesson_world.h"
#include "app/shell/state.h"
#include "app/train/train_view.h"
#include "base/language.h"
#include "ink/drawing.h"
#include "model/builtin.h"
#include "model/model.h"

static struct canvas_pad_shown what_is_drawn(const struct app *app)
{
    const struct picture_shown *picture = &app->canvas.picture;
    return (struct canvas_pad_shown){
        .ink = drawing_ink(app->canvas.drawing),
        .picture = {picture->rows, picture->cols, picture->any ? picture->pixels : NULL, false},
        .brush = app->settings.brush,
        .eraser = app->canvas.eraser,
    };
}

static void show_draw(struct app *app, struct ui_rect rect, struct actions *actions)
{
    const struct canvas *canvas = &app->canvas;
    char title[RECIPE_TITLE_MAX];
    const struct draw_shown shown = {
        .canvas = canvas,
        .drawn = what_is_drawn(app),
        .brush = app->settings.brush,
        .steps_open = app->steps_open,
        .net = app_net(app),
        .first_layer = reader_first_layer(app->reader),
        .learner = canvas->read.weights ? recipe_title(&app->training.view.recipe, title) : NULL,
        .filed = teaching_filed(&app->teaching, canvas, &app->store),
    };
    draw_view_show(&app->draw, &shown, app->ui, rect, actions);
}

static void end_draw(struct app *app)
{
    draw_view_clear(&app->draw);
}

/* It is where data will be wanted: it begins to load before Start is pressed. */
static void enter_train(struct app *app)
{
    flow_look_back(app); /* other windows may have left runs */
    if (library_state(app->library) == LIBRARY_IDLE)
        library_load(app->library);
}

static void show_train(struct app *app, struct ui_rect rect, struct actions *actions)
{
    const struct training *run = &app->training;
    bool begun = run->stage == TRAINING_LIVE || run->stage == TRAINING_ENDED;
    bool watched = begun && run->pace == TRAINER_STEP && run->view.watch.number > 0;
    const struct train_shown shown = {
        .form = &app->form,
        .facts =
            {
                .busy = training_busy(run),
                .live = run->stage == TRAINING_LIVE,
                .source = library_source(app->library),
                .data = library_name(app->library),
                .drawn = library_drawn(app->library),
            },
        .recipe = run->stage != TRAINING_NONE ? &run->recipe : NULL,
        .run = begun ? &run->view.history : NULL,
        .past = &run->past,
        .left = &run->left,
        .trouble = begun ? run->view.trouble : NULL,
        .marks = begun ? &run->marks : NULL,
        .pace = run->pace,
        .batch = watched ? &run->view.watch : NULL,
    };
    train_view_show(&app->train, &shown, app->ui, rect, actions);
}

static void enter_my_digits(struct app *app)
{
    digit_store_look(&app->store); /* other windows may have filed digits */
}

static void show_my_digits(struct app *app, struct ui_rect rect, struct actions *actions)
{
    const struct my_digits_shown shown = {
        .list = app->store.list,
        .choice = &app->choice,
        .finetuning = app->finetuning,
        .data = library_name(app->library),
        .drawn = library_drawn(app->library),
    };
    my_digits_view_show(&app->my_digits, &shown, app->ui, rect, actions);
}

static void end_my_digits(struct app *app)
{
    my_digits_view_clear(&app->my_digits);
}

/* What the network that reads makes of the picture that it was given, and the chosen neuron. */
static void look_inside(struct app *app, const struct reading_by *by, struct neuron_sum *sum)
{
    struct activations *activations = &app->activations;
    struct network_view *view = &app->inspect.drawing.network;
    if (app->inspect_part == INSPECT_IMAGES ||
        !activations_update(activations, app->kern, by, &app->canvas.fit))
        return;
    network_view_settle(view, activations);
    if (activations->net &&
        !activations_sum(activations, view->choice.layer, view->choice.place, sum))
        activations->net = NULL;
}

/* The digit that was asked for, or else the answer; of a change, the likeliest other digit. */
static int asked_digit(const struct app *app)
{
    if (app->explain_digit >= 0)
        return app->explain_digit;
    return app->canvas.answer.order[app->explain == EXPLAINING_CHANGE];
}

static void look_for_alike(struct app *app, const struct reading_by *by,
                           struct inspect_shown *shown)
{
    const struct alike_wish wish = {*by, &app->canvas.fit, library_train(app->library),
                                    library_number(app->library)};
    if (shown->newest || shown->edits->net)
        return;
    if (app->alike.asked && !wish.set)
        library_load(app->library);
    alike_want(&app->alike, &wish);
    shown->alike_there = alike_has(&app->alike, &wish);
}

/* The drawing as whoever reads would explain it: begun here, and shown as far as it is there. */
static void look_why(struct app *app, const struct reading_by *by, struct inspect_shown *shown)
{
    const struct explained *explained = app->explaining.result;
    const struct explaining_wish wish = {
        app->explain, app->explain == EXPLAINING_CHANGE ? shown->digit : 0, *by, &app->canvas.fit};
    explaining_want(&app->explaining, &wish);
    if (explained && explaining_answers(explained, &wish))
        shown->explained = explained;
}

/* What stands beside the network. */
static void look_beside(struct app *app, const struct reading_by *by, struct inspect_shown *shown)
{
    shown->explain = app->explain;
    shown->digit = asked_digit(app);
    shown->alike = &app->alike;
    shown->compared = &app->compared;
    shown->edits = &app->weight_edits;
    shown->found_count = app->models.found_count;
    shown->found = app->models.found;
    shown->newest = by->weights > 0;
    if (app->inspect_part != INSPECT_DRAWING || app->explain == EXPLAINING_NEURON ||
        !shown->answer->any)
        return;
    if (app->explain == EXPLAINING_ALIKE)
        look_for_alike(app, by, shown);
    else if (app->explain == EXPLAINING_OTHER)
        compared_read(&app->compared, &app->notices, &app->canvas.fit);
    else
        look_why(app, by, shown);
}

/* What the last hidden layer makes of the drawing: what the last layer is given. */
static const float *find_hidden(const struct activations *activations)
{
    return activations->net ? activations_of(activations, activations->layers - 2) : NULL;
}

/* The map of the test images, or where there are none of the training images. */
static void look_at_map(struct app *app, const struct reading_by *by, struct inspect_shown *shown)
{
    const struct dataset *test = library_test(app->library);
    const struct digit_map_wish wish = {*by, test ? test : library_train(app->library),
                                        library_number(app->library)};
    if (app->inspect_part != INSPECT_MAP || shown->newest || shown->edits->net || !by->net)
        return;
    if (!wish.set) {
        library_load(app->library);
        shown->map_waits = library_state(app->library) == LIBRARY_LOADING;
    }
    digit_map_want(&app->digit_map, &wish);
    shown->map_tests = test;
    shown->map_there = digit_map_has(&app->digit_map, &wish);
    shown->map_hidden = find_hidden(&app->activations);
}

/* Why the figures are not those of now; NULL: they are. */
static const char *find_old(const struct app *app)
{
    const struct evaluated *result = app->evaluating.result;
    if (!result)
        return NULL;
    if (result->model_number != app->models.number)
        return _("another model is in use now.");
    if (result->images_number != flow_images_number(app, result->which))
        return _("the images are others now.");
    return evaluating_busy(&app->evaluating) ? _("others are under way.") : NULL;
}

static void show_inspect(struct app *app, struct ui_rect rect, struct actions *actions)
{
    const struct evaluated *result = app->evaluating.result;
    const struct reading_by by = flow_reader(app);
    struct inspect_shown shown = {
        .part = app->inspect_part,
        .drawn = what_is_drawn(app),
        .activations = &app->activations,
        .answer = &app->canvas.answer,
        .rule = by.rule,
        .evaluating = &app->evaluating,
        .gallery = &app->gallery,
        .robustness = &app->robustness,
        .suspecting = &app->suspecting,
        .train = library_train(app->library),
        .train_number = library_number(app->library),
        .map = &app->digit_map,
        .model = app->models.current ? model_name(app->models.current) : NULL,
        .old = find_old(app),
    };
    look_inside(app, &by, &shown.sum);
    look_beside(app, &by, &shown);
    look_at_map(app, &by, &shown);
    suspecting_follow(&app->suspecting, shown.train, shown.train_number);
    gallery_update(&app->gallery, result, app->evaluating.number);
    inspect_view_show(&app->inspect, &shown, app->ui, rect, actions);
}

static void end_inspect(struct app *app)
{
    inspect_view_clear(&app->inspect);
    gallery_end(&app->gallery);
    activations_end(&app->activations);
}

/* Many lessons want the data. */
static void enter_learn(struct app *app)
{
    struct stage_world world = lesson_world(app);
    struct err err;
    if (library_state(app->library) == LIBRARY_IDLE)
        library_load(app->library);
    if (!lessons_load(&app->lessons, &world, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static void show_learn(struct app *app, struct ui_rect rect, struct actions *actions)
{
    struct stage_world world = lesson_world(app);
    const struct learn_shown shown = {
        .lessons = &app->lessons,
        .data = library_name(app->library),
        .drawn = library_drawn(app->library),
        .presenting = app->presenting,
    };
    world.now = ui_input(app->ui)->now;
    if (lessons_update(&app->lessons, &world))
        ui_again(app->ui);
    learn_view_show(&app->learn, &shown, app->ui, rect, actions);
}

static void end_learn(struct app *app)
{
    learn_view_clear(&app->learn);
}

/* Files come and go. */
static void enter_models(struct app *app)
{
    models_find(&app->models);
    app->shelf.changes++;
}

static const char *path_in_use(const struct app *app)
{
    const struct models *models = &app->models;
    if (models->path[0] || models->unsaved || models->builtin < 0)
        return models->path;
    return model_builtin_path(models->builtin);
}

static void show_models(struct app *app, struct ui_rect rect, struct actions *actions)
{
    const struct shelf_places places = {&app->models, &app->settings};
    const struct models_shown shown = {
        .shelf = &app->shelf,
        .in_use = path_in_use(app),
        .default_model = app->settings.default_model,
    };
    shelf_look(&app->shelf, &places, &app->host);
    if (!app->shelf.chosen[0])
        shelf_choose(&app->shelf, shown.in_use);
    models_view_show(&app->models_view, &shown, app->ui, rect, actions);
}

static void end_models(struct app *app)
{
    shelf_end(&app->shelf);
}

/* ---- a row a view ---------------------------------------------------------------------------- */

static const struct {
    void (*show)(struct app *app, struct ui_rect rect, struct actions *actions);
    void (*enter)(struct app *app); /* what it is in want of; NULL: nothing */
    void (*end)(struct app *app);   /* frees what it holds; NULL: nothing */
} rows[APP_VIEW_COUNT] = {
    [APP_DRAW] = {show_draw, NULL, end_draw},
    [APP_TRAIN] = {show_train, enter_train, NULL},
    [APP_MY_DIGITS] = {show_my_digits, enter_my_digits, end_my_digits},
    [APP_INSPECT] = {show_inspect, NULL, end_inspect},
    [APP_LEARN] = {show_learn, enter_learn, end_learn},
    [APP_MODELS] = {show_models, enter_models, end_models},
};

struct canvas_pad *views_pad(struct app *app)
{
    if (app->view == APP_INSPECT && app->inspect_part == INSPECT_DRAWING)
        return &app->inspect.drawing.canvas;
    if (app->view == APP_INSPECT && app->inspect_part == INSPECT_MAP)
        return &app->inspect.map.canvas;
    return app->view == APP_DRAW ? &app->draw.canvas : &app->no_canvas;
}

void views_show(struct app *app, struct ui_rect rect, struct actions *actions)
{
    struct canvas_pad *pads[] = {&app->draw.canvas, &app->inspect.drawing.canvas,
                                 &app->inspect.map.canvas};
    for (int i = 0; i < 3; i++)
        if (pads[i] != views_pad(app))
            *pads[i] = (struct canvas_pad){.pen_at = pads[i]->pen_at}; /* no pen reaches it */

    rows[app->view].show(app, rect, actions);
}

void views_enter(struct app *app)
{
    if (rows[app->view].enter)
        rows[app->view].enter(app);
}

void views_end(struct app *app)
{
    for (int view = 0; view < APP_VIEW_COUNT; view++)
        if (rows[view].end)
            rows[view].end(app);
}
