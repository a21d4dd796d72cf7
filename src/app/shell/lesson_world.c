/* SPDX-License-Identifier: MIT */
#include "app/shell/lesson_world.h"

#include "app/shell/state.h"
#include "ink/fit.h"
#include "model/model.h"

struct stage_world lesson_world(struct app *app)
{
    const struct ink_fit *fit = &app->canvas.fit;
    const struct model *model = app->models.current;
    if (fit->any)
        for (int i = 0; i < FIT_LEN; i++)
            app->lesson_drawing[i] = (float)fit->pixels[i] / 255;
    return (struct stage_world){
        .kern = app->kern,
        .wake = app->host.wake,
        .user = app->host.user,
        .net = model ? model->net : NULL,
        .net_number = app->models.number,
        .train = library_train(app->library),
        .test = library_test(app->library),
        .data_number = library_number(app->library),
        .drawn = library_drawn(app->library),
        .drawing = fit->any ? app->lesson_drawing : NULL,
    };
}
