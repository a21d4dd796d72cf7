/* digit_file.h -- the file of a person's digits, which several windows may share and which may be
 * damaged: read, joined with a list, and written. */
#ifndef APP_STATE_DIGIT_FILE_H
#define APP_STATE_DIGIT_FILE_H

#include "base/err.h"
#include "base/files.h"
#include "data/my_digits_merge.h"

/* What one window knows of the file. Used by one thread at a time. */
struct digit_file {
    struct files_mark mark;  /* as it was last read or written, */
    struct my_digits_traces base; /* and what it held */
};

/* Forgets what the file held, so that the next save joins all of it; frees that, too. */
void digit_file_forget(struct digit_file *file);

/* Reads the digits; no file is an empty list. A damaged file is put aside, and what could be read
 * of it is written anew; `said` tells so, and is "" otherwise. NULL with a sentence where it may be
 * sound and yet cannot be read: then nothing may be saved over it. */
struct my_digits *digit_file_load(struct digit_file *file, const char *path, struct err *said,
                                  struct err *err);

/* Writes a list, joined with what others wrote since, which goes to `news`; `said` as above. Where
 * the file holds all of that, it is only read. False with a sentence, and nothing lost: the file
 * stays as it was. */
bool digit_file_save(struct digit_file *file, const char *path,
                     const struct my_digit *const *digits, uint32_t count,
                     struct my_digits_news *news, struct err *said, struct err *err);

#endif
