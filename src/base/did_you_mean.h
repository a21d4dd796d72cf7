/* did_you_mean.h -- "did you mean": the word that was probably meant by a mistyped one. */
#ifndef BASE_DID_YOU_MEAN_H
#define BASE_DID_YOU_MEAN_H

/* The word among `count` that is nearest to `typed`, at most two letters away and not all of
 * its own, or NULL where none is near. The words stand `stride` bytes apart, the first pointer to
 * one at `words`. */
const char *did_you_mean(const char *typed, const void *words, int count, unsigned long stride);

#endif
