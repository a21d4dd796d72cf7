/* app.h -- all that a person can see or change, and the frames in which that happens.
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
 * read the state through const pointers, leave shapes, and add actions to a list, which are carried
 * out after them (shell/does.h). It knows no window: what it needs of one is in host.h.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/host.h"
#include "ui/ui.h"

struct app;
struct err;
struct kern;

/* ---- beginning ------------------------------------------------------------------------------- */

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
    const char *view;        /* its name, or NULL: as remembered */
    double zoom;             /* by how much all is larger than usual; 0: as remembered */
    bool fresh;              /* settings are neither read nor kept: what is shown can be repeated */

    /* Actions to be carried out (shell/script.h), or NULL; what sentences call them, and where the
     * window is saved as a picture after them, or NULL. Then the frame says quit, but not where the
     * script `stays` and nothing went wrong. */
    const char *script, *script_name, *script_picture;
    bool script_stays;
};

/* NULL with a sentence: no memory, or a setup->model that cannot be opened. */
struct app *app_new(const struct app_setup *setup, struct err *err);

/* After the last frame: waits until what the person taught is saved. False with a sentence where it
 * is lost, or where the script broke off. */
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

#endif
