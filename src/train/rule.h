/* rule.h -- the rule by which a model's answers are judged (eval/verdict.h), in the model's record.
 */
#ifndef TRAIN_RULE_H
#define TRAIN_RULE_H

#include <stdbool.h>

#include "eval/verdict.h"

struct err;
struct record;

/* What stands in a record; the usual where there is nothing, or nonsense. */
struct verdict_rule rule_read(const struct record *record);

/* Whether a network of that record merely guesses, however high its probabilities are: it is known
 * to read fewer than nine in ten, or nothing was fitted that tells when it is sure. */
bool rule_guesses(const struct record *record);

bool rule_write(const struct verdict_rule *rule, struct record *record, struct err *err);

#endif
