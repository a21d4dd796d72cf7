/* SPDX-License-Identifier: MIT */
/* log.c -- each event is one JSON object on one line, given to the host at once. */
#include "app/tell/log.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/state/finetuning.h"
#include "app/state/models.h"
#include "base/json_text.h"
#include "data/dataset.h"
#include "data/mine.h"
#include "model/model.h"
#include "train/history.h"

/* Takes the object over. */
static void write_event(const struct app *app, json_t *event)
{
    const size_t flags = JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(6);
    char *line = event && app->host.log ? json_text(event, flags, NULL) : NULL;
    if (line)
        app->host.log(app->host.user, line);
    free(line);
    json_decref(event);
}

/* A number, or null where it was not measured. */
static json_t *number_or_null(double value)
{
    return isfinite(value) && value >= 0 ? json_real(value) : json_null();
}

/* Positions are whole points, rounded inwards, so that a script can use them as they are. */
static json_t *rect_points(struct ui_rect rect)
{
    int x = (int)ceilf(rect.x), y = (int)ceilf(rect.y);
    int right = (int)floorf(rect.x + rect.w), bottom = (int)floorf(rect.y + rect.h);
    return json_pack("[i,i,i,i]", x, y, right - x, bottom - y);
}

void log_layout(const struct app *app, float width, float height, float scale)
{
    if (!app->host.log)
        return;
    json_t *controls = json_object();
    for (int i = 0; i < ui_control_count(app->ui); i++) {
        const struct ui_control *control = ui_control(app->ui, i);
        if (control->rect.w > 0)
            json_object_set_new(controls, control->name, rect_points(control->rect));
    }
    write_event(app, json_pack("{s:s, s:[i,i], s:f, s:s, s:o}", "event", "layout", "window",
                               (int)width, (int)height, "scale", (double)scale, "view",
                               view_name(app->view), "controls", controls));
}

void log_prediction(const struct app *app, uint64_t latency)
{
    if (!app->host.log)
        return;
    const struct answer *answer = &app->canvas.answer;
    json_t *event = json_pack("{s:s}", "event", "prediction"), *list = json_array();
    json_object_set_new(event, "digit",
                        answer->any ? json_integer(answer->order[0]) : json_null());
    json_object_set_new(event, "confidence", answer->any
        ? json_real((double)answer->probability[answer->order[0]]) : json_null());
    json_object_set_new(event, "verdict", answer->any
        ? json_string(verdict_name(answer->verdict, answer->guess)) : json_null());
    for (int i = 0; answer->any && i < 10; i++)
        json_array_append_new(list, json_real((double)answer->probability[i]));
    json_object_set_new(event, "probabilities", list);
    json_object_set_new(event, "microseconds", json_real(answer->microseconds));
    json_object_set_new(event, "weights", json_integer((json_int_t)app->canvas.read_weights));
    if (latency > 0)
        json_object_set_new(event, "latency_us", json_integer((json_int_t)latency));
    write_event(app, event);
}

void log_epoch(const struct app *app, const struct history_epoch *epoch)
{
    write_event(app, json_pack("{s:s, s:i, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:f}", "event",
                               "epoch", "epoch", epoch->epoch, "epochs",
                               app->training.view.recipe.epochs, "train_cost",
                               number_or_null((double)epoch->train_cost), "train_accuracy",
                               number_or_null((double)epoch->train_accuracy), "valid_cost",
                               number_or_null((double)epoch->valid_cost), "valid_accuracy",
                               number_or_null((double)epoch->valid_accuracy), "test_cost",
                               number_or_null((double)epoch->test_cost), "test_accuracy",
                               number_or_null((double)epoch->test_accuracy), "rate",
                               (double)epoch->rate, "seconds", (double)epoch->seconds));
}

void log_training(const struct app *app, const char *what)
{
    write_event(app, json_pack("{s:s, s:s, s:o, s:o}", "event", "training", "state", what, "recipe",
                               json_any_text(app->training.recipe.name), "net",
                               json_any_text(app->training.recipe.net)));
}

void log_model(const struct app *app)
{
    const struct model *model = app->models.current;
    if (!model)
        return;
    write_event(app, json_pack("{s:s, s:o, s:s, s:o, s:o, s:b}", "event", "model", "name",
                               json_any_text(model_name(model)), "words", nn_words(model->net),
                               "path", json_any_text(app->models.path), "accuracy",
                               number_or_null(models_accuracy(model)), "unsaved",
                               (int)app->models.unsaved));
}

void log_data(const struct app *app)
{
    const struct dataset *train = library_train(app->library);
    write_event(app, json_pack("{s:s, s:o, s:i, s:b}", "event", "data", "name",
                               json_any_text(library_name(app->library)), "count",
                               train ? (int)train->count : 0, "synthetic",
                               (int)library_drawn(app->library)));
}

void log_steps(const struct app *app)
{
    unsigned on = app->canvas.steps;
    write_event(app, json_pack("{s:s, s:b, s:b, s:b, s:b}", "event", "steps", "box",
                               (int)(on & FIT_TIGHT) != 0, "square", (int)(on & FIT_SQUARE) != 0,
                               "twenty", (int)(on & FIT_TWENTY) != 0, "mass",
                               (int)(on & FIT_MASS) != 0));
}

void log_my_digits(const struct app *app, const char *what, int label)
{
    write_event(app, json_pack("{s:s, s:s, s:o, s:i}", "event", "my_digits", "what", what, "label",
                               label >= 0 ? json_integer(label) : json_null(), "count",
                               (int)mine_count(app->my.list)));
}

static json_t *score_json(struct finetune_score score)
{
    return score.count > 0 ? json_pack("[i,i]", (int)score.correct, (int)score.count)
                           : json_null();
}

void log_hand(struct app *app, const char *state)
{
    const struct finetune_result *result = finetuning_result(app->my.finetuning);
    json_t *event = json_pack("{s:s, s:s}", "event", "hand", "state", state);
    if (result) {
        json_object_set_new(event, "own_before", score_json(result->own_before));
        json_object_set_new(event, "own_after", score_json(result->own_after));
        json_object_set_new(event, "test_before", score_json(result->test_before));
        json_object_set_new(event, "test_after", score_json(result->test_after));
        json_object_set_new(event, "seconds", json_real(result->seconds));
    }
    app->unlogged.hand_percent = 0;
    write_event(app, event);
}

void log_hand_progress(struct app *app)
{
    int percent = (int)(100 * finetuning_progress(app->my.finetuning));
    if (percent == app->unlogged.hand_percent)
        return;
    app->unlogged.hand_percent = percent;
    write_event(app, json_pack("{s:s, s:s, s:i}", "event", "hand", "state", "running", "percent",
                               percent));
}

void log_error(const struct app *app, const char *text)
{
    write_event(app, json_pack("{s:s, s:o}", "event", "error", "text", json_any_text(text)));
}
