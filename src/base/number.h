/* number.h -- numbers as the shortest text that reads back as the same number: 0.015, not
 * 0.0149999997. So what goes through words (a recipe, a network, a record) comes out to the bit.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

enum { NUMBER_TEXT_MAX = 32 }; /* bytes, with the zero at the end */

/* Both return `text`. */
char *number_write(float number, char text[NUMBER_TEXT_MAX]);
char *number_write_double(double number, char text[NUMBER_TEXT_MAX]);

#endif
