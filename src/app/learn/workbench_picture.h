/* workbench_picture.h -- a network in words, what its first layer looks for, how well it reads, and
 * earlier trainings.
 */
#ifndef APP_LEARN_WORKBENCH_PICTURE_H
#define APP_LEARN_WORKBENCH_PICTURE_H

#include "app/learn/picture.h"

picture_show workbench_picture_show;

#endif
