/* stage_kinds.h -- all kinds of stages, by the names that they have in a lesson's file. */
#ifndef APP_STAGE_STAGE_KINDS_H
#define APP_STAGE_STAGE_KINDS_H

struct stage_kind;

/* "perceptron", or NULL. */
const struct stage_kind *stage_kind_find(const char *name);

#endif
