/* workbench_stage.h -- a network of one's own, trained here: its words, the settings of its
 * training, what its first layer looks for while it learns, and what came of earlier trainings.
 *
 *   set     net                 the network in words (nn.h)
 *           typed               the same as it is being typed: may be wrong as yet
 *           hidden              784-N-10 with so many hidden neurons
 *           recipe              all settings: 0 the book's (nielsen-30), 1 swift's
 *           eta, batch, epochs  learning rate, size of a mini-batch, epochs
 *           cost, start         0 quadratic, 1 cross-entropy; 0 the book's normal, 1 He and Glorot
 *           images              to learn from; 0: all but those held back
 *           pace                seconds that an epoch takes at least
 *           go                  trains; again: stop
 *   figures accuracy, cost-now  of the images held back, of the training under way or the last one
 *           epoch, seconds      of it
 *           params, effort      weights and biases, multiplications for an image
 *           runs, top           trainings that came to their end on this page, and their best
 *                               accuracy, in percent
 *           changed             how many of hidden, eta, batch, cost and start are not the book's
 *           top-one             the best with one thing changed
 *           top-small           the best with fewer than 10,000 weights
 *           top-quick           the best in less than ten seconds
 *           held                images held back
 */
#ifndef APP_STAGE_WORKBENCH_STAGE_H
#define APP_STAGE_WORKBENCH_STAGE_H

#include "app/stage/workbench.h"

extern const struct stage_kind workbench_stage_kind;

/* The accuracy that it ended with, 0 to 1; NAN: none yet. */
double workbench_run_accuracy(const struct workbench_run *run);

#endif
