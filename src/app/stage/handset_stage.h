/* handset_stage.h -- a neuron on 28x28 inputs whose weights are painted, a patch at a time, and
 * what it says to made-up strokes and to real digits.
 *
 *   set     p11 to p77          the weight of a patch, row then column, -1 to 1
 *           b                   the bias, -30 to 30
 *           brush               what a click in the picture paints: 0 a weight of 1, 1 of -1, 2 of
 * 0 image               the first of the real digits, 1 on clear               a button: all
 * weights 0 figures found               of the three strokes that it shall find, those above 0.5
 *           mistaken            of the six others, those above 0.5
 *           right               strokes on the right side of 0.5, of nine
 *           painted             patches whose weight is not 0
 *           weakest             the lowest output for a stroke that it shall find
 *           loudest             the highest for another
 *           digits              of the real digits shown, those above 0.5
 */
#ifndef APP_STAGE_HANDSET_STAGE_H
#define APP_STAGE_HANDSET_STAGE_H

#include "app/stage/stage.h"
#include "app/stage/stage_images.h"
#include "lesson/handset.h"

enum { HANDSET_DIGITS = 7 };
enum handset_brush { HANDSET_FOR, HANDSET_AGAINST, HANDSET_NOTHING, HANDSET_BRUSHES };

struct handset_stage {
    struct stage stage;
    struct handset handset;
    struct stage_images images;
    enum handset_brush brush;
    int image; /* from 0 */

    uint8_t strokes[HANDSET_STROKES][FIT_LEN];
    float out[HANDSET_STROKES];
    uint8_t digits[HANDSET_DIGITS][FIT_LEN];
    int labels[HANDSET_DIGITS];
    float digit_out[HANDSET_DIGITS];
};

/* The weight that the brush paints. */
float handset_stage_brush(const struct handset_stage *stage);

extern const struct stage_kind handset_stage_kind;

#endif
