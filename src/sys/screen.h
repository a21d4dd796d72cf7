/* screen.h -- the screen that the window stands on: how large the window may be there, and how
 * large a point. Lengths are in SDL's own units.
 */
#ifndef SYS_SCREEN_H
#define SYS_SCREEN_H

#include <SDL.h>
#include <stdbool.h>

#include "sys/scale.h"

/* Asks what takes a while to be answered, before SDL's video is started; nothing where the scale is
 * known already. */
struct process screen_ask_scale(bool known);

/* Pixels per point, once it is started; 0 where SDL knows that itself. Ends the question. */
float screen_find_scale(struct process *question);

/* The part of a screen that windows may use, without panels. */
SDL_Rect screen_room(int display);

/* Makes the window smaller where its frame would leave that part, and moves it inside. False where
 * it has no frame yet: that comes a while after the window is shown, or never. */
bool screen_fit_frame(SDL_Window *window);

#endif
