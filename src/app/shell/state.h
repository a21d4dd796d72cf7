/* state.h -- struct app: who owns what. Only the shell, app.c and tests see all of it: a part is
 * given what it needs, a view what it shows.
 */
#ifndef APP_SHELL_STATE_H
#define APP_SHELL_STATE_H

#include "app/act/action.h"
#include "app/draw/draw_view.h"
#include "app/frame/keys_sheet.h"
#include "app/frame/notice_view.h"
#include "app/host.h"
#include "app/inspect/inspect_shown.h"
#include "app/inspect/inspect_view.h"
#include "app/job/hold.h"
#include "app/learn/learn_view.h"
#include "app/models/models_view.h"
#include "app/my_digits/my_digits_view.h"
#include "app/state/activations.h"
#include "app/state/alike.h"
#include "app/state/canvas.h"
#include "app/state/compared.h"
#include "app/state/digit_choice.h"
#include "app/state/digit_map.h"
#include "app/state/digit_store.h"
#include "app/state/evaluating.h"
#include "app/state/explaining.h"
#include "app/state/gallery.h"
#include "app/state/lessons.h"
#include "app/state/library.h"
#include "app/state/models.h"
#include "app/state/robustness.h"
#include "app/state/settings.h"
#include "app/state/shelf.h"
#include "app/state/suspecting.h"
#include "app/state/teaching.h"
#include "app/state/train_form.h"
#include "app/state/training.h"
#include "app/state/weight_edits.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "app/train/train_view.h"

struct dataset;
struct file_dialog;
struct finetuning;

/* Closing the window (leave.h). */
enum leave_stage {
    LEAVE_NOT,
    LEAVE_SAVING, /* wanted: waits for what is being saved */
    LEAVE_ASKING, /* it failed, or an export did, or a model is in no file: the dialog says so */
    LEAVE_GONE,   /* whatever is lost */
};

struct leaving {
    enum leave_stage stage;
    uint64_t since; /* when the stage was reached, on the clock of ui_input.now */
    bool model; /* the one in use is lost with the window */
};

/* What flow.h last looked at. */
struct flow {
    uint64_t model, opened, saved; /* models.number, .opened, .saved */
    uint64_t runs;                 /* training.changes */
    uint64_t slow_model, slow_run; /* models.number, training.number of which it was said that they
                                    * read slowly */
};

/* The script that is carried out (script.h). */
struct script {
    enum { SCRIPT_NONE, SCRIPT_RUNNING, SCRIPT_OVER } stage;
    char *text, *name, *picture;
    char *rest; /* of the text: the next line */
    int line;   /* the number of the one that was read last */
    enum { SCRIPT_WAIT_NOTHING, SCRIPT_WAIT_IDLE, SCRIPT_WAIT_TIME, SCRIPT_WAIT_EPOCH } wait;
    uint64_t until; /* on the clock of ui_input.now */
    int epochs;
    uint64_t said; /* notices.count when it was looked at last */
    struct err trouble;
};

struct app {
    struct app_host host;
    const struct kern *kern;
    struct settings settings;
    struct settings_file settings_file;
    const struct ui_theme *theme;

    enum app_view view;
    struct log log;
    struct notices notices;
    struct notice_view notice_view;
    bool notice_open; /* on screen: none comes up while the pen is down */
    bool full_screen, full_screen_asked, quit;
    bool presenting; /* a lesson's page alone is on show */
    double zoom, zoom_max; /* by how much all is larger, and can be; max 0: no limit */
    struct leaving leaving;
    struct script script;
    bool script_stays; /* when it is over the window stays */
    char screenshot[FILES_PATH_MAX]; /* where this frame is to be saved, or "" */
    struct ui_rect screenshot_of;    /* that part of it alone; w = 0: all */

    struct canvas canvas;
    bool keys_open;  /* the sheet of keys is on show */
    struct keys_sheet keys;
    bool steps_open; /* the steps of the fit are on show */
    struct digit_store store;
    struct digit_choice choice;
    struct teaching teaching;
    struct reader *reader;
    struct models models;
    struct shelf shelf;
    struct library *library;
    struct hold hold; /* on the data */
    struct train_form form; /* of the next training */
    struct training training;
    struct finetuning *finetuning;
    struct activations activations;
    enum inspect_part inspect_part; /* that Inspect shows */
    enum explaining_kind explain; /* beside the network */
    int explain_digit; /* that was asked for; -1: none was */
    struct explaining explaining;
    struct weight_edits weight_edits;
    struct alike alike;
    struct compared compared;
    struct evaluating evaluating;
    struct gallery gallery;
    struct robustness robustness;
    struct digit_map digit_map;
    struct suspecting suspecting;
    struct lessons lessons;
    float lesson_drawing[FIT_LEN]; /* what is on the canvas, for them */
    struct dataset *corrected; /* what a training with corrections learns from, or NULL */
    struct flow flow;

    struct file_dialog *dialog;     /* while one is open */
    enum action_kind dialog_action; /* what to do with the path that it gives */

    struct draw_view draw;
    struct train_view train;
    struct my_digits_view my_digits;
    struct inspect_view inspect;
    struct canvas_pad no_canvas; /* of a view that has none: from zeros, and stays so */
    struct models_view models_view;
    struct learn_view learn;
    struct ui *ui;
    struct ui_input *still; /* the last input without what happened in it */
    bool settled;           /* what can wait until the first frame is shown is done */

    struct { /* what the log has not been told yet */
        bool layout;
        bool prediction; /* since the last frame on screen */
        uint64_t moved;  /* the first pointer sample that led to it; 0: none did */
    } unlogged;
};

#endif
