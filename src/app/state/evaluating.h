/* evaluating.h -- the model in use read over a whole set, as a job; and what came of it.
 *
 * What it reads is copied when it begins, so that other data can be chosen and other models be used
 * meanwhile; a file of strokes is read by the job. The figures of the last time stay until new ones
 * come; whether they are old is for who shows them to tell by the numbers in struct evaluated.
 */
#ifndef APP_STATE_EVALUATING_H
#define APP_STATE_EVALUATING_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/means.h"
#include "base/files.h"
#include "data/dataset.h"
#include "eval/verdict.h"
#include "train/measure.h"

struct model;

enum evaluating_set {
    EVALUATING_TEST,
    EVALUATING_TRAIN,
    EVALUATING_HELD_BACK, /* the last images of the training set, which the form keeps from learning
                           */
    EVALUATING_MY_DIGITS,
    EVALUATING_STROKES, /* a file */
    EVALUATING_SETS,
};

const char *evaluating_set_name(enum evaluating_set set);  /* "test", in scripts */
const char *evaluating_set_label(enum evaluating_set set); /* "Test images", in the window */
int evaluating_find_set(const char *name);                 /* or -1 */

enum { EVALUATED_NAME_MAX = 120 };

/* What came of it. */
struct evaluated {
    enum evaluating_set which;
    char model[EVALUATED_NAME_MAX]; /* its name, */
    uint64_t model_number;          /* and number (models.h): another, and this is old */
    uint64_t images_number;         /* the same of the images */
    struct dataset *set;            /* what was read */
    struct measure measure;
    uint8_t *best;     /* [count]: the answer, */
    float *confidence; /* its probability, */
    uint8_t *verdict;  /* and enum verdict */
    /* Of another model that was evaluated on the same images before: */
    uint8_t *other; /* its answers, [count], or NULL where there was none */
    char other_model[EVALUATED_NAME_MAX];
};

/* What is to be evaluated. */
struct evaluating_from {
    const struct model *model; /* copied, as is the set */
    uint64_t model_number;
    const struct dataset *set; /* NULL: of the file of strokes */
    uint64_t images_number;
};

/* From zeros: evaluating_begin. */
struct evaluating {
    struct app_means means;
    bool waiting;                 /* for the data */
    enum evaluating_set wanted;   /* while waiting or under way */
    char path[FILES_PATH_MAX];    /* of the strokes that are wanted */
    struct evaluating_work *work; /* under way, or NULL */
    struct evaluated *result;     /* the last one, or NULL */
    uint64_t number;              /* of the result: up by one with each */
};

void evaluating_begin(struct evaluating *evaluating, const struct app_means *means);
void evaluating_end(struct evaluating *evaluating); /* gives up what is under way, and frees all */

bool evaluating_busy(const struct evaluating *evaluating);
double evaluating_progress(const struct evaluating *evaluating); /* 0 to 1 */

/* Waits for the data; then it is launched, or given up. */
void evaluating_start(struct evaluating *evaluating, enum evaluating_set set);
void evaluating_start_file(struct evaluating *evaluating, const char *path); /* of strokes */
void evaluating_launch(struct evaluating *evaluating, const struct evaluating_from *from);
void evaluating_stop(struct evaluating *evaluating);

/* Takes in what came of it. */
void evaluating_poll(struct evaluating *evaluating);

#endif
