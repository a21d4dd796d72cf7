/* app.h -- all that a person can see or change, and the one function that changes it.
 *
 *     struct app *app = app_new(&setup, &err);
 *     while (!frame.quit) {
 *         ... wait until something happens, or frame.wake ...
 *         frame = app_update(app, input);
 *         ... paint frame.shapes ...
 *         app_painted(app, now);
 *     }
 *     app_free(app);
 *
 * In a frame the app takes in what the person did and what other threads finished; the views then
 * read the state through a const pointer, leave shapes, and add actions to a list; app_act applies
 * them. It knows no window: what it needs of one is in host.h.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/act/action.h"
#include "app/draw/draw_view.h"
#include "app/frame/notice_view.h"
#include "app/host.h"
#include "app/mine/mine_view.h"
#include "app/shell/leave.h"
#include "app/state/library.h"
#include "app/state/my_digits.h"
#include "app/state/reader.h"
#include "app/state/settings.h"
#include "app/state/training.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "ink/fit.h"
#include "ink/stroke.h"
#include "ui/ui.h"

struct app;
struct drawing;
struct file_dialog;
struct kern;
struct model;
struct train_view;

/* ---- beginning -------------------------------------------------------------------------------- */

struct app_setup {
    struct app_host host;
    struct ui_metrics metrics;
    const struct ui_clipboard *clipboard; /* or NULL */
    const struct kern *kern;
    int threads;             /* for training; 0: one for each core */
    bool has_seed;           /* else each recipe's own */
    uint64_t seed;
    const char *model;       /* file to open, or NULL */
    bool trust;              /* though it was changed since it was saved */
    const char *data;        /* folder, or NULL */
    const char *theme;       /* "dark", "light", or NULL: as remembered */
    double zoom;             /* by how much all is larger than usual; 0: as remembered */
};

/* ---- the state ------------------------------------------------------------------------------ */

/* The model in use, and the one before it. */
struct models {
    struct model *current;          /* never NULL but where there is none at all */
    struct model *before;           /* or NULL */
    char path[FILES_PATH_MAX];      /* of the current one; "" if it has no file */
    char before_path[FILES_PATH_MAX];
    char changed_path[FILES_PATH_MAX]; /* of one that was changed since it was saved, and was not
                                        * opened for that; "" if that is not so of the last */
    int builtin, before_builtin;    /* which of the built-in ones it is (model/builtin.h), or -1 */
    bool unsaved, before_unsaved;
    uint64_t number;                /* of the current one: no two have the same */
    int found_count;                /* beside the built-in ones: models_find */
    char (*found)[FILES_PATH_MAX];
};

/* A picture on the canvas in place of strokes. */
struct picture_shown {
    bool any;
    bool cleared;      /* strokes were cleared away for it; undo brings them back */
    int rows, cols;
    uint32_t *pixels;  /* [rows][cols], 0xRRGGBBAA, ink light on dark; a large one made smaller */
    struct app_grey grey; /* as it came from the file */
    struct ink_fit fit;   /* by the whole rule */
    uint64_t number;      /* from 1, up by one with each picture */
};

/* What is drawn and how it is read. */
struct canvas {
    struct drawing *drawing;   /* in units of the grid (draw_view.h) */
    struct ink_point pen;      /* where it is while it draws or erases; beside the canvas, too */
    struct picture_shown picture;
    bool eraser;               /* the left button erases */
    uint64_t pictures;         /* that were ever shown */
    unsigned steps;            /* of the fit that are on: enum fit_step */
    struct ink_fit fit;        /* of drawing or picture, by those steps */
    double fit_microseconds;   /* that the fit took */
    struct answer answer;
    uint64_t read_changes;     /* drawing_changes() when it was read last */
    uint64_t told_slow;        /* number of the model of which it was said that it reads slowly */
    uint64_t read_weights;     /* the snapshot it was read by; 0: the model in use */
    uint64_t told_slow_run;    /* the same of a run, whose newest weights do */
    bool stale;                /* must be read again whatever these say */
};

struct app {
    struct app_host host;
    const struct kern *kern;
    int threads;
    bool has_seed;
    uint64_t seed;
    struct settings settings;
    struct settings_file settings_file;
    const struct ui_theme *theme;

    enum app_view view;
    struct notice notice, waiting;    /* waiting: comes when that one is put away */
    struct notice *said;              /* the last one of them, for app_offer */
    uint64_t notices;                 /* that were ever said */
    struct notice_view notice_view;
    bool notice_open;                 /* on screen: none comes up while the pen is down */
    bool full_screen, full_screen_asked, quit;
    double zoom, zoom_max;            /* by how much all is larger, and can be; max 0: no limit */
    struct leaving leaving;

    struct canvas canvas;
    bool steps_open;                  /* the steps of the fit are on show */
    struct my_digits my;
    struct reader *reader;
    struct models models;
    struct library *library;
    struct training training;

    struct file_dialog *dialog;       /* while one is open */
    enum action_kind dialog_action;   /* what to do with the path that it gives */

    struct draw_view draw;
    struct train_view *train;
    struct mine_view mine;
    struct ui *ui;
    struct ui_input *still;           /* the last input without what happened in it */
    bool settled;                     /* what can wait until the first frame is shown is done */

    struct {                          /* what the log has not been told yet */
        bool layout;
        bool prediction;              /* since the last frame on screen */
        uint64_t moved;               /* the first pointer sample that led to it; 0: none did */
        int epochs;                   /* of the run that it has been told */
        int hand_percent;             /* of learning the hand that it has been told */
    } unlogged;
};

/* NULL with a sentence: no memory, or a setup->model that cannot be opened. */
struct app *app_new(const struct app_setup *setup, struct err *err);

/* After the last frame: waits until what the person taught is saved. False with a sentence where it
 * is lost. */
bool app_finish(struct app *app, struct err *err);

/* Stops a run under way (its checkpoint stays), saves the settings and frees everything. */
void app_free(struct app *app); /* NULL is fine */

/* ---- a frame -------------------------------------------------------------------------------- */

struct app_frame {
    const struct ui_shapes *shapes; /* until the next app_update */
    ui_color ground;
    uint64_t wake;                  /* when the next frame is due at the latest, or UI_NEVER */
    enum ui_cursor cursor;
    bool full_screen;               /* change to full screen, or back */
    float zoom;                     /* by how much all is to be larger than usual */
    bool quit;
};

struct app_frame app_update(struct app *app, const struct ui_input *input);

/* Tells that the last frame is on screen since `now`, on the clock of struct ui_input.now. */
void app_painted(struct app *app, uint64_t now);

/* ---- for views and what they call ------------------------------------------------------------ */

/* Applies one action. Nothing else changes the state in answer to the person. */
void app_act(struct app *app, const struct action *action);

/* The network that reads the drawing now: the newest weights while a run gives them, else the
 * model in use. NULL where there is none. */
const struct nn *app_net(const struct app *app);
bool app_reads_newest(const struct app *app); /* it is the newest weights of the run */

#endif
