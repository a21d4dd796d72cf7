/* scale.h -- how many pixels make a point, where SDL does not know: on X11, which leaves that to
 * the toolkits. So what the desktop tells those is read.
 */
#ifndef SYS_SCALE_H
#define SYS_SCALE_H

#include "base/process.h"

#define SCALE_MIN 0.5f
#define SCALE_MAX 8.0f

/* What was said of it; NULL where nothing was. */
struct scale_words {
    const char *gdk, *gdk_dpi;   /* $GDK_SCALE, $GDK_DPI_SCALE */
    const char *qt;              /* $QT_SCALE_FACTOR */
    const char *resources;       /* the X resources, as xrdb prints them */
    int width, height;           /* of the screen, in pixels */
};

/* The environment's word counts, else Xft.dpi, for which 96 is 1, else what the screen's pixels let
 * guess: 2 for one of 3840x2160. */
float scale_choose(const struct scale_words *words);

/* A scale in words, such as "1.5"; 0 for what is none, or beyond the limits. */
float scale_read(const char *text); /* NULL is fine */

/* Asks the X server for its resources while the caller goes on: by xrdb, which is there where X is.
 * Where it is not, or does not answer in time, those in the person's home are taken. */
struct process scale_ask(void);
char *scale_answer(struct process *question); /* for the caller to free; NULL: none */

#endif
