/* pictures.h -- what each kind of stage looks like: a row a kind. */
#ifndef APP_LEARN_PICTURES_H
#define APP_LEARN_PICTURES_H

#include <stdbool.h>

#include "app/learn/picture.h"

/* How it is drawn, and how high it is at least. */
struct picture {
    const char *kind;
    picture_show *show;
    float least; /* points */
    bool whole;  /* it has the width of the page: the words stand over and below it */
    picture_height *height; /* how high it is there, as it stands; NULL: `least` */
};

const struct picture *picture_find(const char *kind); /* NULL: there is none */

#endif
