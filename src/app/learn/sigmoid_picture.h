/* sigmoid_picture.h -- a neuron's output as a curve, beside the step's; over the plane of its two
 * inputs; and before and after a small change.
 */
#ifndef APP_LEARN_SIGMOID_PICTURE_H
#define APP_LEARN_SIGMOID_PICTURE_H

#include "app/learn/picture.h"

picture_show sigmoid_picture_show;

#endif
