/* settings.h -- what is remembered from one start to the next, as JSON in the user's folder.
 *
 * Reading never fails: what is missing, damaged or out of range is as in settings_usual().
 *
 * Several windows may share the file. Each writes only what was changed in it, and when: so the
 * person's later wish counts, setting by setting, whichever window is closed last.
 *
 *     settings_open(&file, &settings, path);
 *     ... each frame: settings_watch(&file, &settings) ...
 *     settings_write(&file, &settings, &err);
 *     settings_close(&file);
 */
#ifndef APP_STATE_SETTINGS_H
#define APP_STATE_SETTINGS_H

#include <stdbool.h>

#include "base/files.h"

struct err;
struct json_t;

enum { SETTINGS_RECENT_MAX = 10 };

enum { BRUSH_MIN = 1, BRUSH_MAX = 4, BRUSH_USUAL = 2 }; /* its width in cells of the grid */

#define SETTINGS_DRAWN "synthetic" /* digits that the program draws; a folder begins with / */

struct settings {
    bool dark;
    double brush;        /* cells of the grid */
    float width, height; /* of the window, in points */
    double zoom;         /* by how much all is larger than the system says */
    char model[FILES_PATH_MAX]; /* that was in use last: a path, "builtin:NAME", or "" for none */
    char default_model[FILES_PATH_MAX]; /* that reads at the start whatever was in use; "": that */
    char view[16];       /* that was shown last, or "" */
    int recent_count;
    char recent[SETTINGS_RECENT_MAX][FILES_PATH_MAX]; /* models, the newest first */
    char exchange[FILES_PATH_MAX]; /* the folder of the last import or export of digits, or "" */
    char data[FILES_PATH_MAX]; /* to learn from: a folder, SETTINGS_DRAWN, or "" for usual places */
};

void settings_usual(struct settings *settings);

/* Files that are gone are left out of the recent ones. */
void settings_load(struct settings *settings, const char *path);

/* Puts a model at the top of the recent ones. */
void settings_add_recent(struct settings *settings, const char *path);

/* ---- a file that several windows share ------------------------------------------------------- */

struct settings_file {
    char path[FILES_PATH_MAX];
    struct settings read;   /* as the file had them, */
    struct settings seen;   /* and as they were when they were last looked at */
    struct json_t *changed; /* when each that was changed here was: milliseconds since 1970 */
};

/* Loads; without memory to note changes, none are written later. */
void settings_open(struct settings_file *file, struct settings *settings, const char *path);
void settings_close(struct settings_file *file); /* writes nothing */

/* Notes which were changed since the last look, and that it was now. False without memory for that:
 * the next look will. */
bool settings_watch(struct settings_file *file, const struct settings *settings);

/* Puts what was changed here into the file as it is now, under a lock and atomically, unless it was
 * changed elsewhere since; where nothing was, a file that is there stays. What the file says that
 * this program does not know stays, too. False with a sentence. */
bool settings_write(struct settings_file *file, const struct settings *settings, struct err *err);

#endif
