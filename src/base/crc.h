/* crc.h -- CRC-32 as zip files, PNG and our own files have it: 0 to begin with, then piece by
 * piece.
 */
#ifndef BASE_CRC_H
#define BASE_CRC_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc_add(uint32_t crc, const void *data, size_t size);

#endif
