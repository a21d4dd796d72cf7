/* exchange.h -- digits from files of others and to them: UNIPEN, IDX, PNG.
 *
 * A PNG picture shows one digit and says in its name which (7.png, 7-0012.png), or is a sheet of
 * cells of 28x28 pixels in ten rows, the noughts in the first and the nines in the last; empty
 * cells are left out. A folder stands for all such pictures in it.
 */
#ifndef APP_MINE_EXCHANGE_H
#define APP_MINE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

struct app_grey;
struct err;
struct mine;
struct mine_digit;

enum exchange_format {
    EXCHANGE_UNIPEN, /* strokes and pictures: a .unp or .unp.gz file */
    EXCHANGE_IDX,    /* NAME-images-idx3-ubyte and NAME-labels-idx1-ubyte */
    EXCHANGE_SHEET,  /* one PNG */
    EXCHANGE_PNG,    /* a folder with a PNG for each digit, 7-0012.png */
    EXCHANGE_FORMATS,
};

/* Pictures in files, by whoever can read and write them; may be called on any thread. Either may be
 * NULL. */
struct exchange_pictures {
    void *user;
    bool (*load)(void *user, const char *path, struct app_grey *picture, struct err *err);
    bool (*save)(void *user, const char *path, const struct app_grey *picture, struct err *err);
};

/* What is in a file, told by its contents, or in a folder of pictures. NULL with a sentence; the
 * caller frees the list. */
struct mine *exchange_import(const char *path, const struct exchange_pictures *pictures,
                             struct err *err);

bool exchange_export(const char *path, enum exchange_format format,
                     const struct mine_digit *const *digits, uint32_t count,
                     const struct exchange_pictures *pictures, struct err *err);

#endif
