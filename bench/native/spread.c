/* The spread kernel's algorithms in C, for comparison (same hashes, same two phases, same layout).
   Commands on standard input, one a line; each answers "<nanoseconds> <checksum>":
     store HASH [plain]     8.4M contacts into an 8,000,000-bit bitmap
     decode HASH [plain]    zeros of 100,000 sources x 256 virtual bits
   HASH is mix64 or double32. Without "plain" the loops are cut so that gcc can vectorise them (blocks of 512 contacts;
   32-bit words, which AVX2 and AVX-512 gather); with it they are as one would first write them. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CONTACTS 8400000u
#define SOURCES 100000u
#ifndef BITS
#define BITS 8000000u
#endif
#define VIRTUAL 256u
#define BLOCK 512u
#define GOLDEN 0x9e3779b97f4a7c15ull
#define SEED 1ull

static uint32_t *sources, *destinations;
static uint64_t *keys;
static uint8_t *bitmap;
static uint32_t cells[BLOCK];

static inline uint64_t fmix64(uint64_t x) {
  x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdull;
  x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ull;
  return x ^ (x >> 33);
}
static inline uint32_t fmix32(uint32_t x) {
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}
static inline uint64_t ipv4_key(uint32_t address, uint64_t seed) {
  const uint32_t low = fmix32(address ^ (uint32_t)seed);
  return (uint64_t)fmix32(low ^ (uint32_t)(seed >> 32)) << 32 | low;
}
static inline uint32_t below(uint32_t h, uint32_t n) { return (uint32_t)(((uint64_t)h * n) >> 32); }
static inline uint32_t cell_mix64(uint64_t key, uint32_t d) {
  return below((uint32_t)(fmix64(key + GOLDEN * ((uint64_t)d + 1)) >> 32), BITS);
}
static inline uint32_t cell_double32(uint64_t key, uint32_t d) {
  return below((uint32_t)key + d * (((uint32_t)(key >> 32) | 1) + d * 0x9e3779b9u), BITS);
}

#define STORE(NAME, CELL)                                                            \
  static void NAME(void) {                                                           \
    const uint64_t seed = fmix64(SEED + GOLDEN);                                     \
    for (uint32_t first = 0; first < CONTACTS; first += BLOCK) {                     \
      const uint32_t n = CONTACTS - first < BLOCK ? CONTACTS - first : BLOCK;        \
      for (uint32_t i = 0; i < n; i++) {                                             \
        const uint64_t s = ipv4_key(sources[first + i], seed);              \
        const uint64_t d = ipv4_key(destinations[first + i], seed);         \
        cells[i] = CELL(s, below((uint32_t)d, VIRTUAL));                     \
      }                                                                              \
      for (uint32_t i = 0; i < n; i++) bitmap[cells[i] >> 3] |= 1u << (cells[i] & 7); \
    }                                                                                \
  }
STORE(store_mix64, cell_mix64)
STORE(store_double32, cell_double32)

/* The same, as one would first write it: one loop, one contact after the other. */
#define STORE_PLAIN(NAME, CELL)                                                  \
  static void NAME(void) {                                                       \
    const uint64_t seed = fmix64(SEED + GOLDEN);                                 \
    for (uint32_t i = 0; i < CONTACTS; i++) {                                    \
      const uint64_t s = ipv4_key(sources[i], seed);                             \
      const uint64_t d = ipv4_key(destinations[i], seed);                        \
      const uint32_t c = CELL(s, below((uint32_t)d, VIRTUAL));                   \
      bitmap[c >> 3] |= 1u << (c & 7);                                           \
    }                                                                            \
  }
STORE_PLAIN(store_plain_mix64, cell_mix64)
STORE_PLAIN(store_plain_double32, cell_double32)

#define DECODE(NAME, CELL)                                                          \
  static uint64_t NAME(void) {                                                      \
    uint64_t zeros = 0;                                                             \
    const uint32_t *words = (const uint32_t *)bitmap;                               \
    for (uint32_t i = 0; i < SOURCES; i++) {                                        \
      const uint64_t key = keys[i];                                                 \
      uint32_t ones = 0;                                                            \
      for (uint32_t d = 0; d < VIRTUAL; d++) {                                      \
        const uint32_t c = CELL(key, d);                                            \
        ones += (words[c >> 5] >> (c & 31)) & 1;                                    \
      }                                                                             \
      zeros += VIRTUAL - ones;                                                      \
    }                                                                               \
    return zeros;                                                                   \
  }
DECODE(decode_mix64, cell_mix64)
DECODE(decode_double32, cell_double32)

#define DECODE_PLAIN(NAME, CELL)                                                 \
  static uint64_t NAME(void) {                                                   \
    uint64_t zeros = 0;                                                          \
    for (uint32_t i = 0; i < SOURCES; i++) {                                     \
      uint32_t ones = 0;                                                         \
      for (uint32_t d = 0; d < VIRTUAL; d++) {                                   \
        const uint32_t c = CELL(keys[i], d);                                     \
        ones += (bitmap[c >> 3] >> (c & 7)) & 1;                                 \
      }                                                                          \
      zeros += VIRTUAL - ones;                                                   \
    }                                                                            \
    return zeros;                                                                \
  }
DECODE_PLAIN(decode_plain_mix64, cell_mix64)
DECODE_PLAIN(decode_plain_double32, cell_double32)

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

int main(void) {
  sources = malloc(CONTACTS * 4ull);
  destinations = malloc(CONTACTS * 4ull);
  keys = malloc(SOURCES * 8ull);
  bitmap = calloc(BITS / 8, 1);
  for (uint32_t i = 0; i < CONTACTS; i++) {
    sources[i] = (uint32_t)fmix64(2ull * i + 1) % 3500000u;
    destinations[i] = (uint32_t)fmix64(2ull * i + 2);
  }
  for (uint32_t i = 0; i < SOURCES; i++) keys[i] = ipv4_key(i, fmix64(SEED + GOLDEN));
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    const int store = strncmp(line, "store", 5) == 0;
    const int mix64 = strstr(line, "mix64") != NULL;
    uint64_t sum = 0;
    if (store) memset(bitmap, 0, BITS / 8);
    const int plain = strstr(line, "plain") != NULL;
    const uint64_t start = now();
    if (store && plain) (mix64 ? store_plain_mix64 : store_plain_double32)();
    else if (store) (mix64 ? store_mix64 : store_double32)();
    else if (plain) sum = (mix64 ? decode_plain_mix64 : decode_plain_double32)();
    else sum = (mix64 ? decode_mix64 : decode_double32)();
    const uint64_t time = now() - start;
    if (store) for (uint32_t i = 0; i < BITS / 8; i++) sum += (uint64_t)__builtin_popcount(bitmap[i]);
    printf("%llu %llu\n", (unsigned long long)time, (unsigned long long)sum);
    fflush(stdout);
  }
  return 0;
}
