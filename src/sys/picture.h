/* picture.h -- pictures in files.
 *
 * Loads what a person might drop on the window: PNG, JPEG or BMP, told by their content, whatever
 * the file is called. The size is read from the file's head before anything is allocated for it,
 * and what would take more than PICTURE_MEMORY_MAX is refused: a photograph may have 80 megapixels
 * (40, where it comes in several scans), a PNG file 60 to 200.
 */
#ifndef SYS_PICTURE_H
#define SYS_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

struct err;

enum {
    PICTURE_MEMORY_MAX = 240 << 20, /* bytes: the file, and what it is decoded to */
    PICTURE_SIDE_MAX = 1 << 14,     /* pixels, of what is loaded */
};

/* Upright, as the EXIF tag says. A picture of more than 4 megapixels, or with a side of more than
 * PICTURE_SIDE_MAX, is made smaller by whole pixels. Where it is transparent, ink lies on white or
 * on black, whichever it stands out from, and a card with ink on it goes on with the shade of its
 * rim. */
struct picture {
    int rows, cols;
    uint8_t *grey; /* [rows][cols], 0 black to 255 white */
};

/* False with a sentence: no such file, no picture that is read, too large, damaged. The caller ends
 * with picture_free. */
bool picture_load(const char *path, struct picture *picture, struct err *err);
void picture_free(struct picture *picture);

/* Saves pixels 0xAARRGGBB, rows `stride` pixels apart, as a PNG file, atomically. */
bool picture_save(const char *path, const uint32_t *pixels, int width, int height, int stride,
                  struct err *err);

#endif
