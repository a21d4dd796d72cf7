/* exchange.h -- digits from files of others and to them: UNIPEN, IDX, pictures.
 *
 * A picture shows one digit and says in its name which (7.png, 7-0012.jpg), or is a sheet of cells
 * of 28x28 pixels in ten rows, the noughts in the first and the nines in the last; empty cells are
 * left out. A folder stands for all pictures in it and in the folders below; where one of them is
 * called by a digit, as in train/7/0001.png, it says which digit its pictures show.
 */
#ifndef APP_STATE_EXCHANGE_H
#define APP_STATE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/exchange_pictures.h"
#include "base/err.h"

struct my_digits;
struct my_digit;

enum exchange_format {
    EXCHANGE_UNIPEN, /* strokes and pictures: a .unp or .unp.gz file */
    EXCHANGE_IDX,    /* NAME-images-idx3-ubyte and NAME-labels-idx1-ubyte */
    EXCHANGE_SHEET,  /* one PNG */
    EXCHANGE_PNG,    /* a folder with a PNG for each digit, 7-0012.png */
    EXCHANGE_FORMATS,
};

/* What is in a file, told by its contents, or in a folder of pictures. NULL with a sentence; the
 * caller frees the list. watch may be NULL. */
struct my_digits *exchange_import(const char *path, const struct exchange_pictures *pictures,
                                  const struct exchange_watch *watch,
                                  struct exchange_passed *passed, struct err *err);

bool exchange_export(const char *path, enum exchange_format format,
                     const struct my_digit *const *digits, uint32_t count,
                     const struct exchange_pictures *pictures, const struct exchange_watch *watch,
                     struct err *err);

#endif
