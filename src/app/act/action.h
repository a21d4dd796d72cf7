/* action.h -- what a person can ask for, and the list of what was asked for in a frame.
 *
 * Views read the state and add actions to a list; app_act() (shell/does.h) alone applies them,
 * after the views have run. Keys, dropped files, dialogs and scripts end in the same actions, which
 * stand in actions.def, a row each.
 */
#ifndef APP_ACT_ACTION_H
#define APP_ACT_ACTION_H

#include <stdbool.h>

struct err;
struct recipe;
struct train_form;

/* ---- views ----------------------------------------------------------------------------------- */

enum app_view {
#define VIEW(kind, name, label, key, sentence) APP_##kind,
#include "app/act/actions.def"
    APP_VIEW_COUNT
};

const char *view_name(enum app_view view);  /* "draw", "train", "mine", in settings and the log */
const char *view_label(enum app_view view); /* "Draw", on its tab */
int view_key(enum app_view view);           /* 1 to 9: with Ctrl it leads there */
const char *view_sentence(enum app_view view); /* what it is for */
int view_find(const char *name);            /* -1: there is none of that name */

/* ---- actions --------------------------------------------------------------------------------- */

enum action_kind {
    ACT_NONE,
#define ACTION(kind, name, argument, views, keys, label, sentence) ACT_##kind,
#include "app/act/actions.def"
    ACTION_COUNT
};

enum action_argument {
    ARGUMENT_NONE,
    ARGUMENT_NUMBER, /* .number */
    ARGUMENT_OPTIONAL_NUMBER,
    ARGUMENT_DIGIT,          /* .number, 0 to 9 */
    ARGUMENT_VIEW,           /* .number: enum app_view; by its name in a script */
    ARGUMENT_STEP,           /* .number: enum fit_step; by its name in a script */
    ARGUMENT_OPTIONAL_THEME, /* .number: 0 dark to light and back, 1 dark, 2 light */
    ARGUMENT_PACE,           /* .number: enum trainer_pace; by its name in a script */
    ARGUMENT_PATH,           /* .text; without one the window asks for it */
    ARGUMENT_RUN,            /* .text: the checkpoint of a run that was left */
    ARGUMENT_OPTIONAL_RUN,   /* NULL: the newest */
    ARGUMENT_DRAWING,        /* .text: a file of strokes, .number: which of its digits */
    ARGUMENT_NAME,           /* .text, of a recipe */
    ARGUMENT_WEIGHT,         /* .text: layer, neuron, input and value (weight_edits.h) */
    ARGUMENT_SETTING,        /* .text: the name of a setting, and its value */
    ARGUMENT_LESSON,         /* .text: a lesson, and a page or task of it, "perceptron nand" */
    ARGUMENT_ANSWER,         /* .text: a number */
    ARGUMENT_MOMENT,         /* .text: what a script waits for */
};

/* A row of actions.def. */
struct action_row {
    const char *name; /* or NULL */
    enum action_argument argument;
    unsigned views; /* 1 << enum app_view, and ACTION_OVER_DIALOGS */
    const char *keys, *label, *sentence;
};
enum { ACTION_OVER_DIALOGS = 1 << 30 };

const struct action_row *action_row(enum action_kind kind);

/* What stands behind its name in a script, for people: "FILE N", or "" where nothing does. */
const char *action_argument_words(enum action_argument argument);

/* What a script says for that number of an action, "train", "twenty", "light"; "" where it leaves
 * it out; NULL where it says the number itself. */
const char *action_number_name(enum action_argument argument, double number);

struct action {
    enum action_kind kind;
    double number;
    const char *text;            /* lives until the views run again, as does the recipe */
    const struct recipe *recipe; /* START, START_ANEW: what to train by; NULL: what the form says */
    const struct train_form *form; /* FORM: what it becomes */
};

/* The action that a line of a script asks for: a name, and behind a space its argument. Writes into
 * the line, where the action's text then lies. False with a sentence that names what is wrong. */
bool action_read(char *line, struct action *action, struct err *err);

/* ---- the list of a frame --------------------------------------------------------------------- */

enum { ACTIONS_MAX = 64 };

/* More than there is room for are dropped: no frame brings so many. */
struct actions {
    struct action items[ACTIONS_MAX];
    int count;

    /* Whether one is possible now; if not, `why` says so. NULL: whatever is asked. */
    bool (*can)(const void *user, const struct action *action, struct err *why);
    const void *user;
};

void action_add(struct actions *actions, enum action_kind kind);
void action_add_number(struct actions *actions, enum action_kind kind, double number);
void action_add_text(struct actions *actions, enum action_kind kind, const char *text);
/* One with all that it has. */
void action_push(struct actions *actions, const struct action *action);

/* Asks `can` of the list. */
bool actions_can(const struct actions *actions, const struct action *action, struct err *why);

#endif
