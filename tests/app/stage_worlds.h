/* stage_worlds.h -- a world for a stage alone: some of the program's own digits, and no window. */
#ifndef TESTS_STAGE_WORLDS_H
#define TESTS_STAGE_WORLDS_H

#include "app/stage/stage.h"

struct dataset;

extern struct stage_world world;
extern struct dataset *digits; /* those of the world */
extern struct stage *stage;

/* `count` digits, and a stage of that kind. */
void begin_stage(const struct stage_kind *kind, uint32_t count);
void end_stage(void);

/* Must do, and must be there. */
void give(const char *name, const char *value);
double figure_of(const char *name);

/* Updates until it is not busy. */
void settle_stage(void);

#endif
