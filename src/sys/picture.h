/* picture.h -- pictures in files.
 *
 * Loads what a person might drop on the window: PNG, JPEG, BMP, GIF, of at most 64 megapixels. The
 * size is read from the file's head before anything is allocated for it.
 */
#ifndef SYS_PICTURE_H
#define SYS_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

struct err;

enum { PICTURE_PIXELS_MAX = 64 << 20 };

struct picture {
    int rows, cols;
    uint8_t *grey; /* [rows][cols], 0 black to 255 white, as it looks lying on white paper */
};

/* False with a sentence: no such file, not a picture, too large, damaged. The caller ends with
 * picture_free. */
bool picture_load(const char *path, struct picture *picture, struct err *err);
void picture_free(struct picture *picture);

/* Saves pixels 0xAARRGGBB, rows `stride` pixels apart, as a PNG file, atomically. */
bool picture_save(const char *path, const uint32_t *pixels, int width, int height, int stride,
                  struct err *err);

#endif
