/* race_picture.h -- the curves of trainings side by side, as they grow, and a row for each. */
#ifndef APP_LEARN_RACE_PICTURE_H
#define APP_LEARN_RACE_PICTURE_H

#include "app/learn/picture.h"

picture_show race_picture_show;

#endif
