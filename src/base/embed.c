/* SPDX-License-Identifier: MIT */
/* embed.c -- turns a file into C, while the program is being built: embed ARRAY IN OUT.
 *
 * The bytes become an array of 64-bit numbers, because a compiler reads eight bytes in one number
 * several times faster than in eight.
 */
#include <inttypes.h>
#include <stdio.h>

enum { NUMBERS_IN_LINE = 5 };

static void write_numbers(FILE *in, FILE *out, const char *array)
{
    size_t size = 0;
    for (size_t got = 8, line = 0; got == 8; line++) {
        unsigned char bytes[8] = {0};
        uint64_t number = 0;
        got = fread(bytes, 1, sizeof bytes, in);
        size += got;
        for (int i = 7; i >= 0; i--)
            number = number << 8 | bytes[i];
        fprintf(out, "0x%016" PRIx64 "u,%s", number, line % NUMBERS_IN_LINE ? "" : "\n");
    }
    fprintf(out, "};\nconst size_t %s_size = %zu;\n", array, size);
}

int main(int argc, char **argv)
{
    FILE *in = argc == 4 ? fopen(argv[2], "rb") : NULL;
    FILE *out = in ? fopen(argv[3], "w") : NULL;
    if (!out) {
        fprintf(stderr, "usage: embed ARRAY FILE OUT.c\n");
        return 1;
    }
    fprintf(out, "#include <stddef.h>\n#include <stdint.h>\n"
                 "extern const uint64_t %s[];\n"
                 "extern const size_t %s_size;\n"
                 "const uint64_t %s[] = {", argv[1], argv[1], argv[1]);
    write_numbers(in, out, argv[1]);
    int failed = ferror(in) | fclose(out);
    fclose(in);
    return failed != 0;
}
