/* clamp.h -- the smaller, the larger, and what lies between.
 *
 * fminf and fmaxf owe an answer to NaN and are function calls for it; these are one instruction.
 */
#ifndef BASE_CLAMP_H
#define BASE_CLAMP_H

static inline float min_float(float a, float b)
{
    return a < b ? a : b;
}

static inline float max_float(float a, float b)
{
    return a > b ? a : b;
}

/* `lo` for what is no number. */
static inline float clamp_float(float x, float lo, float hi)
{
    return min_float(max_float(x, lo), hi);
}

static inline int clamp_int(int x, int lo, int hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

#endif
