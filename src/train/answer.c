/* SPDX-License-Identifier: MIT */
#include "train/answer.h"

#include <math.h>
#include <stdio.h>

#include "model/model.h"
#include "nn/nn.h"

#define ANSWER_ACCURACY_LEAST 0.9 /* of a network that may be called sure */

const struct answer_rule answer_usual = {.temperature = 1, .sure = 0.9, .spread = 10, .rest = 0.3};

static double read_within(const struct record *record, const char *key, double usual, double least,
                          double most)
{
    double value;
    bool known = record_get_number(record, key, &value);
    return known && value >= least && value <= most ? value : usual;
}

struct answer_rule answer_rule_read(const struct record *record)
{
    const struct answer_rule *usual = &answer_usual;
    return (struct answer_rule){
        .temperature = read_within(record, MODEL_TEMPERATURE, usual->temperature, 0.01, 100),
        .sure = read_within(record, MODEL_SURE, usual->sure, 0, 1),
        .spread = read_within(record, MODEL_SPREAD, usual->spread, 1, ANSWER_CLASSES),
        .rest = read_within(record, MODEL_REST, usual->rest, 0, 1),
    };
}

bool answer_guesses(const struct record *record)
{
    double accuracy, sure;
    if (!record_get_number(record, MODEL_SURE, &sure))
        return true;
    bool known = record_get_number(record, MODEL_TEST_ACCURACY, &accuracy) ||
                 record_get_number(record, MODEL_VALID_ACCURACY, &accuracy);
    return known && accuracy < ANSWER_ACCURACY_LEAST;
}

struct answer_percent answer_percent(double probability)
{
    struct answer_percent percent = {"> 99.9 %"};
    if (100 * probability < 99.95)
        snprintf(percent.text, sizeof percent.text, "%.1f %%", 100 * fmax(probability, 0));
    return percent;
}

bool answer_rule_write(const struct answer_rule *rule, struct record *record, struct err *err)
{
    return record_set_number(record, MODEL_TEMPERATURE, rule->temperature, err) &&
           record_set_number(record, MODEL_SURE, rule->sure, err) &&
           record_set_number(record, MODEL_SPREAD, rule->spread, err) &&
           record_set_number(record, MODEL_REST, rule->rest, err);
}

int answer_best(const float *out)
{
    int best = 0;
    for (int digit = 1; digit < ANSWER_CLASSES; digit++)
        if (out[digit] > out[best])
            best = digit;
    return best;
}

static int find_second(const float *out, int best)
{
    int second = best == 0 ? 1 : 0;
    for (int digit = 0; digit < ANSWER_CLASSES; digit++)
        if (digit != best && out[digit] > out[second])
            second = digit;
    return second;
}

struct answer_probabilities answer_read(const struct nn *net, const float *out, double temperature)
{
    struct answer_probabilities answer = {.best = answer_best(out)};
    bool shares = nn_never_negative(net);
    double highest = (double)out[answer.best], weight[ANSWER_CLASSES], sum = 0;
    for (int i = 0; i < ANSWER_CLASSES; i++) {
        if (!shares)
            weight[i] = exp(((double)out[i] - highest) / temperature);
        else
            weight[i] = highest > 0 ? pow((double)out[i] / highest, 1 / temperature) : 1;
        sum += weight[i];
    }
    for (int i = 0; i < ANSWER_CLASSES; i++)
        answer.of[i] = isfinite(sum) ? (float)(weight[i] / sum) : 1.0f / ANSWER_CLASSES;
    answer.second = find_second(answer.of, answer.best);
    return answer;
}

double answer_spread(const struct answer_probabilities *answer)
{
    double entropy = 0;
    for (int i = 0; i < ANSWER_CLASSES; i++)
        if (answer->of[i] > 0)
            entropy -= (double)answer->of[i] * log((double)answer->of[i]);
    return exp(entropy);
}

double answer_rest(const struct answer_probabilities *answer)
{
    double rest = 1 - (double)answer->of[answer->best] - (double)answer->of[answer->second];
    return rest > 0 ? rest : 0;
}

enum answer_verdict answer_judge(const struct answer_rule *rule,
                                 const struct answer_probabilities *answer)
{
    if ((double)answer->of[answer->best] >= rule->sure && answer_spread(answer) <= rule->spread)
        return ANSWER_SURE;
    return answer_rest(answer) >= rule->rest ? ANSWER_NO_DIGIT : ANSWER_DOUBTFUL;
}

const char *answer_verdict_name(enum answer_verdict verdict)
{
    static const char *const names[ANSWER_VERDICTS] = {"sure", "doubtful", "no digit"};
    return names[verdict];
}
