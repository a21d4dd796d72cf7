/* trainer.h -- teaches a network in the background: the one boundary between threads.
 *
 * A trainer owns one thread, which owns the workers. The thread that started it (the window's, or
 * the command's) calls everything here; nothing here waits for training but trainer_wait and
 * trainer_free. All that the trainer shows is copied out by trainer_poll:
 *
 *   struct trainer *t = trainer_start(&setup, &err);
 *   struct trainer_view view = {.net = trainer_net(t, &err)};    one for each trainer, kept
 *   ... at each wake-up or frame: trainer_poll(t, &view);
 *   trainer_free(t);
 *
 * Training gone bad (a cost that is not finite) is a state with a sentence, not an error.
 */
#ifndef TRAIN_TRAINER_H
#define TRAIN_TRAINER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "eval/verdict.h"
#include "train/history.h"
#include "train/recipe.h"
#include "train/watch.h"

struct dataset;
struct kern;
struct nn;
struct trainer;
struct unipen;

/* How fast it goes. The weights are the same, to the bit. */
enum trainer_pace {
    TRAINER_FAST,  /* as fast as it can */
    TRAINER_EPOCH, /* an epoch takes a second at least */
    TRAINER_STEP,  /* it waits, PAUSED, before each mini-batch for trainer_step */
    TRAINER_PACES
};

struct trainer_setup {
    struct recipe recipe;
    const struct dataset *train; /* outlives the trainer */
    const struct dataset *test;  /* likewise; looked at only to report; NULL: none */
    const struct unipen *strokes; /* pen strokes to train on too, where the recipe mixes them in, */
    const struct dataset *others; /* and other people's, as pictures, for validation; both outlive
                                   * the trainer; NULL: none */
    bool test_each_epoch;        /* else once, at the end */
    bool fits_rule; /* fits when the network to keep is sure, at the end, or as soon as it
                     * is stopped: view.rule. That takes as long as reading some 16,000
                     * pictures, and a fifth of that where it is stopped */
    const struct nn *begin_with; /* weights to go on from, copied at the start; NULL: by the seed */
    const char *called, *remedy; /* of struct run_setup, for trainer_resume; or NULL */
    const struct kern *kern;     /* outlives the trainer */
    float rate;                  /* from the first mini-batch on; 0: the recipe's */
    int threads;                 /* 0: one for each core */
    enum trainer_pace pace;
    bool unstarted;              /* has no thread: whoever made it calls trainer_run */
    bool foreground;             /* keeps its priority, as a command does; else it steps back, so
                                  * that a window's frame is never late for it */
    const char *checkpoint;      /* file written after each epoch and when stopped; it stays when
                                  * all is done, so that no result is lost: whoever has saved that
                                  * removes it. NULL: none. Copied at the start */
    void (*wake)(void *context); /* called by the trainer's thread when there is something new to
                                  * poll; must be quick and may not call the trainer. NULL: none */
    void *wake_context;
};

/* NULL with a sentence: the recipe makes no sense, begin_with is of another network, too few
 * images, no memory, no threads. */
struct trainer *trainer_start(const struct trainer_setup *setup, struct err *err);

/* Trains to the end, or until it is stopped, on the thread that calls it: once, of one that was
 * made `unstarted`. Whoever frees that stops it first, and waits until this has returned. */
void trainer_run(struct trainer *trainer);

/* Goes on from a checkpoint, to the same bits as if it had never stopped: the recipe (with the
 * learning rate of that moment, unless setup->rate is another), the weights and the history are the
 * file's, setup->recipe and begin_with are not looked at. The training images must be the same
 * ones. A run that had come to its end is done at once, or when its rule is fitted. */
struct trainer *trainer_resume(const struct trainer_setup *setup, const char *path,
                               struct err *err);

/* The recipe in a checkpoint, and which part of the run is done: 1 has nothing left to go on with,
 * only a result; and the seconds of training, as the view has them. These two may be
 * NULL. Quick: the weights are not read, and damage to them shows when one goes on. */
bool trainer_peek(const char *path, struct recipe *recipe, double *progress, double *seconds,
                  struct err *err);

/* Stops if need be, waits for the thread (at most a mini-batch, or the evaluation under way, and
 * the saving of the checkpoint) and frees everything. NULL is fine. */
void trainer_free(struct trainer *trainer);

/* Requests, heeded at the next mini-batch. A finished trainer ignores them. Where it is left,
 * nobody waits for its result: what that takes is spared. */
void trainer_pause(struct trainer *trainer);
void trainer_continue(struct trainer *trainer);
void trainer_stop(struct trainer *trainer);
void trainer_leave(struct trainer *trainer);

void trainer_set_pace(struct trainer *trainer, enum trainer_pace pace);

/* So many mini-batches more at the pace of TRAINER_STEP, each of which is watched; those that are
 * not done when the pace changes are forgotten. */
void trainer_step(struct trainer *trainer, int count);

/* The constant or highest learning rate from the next mini-batch on; must be positive. */
void trainer_set_rate(struct trainer *trainer, float rate);

/* Waits until the run has ended, at most so long. True if it has. */
bool trainer_wait(struct trainer *trainer, int milliseconds);

enum trainer_state {
    TRAINER_RUNNING,
    TRAINER_PAUSED,
    TRAINER_DONE,    /* all epochs */
    TRAINER_STOPPED, /* as asked; a checkpoint can go on from here */
    TRAINER_FAILED,  /* view.trouble says why and what to change */
};

/* What one who watches sees. Start with zeros and, for the weights, with trainer_net. */
struct trainer_view {
    enum trainer_state state;
    struct recipe recipe;              /* as trained by, with the rate as changed on the way */
    int epoch;                         /* the one under way, from 1; the last when ended */
    double progress;                   /* of the whole run, 0 to 1 */
    double seconds;                    /* of training alone */
    double images_per_second;          /* over the last second or so of training */
    double seconds_left;               /* at this speed; 0 when ended */
    float rate;                        /* of the last mini-batch */
    uint32_t train_count, valid_count; /* images in each epoch, images for validation */
    struct watch watch;                /* the newest mini-batch at the pace of TRAINER_STEP */
    char trouble[sizeof((struct err *)0)->text]; /* "" or a sentence: FAILED's, or a warning while
                                                  * it runs (stuck at one in ten, disk full) */
    bool has_rule;           /* ended, fits_rule was asked for and there was memory: */
    struct verdict_rule rule;                    /* for the weights of trainer_result */
    struct history history;                      /* trainer_poll appends what is new */

    struct nn *net;   /* the caller's, from trainer_net, or NULL: the newest weights are copied to
                       * it. One of another size is left as it is */
    uint64_t weights; /* which snapshot is in net; goes up by each new one, 0 is none */
};

/* A network of the words that are taught, to be shown: of those that were read, where a run goes on
 * from a file, whatever stood in that file before. The caller frees it. NULL with a sentence: no
 * memory. */
struct nn *trainer_net(const struct trainer *trainer, struct err *err);

/* Brings the view up to date. Never waits for more than a copy. */
void trainer_poll(struct trainer *trainer, struct trainer_view *view);

/* The weights to keep, copied to `net` (from trainer_net): those of the best epoch by validation
 * where there are validation images and an epoch is over, else the newest. Returns the epoch they
 * are of, or 0 for the newest; -1, and nothing copied, where the network is of another size. */
int trainer_result(struct trainer *trainer, struct nn *net);

#endif
