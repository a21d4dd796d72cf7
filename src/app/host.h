/* host.h -- what the app needs of the world. It knows no window and no file format: who opens one
 * gives it these functions.
 */
#ifndef APP_HOST_H
#define APP_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/shape.h"

struct err;

/* A picture from a file, 0 black to 255 white. */
struct app_grey {
    int rows, cols;
    uint8_t *pixels; /* [rows][cols]; freed with free() */
};

/* Any function may be NULL: what needs it then says that it cannot be done here. Those for pictures
 * are called by other threads too. */
struct app_host {
    void *user;
    /* Ends the wait for events; called by other threads too. */
    void (*wake)(void *user);
    /* Takes a JSON object on one line, without the new line. */
    void (*log)(void *user, const char *line);
    /* Shows the folder that a file lies in where the person looks at files. */
    bool (*reveal)(void *user, const char *path, struct err *err);
    bool (*load_picture)(void *user, const char *path, struct app_grey *picture, struct err *err);
    bool (*save_grey)(void *user, const char *path, const struct app_grey *picture,
                      struct err *err); /* as a PNG file */
    /* Paints shapes over `ground` and saves them as a PNG file of width x height points at
     * `scale`, to the nearest pixel. */
    bool (*save_picture)(void *user, const char *path, const struct ui_shapes *shapes, float width,
                         float height, float scale, ui_color ground, struct err *err);
};

#endif
