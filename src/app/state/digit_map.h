/* digit_map.h -- some thousand images of a set laid out in two dimensions by what the last hidden
 * layer of the model in use makes of them, and where the drawing lies among them.
 *
 * The set is read and laid out by principal components in a job, for each model and set anew; that
 * takes some tenths of a second. The other layout, by neighbours, is a second job of some seconds,
 * which is begun once it is chosen, and whose places are shown while they form. The computing is
 * eval's: hidden.h, projection.h, embedding.h.
 */
#ifndef APP_STATE_DIGIT_MAP_H
#define APP_STATE_DIGIT_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/means.h"
#include "app/state/reader.h"
#include "eval/projection.h"

struct dataset;

enum { DIGIT_MAP_IMAGES = 3000 }; /* at most; evenly from the whole set */

enum digit_map_layout {
    DIGIT_MAP_COMPONENTS,
    DIGIT_MAP_NEIGHBOURS,
    DIGIT_MAP_LAYOUTS,
};

struct digit_map_key {
    uint64_t model; /* its number (models.h), */
    uint64_t set;   /* and that of the set (library.h); 0: of nothing */
};

/* A map as it was made. */
struct digit_map_made {
    struct digit_map_key key;
    struct dataset *set; /* the images that are on it, */
    uint32_t all;        /* of so many */
    int len;             /* of the hidden layer */
    float *features;     /* [count][len] */
    float *squares;      /* [count]: of the length of each; then room for as many more */
    struct projection flat;
    float *xy[DIGIT_MAP_LAYOUTS]; /* [count][2] */
    bool embedded;                /* the neighbours' layout is done */
};

struct digit_map_wish {
    struct reading_by by;      /* a model in use: by.weights is 0 */
    const struct dataset *set; /* or NULL: it is not there */
    uint64_t set_number;
};

/* From zeros: digit_map_begin. */
struct digit_map {
    struct app_means means;
    enum digit_map_layout layout;
    bool stopped;                  /* no neighbours are wanted, until the layout is chosen again */
    struct digit_map_key given_up; /* reading that was stopped, or failed */
    struct digit_map_work *work;   /* under way, or NULL */
    struct digit_map_made *made;   /* the last one, or NULL */
    uint64_t changes;              /* up by one whenever a place of an image is another */
};

void digit_map_begin(struct digit_map *map, const struct app_means *means);
void digit_map_end(struct digit_map *map);

void digit_map_choose(struct digit_map *map, enum digit_map_layout layout);
void digit_map_stop(struct digit_map *map);

/* Sees to it that the wish comes true, in the layout that was chosen. */
void digit_map_want(struct digit_map *map, const struct digit_map_wish *wish);

/* Takes in what came of it, and the places as they form. */
void digit_map_poll(struct digit_map *map);

bool digit_map_busy(const struct digit_map *map);
double digit_map_progress(const struct digit_map *map); /* 0 to 1 */
bool digit_map_has(const struct digit_map *map, const struct digit_map_wish *wish);

/* The number in its set of image i of the map. */
uint32_t digit_map_number(const struct digit_map_made *made, uint32_t i);

/* Where the places of the images stand: those of the chosen layout, or of the components while
 * there is nothing of the other. [count][2] */
const float *digit_map_places(const struct digit_map *map);

/* Where a drawing lies, of which the hidden layer makes that, [len]: by the components exactly; by
 * neighbours in the middle of the few images most like it. */
void digit_map_place(const struct digit_map *map, const float *hidden, float xy[2]);

#endif
