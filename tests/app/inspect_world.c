/* SPDX-License-Identifier: MIT */
#include "inspect_world.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_world.h"
#include "data/synthetic.h"
#include "data/unipen.h"
#include "digits.h"
#include "ink/stroke.h"
#include "kern/kern.h"
#include "par/pool.h"

char slow_path[400];

static void write_test_images(int count)
{
    static unsigned char images[16 + TEST_IMAGES * 784], labels[8 + TEST_IMAGES];
    char path[400];
    const unsigned char high = (unsigned char)(count >> 8), low = count & 255;
    memcpy(images, (unsigned char[]){0, 0, 8, 3, 0, 0, high, low, 0, 0, 0, 28, 0, 0, 0, 28}, 16);
    memcpy(labels, (unsigned char[]){0, 0, 8, 1, 0, 0, high, low}, 8);
    for (int i = 0; i < count; i++)
        labels[8 + i] = (unsigned char)synthetic_draw(8, (uint64_t)i, images + 16 + i * 784);
    snprintf(path, sizeof path, "%s/t10k-images-idx3-ubyte", data_path);
    write_file(path, images, 16 + (size_t)count * 784);
    snprintf(path, sizeof path, "%s/t10k-labels-idx1-ubyte", data_path);
    write_file(path, labels, 8 + (size_t)count);
}

static void make_with(int images)
{
    make_world();
    write_test_images(images);
    snprintf(slow_path, sizeof slow_path, "%s/slow.safetensors", folder);
    write_model(slow_path, "784-1500-1500-10", "slow");
}

void make_inspect_world(void)
{
    make_with(TEST_IMAGES);
}

void make_small_inspect_world(void)
{
    make_with(FEW_TEST_IMAGES);
}

void begin_inspect(void)
{
    set_up();
    wait_until(app->store.loaded); /* or no digit can be filed */
    key('4', UI_CTRL);
    frame();
    ck_assert_int_eq(app->view, APP_INSPECT);
    ask(ACT_ALL_IMAGES, 0);
    frame();
}

void use_model(const char *path)
{
    ask_for(ACT_MODEL, path);
    frame();
    frame();
    app->notices.now = (struct notice){0};
}

void evaluate(const char *set)
{
    ask_for(ACT_EVALUATE, set);
    wait_until(!evaluating_busy(&app->evaluating));
    frame();
    frame();
}

struct measure measure_alone(const struct dataset *set)
{
    struct pool *pool = pool_new(1, false, NULL);
    struct measure measure;
    const struct measure_setup setup = {app->models.current, kern_best(), pool, set, NULL, NULL};
    ck_assert(measure_run(&setup, &measure, NULL));
    pool_free(pool);
    return measure;
}

const char *write_strokes(const char *name, int count)
{
    static char path[500];
    struct unipen *file = unipen_new(NULL);
    for (int i = 0; i < count; i++) {
        struct ink bar = {0};
        ck_assert(ink_begin(&bar, 100, 100, NULL));
        ck_assert(ink_add(&bar, 110 + (float)i, 200, NULL));
        ck_assert(add_strokes(file, i % 10, 1, &bar, NULL));
        ink_free(&bar);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert(unipen_save(path, file, NULL));
    unipen_free(file);
    return path;
}

const char *saved_by(enum action_kind kind)
{
    static char text[1 << 17];
    char path[500];
    snprintf(path, sizeof path, "%s/saved", folder);
    ask_for(kind, path);
    frame();
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    return text;
}

void tab_to(const char *name)
{
    for (int i = 0; i < 200 && !ui_has_focus(app->ui, name); i++)
        key(UI_KEY_TAB, 0);
    ck_assert_msg(ui_has_focus(app->ui, name), "Tab never reached %s", name);
}
