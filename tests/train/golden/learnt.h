/* learnt.h -- what short runs learnt; see test_train_learnt.c. A line a run: the costs of training
 * and of validation after the first epoch, and after the second. */
#ifndef TESTS_GOLDEN_LEARNT_H
#define TESTS_GOLDEN_LEARNT_H

enum { GOLDEN_RUNS = 11 };

static const float golden_learnt[GOLDEN_RUNS][4] = {
    {1.155f, 0.91633f, 0.89978f, 0.89821f}, {1.0003f, 0.87657f, 0.8457f, 0.7913f},
    {7.65f, 4.164f, 2.9548f, 2.9137f},      {1.0594f, 0.87388f, 0.69583f, 0.44705f},
    {2.0313f, 1.5406f, 1.3352f, 1.1784f},   {2.3904f, 1.796f, 1.5744f, 1.4625f},
    {2.3064f, 1.7345f, 1.5237f, 1.4204f},   {2.1619f, 1.6919f, 1.5028f, 1.3633f},
    {2.1741f, 1.4809f, 1.6727f, 1.2637f},   {2.4062f, 2.0099f, 1.9597f, 1.81f},
    {2.0107f, 1.4649f, 1.4409f, 1.3045f},
};

#endif
