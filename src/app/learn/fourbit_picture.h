/* fourbit_picture.h -- a table of weights, and below it what four neurons make of ten digits. */
#ifndef APP_LEARN_FOURBIT_PICTURE_H
#define APP_LEARN_FOURBIT_PICTURE_H

#include "app/learn/picture.h"

picture_show fourbit_picture_show;

#endif
