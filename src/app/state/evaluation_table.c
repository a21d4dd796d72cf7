/* SPDX-License-Identifier: MIT */
#include "app/state/evaluation_table.h"

#include <stdlib.h>

#include "app/state/evaluating.h"
#include "app/state/robustness.h"
#include "base/buffer.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "eval/evaluate.h"

static void print_matrix(struct buffer *buffer, const struct evaluation *figures)
{
    buffer_print(buffer, "label,0,1,2,3,4,5,6,7,8,9,accuracy,standard error\n");
    for (int label = 0; label < VERDICT_CLASSES; label++) {
        const uint32_t *row = figures->confusion[label];
        uint32_t all = 0;
        buffer_print(buffer, "%d", label);
        for (int answer = 0; answer < VERDICT_CLASSES; answer++) {
            buffer_print(buffer, ",%u", row[answer]);
            all += row[answer];
        }
        double part = all ? (double)row[label] / all : 0;
        buffer_print(buffer, ",%.6f,%.6f\n", part, evaluate_error(part, all));
    }
}

static void print_bins(struct buffer *buffer, const struct calibrate_report *verdicts)
{
    buffer_print(buffer, "\nconfidence from,to,answers,right,mean confidence\n");
    for (int i = 0; i < CALIBRATE_BINS; i++) {
        const struct calibrate_bin *bin = &verdicts->bins[i];
        buffer_print(buffer, "%.4f,%.4f,%u,%u,%.6f\n", (double)i / CALIBRATE_BINS,
                     (i + 1.0) / CALIBRATE_BINS, bin->count, bin->correct,
                     bin->count ? bin->confidence / bin->count : 0);
    }
}

static bool save_buffer(struct buffer *buffer, const char *path, struct err *err)
{
    struct files_part part = {0};
    char *text = buffer_take(buffer, &part.size);
    part.data = text;
    bool saved = text ? files_write(path, &part, 1, err) : err_memory(err, _("the table"));
    free(text);
    return saved;
}

bool evaluation_table_save(const struct evaluated *result, const char *path, struct err *err)
{
    const struct evaluation *figures = &result->measure.figures;
    const struct calibrate_report *verdicts = &result->measure.verdicts;
    struct buffer buffer = {0};
    buffer_print(&buffer, "# model %s\n# images %s, %s\n", result->model, result->set->name,
                 evaluating_set_name(result->which));
    buffer_print(&buffer, "# accuracy %.6f, standard error %.6f, mean cost %.6f\n",
                 figures->accuracy, figures->error, figures->cost);
    buffer_print(&buffer,
                 "# sure %u, of which %u right; doubtful %u; no digit %u; calibration error "
                 "%.6f\n",
                 verdicts->count[VERDICT_SURE], verdicts->sure_correct,
                 verdicts->count[VERDICT_DOUBTFUL], verdicts->count[VERDICT_NO_DIGIT],
                 verdicts->error);
    print_matrix(&buffer, figures);
    print_bins(&buffer, verdicts);
    return save_buffer(&buffer, path, err);
}

static void print_subject(struct buffer *buffer, const struct robust_figures *figures)
{
    buffer_print(buffer, "# %s on %u images, %s, undisturbed accuracy %.6f\n", figures->model,
                 figures->count, evaluating_set_name(figures->which), figures->plain);
}

static void print_robust(struct buffer *buffer, const struct robust_figures *figures)
{
    for (int i = 0; i < ROBUST_READINGS; i++) {
        enum disturb_kind kind = (enum disturb_kind)(i / DISTURB_STRENGTHS);
        int strength = i % DISTURB_STRENGTHS;
        const struct evaluation *read = &figures->result.figures[kind][strength];
        buffer_print(buffer, "%s,%s,%g,%s,%.6f,%.6f\n", figures->model, disturb_name(kind),
                     (double)disturb_amount(kind, strength), disturb_unit(kind), read->accuracy,
                     read->error);
    }
}

bool robust_table_save(const struct robust_figures *figures, const struct robust_figures *other,
                       const char *path, struct err *err)
{
    struct buffer buffer = {0};
    print_subject(&buffer, figures);
    if (other)
        print_subject(&buffer, other);
    buffer_print(&buffer, "model,disturbance,amount,unit,accuracy,standard error\n");
    print_robust(&buffer, figures);
    if (other)
        print_robust(&buffer, other);
    return save_buffer(&buffer, path, err);
}

bool images_table_save(const struct evaluated *result, const uint32_t *images, uint32_t count,
                       const char *path, struct err *err)
{
    struct buffer buffer = {0};
    buffer_print(&buffer, "# model %s\n# images %s, %s\n", result->model, result->set->name,
                 evaluating_set_name(result->which));
    buffer_print(&buffer, "image,label,answer,confidence,verdict\n");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t image = images[i];
        enum verdict verdict = (enum verdict)result->verdict[image];
        buffer_print(&buffer, "%u,%u,%u,%.6f,%s\n", image, (unsigned)result->set->labels[image],
                     (unsigned)result->best[image], (double)result->confidence[image],
                     verdict_name(verdict, result->measure.guesses));
    }
    return save_buffer(&buffer, path, err);
}
