/* SPDX-License-Identifier: MIT */
#include "sys/font.h"

#include <SDL_ttf.h>
#include <fontconfig/fontconfig.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/language.h"
#include "base/text.h"

enum {
    FACES_MAX = 16,
    EM = 2048,          /* pixels per em at which widths are measured */
    CHARACTERS = 2048,  /* rooms for what is known about a character */
    PAIRS = 8192,       /* and about two neighbours */
    GLYPH_SETS = 512,   /* the glyph cache: a glyph can stand in any way of one set */
    GLYPH_WAYS = 8,
    GLYPH_BYTES = 8 << 20, /* beyond that the cache is emptied */
    GLYPH_PIXELS_MAX = 800,
};

/* A font file. It is opened twice, because setting a size throws away what SDL_ttf remembers. */
struct face {
    TTF_Font *measure; /* at EM pixels per em, not hinted */
    TTF_Font *draw;    /* at the size of the last glyph */
    int draw_size;     /* in 1/72 pixel per em */
    float ascent, height, digit; /* in em; digit: the advance of each digit */
};

/* Which face draws a character and how wide it is. */
struct known_character {
    uint64_t key; /* 0: empty */
    int face;
    uint32_t character;
    float advance, shift; /* em; shift puts a digit into the middle of its advance */
};

struct known_pair {
    uint64_t key;
    float kerning; /* em */
};

struct cached_glyph {
    uint64_t key, used; /* used: when, in calls of font_glyph */
    struct font_glyph glyph;
    uint8_t *coverage;
};

struct fonts {
    FcConfig *config;
    FcFontSet *sorted[UI_FONT_COUNT]; /* found when a character is first missed */
    struct face faces[FACES_MAX];     /* the first UI_FONT_COUNT are the fonts themselves */
    int face_count;
    struct known_character characters[CHARACTERS];
    struct known_pair pairs[PAIRS];
    struct cached_glyph glyphs[GLYPH_SETS][GLYPH_WAYS];
    uint64_t glyph_calls;
    size_t glyph_bytes;
};

/* ---- finding ------------------------------------------------------------------------------- */

static FcPattern *make_pattern(FcConfig *config, enum ui_font font)
{
    static const char *const sans[] = {"Inter", "Noto Sans", "DejaVu Sans", "sans-serif", NULL};
    static const char *const mono[] = {"JetBrains Mono", "DejaVu Sans Mono", "Noto Sans Mono",
                                       "monospace", NULL};
    FcPattern *pattern = FcPatternCreate();
    if (!pattern)
        return NULL;
    for (const char *const *name = font == UI_FONT_MONO ? mono : sans; *name; name++)
        FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)*name);
    FcPatternAddInteger(pattern, FC_WEIGHT,
                        font == UI_FONT_BOLD ? FC_WEIGHT_DEMIBOLD : FC_WEIGHT_REGULAR);
    FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcPatternAddBool(pattern, FC_VARIABLE, FcFalse);
    FcConfigSubstitute(config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    return pattern;
}

static void measure_face(struct face *face)
{
    int widest = 0;
    for (uint32_t c = '0'; c <= '9'; c++) {
        int advance = 0;
        if (TTF_GlyphMetrics32(face->measure, c, NULL, NULL, NULL, NULL, &advance) == 0)
            widest = advance > widest ? advance : widest;
    }
    face->digit = (float)widest / EM;
    face->ascent = (float)TTF_FontAscent(face->measure) / EM;
    face->height = face->ascent - (float)TTF_FontDescent(face->measure) / EM;
}

/* Adds the font of a fontconfig pattern to the faces; returns its index, or -1. */
static int open_face(struct fonts *fonts, const FcPattern *pattern)
{
    FcChar8 *path;
    int index = 0;
    if (fonts->face_count == FACES_MAX ||
        FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch)
        return -1;
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    struct face face = {0};
    face.measure = TTF_OpenFontIndexDPI((const char *)path, 1, index, EM * 72, EM * 72);
    face.draw = TTF_OpenFontIndex((const char *)path, 16, index);
    if (!face.measure || !face.draw) {
        TTF_CloseFont(face.measure);
        TTF_CloseFont(face.draw);
        return -1;
    }
    TTF_SetFontHinting(face.measure, TTF_HINTING_NONE);
    TTF_SetFontHinting(face.draw, TTF_HINTING_LIGHT);
    measure_face(&face);
    fonts->faces[fonts->face_count] = face;
    return fonts->face_count++;
}

static const FcFontSet *sort_fonts(struct fonts *fonts, enum ui_font font)
{
    if (!fonts->sorted[font]) {
        FcPattern *pattern = make_pattern(fonts->config, font);
        FcResult result;
        if (pattern)
            fonts->sorted[font] = FcFontSort(fonts->config, pattern, FcTrue, NULL, &result);
        FcPatternDestroy(pattern);
    }
    return fonts->sorted[font];
}

/* The best match, or else the first of the next best that can be opened. */
static bool open_font(struct fonts *fonts, enum ui_font font)
{
    FcPattern *pattern = make_pattern(fonts->config, font);
    if (!pattern)
        return false;
    FcResult result;
    FcPattern *match = FcFontMatch(fonts->config, pattern, &result);
    int face = match ? open_face(fonts, match) : -1;
    if (match)
        FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    const FcFontSet *set = face < 0 ? sort_fonts(fonts, font) : NULL;
    for (int i = 0; set && face < 0 && i < set->nfont; i++)
        face = open_face(fonts, set->fonts[i]);
    return face >= 0;
}

struct fonts *fonts_new(struct err *err)
{
    struct fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts) {
        err_memory(err, _("the fonts"));
        return NULL;
    }
    if (TTF_Init() != 0) {
        err_set(err, _("The font library does not start: %s."), TTF_GetError());
        free(fonts);
        return NULL;
    }
    fonts->config = FcInitLoadConfigAndFonts();
    bool ok = fonts->config != NULL;
    for (int font = 0; ok && font < UI_FONT_COUNT; font++)
        ok = open_font(fonts, font);
    if (!ok) {
        err_set(err, _("There is no font to write with; install one, such as the package "
                       "fonts-dejavu-core (apt-get install fonts-dejavu-core)."));
        fonts_free(fonts);
        return NULL;
    }
    return fonts;
}

static void empty_glyphs(struct fonts *fonts)
{
    for (int set = 0; set < GLYPH_SETS; set++)
        for (int way = 0; way < GLYPH_WAYS; way++)
            free(fonts->glyphs[set][way].coverage);
    memset(fonts->glyphs, 0, sizeof fonts->glyphs);
    fonts->glyph_bytes = 0;
}

void fonts_free(struct fonts *fonts)
{
    if (!fonts)
        return;
    empty_glyphs(fonts);
    for (int i = 0; i < fonts->face_count; i++) {
        TTF_CloseFont(fonts->faces[i].measure);
        TTF_CloseFont(fonts->faces[i].draw);
    }
    for (int i = 0; i < UI_FONT_COUNT; i++)
        if (fonts->sorted[i])
            FcFontSetDestroy(fonts->sorted[i]);
    if (fonts->config)
        FcConfigDestroy(fonts->config);
    TTF_Quit();
    free(fonts);
}

/* ---- characters ------------------------------------------------------------------------------ */

static bool face_has(const struct face *face, uint32_t character)
{
    return TTF_GlyphIsProvided32(face->measure, character) != 0;
}

/* The face that draws a character: the font's own, one that is open already, or a new one. */
static int find_face(struct fonts *fonts, enum ui_font font, uint32_t character)
{
    if (face_has(&fonts->faces[font], character))
        return font;
    for (int i = UI_FONT_COUNT; i < fonts->face_count; i++)
        if (face_has(&fonts->faces[i], character))
            return i;
    const FcFontSet *set = sort_fonts(fonts, font);
    for (int i = 0; set && i < set->nfont; i++) {
        FcCharSet *charset;
        if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &charset) != FcResultMatch ||
            !FcCharSetHasChar(charset, character))
            continue;
        int face = open_face(fonts, set->fonts[i]);
        if (face >= 0 && face_has(&fonts->faces[face], character))
            return face;
    }
    return -1;
}

/* What stands for a character that no font has. */
static uint32_t stand_in(uint32_t character)
{
    static const uint32_t pairs[][2] = {
        {0x2212, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x00d7, 'x'},  {0x00b7, '.'}, {0x2192, '>'},
        {0x2190, '<'}, {0x25be, 'v'}, {0x25b4, '^'}, {0x2026, '.'},  {0x00b5, 'u'}, {0x03bc, 'u'},
        {0x2081, '1'}, {0x2082, '2'}, {0x2713, '*'}, {0x2019, '\''}, {0x00a0, ' '}, {0x202f, ' '},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == character)
            return pairs[i][1];
    return character < ' ' ? ' ' : '?';
}

static bool is_digit(uint32_t character)
{
    return character >= '0' && character <= '9';
}

static const struct known_character *know_character(struct fonts *fonts, enum ui_font font,
                                                    uint32_t character)
{
    uint64_t key = (uint64_t)(font + 1) << 32 | character;
    struct known_character *known = &fonts->characters[hash_stir(key) % CHARACTERS];
    if (known->key == key)
        return known;
    int face = character < ' ' ? -1 : find_face(fonts, font, character);
    if (face < 0) {
        face = font;
        character = stand_in(character);
    }
    int advance = 0;
    TTF_GlyphMetrics32(fonts->faces[face].measure, character, NULL, NULL, NULL, NULL, &advance);
    *known = (struct known_character){key, face, character, (float)advance / EM, 0};
    if (is_digit(character)) {
        known->shift = (fonts->faces[face].digit - known->advance) / 2;
        known->advance = fonts->faces[face].digit;
    }
    return known;
}

static bool can_kern(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == ',' || c == '\'' ||
           (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7);
}

/* The width of one or two characters between spaces, so that no side bearing plays a part. */
static int measure_pair(TTF_Font *font, uint32_t a, uint32_t b)
{
    char text[12] = " ";
    size_t len = 1;
    len += a ? text_write_character(text + len, a) : 0;
    len += b ? text_write_character(text + len, b) : 0;
    text[len] = ' ';
    text[len + 1] = 0;
    int width = 0;
    TTF_SizeUTF8(font, text, &width, NULL);
    return width;
}

static float find_kerning(struct fonts *fonts, int face, uint32_t a, uint32_t b)
{
    if (face == UI_FONT_MONO || !can_kern(a) || !can_kern(b))
        return 0;
    uint64_t key = (uint64_t)(face + 1) << 42 | (uint64_t)a << 21 | b;
    struct known_pair *known = &fonts->pairs[hash_stir(key) % PAIRS];
    if (known->key != key) {
        TTF_Font *font = fonts->faces[face].measure;
        int kerning = measure_pair(font, a, b) - measure_pair(font, a, 0) -
                      measure_pair(font, b, 0) + measure_pair(font, 0, 0);
        *known = (struct known_pair){key, (float)kerning / EM};
    }
    return known->kerning;
}

/* ---- walking --------------------------------------------------------------------------------- */

/* Reads one character and moves *at beyond it; a broken byte is U+FFFD. */
static uint32_t read_character(const char *text, size_t len, size_t *at)
{
    uint32_t character = 0xfffd;
    size_t size = text_character_of(text + *at, len - *at, &character);
    *at += size > 0 ? size : 1;
    return size > 0 ? character : 0xfffd;
}

struct font_walk fonts_walk(struct fonts *fonts, enum ui_font font, float size, const char *text,
                            size_t len)
{
    return (struct font_walk){.fonts = fonts, .font = font, .size = size, .text = text, .len = len,
                              .face = -1};
}

bool font_next(struct font_walk *walk)
{
    if (walk->at >= walk->len)
        return false;
    uint32_t character = read_character(walk->text, walk->len, &walk->at);
    const struct known_character *known = know_character(walk->fonts, walk->font, character);
    if (walk->face == known->face)
        walk->end += walk->size * find_kerning(walk->fonts, known->face, walk->character,
                                               known->character);
    walk->face = known->face;
    walk->character = known->character;
    walk->x = walk->end + walk->size * known->shift;
    walk->end += walk->size * known->advance;
    return true;
}

float fonts_width(struct fonts *fonts, enum ui_font font, float size, const char *text, size_t len)
{
    struct font_walk walk = fonts_walk(fonts, font, size, text, len);
    while (font_next(&walk))
        ;
    return walk.end;
}

float fonts_ascent(struct fonts *fonts, enum ui_font font, float size)
{
    return size * fonts->faces[font].ascent;
}

float fonts_height(struct fonts *fonts, enum ui_font font, float size)
{
    return size * fonts->faces[font].height;
}

static float width_for_ui(void *user, enum ui_font font, float size, const char *text, size_t len)
{
    return fonts_width(user, font, size, text, len);
}

static float ascent_for_ui(void *user, enum ui_font font, float size)
{
    return fonts_ascent(user, font, size);
}

static float height_for_ui(void *user, enum ui_font font, float size)
{
    return fonts_height(user, font, size);
}

struct ui_metrics fonts_metrics(struct fonts *fonts)
{
    return (struct ui_metrics){fonts, width_for_ui, ascent_for_ui, height_for_ui};
}

/* ---- glyphs ---------------------------------------------------------------------------------- */

struct ink_box {
    int left, top, right, bottom; /* right and bottom are outside */
};

static uint8_t alpha_at(const SDL_Surface *surface, int x, int y)
{
    const uint8_t *row = (const uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch;
    return (uint8_t)(((const uint32_t *)(const void *)row)[x] >> 24);
}

static struct ink_box find_ink(const SDL_Surface *surface)
{
    struct ink_box box = {surface->w, surface->h, 0, 0};
    for (int y = 0; y < surface->h; y++)
        for (int x = 0; x < surface->w; x++)
            if (alpha_at(surface, x, y)) {
                box.left = x < box.left ? x : box.left;
                box.right = x >= box.right ? x + 1 : box.right;
                box.top = y < box.top ? y : box.top;
                box.bottom = y + 1;
            }
    return box;
}

static int divide_down(int a, int b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Averages FONT_PHASES columns of the wide glyph for each column of the final one. `origin` is the
 * column of the wide surface that is the glyph's origin, already moved by the phase. */
static bool squeeze_glyph(const SDL_Surface *wide, int origin, int baseline,
                          struct cached_glyph *cached)
{
    struct ink_box ink = find_ink(wide);
    struct font_glyph *glyph = &cached->glyph;
    if (ink.right <= ink.left)
        return true; /* a space */
    glyph->left = divide_down(ink.left - origin, FONT_PHASES);
    glyph->width = divide_down(ink.right - 1 - origin, FONT_PHASES) + 1 - glyph->left;
    glyph->top = ink.top - baseline;
    glyph->height = ink.bottom - ink.top;
    cached->coverage = calloc((size_t)glyph->width, (size_t)glyph->height);
    if (!cached->coverage)
        return false;
    for (int y = 0; y < glyph->height; y++)
        for (int x = 0; x < glyph->width; x++) {
            int sum = FONT_PHASES / 2, from = (glyph->left + x) * FONT_PHASES + origin;
            for (int i = from; i < from + FONT_PHASES; i++)
                sum += i >= 0 && i < wide->w ? alpha_at(wide, i, ink.top + y) : 0;
            cached->coverage[y * glyph->width + x] = (uint8_t)(sum / FONT_PHASES);
        }
    glyph->coverage = cached->coverage;
    return true;
}

/* SDL_ttf draws a glyph only at a whole pixel, so it is drawn several times as wide and squeezed
 * again: the coverage is exact, and the hinting, which is vertical only, stays. */
static bool draw_glyph(struct face *face, uint32_t character, int size, int phase,
                       struct cached_glyph *cached)
{
    if (face->draw_size != size) {
        if (TTF_SetFontSizeDPI(face->draw, 1, (unsigned)(size * FONT_PHASES), (unsigned)size) != 0)
            return false;
        face->draw_size = size;
    }
    int left, top;
    if (TTF_GlyphMetrics32(face->draw, character, &left, NULL, NULL, &top, NULL) != 0)
        return false;
    SDL_Surface *wide =
        TTF_RenderGlyph32_Blended(face->draw, character, (SDL_Color){255, 255, 255, 255});
    if (!wide)
        return false;
    int ascent = TTF_FontAscent(face->draw);
    int origin = left < 0 ? -left : 0; /* SDL_ttf moves what would stick out */
    int baseline = top > ascent ? top : ascent;
    bool ok = wide->format->BytesPerPixel == 4 &&
              squeeze_glyph(wide, origin - phase, baseline, cached);
    SDL_FreeSurface(wide);
    return ok;
}

/* The room of that key, or the one in its set that was not used for longest. */
static struct cached_glyph *find_room(struct fonts *fonts, uint64_t key)
{
    struct cached_glyph *set = fonts->glyphs[hash_stir(key) % GLYPH_SETS], *oldest = set;
    for (int i = 0; i < GLYPH_WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (set[i].used < oldest->used)
            oldest = &set[i];
    }
    return oldest;
}

const struct font_glyph *font_glyph(struct fonts *fonts, int face, uint32_t character, float pixels,
                                    int phase)
{
    pixels = clamp_float(pixels, 1, GLYPH_PIXELS_MAX);
    int size = (int)lrintf(pixels * 72);
    uint64_t key = ((uint64_t)size << 40 | (uint64_t)character << 16 | (uint64_t)face << 8 |
                    (uint64_t)phase) + 1;
    struct cached_glyph *cached = find_room(fonts, key);
    if (cached->key != key) {
        if (fonts->glyph_bytes > GLYPH_BYTES)
            empty_glyphs(fonts);
        else
            fonts->glyph_bytes -= (size_t)cached->glyph.width * (size_t)cached->glyph.height;
        free(cached->coverage);
        *cached = (struct cached_glyph){.key = key};
        draw_glyph(&fonts->faces[face], character, size, phase, cached);
        fonts->glyph_bytes += (size_t)cached->glyph.width * (size_t)cached->glyph.height;
    }
    cached->used = ++fonts->glyph_calls;
    return cached->coverage ? &cached->glyph : NULL;
}
