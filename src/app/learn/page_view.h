/* page_view.h -- what the view keeps of the page that is on show. */
#ifndef APP_LEARN_PAGE_VIEW_H
#define APP_LEARN_PAGE_VIEW_H

#include <stdint.h>

#include "app/learn/learn_asks.h"

/* From zeros. */
struct page_view {
    struct learn_asks asks;
    float page_scroll, side_scroll;
    float side_height, page_height; /* of what is in them, as it was last laid out */
    char answer[24];                /* that is being typed */
    uint64_t opened;                /* the page that all of this is about (lessons.h) */
};

#endif
