/* gallery.h -- which images of an evaluation are on the wall, and in which order. */
#ifndef APP_STATE_GALLERY_H
#define APP_STATE_GALLERY_H

#include <stdbool.h>
#include <stdint.h>

struct evaluated;

enum gallery_order {
    GALLERY_CONFIDENT, /* the most confident answer first */
    GALLERY_UNSURE,    /* the least */
    GALLERY_AS_THEY_COME,
    GALLERY_BY_LABEL,  /* and then the most confident first, */
    GALLERY_BY_ANSWER, /* likewise */
    GALLERY_ORDERS,
};

enum gallery_which {
    GALLERY_MISREAD,
    GALLERY_ALL,
    GALLERY_DIFFERING, /* another model answers otherwise (struct evaluated) */
    GALLERY_DOUBTFUL,  /* by the verdict, as is */
    GALLERY_NO_DIGIT,
    GALLERY_WHICH,
};

enum { GALLERY_ANY = -1 };

/* From zeros: all that are misread, most confident first. */
struct gallery {
    enum gallery_which which;
    int label, answer; /* of those, the ones of a digit alone: one more than it is; 0: any */
    enum gallery_order order;

    /* As gallery_update left it. */
    uint32_t *items; /* [count]: places in the set */
    uint32_t count;
    uint64_t of;     /* the number of the evaluation, and */
    uint64_t choice; /* of the choice, that they are of */
    uint64_t chosen; /* how often another choice was made */
};

void gallery_end(struct gallery *gallery); /* frees what it holds */

int gallery_label(const struct gallery *gallery); /* the digit, or GALLERY_ANY */
int gallery_answer(const struct gallery *gallery);
bool gallery_shows_cell(const struct gallery *gallery, int truth, int answer); /* and no other */

/* Those of any digit; of them the ones with a label or an answer alone (or
 * GALLERY_ANY); or those of a cell, or, of the same cell once more, the misread ones again. */
void gallery_show(struct gallery *gallery, enum gallery_which which);
void gallery_show_label(struct gallery *gallery, int digit);
void gallery_show_answer(struct gallery *gallery, int digit);
void gallery_show_cell(struct gallery *gallery, int truth, int answer);
void gallery_sort(struct gallery *gallery, enum gallery_order order);

/* Lists them anew where the evaluation, by its number, or the choice is another. NULL: none. */
void gallery_update(struct gallery *gallery, const struct evaluated *evaluated, uint64_t number);

#endif
