/* model_files.h -- what the tests of model/ share: a folder of their own, and files as bytes. */
#ifndef TESTS_MODEL_FILES_H
#define TESTS_MODEL_FILES_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
    unsigned char *data; /* allocated to the byte, so that a sanitizer sees each step beyond */
    size_t size;
};

void make_folder(void);                 /* before each test */
void remove_folder(void);               /* after it */
const char *path_of(const char *name);  /* in that folder; lasts until four calls later */
int count_files(void);                  /* in that folder */

struct bytes read_bytes(const char *path);
void write_bytes(const char *path, struct bytes bytes);
struct bytes copy_bytes(const void *data, size_t size);
bool same_bytes(struct bytes a, struct bytes b);

/* A file of this header, its length before it and data_size bytes of 1 after it. */
struct bytes make_file(const char *header, size_t data_size);

/* From here on no file can grow beyond `size` bytes, as on a full disk; 0: as before. */
void limit_files(size_t size);

TCase *container_tests(void);
TCase *checkpoint_tests(void);

#endif
