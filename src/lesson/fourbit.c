/* SPDX-License-Identifier: MIT */
#include "lesson/fourbit.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "nn/nn.h"

static const float low = 0.01f, high = 0.99f, half = 0.5f;

bool fourbit_wanted(int digit, int bit)
{
    return digit >> bit & 1;
}

bool fourbit_begin(struct fourbit *fourbit, const struct kern *kern, struct err *err)
{
    *fourbit = (struct fourbit){.net = nn_new("input 10, dense 4 sigmoid", err)};
    if (fourbit->net)
        fourbit->work = nn_work_new(fourbit->net, kern, FOURBIT_DIGITS, false, err);
    if (!fourbit->work) {
        fourbit_end(fourbit);
        return false;
    }
    fourbit_run(fourbit);
    return true;
}

void fourbit_end(struct fourbit *fourbit)
{
    nn_work_free(fourbit->work);
    nn_free(fourbit->net);
    *fourbit = (struct fourbit){.net = NULL};
}

static void look_at(struct fourbit *fourbit, int digit)
{
    fourbit->reads[digit] = 0;
    fourbit->right[digit] = true;
    for (int bit = 0; bit < FOURBIT_BITS; bit++) {
        float above = fourbit->out[digit][bit] - half;
        float margin = fourbit_wanted(digit, bit) ? above : -above;
        fourbit->reads[digit] |= (above > 0) << bit;
        fourbit->right[digit] &= margin > 0;
        fourbit->margin = fminf(fourbit->margin, margin);
    }
    fourbit->bits_right += fourbit->right[digit];
}

void fourbit_run(struct fourbit *fourbit)
{
    float tries[FOURBIT_DIGITS][FOURBIT_DIGITS];
    for (int bit = 0; bit < FOURBIT_BITS; bit++) {
        for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
            nn_set_weight(fourbit->net, 0, bit, digit, fourbit->weight[bit][digit]);
        nn_set_bias(fourbit->net, 0, bit, fourbit->bias[bit]);
    }
    for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
        for (int i = 0; i < FOURBIT_DIGITS; i++)
            tries[digit][i] = i == digit ? high : low;
    memcpy(fourbit->out, nn_predict(fourbit->net, fourbit->work, tries[0], FOURBIT_DIGITS),
           sizeof fourbit->out);
    fourbit->bits_right = 0;
    fourbit->margin = half;
    for (int digit = 0; digit < FOURBIT_DIGITS; digit++)
        look_at(fourbit, digit);
}
