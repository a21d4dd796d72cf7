/* handset_picture.h -- the weights that are painted, and what the neuron says to strokes and
 * digits. */
#ifndef APP_LEARN_HANDSET_PICTURE_H
#define APP_LEARN_HANDSET_PICTURE_H

#include "app/learn/picture.h"

picture_show handset_picture_show;

#endif
