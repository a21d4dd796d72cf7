/* inspect_world.h -- the whole program (app_world.h) with test images beside its training images,
 * more than a wall shows at once, and a model that takes a while to read them.
 */
#ifndef TESTS_INSPECT_WORLD_H
#define TESTS_INSPECT_WORLD_H

#include "app/shell/state.h"
#include "train/measure.h"

enum { TEST_IMAGES = 2600, FEW_TEST_IMAGES = 420 };

extern char slow_path[400]; /* a model that reads the test images in some tenths of a second */

/* Fixtures: of all tests, and of each, which begins in Inspect. */
void make_inspect_world(void);
void make_small_inspect_world(void); /* with few test images, where each is read many times */
void begin_inspect(void);

void use_model(const char *path);
void evaluate(const char *set); /* and waits for its end */

/* What `inkling eval` measures of the model in use. The caller clears it. */
struct measure measure_alone(const struct dataset *set);

/* A file of `count` digits as pen strokes, in the folder of the world; returns its path. */
const char *write_strokes(const char *name, int count);

/* The text that an action saves to a file. */
const char *saved_by(enum action_kind kind);

/* Goes there by Tab alone. */
void tab_to(const char *name);

#endif
