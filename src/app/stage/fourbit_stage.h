/* fourbit_stage.h -- four neurons upon the ten outputs of a network, which shall write the digit as
 * a binary number: the exercise of the book's chapter.
 *
 *   set     w8-0 to w8-9        weights of the neuron for the eights, from each of the ten outputs,
 *           w4-0 ... w1-9       and of those for fours, twos and ones: -20 to 20
 *           b8 b4 b2 b1         their biases, -20 to 20
 *           clear               a button: all weights and biases 0
 *   figures bits-right          digits whose four bits are all right, of ten
 *           margin              how far the worst bit is beyond 0.5; below 0: it is wrong
 */
#ifndef APP_STAGE_FOURBIT_STAGE_H
#define APP_STAGE_FOURBIT_STAGE_H

#include "app/stage/stage.h"
#include "lesson/fourbit.h"

struct fourbit_stage {
    struct stage stage;
    struct fourbit fourbit;
};

/* What a click makes of a weight: 0, 10, -10 and 0 again. */
float fourbit_stage_next(float weight);

extern const struct stage_kind fourbit_stage_kind;

#endif
