/* SPDX-License-Identifier: MIT */
#include "app_world.h"

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "data/synthetic.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "kern/kern.h"
#include "model/model.h"
#include "robot.h"

/* ---- the world ------------------------------------------------------------------------------- */

bool world_is_looked_at;
char folder[64], model_path[300], data_path[300];
json_t *events[EVENTS_MAX];
int event_count;
struct app *app;
struct ui_metrics world_metrics;
struct ui_input *input;
struct app_frame shown;

static void keep_event(void *user, const char *line)
{
    (void)user;
    ck_assert_int_lt(event_count, EVENTS_MAX);
    ck_assert_ptr_null(strchr(line, '\n'));
    events[event_count] = json_loads(line, 0, NULL);
    ck_assert_msg(events[event_count] != NULL, "not JSON: %s", line);
    event_count++;
}

/* A picture with a black upright bar on white, or on "dim" paper: a 1; or a "blank" one.
 * A "large" one is as large as a sheet of digits. */
static bool load_bar(void *user, const char *path, struct app_grey *grey, struct err *err)
{
    (void)user;
    if (strstr(path, "missing"))
        return err_set(err, "%s cannot be opened.", path);
    unsigned char paper = strstr(path, "dim") ? 100 : 255;
    unsigned char bar = strstr(path, "blank") ? paper : 0;
    int rows = strstr(path, "large") ? 280 : 60, cols = strstr(path, "large") ? 280 : 40;
    *grey = (struct app_grey){rows, cols, malloc((size_t)rows * (size_t)cols)};
    for (int i = 0; i < rows * cols; i++) {
        int row = i / cols, col = i % cols;
        bool ink = col >= 18 && col < 22 && row >= 10 && row < 50;
        grey->pixels[i] = ink ? bar : paper;
    }
    return true;
}

/* The newest event of that kind after the first `from` ones, or NULL. */
const json_t *find_event(const char *kind, int from)
{
    for (int i = event_count - 1; i >= from; i--)
        if (strcmp(json_string_value(json_object_get(events[i], "event")), kind) == 0)
            return events[i];
    return NULL;
}

void frame(void)
{
    shown = app_update(app, input);
    app_painted(app, input->now + 1000);
    input->move_count = input->key_count = input->drop_count = 0;
    input->typed[0] = 0;
    input->wheel = 0;
    input->left = input->quit = false;
    input->now += 10000;
}

void ask(enum action_kind kind, double number)
{
    app_act(app, &(struct action){.kind = kind, .number = number});
}

void ask_for(enum action_kind kind, const char *path)
{
    app_act(app, &(struct action){.kind = kind, .text = path});
}

double wait_end(void)
{
    return clock_seconds() + 110; /* a sanitizer on a busy machine is twenty times as slow */
}

bool wait_a_frame(double end)
{
    usleep(5000);
    frame();
    return clock_seconds() < end;
}

struct app_setup usual_setup(void)
{
    return (struct app_setup){
        .host = {.log = keep_event, .load_picture = load_bar},
        .metrics = world_metrics.width ? world_metrics : robot_metrics,
        .kern = world_is_looked_at ? kern_at(0) : kern_best(),
        .threads = 1,
        .model = model_path,
        .data = data_path,
    };
}

void open_app(float width, float height)
{
    struct err err = {""};
    struct app_setup setup = usual_setup();
    app = app_new(&setup, &err);
    ck_assert_msg(app != NULL, "%s", err.text);
    memset(input, 0, sizeof *input);
    *input = (struct ui_input){.width = width, .height = height, .scale = 1, .now = 1000000};
    frame();
    frame();
}

void close_app(void)
{
    app_free(app);
    app = NULL;
}

void write_file(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    fclose(file);
}

/* A network that has learnt nothing reads as well as any for these tests. */
void write_model(const char *path, const char *words, const char *name)
{
    struct nn *net = nn_new(words, NULL);
    nn_init(net, NN_START_AUTO, 3);
    struct model *model = model_new(net, name, NULL);
    ck_assert_ptr_nonnull(model);
    ck_assert(model_save(model, path, NULL));
    model_free(model);
}

/* MNIST's files in small: the program's own digits. */
static void write_data(void)
{
    enum { COUNT = 300 };
    static unsigned char images[16 + COUNT * 784], labels[8 + COUNT];
    char path[400];
    memcpy(images, (unsigned char[]){0, 0, 8, 3, 0, 0, COUNT >> 8, COUNT & 255, 0, 0, 0, 28, 0, 0,
                                     0, 28}, 16);
    memcpy(labels, (unsigned char[]){0, 0, 8, 1, 0, 0, COUNT >> 8, COUNT & 255}, 8);
    for (int i = 0; i < COUNT; i++)
        labels[8 + i] = (unsigned char)synthetic_draw(7, (uint64_t)i, images + 16 + i * 784);
    mkdir(data_path, 0700);
    snprintf(path, sizeof path, "%s/train-images-idx3-ubyte", data_path);
    write_file(path, images, sizeof images);
    snprintf(path, sizeof path, "%s/train-labels-idx1-ubyte", data_path);
    write_file(path, labels, sizeof labels);
}

void make_world(void)
{
    strcpy(folder, "/tmp/inkling-test-XXXXXX"); /* another for each case */
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0); /* random input saves files, too */
    setenv("XDG_DATA_HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("XDG_STATE_HOME", folder, 1);
    unsetenv("INKLING_DATA");
    snprintf(model_path, sizeof model_path, "%s/tiny.safetensors", folder);
    snprintf(data_path, sizeof data_path, "%s/digits", folder);
    write_model(model_path, "conv 4 5x5 stride 2 relu, dense 10 softmax", "tiny");
    write_data();
}

void remove_world(void)
{
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

void set_up(void)
{
    input = calloc(1, sizeof *input);
    open_app(1280, 800);
}

void tear_down(void)
{
    char path[400];
    close_app();
    free(input);
    for (int i = 0; i < event_count; i++)
        json_decref(events[i]);
    event_count = 0;
    snprintf(path, sizeof path, "%s/inkling/settings.json", folder);
    remove(path);
    snprintf(path, sizeof path, "cd '%s/inkling' && rm -rf runs training.checkpoint*", folder);
    ck_assert_int_eq(system(path), 0);
}

/* ---- what a person does ---------------------------------------------------------------------- */

struct ui_rect rect_of(const char *name)
{
    const struct ui_control *control = ui_find_control(app->ui, name);
    ck_assert_msg(control != NULL, "there is no control %s", name);
    return control->rect;
}

void sample(enum ui_move_kind kind, enum ui_button button, float x, float y)
{
    input->moves[input->move_count++] = (struct ui_move){kind, button, x, y, 1, input->now};
}

void click(const char *name)
{
    struct ui_rect at = rect_of(name);
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2);
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2);
    frame();
}

void key(int which, unsigned mods)
{
    input->keys[input->key_count++] = (struct ui_key){which, mods};
    frame();
}

/* A straight stroke in parts of the canvas's side. */
void stroke(enum ui_button button, float x0, float y0, float x1, float y1)
{
    enum { STEPS = 20 };
    struct ui_rect at = rect_of("canvas");
    sample(UI_PRESS, button, at.x + x0 * at.w, at.y + y0 * at.h);
    for (int i = 1; i <= STEPS; i++) {
        float t = (float)i / STEPS;
        sample(UI_MOVE, button, at.x + (x0 + (x1 - x0) * t) * at.w,
               at.y + (y0 + (y1 - y0) * t) * at.h);
        if (i % 7 == 0)
            frame();
    }
    sample(UI_RELEASE, button, at.x + x1 * at.w, at.y + y1 * at.h);
    frame();
}

void drop(char *path)
{
    input->drops[input->drop_count++] = path;
}

bool text_is_shown(const char *text)
{
    for (size_t i = 0; i < shown.shapes->count; i++) {
        const struct ui_shape *shape = &shown.shapes->items[i];
        if (shape->kind == UI_SHAPE_TEXT && strstr(ui_shape_text(shown.shapes, shape), text))
            return true;
    }
    return false;
}

uint32_t stroke_count(void)
{
    return drawing_ink(app->canvas.drawing)->stroke_count;
}
