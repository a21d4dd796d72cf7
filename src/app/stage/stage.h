/* stage.h -- what stands on a page of a lesson: things that can be set, each by its name, and the
 * figures that come of them.
 *
 * A stage knows no lesson and no window. A page's file says which kind stands on it and how its
 * values begin; a drag, a slider, a button and the `set` of a script all end in stage_set; the
 * tasks of a page, and the numbers in its text, ask stage_figure. What a stage tells is computed by
 * nn/, train/ or eval/ when it is asked, never by a copy of their formulas.
 *
 * A kind is one file NAME_stage.c with a public struct in NAME_stage.h, from which its picture
 * (app/learn/NAME_picture.c) reads what it draws. Its first member is struct stage.
 */
#ifndef APP_STAGE_STAGE_H
#define APP_STAGE_STAGE_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct kern;
struct nn;
struct stage;

enum { STAGE_NAME_MAX = 16, STAGE_CONTROLS_MAX = 24, STAGE_TEXT_MAX = 64 };

/* What a stage may look at beyond itself. Outlives the stage but for what a comment says. */
struct stage_world {
    const struct kern *kern;
    void (*wake)(void *user); /* for its jobs (job.h): there is news; may be NULL */
    void *user;

    /* Lent until the next stage_update, which may bring others. */
    const struct nn *net;      /* of the model in use, or NULL */
    uint64_t net_number;       /* another with each other network */
    const struct dataset *train, *test; /* or NULL while there are none */
    uint64_t data_number;      /* another with each other set */
    bool drawn;                /* the data are the program's own digits */
    const float *drawing; /* [784] what is on the canvas, as the network is given it; or NULL */
    uint64_t now;              /* microseconds */
};

/* What a person can do beside the picture, in the order in which it stands there. */
enum stage_control_kind {
    STAGE_SLIDER, /* a value between limits; the picture may let it be dragged, too */
    STAGE_CHECK,  /* 0 or 1 */
    STAGE_CHOICE, /* 0, 1 ... count - 1: of `choices` */
    STAGE_BUTTON, /* is set to 1 by a press; a script may say how often */
    STAGE_HELD,   /* only in the picture: is set by a drag or by a script */
};

struct stage_control {
    char name[STAGE_NAME_MAX]; /* "w1": in scripts, in lessons, and of the control in the window */
    const char *label;         /* what stands beside it where the lesson says nothing; N_() */
    enum stage_control_kind kind;
    double value, min, max, step;
    int digits;                /* behind the point, where it is shown */
    const char *const *choices;
    int count;
    const char *off;           /* why it is not possible now; NULL: it is */
};

struct stage_kind {
    const char *name; /* in a lesson's file: "stage perceptron" */
    bool uses_data;   /* the images of the world: the page says which these are */

    /* One with its values as usual. NULL with a sentence. */
    struct stage *(*begin)(const struct stage_world *world, struct err *err);
    void (*end)(struct stage *stage);

    /* Each frame: looks whether the world changed, takes in what a job left, and moves on what
     * moves by itself. True: another frame is wanted soon. NULL: nothing of that kind. */
    bool (*update)(struct stage *stage, const struct stage_world *world);

    /* Work goes on that a script's `wait idle` waits for. NULL: never. */
    bool (*busy)(const struct stage *stage);

    /* Gives that name a value, as it stands in a script or a lesson: most are numbers
     * (stage_number). False with a sentence that says what would do. */
    bool (*set)(struct stage *stage, const char *name, const char *value, struct err *err);

    /* The figure of that name. False: there is none of that name. What is not known yet is NAN. */
    bool (*figure)(const struct stage *stage, const char *name, double *value);

    /* Fills in at most STAGE_CONTROLS_MAX of them; returns how many. */
    int (*controls)(const struct stage *stage, struct stage_control *controls);
};

/* The first member of each kind's struct. */
struct stage {
    const struct stage_kind *kind;
};

/* ---- whoever shows a page -------------------------------------------------------------------- */

struct stage *stage_begin(const struct stage_kind *kind, const struct stage_world *world,
                          struct err *err);
void stage_end(struct stage *stage); /* NULL is fine */
bool stage_update(struct stage *stage, const struct stage_world *world);
bool stage_busy(const struct stage *stage);
bool stage_set(struct stage *stage, const char *name, const char *value, struct err *err);
bool stage_figure(const struct stage *stage, const char *name, double *value);
int stage_controls(const struct stage *stage, struct stage_control *controls);

/* ---- for a kind's own use -------------------------------------------------------------------- */

/* A number between limits; a sentence names `name` and the limits. */
bool stage_number(const char *name, const char *text, double min, double max, double *value,
                  struct err *err);

/* "There is no w7 on this page." Returns false. */
bool stage_unknown(const char *name, struct err *err);

#endif
