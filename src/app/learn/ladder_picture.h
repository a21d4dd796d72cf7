/* ladder_picture.h -- a bar for each rung of the ladder, with its accuracy and standard error. */
#ifndef APP_LEARN_LADDER_PICTURE_H
#define APP_LEARN_LADDER_PICTURE_H

#include "app/learn/picture.h"

picture_show ladder_picture_show;

#endif
