/* SPDX-License-Identifier: MIT */
/* action.c -- the rows of actions.def, lines of scripts, and the list of a frame. */
#include "app/act/action.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "ink/fit.h"

/* ---- the rows -------------------------------------------------------------------------------- */

static const struct {
    const char *name, *label, *sentence;
    int key;
} view_rows[] = {
#define VIEW(kind, name, label, key, sentence) {name, label, sentence, key},
#include "app/act/actions.def"
};

#define EVERYWHERE   ((1u << APP_VIEW_COUNT) - 1)
#define IN(view)     (1u << APP_##view)
#define OVER_DIALOGS ((unsigned)ACTION_OVER_DIALOGS)

static const struct action_row rows[ACTION_COUNT] = {
#define ACTION(kind, name, argument, views, keys, label, sentence)                                 \
    [ACT_##kind] = {name, ARGUMENT_##argument, views, keys, label, sentence},
#include "app/act/actions.def"
};

const char *view_name(enum app_view view)
{
    return view_rows[view].name;
}

const char *view_label(enum app_view view)
{
    return view_rows[view].label;
}

int view_key(enum app_view view)
{
    return view_rows[view].key;
}

const char *view_sentence(enum app_view view)
{
    return view_rows[view].sentence;
}

int view_find(const char *name)
{
    for (int view = 0; view < APP_VIEW_COUNT; view++)
        if (strcmp(view_rows[view].name, name) == 0)
            return view;
    return -1;
}

const struct action_row *action_row(enum action_kind kind)
{
    return &rows[kind];
}

/* What an argument is: behind the name of an action, and in a sentence. */
static const struct {
    const char *words, *wanted;
} arguments[] = {
    [ARGUMENT_NONE] = {"", "nothing"},
    [ARGUMENT_NUMBER] = {"N", "a number"},
    [ARGUMENT_OPTIONAL_NUMBER] = {"[N]", "a number or nothing"},
    [ARGUMENT_DIGIT] = {"DIGIT", "a digit from 0 to 9"},
    [ARGUMENT_VIEW] = {"NAME", "the name of a view"},
    [ARGUMENT_STEP] = {"box|square|twenty|mass", "box, square, twenty or mass"},
    [ARGUMENT_OPTIONAL_THEME] = {"[dark|light]", "dark, light or nothing"},
    [ARGUMENT_PACE] = {"fast|epoch|mini-batch", "fast, epoch or mini-batch"},
    [ARGUMENT_PATH] = {"PATH", "a file"},
    [ARGUMENT_RUN] = {"CHECKPOINT", "a file"},
    [ARGUMENT_OPTIONAL_RUN] = {"[CHECKPOINT]", "a file or nothing"},
    [ARGUMENT_DRAWING] = {"FILE N", "a file of strokes and, from 0, which of its digits"},
    [ARGUMENT_NAME] = {"NAME", "a name"},
    [ARGUMENT_WEIGHT] = {"LAYER NEURON INPUT VALUE",
                         "a layer from 1, a neuron of it and an input or bias, and the value"},
    [ARGUMENT_SETTING] = {"NAME VALUE", "the name of a setting and its value"},
    [ARGUMENT_LESSON] = {"NAME [PAGE-OR-TASK]",
                         "the name of a lesson and, behind it, a page or task"},
    [ARGUMENT_ANSWER] = {"VALUE", "a number"},
    [ARGUMENT_MOMENT] = {"idle|SECONDS|epoch N", "idle, a number of seconds or epoch N"},
};

static const char *const step_names[] = {"box", "square", "twenty", "mass"};
static const char *const theme_names[] = {"", "dark", "light"};
static const char *const pace_names[] = {"fast", "epoch", "mini-batch"};
enum {
    STEP_NAMES = sizeof step_names / sizeof *step_names,
    THEME_NAMES = sizeof theme_names / sizeof *theme_names,
    PACE_NAMES = sizeof pace_names / sizeof *pace_names,
};

const char *action_number_name(enum action_argument argument, double number)
{
    if (argument == ARGUMENT_VIEW)
        return view_name((enum app_view)number);
    if (argument == ARGUMENT_OPTIONAL_THEME)
        return theme_names[(int)number];
    if (argument == ARGUMENT_PACE)
        return pace_names[(int)number];
    for (int i = 0; argument == ARGUMENT_STEP && i < STEP_NAMES; i++)
        if (number == FIT_TIGHT << i)
            return step_names[i];
    return NULL;
}

const char *action_argument_words(enum action_argument argument)
{
    return arguments[argument].words;
}

/* ---- a line of a script ---------------------------------------------------------------------- */

static bool read_number(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && !*end && isfinite(*number);
}

static bool read_digit(const char *text, double *number)
{
    bool digit = text[0] >= '0' && text[0] <= '9' && !text[1];
    *number = digit ? text[0] - '0' : 0;
    return digit;
}

/* Position from 0 in a list of names, or -1. */
static int find_name(const char *text, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    return -1;
}

static bool read_view(const char *text, double *number)
{
    int view = view_find(text);
    *number = view;
    return view >= 0;
}

static bool read_step(const char *text, double *number)
{
    int i = find_name(text, step_names, STEP_NAMES);
    *number = i < 0 ? 0 : FIT_TIGHT << i;
    return i >= 0;
}

static bool read_theme(const char *text, double *number)
{
    int i = find_name(text, theme_names, THEME_NAMES);
    *number = i;
    return i >= 0;
}

static bool read_pace(const char *text, double *number)
{
    int i = find_name(text, pace_names, PACE_NAMES);
    *number = i;
    return i >= 0;
}

/* "FILE N": the number stands behind the last space. */
static bool read_drawing(char *text, double *number)
{
    char *space = strrchr(text, ' ');
    if (!space || space == text || !read_number(space + 1, number) || *number < 0 ||
        floor(*number) != *number)
        return false;
    *space = 0;
    return true;
}

static bool read_optional_number(const char *text, double *number)
{
    return !text[0] || read_number(text, number);
}

/* Whether it is what the action wants. */
static bool read_argument(enum action_argument argument, char *text, struct action *action)
{
    double *number = &action->number;
    switch (argument) {
    case ARGUMENT_NONE:
        return !text[0];
    case ARGUMENT_NUMBER:
        return read_number(text, number);
    case ARGUMENT_OPTIONAL_NUMBER:
        return read_optional_number(text, number);
    case ARGUMENT_DIGIT:
        return read_digit(text, number);
    case ARGUMENT_VIEW:
        return read_view(text, number);
    case ARGUMENT_STEP:
        return read_step(text, number);
    case ARGUMENT_OPTIONAL_THEME:
        return read_theme(text, number);
    case ARGUMENT_PACE:
        return read_pace(text, number);
    case ARGUMENT_DRAWING:
        action->text = text;
        return read_drawing(text, number);
    case ARGUMENT_OPTIONAL_RUN:
        action->text = text[0] ? text : NULL;
        return true;
    case ARGUMENT_PATH:
    case ARGUMENT_RUN:
    case ARGUMENT_NAME:
    case ARGUMENT_WEIGHT:
    case ARGUMENT_SETTING:
    case ARGUMENT_LESSON:
    case ARGUMENT_ANSWER:
    case ARGUMENT_MOMENT:
        break;
    }
    action->text = text;
    return text[0];
}

bool action_read(char *line, struct action *action, struct err *err)
{
    char *space = strchr(line, ' '), *text = space ? space + 1 : line + strlen(line);
    if (space)
        *space = 0;
    for (int kind = ACT_NONE + 1; kind < ACTION_COUNT; kind++) {
        if (!rows[kind].name || strcmp(rows[kind].name, line) != 0)
            continue;
        *action = (struct action){.kind = (enum action_kind)kind};
        if (read_argument(rows[kind].argument, text, action))
            return true;
        return err_set(err, "The action %s wants %s, not \"%s\".", line,
                       arguments[rows[kind].argument].wanted, text);
    }
    return err_set(err, "There is no action \"%s\".", line);
}

/* ---- the list -------------------------------------------------------------------------------- */

void action_push(struct actions *actions, const struct action *action)
{
    if (actions->count < ACTIONS_MAX)
        actions->items[actions->count++] = *action;
}

void action_add(struct actions *actions, enum action_kind kind)
{
    action_push(actions, &(struct action){.kind = kind});
}

void action_add_number(struct actions *actions, enum action_kind kind, double number)
{
    action_push(actions, &(struct action){.kind = kind, .number = number});
}

void action_add_text(struct actions *actions, enum action_kind kind, const char *text)
{
    action_push(actions, &(struct action){.kind = kind, .text = text});
}

bool actions_can(const struct actions *actions, const struct action *action, struct err *why)
{
    return !actions->can || actions->can(actions->user, action, why);
}
