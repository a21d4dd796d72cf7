/* exchange_pictures.h -- the half of exchange.h that reads pictures, one or a folder of them; and
 * what both halves are given. */
#ifndef APP_STATE_EXCHANGE_PICTURES_H
#define APP_STATE_EXCHANGE_PICTURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct app_grey;
struct my_digits;

/* Pictures in files, by whoever can read and write them; may be called on any thread. Either may be
 * NULL. */
struct exchange_pictures {
    void *user;
    bool (*load)(void *user, const char *path, struct app_grey *picture, struct err *err);
    bool (*save)(void *user, const char *path, const struct app_grey *picture, struct err *err);
};

/* Asked before each picture; `all` are those found so far. False gives the import or export up. */
struct exchange_watch {
    void *user;
    bool (*go_on)(void *user, uint32_t done, uint32_t all);
};

/* What was no digit. */
struct exchange_passed {
    uint32_t files; /* of a folder */
    struct err why; /* about one of them, or what else there was in the file; or "" */
};

/* Whether the file begins as a picture does, be it one that is understood or not. *readable is
 * false, with a sentence, where that cannot be told: no such file, no plain one, a disk error. */
bool exchange_is_picture(const char *path, bool *readable, struct err *err);

/* One digit, or a sheet of them. NULL with a sentence. */
struct my_digits *exchange_import_picture(const char *path,
                                          const struct exchange_pictures *pictures,
                                          struct err *err);

/* All pictures in a folder and below that say which digit they show. What is no such picture, or
 * cannot be read, is passed over and counted. */
struct my_digits *exchange_import_folder(const char *path, const struct exchange_pictures *pictures,
                                         const struct exchange_watch *watch,
                                         struct exchange_passed *passed, struct err *err);

#endif
