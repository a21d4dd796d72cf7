/* stage_images.h -- the images that a stage looks at: copies of the first of the test images, or of
 * the training images where there are none, so that they stay when the data change; and a few that
 * the program draws while no data are there at all.
 */
#ifndef APP_STAGE_STAGE_IMAGES_H
#define APP_STAGE_STAGE_IMAGES_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct nn;
struct stage_world;

/* From zeros. */
struct stage_images {
    struct dataset *set;          /* never NULL once they were taken */
    const struct dataset *source; /* that they are of, only to be compared: */
    uint64_t number;              /* the world's of it */
    uint32_t wanted;
};

/* At most so many of them, unless these are there already. *news: others are there now. False with
 * a sentence, and what there was stays: no memory. */
bool stage_images_take(struct stage_images *images, const struct stage_world *world,
                       uint32_t wanted, bool *news, struct err *err);
void stage_images_free(struct stage_images *images);

/* A copy of a network that is compiled into the program. NULL with a sentence. */
struct nn *stage_builtin_net(const char *name, struct err *err);

#endif
