/* finetune.h -- learns one person's hand: a trained network goes on with a few digits of that
 * person, and with a replay of what it was trained on, so that it forgets nothing.
 *
 *   the person's digits    drawn anew many times, each time as that hand might have drawn it
 *   the replay             images of the training set, drawn by lot, bent a little
 *   the training           a short run of the usual trainer (trainer.h) over both, shuffled
 *   the anchor             the result is a point on the way from the old weights to the new
 *
 * How good it is, is told by digits that were not learnt. Where enough of them are held out, by
 * those. Where there are fewer, crosswise: the digits of each kind are dealt into FINETUNE_FOLDS
 * parts, and each part is read by a network that learnt the rest; the network to keep then learns
 * them all. Where there are so few, or where a part would take all of a kind away, nothing can be
 * told, and the figures are of the learnt digits themselves.
 *
 * When an answer is sure (verdict.h) stays as it was fitted for the old network: ten digits are too
 * few to fit it on, and the new network is so near to the old that it holds (of 5,000 things that
 * are no digits `best` called 3.1 % sure, and 4.1 % after learning a hand).
 */
#ifndef TRAIN_FINETUNE_H
#define TRAIN_FINETUNE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/augment.h"

struct dataset;
struct err;
struct ink;
struct kern;
struct nn;

enum {
    FINETUNE_DIGITS_LEAST = 5,    /* fewer are no hand */
    FINETUNE_CROSS_LEAST = 20,    /* fewer are not checked crosswise */
    FINETUNE_HELD_OUT_LEAST = 10, /* with fewer held out the digits are cross-checked */
    FINETUNE_FOLDS = 5,
};

struct finetune_digit {
    int label;             /* 0 to 9 */
    const struct ink *ink; /* its strokes; NULL where there is a picture only */
    const uint8_t *pixels; /* [FIT_LEN], as ink/fit.h leaves them */
    bool held_out;         /* for checking alone, where enough are */
};

/* How much of what. */
struct finetune_how {
    uint32_t own, replay; /* images in the run: of the person, of the training set */
    int epochs, batch;
    float rate, smoothing;
    float blend;              /* of the new weights in the result; the rest is the old ones */
    struct augment_spec bend; /* of the person's digits */
    struct augment_spec replay_bend;
    uint64_t seed;
};
extern const struct finetune_how finetune_usual;

/* All that is pointed at must outlive finetune_run. */
struct finetune_setup {
    const struct nn *net; /* to begin with; stays as it is */
    const struct finetune_digit *digits;
    uint32_t count;
    const struct dataset *replay;   /* training images */
    const struct dataset *test;     /* read before and after, to report; NULL: none */
    const struct finetune_how *how; /* NULL: finetune_usual */
    const struct kern *kern;
    int threads;     /* 0: one for each core */
    bool foreground; /* as in struct trainer_setup */
    /* Told on the calling thread every tenth of a second which part is done, 0 to 1; false stops
     * it. NULL: nobody is told. */
    bool (*go_on)(void *user, double part);
    void *user;
};

/* Read right, of so many. */
struct finetune_score {
    uint32_t correct, count;
};

enum finetune_check { FINETUNE_BY_LEARNT, FINETUNE_CROSSWISE, FINETUNE_BY_HELD_OUT };

struct finetune_result {
    struct nn *net;                                /* the tuned one; whoever called frees it */
    struct finetune_score test_before, test_after; /* count 0: there were no test images */
    struct finetune_score own_before, own_after;   /* of the digits that `check` says */
    enum finetune_check check;
    double seconds;
};

/* What the figures speak for: the new network where it reads more of the digits that it did not
 * learn, and hardly fewer of the test images; the old one else. Where nothing is told of digits
 * that were not learnt, they speak for neither, but against a loss on the test images. */
enum finetune_advice { FINETUNE_ADVISE_NEITHER, FINETUNE_ADVISE_NEW, FINETUNE_ADVISE_OLD };
enum finetune_advice finetune_advise(const struct finetune_result *result);

struct model;

/* Runs for some seconds. False with a sentence: too few digits, a network that cannot learn, no
 * memory, training gone bad, or stopped; result->net is then NULL. */
bool finetune_run(const struct finetune_setup *setup, struct finetune_result *result,
                  struct err *err);

/* The tuned network as a model: all that is known of `base`, whose network was the setup's, but for
 * what was measured and how to train it. Takes the network out of the result, also on failure: then
 * NULL with a sentence. */
struct model *finetune_model(const struct finetune_setup *setup, struct finetune_result *result,
                             const struct model *base, struct err *err);

#endif
