/* misread.h -- the images that a model misreads, most confident first: listed, and as a picture. */
#ifndef CLI_MISREAD_H
#define CLI_MISREAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct measure;
struct model;

struct misread_image {
    uint32_t number; /* in the set */
    int label, answer;
    float confidence; /* the answer's probability */
};

struct misread {
    struct misread_image *images;
    uint32_t count;
};

/* False with a sentence: memory is short. The caller frees the images. */
bool misread_find(const struct model *model, const struct measure *measure,
                  const struct dataset *set, struct misread *misread, struct err *err);

/* A PNG file of them, row by row, each 56 pixels wide. False with a sentence. */
bool misread_save(const struct misread *misread, const struct dataset *set, const char *path,
                  struct err *err);

void misread_print(const struct misread *misread);
json_t *misread_json(const struct misread *misread);

#endif
