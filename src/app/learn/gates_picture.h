/* gates_picture.h -- gates on a board, wired by dragging from where a value comes out to a pin, or
 * by choosing one and then the other; beside them the truth table. Or the matrices of the network.
 */
#ifndef APP_LEARN_GATES_PICTURE_H
#define APP_LEARN_GATES_PICTURE_H

#include "app/learn/picture.h"

picture_show gates_picture_show;
picture_height gates_picture_height;

#endif
