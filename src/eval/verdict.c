/* SPDX-License-Identifier: MIT */
#include "eval/verdict.h"

#include <math.h>
#include <stdio.h>

#include "base/language.h"
#include "nn/nn.h"

const struct verdict_rule verdict_usual = {
    .temperature = 1, .sure = 0.9, .spread = 10, .rest = 0.3};

struct verdict_percent verdict_percent(double probability)
{
    struct verdict_percent percent = {"> 99.9 %"};
    if (100 * probability < 99.95)
        snprintf(percent.text, sizeof percent.text, "%.1f %%", 100 * fmax(probability, 0));
    return percent;
}

int verdict_best(const float *out)
{
    int best = 0;
    for (int digit = 1; digit < VERDICT_CLASSES; digit++)
        if (out[digit] > out[best])
            best = digit;
    return best;
}

static int find_second(const float *out, int best)
{
    int second = best == 0 ? 1 : 0;
    for (int digit = 0; digit < VERDICT_CLASSES; digit++)
        if (digit != best && out[digit] > out[second])
            second = digit;
    return second;
}

struct verdict_probabilities verdict_read(const struct nn *net, const float *out,
                                          double temperature)
{
    struct verdict_probabilities answer = {.best = verdict_best(out)};
    bool shares = nn_never_negative(net);
    double highest = (double)out[answer.best], weight[VERDICT_CLASSES], sum = 0;
    for (int i = 0; i < VERDICT_CLASSES; i++) {
        if (!shares)
            weight[i] = exp(((double)out[i] - highest) / temperature);
        else
            weight[i] = highest > 0 ? pow((double)out[i] / highest, 1 / temperature) : 1;
        sum += weight[i];
    }
    for (int i = 0; i < VERDICT_CLASSES; i++)
        answer.of[i] = isfinite(sum) ? (float)(weight[i] / sum) : 1.0f / VERDICT_CLASSES;
    answer.second = find_second(answer.of, answer.best);
    return answer;
}

double verdict_spread(const struct verdict_probabilities *answer)
{
    double entropy = 0;
    for (int i = 0; i < VERDICT_CLASSES; i++)
        if (answer->of[i] > 0)
            entropy -= (double)answer->of[i] * log((double)answer->of[i]);
    return exp(entropy);
}

double verdict_rest(const struct verdict_probabilities *answer)
{
    double rest = 1 - (double)answer->of[answer->best] - (double)answer->of[answer->second];
    return rest > 0 ? rest : 0;
}

enum verdict verdict_judge(const struct verdict_rule *rule,
                           const struct verdict_probabilities *answer)
{
    if ((double)answer->of[answer->best] >= rule->sure && verdict_spread(answer) <= rule->spread)
        return VERDICT_SURE;
    return verdict_rest(answer) >= rule->rest ? VERDICT_NO_DIGIT : VERDICT_DOUBTFUL;
}

enum verdict verdict_of_guess(enum verdict verdict)
{
    return verdict == VERDICT_NO_DIGIT ? VERDICT_DOUBTFUL : verdict;
}

const char *verdict_name(enum verdict verdict, bool guess)
{
    static const char *const names[VERDICT_COUNT] = {"sure", "doubtful", N_("no digit")};
    return guess ? "guess" : names[verdict];
}

struct verdict_words verdict_words(enum verdict verdict, bool guess, int best, int second)
{
    struct verdict_words words;
    if (verdict == VERDICT_SURE)
        snprintf(words.text, sizeof words.text, guess ? _("a guess: %d") : "%d", best);
    else if (verdict == VERDICT_DOUBTFUL)
        snprintf(words.text, sizeof words.text, guess ? _("%d or %d? a guess") : _("%d or %d?"),
                 best, second);
    else
        snprintf(words.text, sizeof words.text, "%s", _("no digit?"));
    return words;
}
