/* picture_head.h -- what a picture's file says before it is decoded: format, size, which way up.
 *
 * Looks at bytes in memory and trusts none of them; nothing is allocated.
 */
#ifndef SYS_PICTURE_HEAD_H
#define SYS_PICTURE_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum picture_format { PICTURE_PNG, PICTURE_JPEG, PICTURE_BMP };

struct picture_head {
    enum picture_format format;
    int64_t cols, rows; /* as stored; 0 or less where the file is damaged */
    int bytes;          /* the most that decoding takes for a pixel, without the file itself */
    int orientation;    /* EXIF's: 1 upright, 2 to 8 mirrored or turned */
};

/* False where it is neither PNG, JPEG nor BMP. */
bool picture_head_read(const unsigned char *data, size_t size, struct picture_head *head);

/* "a GIF", "a TIFF", ...: what it is instead, or NULL where it is nothing that is known. */
const char *picture_head_other(const unsigned char *data, size_t size);

/* Checks that every chunk of a PNG file is whole, and moves those that make the picture together:
 * libpng would write its remarks on damage, and on what other chunks say, to stderr. */
bool picture_head_tidy_png(unsigned char *data, size_t *size);

#endif
