/* backprop_picture.h -- a small network with its numbers: forward on the neurons, back below them,
 * the gradients in two tables; and what the number that is looked at came from.
 */
#ifndef APP_LEARN_BACKPROP_PICTURE_H
#define APP_LEARN_BACKPROP_PICTURE_H

#include "app/learn/picture.h"

picture_show backprop_picture_show;

#endif
