/* fourbit.h -- the exercise of the book's first chapter: four sigmoid neurons upon the ten outputs
 * of a network that reads digits, which shall write the digit as a binary number.
 *
 * Ten tries, one for each digit: the output for the right digit is 0.99, the others are 0.01. Bit i
 * stands for 2 to the i. A bit is right where its neuron is on the right side of 0.5; at 0.5 it is
 * on neither.
 */
#ifndef LESSON_FOURBIT_H
#define LESSON_FOURBIT_H

#include <stdbool.h>

struct err;
struct kern;
struct nn;
struct nn_work;

enum { FOURBIT_BITS = 4, FOURBIT_DIGITS = 10 };

struct fourbit {
    struct nn *net;
    struct nn_work *work;
    float weight[FOURBIT_BITS][FOURBIT_DIGITS]; /* set by the owner, who then calls fourbit_run */
    float bias[FOURBIT_BITS];

    float out[FOURBIT_DIGITS][FOURBIT_BITS]; /* of each try */
    int reads[FOURBIT_DIGITS];               /* the number that the bits above 0.5 make */
    bool right[FOURBIT_DIGITS];              /* whether all four bits are */
    int bits_right;                          /* of the digits, so many have all four right */
    float margin;                            /* how far the worst bit is beyond 0.5; below 0: it is
                                              * on the wrong side */
};

/* All weights zero. False with a sentence: no memory. */
bool fourbit_begin(struct fourbit *fourbit, const struct kern *kern, struct err *err);
void fourbit_end(struct fourbit *fourbit);

/* Gives the network the weights, and has it read all ten. */
void fourbit_run(struct fourbit *fourbit);

/* Whether that bit of the digit is 1. */
bool fourbit_wanted(int digit, int bit);

#endif
