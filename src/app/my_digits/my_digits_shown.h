/* my_digits_shown.h -- all that the My digits view is shown of the rest of the program. */
#ifndef APP_MY_DIGITS_SHOWN_H
#define APP_MY_DIGITS_SHOWN_H

#include <stdbool.h>

struct digit_choice;
struct finetuning;
struct my_digits;

struct my_digits_shown {
    const struct my_digits *list;
    const struct digit_choice *choice;
    const struct finetuning *finetuning;
    const char *data; /* what the training images are called that are gone over again, */
    bool drawn;       /* and whether the program draws them */
};

#endif
