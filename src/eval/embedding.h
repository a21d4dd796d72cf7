/* embedding.h -- rows of many numbers laid out in two dimensions so that neighbours stay
 * neighbours: t-SNE (van der Maaten and Hinton 2008), exact.
 *
 * Who is whose neighbour is right; how far apart groups lie, and how large they are, says little.
 * That is what principal components (projection.h) are better at.
 */
#ifndef EVAL_EMBEDDING_H
#define EVAL_EMBEDDING_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct kern;
struct pool;

enum { EMBEDDING_STEPS = 600 };

struct embedding_setup {
    const float *rows; /* [count][len] */
    uint32_t count;    /* it keeps count * count floats meanwhile */
    int len;
    double perplexity; /* about how many neighbours each row heeds; a third of them all at most */
    const struct kern *kern;
    struct pool *pool;
    /* Asked now and then, with the part that is done and where all lie then, [count][2]; false
     * gives it up. NULL: to the end. */
    bool (*go_on)(void *user, double part, const float *xy);
    void *user;
};

/* xy: [count][2], where they are to begin: some layout of which the scale does not matter. The
 * result is the same for any number of threads. False with a sentence, or with "" where it was
 * given up. */
bool embedding_find(const struct embedding_setup *setup, float *xy, struct err *err);

#endif
