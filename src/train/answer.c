/* SPDX-License-Identifier: MIT */
#include "train/answer.h"

#include <math.h>
#include <string.h>

#include "nn/nn.h"

enum { CLASSES = 10 };

const float answer_sure = 0.9f;

static bool last_ends_in(const struct nn *net, const char *word)
{
    const char *words = nn_layer(net, nn_layer_count(net) - 1)->words;
    size_t len = strlen(words), word_len = strlen(word);
    return len >= word_len && strcmp(words + len - word_len, word) == 0;
}

static bool is_never_negative(const struct nn *net)
{
    static const char *const words[] = {"softmax", "sigmoid", "relu", "step"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (last_ends_in(net, words[i]))
            return true;
    return false;
}

int answer_best(const float *out)
{
    int best = 0;
    for (int digit = 1; digit < CLASSES; digit++)
        if (out[digit] > out[best])
            best = digit;
    return best;
}

struct answer_probabilities answer_read(const struct nn *net, const float *out, double temperature)
{
    struct answer_probabilities answer = {.best = answer_best(out)};
    bool shares = is_never_negative(net);
    double highest = (double)out[answer.best], weight[CLASSES], sum = 0;
    for (int i = 0; i < CLASSES; i++) {
        if (!shares)
            weight[i] = exp(((double)out[i] - highest) / temperature);
        else
            weight[i] = highest > 0 ? pow((double)out[i] / highest, 1 / temperature) : 1;
        sum += weight[i];
    }
    for (int i = 0; i < CLASSES; i++)
        answer.of[i] = (float)(weight[i] / sum);
    return answer;
}
