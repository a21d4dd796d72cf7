/* exchange_pictures.h -- the half of exchange.h that reads pictures, one or a folder of them. */
#ifndef APP_STATE_EXCHANGE_PICTURES_H
#define APP_STATE_EXCHANGE_PICTURES_H

#include "app/state/exchange.h"

/* Whether the file begins as a picture does, be it one that is understood or not. *readable is
 * false, with a sentence, where that cannot be told: no such file, no plain one, a disk error. */
bool exchange_is_picture(const char *path, bool *readable, struct err *err);

/* One digit, or a sheet of them. NULL with a sentence. */
struct mine *exchange_import_picture(const char *path, const struct exchange_pictures *pictures,
                                     struct err *err);

/* All pictures in a folder and below that say which digit they show. What is no such picture, or
 * cannot be read, is passed over and counted. */
struct mine *exchange_import_folder(const char *path, const struct exchange_pictures *pictures,
                                    const struct exchange_watch *watch,
                                    struct exchange_passed *passed, struct err *err);

#endif
