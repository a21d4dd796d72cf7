/* SPDX-License-Identifier: MIT */
#include "app/shell/events.h"

#include <math.h>
#include <stdio.h>

#include "app/shell/state.h"
#include "base/json_text.h"
#include "train/recipe.h"

/* Positions are whole points, rounded inwards, so that a script can use them as they are. */
static json_t *rect_points(struct ui_rect rect)
{
    int x = (int)ceilf(rect.x), y = (int)ceilf(rect.y);
    int right = (int)floorf(rect.x + rect.w), bottom = (int)floorf(rect.y + rect.h);
    return json_pack("[i,i,i,i]", x, y, right - x, bottom - y);
}

void events_layout(const struct app *app, float width, float height, float scale)
{
    if (!log_is_on(&app->log))
        return;
    json_t *controls = json_object();
    for (int i = 0; i < ui_control_count(app->ui); i++) {
        const struct ui_control *control = ui_control(app->ui, i);
        if (control->rect.w > 0)
            json_object_set_new(controls, control->name, rect_points(control->rect));
    }
    log_event(&app->log, json_pack("{s:s, s:[i,i], s:f, s:s, s:o}", "event", "layout", "window",
                                   (int)width, (int)height, "scale", (double)scale, "view",
                                   view_name(app->view), "controls", controls));
}

void events_prediction(const struct app *app, uint64_t latency)
{
    if (!log_is_on(&app->log))
        return;
    const struct answer *answer = &app->canvas.answer;
    json_t *event = json_pack("{s:s}", "event", "prediction"), *list = json_array();
    json_object_set_new(event, "digit", answer->any ? json_integer(answer->order[0]) : json_null());
    json_object_set_new(event, "confidence",
                        answer->any ? json_real((double)answer->probability[answer->order[0]])
                                    : json_null());
    json_object_set_new(event, "verdict",
                        answer->any ? json_string(verdict_name(answer->verdict, answer->guess))
                                    : json_null());
    for (int i = 0; answer->any && i < 10; i++)
        json_array_append_new(list, json_real((double)answer->probability[i]));
    json_object_set_new(event, "probabilities", list);
    json_object_set_new(event, "microseconds", json_real(answer->microseconds));
    json_object_set_new(event, "weights", json_integer((json_int_t)app->canvas.read.weights));
    if (latency > 0)
        json_object_set_new(event, "latency_us", json_integer((json_int_t)latency));
    log_event(&app->log, event);
}

/* As it would stand in a script, or null where that leaves it out. */
static json_t *argument_of(const struct action *action)
{
    enum action_argument argument = action_row(action->kind)->argument;
    const char *name = action_number_name(argument, action->number);
    char drawing[FILES_PATH_MAX + 32];
    if (action->recipe)
        return json_any_text(action->recipe->name);
    if (name)
        return name[0] ? json_string(name) : json_null();
    switch (argument) {
    case ARGUMENT_DRAWING:
        snprintf(drawing, sizeof drawing, "%s %.0f", action->text, action->number);
        return json_any_text(drawing);
    case ARGUMENT_NUMBER:
        return json_real(action->number);
    case ARGUMENT_OPTIONAL_NUMBER:
        return action->number != 0 ? json_real(action->number) : json_null();
    case ARGUMENT_DIGIT:
        return json_integer((json_int_t)action->number);
    default:
        return action->text ? json_any_text(action->text) : json_null();
    }
}

void events_action(const struct app *app, const struct action *action)
{
    const char *name = action_row(action->kind)->name;
    if (name)
        log_event(&app->log, json_pack("{s:s, s:s, s:o}", "event", "action", "name", name,
                                       "argument", argument_of(action)));
}
