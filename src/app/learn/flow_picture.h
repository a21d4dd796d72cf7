/* flow_picture.h -- the book's network with a picture on its way through it, or one of its hidden
 * neurons. */
#ifndef APP_LEARN_FLOW_PICTURE_H
#define APP_LEARN_FLOW_PICTURE_H

#include "app/learn/picture.h"

picture_show flow_picture_show;

#endif
