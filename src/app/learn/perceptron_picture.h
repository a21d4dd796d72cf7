/* perceptron_picture.h -- a perceptron as circles and lines; below it, of two inputs, the plane
 * that its line divides, and the truth table.
 */
#ifndef APP_LEARN_PERCEPTRON_PICTURE_H
#define APP_LEARN_PERCEPTRON_PICTURE_H

#include "app/learn/picture.h"

picture_show perceptron_picture_show;

#endif
