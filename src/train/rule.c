/* SPDX-License-Identifier: MIT */
#include "train/rule.h"

#include "model/model.h"

#define RULE_ACCURACY_LEAST 0.9 /* of a network that may be called sure */

static double read_within(const struct record *record, const char *key, double usual, double least,
                          double most)
{
    double value;
    bool known = record_get_number(record, key, &value);
    return known && value >= least && value <= most ? value : usual;
}

struct verdict_rule rule_read(const struct record *record)
{
    const struct verdict_rule *usual = &verdict_usual;
    return (struct verdict_rule){
        .temperature = read_within(record, MODEL_TEMPERATURE, usual->temperature, 0.01, 100),
        .sure = read_within(record, MODEL_SURE, usual->sure, 0, 1),
        .spread = read_within(record, MODEL_SPREAD, usual->spread, 1, VERDICT_CLASSES),
        .rest = read_within(record, MODEL_REST, usual->rest, 0, 1),
    };
}

bool rule_guesses(const struct record *record)
{
    double accuracy, sure;
    if (!record_get_number(record, MODEL_SURE, &sure))
        return true;
    bool known = record_get_number(record, MODEL_TEST_ACCURACY, &accuracy) ||
                 record_get_number(record, MODEL_VALID_ACCURACY, &accuracy);
    return known && accuracy < RULE_ACCURACY_LEAST;
}

bool rule_write(const struct verdict_rule *rule, struct record *record, struct err *err)
{
    return record_set_number(record, MODEL_TEMPERATURE, rule->temperature, err) &&
           record_set_number(record, MODEL_SURE, rule->sure, err) &&
           record_set_number(record, MODEL_SPREAD, rule->spread, err) &&
           record_set_number(record, MODEL_REST, rule->rest, err);
}
