/* robust.h -- how a model reads pictures to which something has happened, as a table. */
#ifndef CLI_ROBUST_H
#define CLI_ROBUST_H

#include <jansson.h>

struct disturb_result;

/* A row a disturbance: what it is, its three amounts, and the accuracy under each. */
void robust_print(const struct disturb_result *result);
json_t *robust_json(const struct disturb_result *result);

#endif
