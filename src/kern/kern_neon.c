/* SPDX-License-Identifier: MIT */
/* 64-bit ARM: 32 registers of four floats hold 12 x 2 or 14 x 1 sums. */
#define W          4
#define TALL       14
#define WIDE       12
#define TABLE      kern_neon
#define TABLE_NAME "neon"
#include "kern/simd.h"
