/* SPDX-License-Identifier: MIT */
#include "lesson/circuit_goal.h"

static const struct circuit_goal_words goals[CIRCUIT_GOALS] = {
    [CIRCUIT_NOT] = {"not", 2, 1, {"out"}},
    [CIRCUIT_XOR] = {"xor", 2, 1, {"out"}},
    [CIRCUIT_HALF] = {"half", 2, 2, {"carry", "sum"}},
    [CIRCUIT_FULL] = {"full", 3, 2, {"carry", "sum"}},
    [CIRCUIT_ADD] = {"add", 4, 3, {"s2", "s1", "s0"}},
};

const struct circuit_goal_words *circuit_goal_words(enum circuit_goal goal)
{
    return &goals[goal];
}

static int count_bits(int row)
{
    int count = 0;
    for (; row > 0; row >>= 1)
        count += row & 1;
    return count;
}

/* The outputs of adders are the bits of a number, the highest first. */
static int wanted_number(enum circuit_goal goal, int row)
{
    if (goal == CIRCUIT_NOT)
        return !(row >> 1);
    if (goal == CIRCUIT_XOR)
        return count_bits(row) & 1;
    return goal == CIRCUIT_ADD ? (row >> 2) + (row & 3) : count_bits(row);
}

int circuit_wanted(enum circuit_goal goal, int row, int output)
{
    return wanted_number(goal, row) >> (goals[goal].outputs - 1 - output) & 1;
}
