/* app_fonts.h -- the fonts of this computer, so that texts are as wide in a test as in the window.
 */
#ifndef TESTS_APP_FONTS_H
#define TESTS_APP_FONTS_H

/* Fixtures; where there are no fonts, the world's own metrics stay. */
void measure_fonts(void);
void forget_fonts(void);

#endif
