/* SPDX-License-Identifier: MIT */
#include "cli/misread.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/language.h"
#include "cli/show.h"
#include "data/dataset.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "model/model.h"
#include "sys/picture.h"
#include "train/measure.h"

enum {
    ZOOM = 2, /* screen pixels a side for one of the image's */
    TILE = ZOOM * FIT_SIZE + 4,
    COLUMNS_MOST = 32,
};

static int compare(const void *a, const void *b)
{
    const struct misread_image *one = a, *other = b;
    if (one->confidence != other->confidence)
        return one->confidence < other->confidence ? 1 : -1;
    return (one->number > other->number) - (one->number < other->number);
}

bool misread_find(const struct model *model, const struct measure *measure,
                  const struct dataset *set, struct misread *misread, struct err *err)
{
    uint32_t room = measure->figures.count - measure->figures.correct;
    *misread = (struct misread){calloc(room + 1, sizeof *misread->images), 0};
    if (!misread->images)
        return err_memory(err, _("the images that are misread"));
    for (uint32_t i = 0; i < set->count && misread->count < room; i++) {
        struct verdict_probabilities read = measure_read(measure, model->net, i);
        if (read.best != set->labels[i])
            misread->images[misread->count++] =
                (struct misread_image){i, set->labels[i], read.best, read.of[read.best]};
    }
    qsort(misread->images, misread->count, sizeof *misread->images, compare);
    return true;
}

/* ---- the picture ----------------------------------------------------------------------------- */

static void paint_tile(const uint8_t *image, uint32_t *at, int stride)
{
    for (int row = 0; row < ZOOM * FIT_SIZE; row++)
        for (int col = 0; col < ZOOM * FIT_SIZE; col++) {
            uint32_t shade = image[row / ZOOM * FIT_SIZE + col / ZOOM];
            at[(ptrdiff_t)row * stride + col] = 0xff000000 | shade << 16 | shade << 8 | shade;
        }
}

bool misread_save(const struct misread *misread, const struct dataset *set, const char *path,
                  struct err *err)
{
    int count = (int)misread->count;
    int columns = (int)fmin(COLUMNS_MOST, fmax(1, ceil(sqrt(count))));
    int rows = count > 0 ? (count + columns - 1) / columns : 1;
    int width = columns * TILE, height = rows * TILE;
    if (count == 0)
        return err_set(err, _("No image is misread: there is nothing to save to %s."), path);
    uint32_t *pixels = malloc((size_t)width * (size_t)height * sizeof *pixels);
    if (!pixels)
        return err_memory(err, _("the picture"));
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++)
        pixels[i] = 0xff404a56;
    for (int i = 0; i < count; i++) {
        ptrdiff_t at = (ptrdiff_t)(i / columns) * TILE * width + (ptrdiff_t)(i % columns) * TILE;
        paint_tile(set->pixels + (size_t)misread->images[i].number * FIT_LEN,
                   pixels + at + 2 * (ptrdiff_t)width + 2, width);
    }
    bool saved = picture_save(path, pixels, width, height, width, err);
    free(pixels);
    return saved;
}

/* ---- the list -------------------------------------------------------------------------------- */

void misread_print(const struct misread *misread)
{
    for (uint32_t i = 0; i < misread->count; i++) {
        const struct misread_image *image = &misread->images[i];
        printf(_("image %6u: %d, read as %d, %s\n"), image->number, image->label, image->answer,
               verdict_percent((double)image->confidence).text);
    }
}

json_t *misread_json(const struct misread *misread)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < misread->count; i++) {
        const struct misread_image *image = &misread->images[i];
        json_array_append_new(list,
                              json_pack("{s:I,s:i,s:i,s:f}", "image", (json_int_t)image->number,
                                        "label", image->label, "answer", image->answer,
                                        "confidence", (double)image->confidence));
    }
    return list;
}
