/* programs_picture.h -- four programs side by side, and below them what was counted and measured.
 */
#ifndef APP_LEARN_PROGRAMS_PICTURE_H
#define APP_LEARN_PROGRAMS_PICTURE_H

#include "app/learn/picture.h"

picture_show programs_picture_show;

#endif
