/* action.h -- what a person can ask for.
 *
 * Views read the state and add actions to a list; app_act() (app.h) alone applies them, after the
 * views have run. Shortcuts, dropped files and dialogs end in the same actions.
 */
#ifndef APP_ACT_ACTION_H
#define APP_ACT_ACTION_H

#include <stdbool.h>

struct recipe;

enum app_view { APP_DRAW, APP_TRAIN, APP_MINE, APP_VIEW_COUNT };

const char *view_name(enum app_view view); /* "draw", "train", "mine", in settings and the log */

enum action_kind {
    ACT_NONE,

    /* the window */
    ACT_VIEW,          /* number: enum app_view */
    ACT_THEME,         /* dark to light and back */
    ACT_FULL_SCREEN,
    ACT_ZOOM,          /* number: 1 a step larger, -1 smaller, 0 as the system says */
    ACT_DISMISS,       /* the notice; number: only if it is still that one, 0: any */
    ACT_DIALOG_CLOSE,
    ACT_QUIT,
    ACT_LEAVE_AGAIN,   /* answers to the dialog of leave.h */
    ACT_LEAVE_EXPORT,
    ACT_LEAVE_EXPORT_TO, /* text: path */
    ACT_LEAVE_MODEL,
    ACT_LEAVE_ANYWAY,
    ACT_LEAVE_STAY,

    /* the canvas */
    ACT_PEN,           /* what happened on the canvas in this frame: see struct draw_view */
    ACT_CLEAR,
    ACT_UNDO,
    ACT_REDO,
    ACT_ERASER,        /* the left button erases, or draws again */
    ACT_BRUSH,         /* number: its width in cells of the grid */
    ACT_PICTURE,       /* text: path of a picture to read */
    ACT_STEPS,         /* open the steps of the fit, or close them, which switches all on */
    ACT_STEP,          /* number: enum fit_step: on or off */
    ACT_STEPS_ALL,     /* all on */
    ACT_TEACH,         /* number: the digit under which the drawing is filed */

    /* my digits */
    ACT_MINE_SELECT,   /* number: the digit's own */
    ACT_MINE_ONLY,     /* number: the label that is shown alone, or -1 */
    ACT_MINE_PAGE,     /* number */
    ACT_MINE_LABEL,    /* number: the selected digit's new label */
    ACT_MINE_DELETE,
    ACT_MINE_UNDO,
    ACT_MINE_REDO,
    ACT_MINE_IMPORT_ASK, /* number: 0 a file, 1 a folder */
    ACT_MINE_IMPORT,     /* text: path */
    ACT_MINE_EXPORT_ASK, /* number: enum exchange_format */
    ACT_MINE_EXPORT,     /* text: path */
    ACT_MINE_IMPORT_STOP,
    ACT_MINE_AGAIN,      /* save, or load, once more what could not be */
    ACT_HAND_START,    /* tune a copy of the model on my digits */
    ACT_HAND_STOP,
    ACT_HAND_ACCEPT,
    ACT_HAND_DISCARD,

    /* models */
    ACT_MODEL_ASK,     /* which file to open */
    ACT_MODEL_OPEN,    /* text: path */
    ACT_MODEL_TRUST,   /* open the one that was just refused because it was changed */
    ACT_MODEL_BUILTIN, /* number: which of those that are compiled in; 0 is the default */
    ACT_MODEL_BACK,    /* to the one in use before */
    ACT_MODEL_SAVE,    /* where it came from; asks where it has no file yet */
    ACT_MODEL_SAVE_ASK,
    ACT_MODEL_SAVE_AS, /* text: path */

    /* data; refused with a sentence while a run is under way */
    ACT_DATA_ASK,      /* which folder */
    ACT_DATA_FOLDER,   /* text: path */
    ACT_DATA_USUAL,    /* look in the usual places */
    ACT_DATA_SYNTHETIC,
    ACT_DATA_LOAD,     /* begin to load, if that has not happened yet */

    /* training */
    ACT_START,         /* recipe: what to train by; NULL: what the Train view's form says. Refused
                        * with a sentence while a run is under way; asks where a run that was
                        * left gives way */
    ACT_START_ANEW,    /* the answer; recipe likewise, text: the checkpoint of that run */
    ACT_PAUSE,         /* or go on: only one of them is possible at a time */
    ACT_STOP,
    ACT_RATE,          /* number: the learning rate of the run under way */
    ACT_RESUME,        /* go on with a run that was left; text: its checkpoint; NULL: the newest */
    ACT_RUN_DISCARD_ASK, /* text: the checkpoint of a run to throw away */
    ACT_RUN_DISCARD,   /* the answer; text likewise */
    ACT_EXPORT_ASK,    /* number: enum train_export (train_view.h) */
    ACT_EXPORT_PNG,    /* text: path */
    ACT_EXPORT_CSV,
};

struct action {
    enum action_kind kind;
    double number;
    const char *text;            /* lives until the views run again, as does the recipe */
    const struct recipe *recipe;
};

enum { ACTIONS_MAX = 64 };

/* More than there is room for are dropped: no frame brings so many. */
struct actions {
    struct action items[ACTIONS_MAX];
    int count;
};

void action_add(struct actions *actions, enum action_kind kind);
void action_add_number(struct actions *actions, enum action_kind kind, double number);
void action_add_text(struct actions *actions, enum action_kind kind, const char *text);
void action_add_recipe(struct actions *actions, enum action_kind kind,
                       const struct recipe *recipe);

#endif
