/* app_training.h -- short trainings in the world of app_world.h. */
#ifndef TESTS_APP_TRAINING_H
#define TESTS_APP_TRAINING_H

#include "app/shell/state.h"

/* The book's, with 100 images held back. */
struct recipe small_recipe(int epochs);
void start_training(int epochs);

/* Lets frames pass until no data is being loaded. */
void wait_for_data(void);

/* Let frames pass until the run is in that stage, or has done so many epochs. */
void wait_for_stage(enum training_stage stage);
void wait_for_epoch(int epochs);

#endif
