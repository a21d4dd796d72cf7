/* descent_picture.h -- the surface of the cost from above, bluer where it is lower, and the ball
 * with the way that it came and its next step.
 */
#ifndef APP_LEARN_DESCENT_PICTURE_H
#define APP_LEARN_DESCENT_PICTURE_H

#include "app/learn/picture.h"

picture_show descent_picture_show;

#endif
