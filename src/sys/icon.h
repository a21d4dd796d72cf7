/* icon.h -- the window's icon: a seven in ink on a dark tile. */
#ifndef SYS_ICON_H
#define SYS_ICON_H

struct SDL_Window;
struct painter;

void icon_set(struct SDL_Window *window, struct painter *painter);

#endif
