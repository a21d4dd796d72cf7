/* data_files.h -- for tests of what is read from files: a folder of their own, files in it, gzip,
 * and how much memory something takes. */
#ifndef DATA_FILES_H
#define DATA_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a fixture: an empty folder for each test, in which no usual place has any data. */
void files_begin(void);
void files_end(void);

extern char files_folder[];

/* In the folder. The path is one of the last eight. */
char *path_of(const char *name);
void write_file(const char *name, const void *data, size_t size);
void write_text(const char *name, const char *text);
void make_folder(const char *name); /* and those above it */

/* Writes the gzip of some bytes, with a name in its head if not NULL; `parts` members. */
void write_gzip(const char *name, const void *data, size_t size, int parts, const char *first_name);

/* The gzip of some bytes; *size is changed to the packed size. Writes a file on the way. */
void gzip_bytes(const uint8_t *data, size_t *size, uint8_t *out, size_t room);

/* Makes a pipe from which the text can be read, but not what should follow it: reading that fails,
 * as of a broken disk. The text should be longer than 128 KB, as what is read at once with a
 * failure is lost. To be ended with end_broken. */
void begin_broken(const char *name, const char *text);
void end_broken(void);

/* The most memory that a process of its own had while it did this, in MB; 0 where a sanitizer makes
 * that meaningless. */
double peak_megabytes(void (*action)(void));

#endif
