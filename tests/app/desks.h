/* desks.h -- two windows as far as the digits in them go, and the file that they share. */
#ifndef TESTS_DESKS_H
#define TESTS_DESKS_H

#include <stdbool.h>

#include "app/state/digit_file.h"

struct desk {
    struct digit_file file;
    struct my_digits *list;
};

extern char folder[64], path[128]; /* of the file */
extern struct desk a, b;

void make_folder(void); /* fixtures */
void remove_folder(void);

const char *open_desk(struct desk *desk); /* what was said of a damaged file, or "" */
void close_desk(struct desk *desk);

/* Saves, and takes in what the other window did. sync_desk must succeed; returns as open_desk. */
bool try_to_save(struct desk *desk, struct err *said, struct err *err);
const char *sync_desk(struct desk *desk);

/* Digits of a `kind` are drawn each in its own way. */
void add(struct desk *desk, int kind, int label);
int find(const struct desk *desk, int kind);  /* its place, or -1 */
int label(const struct desk *desk, int kind); /* its label, or -1 */
void relabel(struct desk *desk, int kind, int to);
void delete(struct desk *desk, int kind);

void open_both(void); /* with the digits 1 to 5, each named by its kind */

/* In both windows and in the file, and under the same numbers, which rise in the file. */
void expect_same(void);

#endif
