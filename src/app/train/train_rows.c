/* SPDX-License-Identifier: MIT */
#include "app/train/train_rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clamp.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ui/format.h"

/* Sizes in points. */
enum {
    LABEL_WIDTH = 100,
    PAIR_LABEL_WIDTH = 80,
    PAIR_SECOND_LABEL_WIDTH = 56,
    GAP_LEAST = 4, /* between rows */
    GAP_MOST = 10,
    RING = 4,      /* what the ring of the focus needs at the sides */
    NET_SIZE = 13, /* of the letters in the network's words, as a mono field has them */
    NET_LINE = 20,
    NET_INSIDE = 16, /* above and below its lines together */
    NET_SIDES = 20,
    NET_MARK = 16, /* the mark of what is wrong */
    NET_LINES_LEAST = 2,
    NET_LINES_MOST = 8,
};

#define SEED_MOST 9007199254740992.0 /* the last whole number that a double is sure of */

/* ---- parts of a row ------------------------------------------------------------------------ */

/* Writes the label at the left and returns the rest. */
static struct ui_rect label_row(struct train_rows *rows, struct ui_rect rect, const char *label)
{
    ui_label(rows->ui, ui_cut_left(&rect, LABEL_WIDTH), UI_QUIET, label);
    return rect;
}

static bool show_select(struct train_rows *rows, const char *name, struct ui_rect rect,
                        const char *label, const char *const *items, int count, int *chosen,
                        const char *tip)
{
    bool changed = ui_select(rows->ui, name, rect, label, items, count, chosen, rows->fixed);
    ui_tip(rows->ui, tip);
    return changed;
}

/* Says what became of a number that was not taken as it stands. */
static void note_refused(struct train_rows *rows, double value, const struct ui_number *number)
{
    const char *typed = ui_refused(rows->ui);
    if (!typed)
        return;
    rows->refused = true;
    rows->settings->refused_since = 0;
    snprintf(rows->settings->refused, sizeof rows->settings->refused,
             _("%s: \u201c%.20s\u201d is no %snumber from %s to %s, so it is %s."), number->label,
             typed, number->digits == 0 ? "whole " : "", ui_plain(number->min).text,
             ui_plain(number->max).text, ui_plain(value).text);
}

static bool show_number_as(struct train_rows *rows, const char *name, struct ui_rect rect,
                           double *value, struct ui_number number, const char *tip, unsigned flags)
{
    bool changed = ui_number(rows->ui, name, rect, value, &number, flags);
    note_refused(rows, *value, &number);
    ui_tip(rows->ui, tip);
    return changed;
}

static bool show_number(struct train_rows *rows, const char *name, struct ui_rect rect,
                        double *value, struct ui_number number, const char *tip)
{
    return show_number_as(rows, name, rect, value, number, tip, rows->fixed);
}

/* A row for a setting that is a float. */
static void show_real(struct train_rows *rows, const char *name, struct ui_rect rect, float *value,
                      struct ui_number number, const char *tip)
{
    double decimal = train_form_decimal(*value);
    rect = label_row(rows, rect, number.label);
    number.digits = -1;
    if (show_number(rows, name, rect, &decimal, number, tip)) {
        *value = (float)decimal;
        train_form_check(rows->form);
    }
}

/* ---- the network --------------------------------------------------------------------------- */

static void show_network_heading(struct train_rows *rows, struct ui_rect rect)
{
    ui_heading(rows->ui, rect, _("Network"));
}

static void show_recipe(struct train_rows *rows, struct ui_rect rect)
{
    struct train_form *form = rows->form;
    enum { RECIPES_MAX = 16 };
    const char *names[RECIPES_MAX];
    char changed[48], tip[sizeof form->recipe.about + 64];
    int chosen = train_form_recipe(form), began = chosen;
    int count = recipe_count() < RECIPES_MAX ? recipe_count() : RECIPES_MAX;
    for (int i = 0; i < count; i++)
        names[i] = recipe_at(i)->name;
    if (form->changed && chosen >= 0) {
        snprintf(changed, sizeof changed, "%s, changed", form->recipe.name);
        names[chosen] = changed;
    }
    rect = label_row(rows, rect, _("Recipe"));
    snprintf(tip, sizeof tip, _("%s\nA recipe fills in everything below."), _(form->recipe.about));
    show_select(rows, "recipe", rect, _("Recipe"), names, count, &chosen, tip);
    if (chosen != began)
        train_form_choose(form, recipe_at(chosen), form->images);
}

static void show_net(struct train_rows *rows, struct ui_rect rect)
{
    struct train_form *form = rows->form;
    struct ui_field field = {
        .label = _("Network in words"),
        .placeholder = "784-30-10",
        .error = form->net_error.text[0] ? form->net_error.text : NULL,
    };
    unsigned event = ui_field(rows->ui, "net", rect, form->net, sizeof form->net, &field,
                              UI_LINES | UI_MONO | rows->fixed);
    if (!field.error)
        ui_tip(rows->ui,
               _("The layers from the picture to the ten answers, one on each line: dense, "
                 "conv, maxpool, dropout. 784-30-10 is the book's: 784 pixels, 30 hidden "
                 "neurons, 10 answers."));
    if (event & UI_FIELD_CHANGED)
        train_form_check(form);
}

/* What the network amounts to, or what is wrong with its words. */
static void show_net_note(struct train_rows *rows, struct ui_rect rect)
{
    const struct train_form *form = rows->form;
    char summary[100];
    if (form->net_error.text[0]) {
        ui_wrapped(rows->ui, rect, UI_SECOND | UI_LITTLE, form->net_error.text);
        return;
    }
    train_form_summary(form, summary, sizeof summary);
    ui_label(rows->ui, rect, UI_QUIET | UI_LITTLE | UI_FIGURES, summary);
    ui_area(rows->ui, "net-summary", rect, UI_ROLE_VALUE, summary);
    ui_tip(rows->ui, form->layers);
}

/* Lines that the field needs for its text: long ones are broken. */
static int count_lines(const char *text, int letters)
{
    int lines = 0;
    for (;;) {
        int len = (int)strcspn(text, "\n");
        lines += len > letters ? (len + letters - 1) / letters : 1;
        if (!text[len])
            return lines;
        text += len + 1;
    }
}

static float net_height(const struct train_rows *rows)
{
    const struct ui_metrics *metrics = ui_metrics(rows->ui);
    float letter = metrics->width(metrics->user, UI_FONT_MONO, NET_SIZE, "0", 1);
    float room = rows->width - NET_SIDES - (rows->form->net_error.text[0] ? NET_MARK : 0);
    int letters = (int)(room / fmaxf(letter, 1));
    int lines = count_lines(rows->form->net, letters > 1 ? letters : 1);
    lines = lines < NET_LINES_LEAST ? NET_LINES_LEAST : lines;
    lines = lines > NET_LINES_MOST ? NET_LINES_MOST : lines;
    return (float)(NET_INSIDE + NET_LINE * lines);
}

static float note_height(const struct train_rows *rows)
{
    const char *error = rows->form->net_error.text;
    if (!error[0])
        return UI_LINE;
    return ui_wrapped_height(rows->ui, rows->width, UI_LITTLE, error) + UI_STEP;
}

/* ---- learning ------------------------------------------------------------------------------ */

static void show_learning_heading(struct train_rows *rows, struct ui_rect rect)
{
    ui_cut_top(&rect, UI_STEP);
    ui_heading(rows->ui, rect, _("Learning"));
}

static void show_data(struct train_rows *rows, struct ui_rect rect)
{
    enum { USUAL, SYNTHETIC, FOLDER, COUNT };
    static const enum action_kind kinds[] = {ACT_DATA_USUAL, ACT_DATA_SYNTHETIC, ACT_DATA};
    const char *items[COUNT] = {_("the usual places"), _("synthetic digits"), "a folder\u2026"};
    enum library_source source = rows->facts->source;
    int chosen = source == LIBRARY_SYNTHETIC ? SYNTHETIC
                 : source == LIBRARY_FOLDER  ? FOLDER
                                             : USUAL;
    int was = chosen;
    if (chosen == USUAL && rows->facts->drawn)
        items[USUAL] = _("none found: synthetic");
    else if (chosen != SYNTHETIC)
        items[chosen] = rows->facts->data;
    rect = label_row(rows, rect, _("Data"));
    show_select(
        rows, "train-data", rect, _("Data"), items, COUNT, &chosen,
        _("The labelled pictures to learn from: MNIST's 60,000 digits where they are found, "
          "digits that the program draws by itself, or a folder of IDX files."));
    if (chosen != was)
        action_add(rows->actions, kinds[chosen]);
}

static void show_cost(struct train_rows *rows, struct ui_rect rect)
{
    const char *const items[] = {nn_cost_name(NN_QUADRATIC), nn_cost_name(NN_CROSS_ENTROPY)};
    int chosen = (int)rows->form->recipe.cost;
    rect = label_row(rows, rect, _("Cost"));
    if (show_select(rows, "cost", rect, _("Cost"), items, 2, &chosen,
                    _("The measure of error that learning makes small. quadratic is the book's; "
                      "cross-entropy learns faster where the network is badly wrong."))) {
        rows->form->recipe.cost = (enum nn_cost)chosen;
        train_form_check(rows->form);
    }
}

static void show_optimiser(struct train_rows *rows, struct ui_rect rect)
{
    const char *const items[] = {optim_name(OPTIM_SGD), optim_name(OPTIM_MOMENTUM),
                                 optim_name(OPTIM_ADAM)};
    int chosen = (int)rows->form->recipe.optim.kind;
    rect = label_row(rows, rect, _("Optimiser"));
    if (show_select(rows, "optimiser", rect, _("Optimiser"), items, 3, &chosen,
                    _("How the slope of the cost becomes a step. sgd goes straight downhill, as in "
                      "the book; momentum keeps rolling; adam gives each weight a step of its own "
                      "length.")))
        train_form_set_optimiser(rows->form, (enum optim_kind)chosen);
}

static void show_schedule(struct train_rows *rows, struct ui_rect rect)
{
    const char *const items[] = {schedule_name(SCHEDULE_CONSTANT),
                                 schedule_name(SCHEDULE_ONE_CYCLE),
                                 schedule_name(SCHEDULE_TRIANGLE)};
    struct schedule *schedule = &rows->form->recipe.schedule;
    int chosen = (int)schedule->kind;
    rect = label_row(rows, rect, _("Schedule"));
    if (!show_select(
            rows, "schedule", rect, _("Schedule of the learning rate"), items, SCHEDULE_KINDS,
            &chosen,
            _("constant keeps the learning rate. one-cycle rises to it and then falls to "
              "almost nothing, so that the last steps settle in the valley; triangle does so in "
              "straight lines.")))
        return;
    schedule->kind = (enum schedule_kind)chosen;
    if (schedule->kind != SCHEDULE_CONSTANT && schedule->rising == 0)
        schedule->rising = 0.25f;
    train_form_check(rows->form);
}

/* The one setting that can be changed while a run is under way. */
static void show_rate(struct train_rows *rows, struct ui_rect rect)
{
    const struct ui_number number = {
        .label = _("Learning rate"), .min = 1e-6, .max = 1000, .digits = -1, .times = true};
    float *value = &rows->form->recipe.schedule.rate;
    double rate = train_form_decimal(*value);
    rect = label_row(rows, rect, _("Learning rate"));
    if (show_number_as(rows, "rate", rect, &rate, number,
                       _("The length of each step downhill, the book's eta. Too small is slow; too "
                         "large leaps over the valley. It can be changed while the training runs."),
                       rows->facts->live ? 0 : rows->fixed)) {
        *value = (float)rate;
        train_form_check(rows->form);
        if (rows->facts->live)
            action_add_number(rows->actions, ACT_RATE, rate);
    }
}

static void show_batch(struct train_rows *rows, struct ui_rect rect)
{
    double batch = rows->form->recipe.batch;
    struct ui_number number = {
        .label = "Mini-batch", .min = 1, .max = RECIPE_BATCH_MAX, .times = true};
    if (show_number(rows, "batch", rect, &batch, number,
                    _("How many images are looked at for each step. Small ones step often and "
                      "noisily, large ones seldom and surely."))) {
        rows->form->recipe.batch = (int)batch;
        train_form_check(rows->form);
    }
}

static void show_epochs(struct train_rows *rows, struct ui_rect rect)
{
    double epochs = rows->form->recipe.epochs;
    struct ui_number number = {.label = _("Epochs"), .min = 1, .max = RECIPE_EPOCHS_MAX, .step = 1};
    if (show_number(rows, "epochs", rect, &epochs, number,
                    _("How many times the network goes through all the training images."))) {
        rows->form->recipe.epochs = (int)epochs;
        train_form_check(rows->form);
    }
}

static void show_batch_and_epochs(struct train_rows *rows, struct ui_rect rect)
{
    struct ui_rect right = rect, left = ui_cut_left(&right, floorf(rect.w / 2));
    ui_label(rows->ui, ui_cut_left(&left, PAIR_LABEL_WIDTH), UI_QUIET, _("Mini-batch"));
    show_batch(rows, left);
    ui_cut_left(&right, 3 * UI_STEP);
    ui_label(rows->ui, ui_cut_left(&right, PAIR_SECOND_LABEL_WIDTH), UI_QUIET, _("Epochs"));
    show_epochs(rows, right);
}

static void show_augment(struct train_rows *rows, struct ui_rect rect)
{
    const char *items[TRAIN_AUGMENT_COUNT];
    char tip[AUGMENT_WORDS_MAX + 240];
    for (int i = 0; i < TRAIN_AUGMENT_COUNT; i++)
        items[i] = train_augment_name((enum train_augment)i);
    int chosen = (int)train_form_augment(rows->form);
    rect = label_row(rows, rect, _("Augmentation"));
    snprintf(tip, sizeof tip,
             _("Shows every image a little shifted, turned or bent, anew each time, so that the "
               "network learns digits rather than pixels. Now: %s."),
             rows->form->augment);
    if (show_select(rows, "augment", rect, _("Augmentation"), items, TRAIN_AUGMENT_COUNT, &chosen,
                    tip))
        train_form_set_augment(rows->form, (enum train_augment)chosen);
}

static void show_augment_words(struct train_rows *rows, struct ui_rect rect)
{
    struct train_form *form = rows->form;
    struct ui_field field = {
        .label = _("Augmentation in words"),
        .placeholder = "shift 2 rotate 10",
        .error = form->augment_error.text[0] ? form->augment_error.text : NULL,
    };
    unsigned event = ui_field(rows->ui, "augment-words", rect, form->augment, sizeof form->augment,
                              &field, UI_MONO | rows->fixed);
    if (!field.error)
        ui_tip(rows->ui, _("How much of each, in pixels, degrees or parts: shift 2 rotate 10 scale "
                           "0.1 shear 0.1 aspect 0.1 elastic 1 thick 0.5"));
    if (event & UI_FIELD_CHANGED) {
        form->custom_augment = true;
        train_form_check(form);
    }
}

static void show_hold_back(struct train_rows *rows, struct ui_rect rect)
{
    double images = rows->form->recipe.hold_back;
    struct ui_number number = {
        .label = _("Images held back"), .min = 0, .max = DATASET_COUNT_MAX, .step = 1000};
    rect = label_row(rows, rect, _("Held back"));
    if (show_number(
            rows, "hold-back", rect, &images, number,
            _("The last so many training images are kept from learning and judge it instead: "
              "the validation curve. Where it falls behind the training curve, the network "
              "learns by heart."))) {
        rows->form->recipe.hold_back = (uint32_t)images;
        train_form_check(rows->form);
    }
}

static void show_seed(struct train_rows *rows, struct ui_rect rect)
{
    double seed = (double)rows->form->recipe.seed;
    struct ui_number number = {.label = _("Seed"), .min = 0, .max = SEED_MOST, .step = 1};
    rect = label_row(rows, rect, _("Seed"));
    if (show_number(rows, "seed", rect, &seed, number,
                    _("Where chance begins: the same seed gives the same weights, to the bit. Try "
                      "another to see how much of a result is luck."))) {
        rows->form->recipe.seed = (uint64_t)seed;
        train_form_check(rows->form);
    }
}

/* ---- what is seldom changed ---------------------------------------------------------------- */

static void show_more_button(struct train_rows *rows, struct ui_rect rect)
{
    const char *label = rows->settings->more ? _("Fewer settings") : _("More settings");
    rect.w = fminf(rect.w, ui_button_width(rows->ui, label, UI_LITTLE));
    if (ui_button(rows->ui, "more", rect, label, UI_LITTLE))
        rows->settings->more = !rows->settings->more;
    ui_tip(rows->ui, _("How weights start, momentum, weight decay, label smoothing and averaging"));
}

static void show_start_weights(struct train_rows *rows, struct ui_rect rect)
{
    static const char *const items[] = {"book", "auto"};
    int chosen = (int)rows->form->recipe.start;
    rect = label_row(rows, rect, _("First weights"));
    if (show_select(
            rows, "start-weights", rect, _("First weights"), items, 2, &chosen,
            _("book draws the first weights from a standard normal; auto makes them smaller "
              "where a neuron has many inputs, so that learning begins at once."))) {
        rows->form->recipe.start = (enum nn_start)chosen;
        train_form_check(rows->form);
    }
}

static void show_momentum(struct train_rows *rows, struct ui_rect rect)
{
    show_real(rows, "momentum", rect, &rows->form->recipe.optim.beta1,
              (struct ui_number){.label = _("Momentum"), .max = 0.9999, .step = 0.05},
              _("How much of the last step goes on in the next one: with 0.9 a step carries ten "
                "steps far."));
}

static void show_decay(struct train_rows *rows, struct ui_rect rect)
{
    show_real(
        rows, "decay", rect, &rows->form->recipe.optim.decay,
        (struct ui_number){.label = _("Weight decay"), .max = 10, .step = 0.005},
        _("Each step draws the weights this much towards 0, so that none grows without need."));
}

static void show_l2(struct train_rows *rows, struct ui_rect rect)
{
    show_real(
        rows, "l2", rect, &rows->form->recipe.optim.l2,
        (struct ui_number){.label = "L2", .max = 10, .step = 0.0001},
        _("Makes large weights costly, as the book's lambda divided by the number of images."));
}

static void show_smoothing(struct train_rows *rows, struct ui_rect rect)
{
    show_real(rows, "smoothing", rect, &rows->form->recipe.smoothing,
              (struct ui_number){.label = _("Smoothing"), .max = 0.5, .step = 0.05},
              _("Asks for a little less than certainty: with 0.1 the right answer is to be 0.91 "
                "rather than 1."));
}

static void show_averaging(struct train_rows *rows, struct ui_rect rect)
{
    show_real(
        rows, "averaging", rect, &rows->form->recipe.averaging,
        (struct ui_number){.label = _("Averaging"), .max = 0.99999, .step = 0.001},
        _("Keeps a running mean of the weights, which is judged and saved instead of the last "
          "ones; 0.99 looks a hundred steps back, 0 is off."));
}

/* ---- all rows ------------------------------------------------------------------------------ */

static void add_row(struct train_rows *rows, void (*show)(struct train_rows *, struct ui_rect),
                    float height)
{
    rows->row[rows->count++] = (struct train_row){show, height};
    rows->height += height;
}

static void list_rows(struct train_rows *rows)
{
    add_row(rows, show_network_heading, UI_HEADING - UI_GAP);
    add_row(rows, show_recipe, UI_ROW);
    add_row(rows, show_net, net_height(rows));
    add_row(rows, show_net_note, note_height(rows));
    add_row(rows, show_learning_heading, UI_HEADING - UI_STEP);
    add_row(rows, show_data, UI_ROW);
    add_row(rows, show_cost, UI_ROW);
    add_row(rows, show_optimiser, UI_ROW);
    add_row(rows, show_rate, UI_ROW);
    add_row(rows, show_schedule, UI_ROW);
    add_row(rows, show_batch_and_epochs, UI_ROW);
    add_row(rows, show_augment, UI_ROW);
    if (train_form_augment(rows->form) == TRAIN_AUGMENT_CUSTOM)
        add_row(rows, show_augment_words, UI_ROW);
    add_row(rows, show_hold_back, UI_ROW);
    add_row(rows, show_seed, UI_ROW);
    if (rows->settings->more || !rows->facts->busy)
        add_row(rows, show_more_button, UI_HEADING);
    if (!rows->settings->more)
        return;
    add_row(rows, show_start_weights, UI_ROW);
    if (rows->form->recipe.optim.kind != OPTIM_SGD)
        add_row(rows, show_momentum, UI_ROW);
    add_row(rows, show_decay, UI_ROW);
    add_row(rows, show_l2, UI_ROW);
    add_row(rows, show_smoothing, UI_ROW);
    add_row(rows, show_averaging, UI_ROW);
}

void train_rows_show(struct train_rows *rows, struct ui_rect rect)
{
    list_rows(rows);
    float gap = floorf((rect.h - rows->height) / (float)(rows->count - 1));
    gap = clamp_float(gap, GAP_LEAST, GAP_MOST);
    float content = rows->height + gap * (float)(rows->count - 1);
    struct ui_rect view = ui_inset_xy(rect, -RING, 0);
    rect = ui_scroll_begin(rows->ui, "train-settings", view, content, &rows->settings->scroll);
    rect = ui_inset_xy(rect, RING, 0);
    for (int i = 0; i < rows->count; i++) {
        rows->row[i].show(rows, ui_cut_top(&rect, rows->row[i].height));
        ui_cut_top(&rect, gap);
    }
    ui_scroll_end(rows->ui);
}
