/* record.h -- what is known about a network, as strings under names: how it was trained, on what,
 * how well it reads.
 *
 * The names are kept in order, so that records with the same contents give the same bytes in a
 * file, however they came about. Texts are UTF-8; whatever is not becomes '?', because a folder's
 * odd name must never be the reason why a trained network cannot be saved.
 *
 *   struct record record = {0};
 *   record_set(&record, "recipe", "swift", err);
 *   ...
 *   record_clear(&record);
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include <stdbool.h>
#include <stdint.h>

struct err;

enum {
    RECORD_KEY_MAX = 64,     /* bytes of a key, with the zero at the end */
    RECORD_VALUE_MAX = 8192, /* bytes of a value, with the zero at the end */
    RECORD_ITEMS_MAX = 256,
};

struct record_item {
    char *key, *value;
};

struct record {
    struct record_item *items; /* by key, in the order of their bytes */
    int count, room;
};

void record_clear(struct record *record); /* frees everything and leaves it empty */
bool record_copy(struct record *to, const struct record *from, struct err *err); /* clears `to` */

/* Sets a text; an old one is replaced, and NULL takes the key away. False, and nothing changed,
 * when memory is short or a stated maximum above would be passed. */
bool record_set(struct record *record, const char *key, const char *value, struct err *err);
bool record_set_number(struct record *record, const char *key, double number, struct err *err);
bool record_set_count(struct record *record, const char *key, uint64_t number, struct err *err);
/* 64-bit values as they are, such as the state of a random generator. */
bool record_set_bits(struct record *record, const char *key, const uint64_t *bits, int count,
                     struct err *err);

/* The text, which lives until it is set again; NULL where there is none. */
const char *record_get(const struct record *record, const char *key);

/* False, and nothing written, where there is no such key or its text is not a finite number, not a
 * whole number from 0, or not exactly `count` values of 64 bits. */
bool record_get_number(const struct record *record, const char *key, double *number);
bool record_get_count(const struct record *record, const char *key, uint64_t *number);
bool record_get_bits(const struct record *record, const char *key, uint64_t *bits, int count);

#endif
