/* settings.h -- what is remembered from one start to the next, as JSON in the user's folder.
 *
 * Reading never fails: what is missing, damaged or out of range is as in settings_usual().
 */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include <stdbool.h>

#include "base/files.h"

struct err;

enum { SETTINGS_RECENT_MAX = 10 };

struct settings {
    bool dark;
    double brush;        /* cells of the grid */
    float width, height; /* of the window, in points */
    int recent_count;
    char recent[SETTINGS_RECENT_MAX][FILES_PATH_MAX]; /* models, the newest first */
};

void settings_usual(struct settings *settings);

/* Files that are gone are left out of the recent ones. */
void settings_load(struct settings *settings, const char *path);
bool settings_save(const struct settings *settings, const char *path, struct err *err);

/* Puts a model at the top of the recent ones. */
void settings_add_recent(struct settings *settings, const char *path);

#endif
