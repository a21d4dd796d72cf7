/* format.h -- numbers as people read them.
 *
 * Each function returns a small text by value, to be used at once: ui_label(ui, rect, 0,
 * ui_percent(0.951, 1).text). A number that is not finite becomes a dash.
 */
#ifndef UI_FORMAT_H
#define UI_FORMAT_H

#include <stdint.h>

struct ui_number_text {
    char text[40];
};

struct ui_number_text ui_percent(double fraction, int digits); /* 0.951, 1: "95.1 %" */
struct ui_number_text ui_thousands(int64_t n);                 /* "61,400" */
struct ui_number_text ui_fixed(double value, int digits);      /* "-1.40" with a true minus sign */
struct ui_number_text ui_plain(double value);                  /* as short as it can be: "0.003" */
struct ui_number_text ui_duration(double seconds);             /* "0:04", "12:30", "1:02:03" */
struct ui_number_text ui_microseconds(double microseconds);    /* "38 µs", "1.2 ms", "2.4 s" */
struct ui_number_text ui_bytes(uint64_t bytes);                /* "46 kB", "1.2 MB" */

#endif
