/* cost_picture.h -- outputs, wanted and given, and what they cost. */
#ifndef APP_LEARN_COST_PICTURE_H
#define APP_LEARN_COST_PICTURE_H

#include "app/learn/picture.h"

picture_show cost_picture_show;

#endif
