/* The cover kernel's greedy maximum coverage in C, for comparison: 2000 sets over 10^6 elements as rows of 64-bit words.
   Commands on standard input, one a line; each answers "<nanoseconds> <weight covered>":
     row K     every gain anew at every pick, one row after the other
     four K    the same, four rows sharing each word of what is left
     lazy K    first gains four rows at a time, then only those that a heap of outdated gains brings to the top (CELF)
   The sets are make_sets's: the benchmark makes the same ones. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef SETS
#define SETS 2000u
#endif
#ifndef ELEMENTS
#define ELEMENTS 1000000u
#endif
#define WORDS ((ELEMENTS + 63u) / 64u)

static uint64_t *rows, *rest;
static double gains[SETS];
static uint32_t heap[SETS + 1], stamps[SETS], list[SETS];

/* Set i's words are the AND of 2 to 10 random ones: half of the sets hold 1/1024 of the elements, a quarter 1/512, and so
   on; 1 in 256 holds a quarter of them. */
static uint32_t state;
static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}
static void make_sets(void) {
  state = 2463534242u;
  for (uint32_t i = 0; i < SETS; i++) {
    const uint32_t ands = 10u - (uint32_t)__builtin_ctz(i | 256u);
    uint32_t *row = (uint32_t *)(rows + (size_t)i * WORDS);
    for (uint32_t w = 0; w < 2 * WORDS; w++) {
      uint32_t bits = next();
      for (uint32_t k = 1; k < ands; k++) bits &= next();
      row[w] = bits;
    }
    if (ELEMENTS % 64) rows[(size_t)i * WORDS + WORDS - 1] &= ((uint64_t)1 << ELEMENTS % 64) - 1;
  }
}

static uint64_t row_count(const uint64_t *row) {
  uint64_t count = 0;
  for (uint32_t w = 0; w < WORDS; w++) count += (uint64_t)__builtin_popcountll(row[w] & rest[w]);
  return count;
}

static void cover(uint32_t i) {
  const uint64_t *row = rows + (size_t)i * WORDS;
  for (uint32_t w = 0; w < WORDS; w++) rest[w] &= ~row[w];
}

static void gains_by_row(uint32_t n) {
  for (uint32_t k = 0; k < n; k++) gains[list[k]] = (double)row_count(rows + (size_t)list[k] * WORDS);
}

static void gains_by_four(uint32_t n) {
  uint32_t k = 0;
  for (; k + 4 <= n; k += 4) {
    const uint64_t *row0 = rows + (size_t)list[k] * WORDS, *row1 = rows + (size_t)list[k + 1] * WORDS;
    const uint64_t *row2 = rows + (size_t)list[k + 2] * WORDS, *row3 = rows + (size_t)list[k + 3] * WORDS;
    uint64_t count0 = 0, count1 = 0, count2 = 0, count3 = 0;
    for (uint32_t w = 0; w < WORDS; w++) {
      const uint64_t left = rest[w];
      count0 += (uint64_t)__builtin_popcountll(row0[w] & left);
      count1 += (uint64_t)__builtin_popcountll(row1[w] & left);
      count2 += (uint64_t)__builtin_popcountll(row2[w] & left);
      count3 += (uint64_t)__builtin_popcountll(row3[w] & left);
    }
    gains[list[k]] = (double)count0;
    gains[list[k + 1]] = (double)count1;
    gains[list[k + 2]] = (double)count2;
    gains[list[k + 3]] = (double)count3;
  }
  for (; k < n; k++) gains[list[k]] = (double)row_count(rows + (size_t)list[k] * WORDS);
}

static uint64_t eager(uint32_t picks, int four) {
  uint32_t n = SETS;
  double covered = 0;
  for (uint32_t k = 0; k < SETS; k++) list[k] = k;
  for (uint32_t pick = 0; pick < picks; pick++) {
    (four ? gains_by_four : gains_by_row)(n);
    uint32_t kept = 0, best = SETS;
    for (uint32_t k = 0; k < n; k++) {
      if (gains[list[k]] <= 0) continue;
      if (best == SETS || gains[list[k]] > gains[best]) best = list[k];
      list[kept++] = list[k];
    }
    n = kept;
    if (best == SETS) break;
    covered += gains[best];
    cover(best);
  }
  return (uint64_t)covered;
}

static int before(uint32_t a, uint32_t b) { return gains[a] > gains[b] || (gains[a] == gains[b] && a < b); }

static void sink(uint32_t i, uint32_t n) {
  const uint32_t set = heap[i];
  while (2 * i <= n) {
    uint32_t child = 2 * i;
    if (child < n && before(heap[child + 1], heap[child])) child++;
    if (!before(heap[child], set)) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = set;
}

static uint64_t lazy(uint32_t picks) {
  uint32_t n = SETS;
  double covered = 0;
  for (uint32_t k = 0; k < SETS; k++) list[k] = k;
  gains_by_four(n);
  for (uint32_t k = 0; k < n; k++) heap[k + 1] = k;
  memset(stamps, 0, sizeof stamps);
  for (uint32_t i = n / 2; i > 0; i--) sink(i, n);
  for (uint32_t pick = 0; pick < picks && n > 0; pick++) {
    while (stamps[heap[1]] != pick) {
      gains[heap[1]] = (double)row_count(rows + (size_t)heap[1] * WORDS);
      stamps[heap[1]] = pick;
      sink(1, n);
    }
    const uint32_t best = heap[1];
    if (gains[best] <= 0) break;
    covered += gains[best];
    cover(best);
    heap[1] = heap[n--];
    if (n > 0) sink(1, n);
  }
  return (uint64_t)covered;
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

int main(void) {
  rows = malloc((size_t)SETS * WORDS * 8);
  rest = malloc((size_t)WORDS * 8);
  if (rows == NULL || rest == NULL) return 1;
  make_sets();
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    char form[16];
    unsigned picks;
    if (sscanf(line, "%15s %u", form, &picks) != 2) return 1;
    memset(rest, 0xff, (size_t)WORDS * 8);
    if (ELEMENTS % 64) rest[WORDS - 1] = ((uint64_t)1 << ELEMENTS % 64) - 1;
    const uint64_t start = now();
    const uint64_t covered = form[0] == 'l' ? lazy(picks) : eager(picks, form[0] == 'f');
    const uint64_t time = now() - start;
    printf("%llu %llu\n", (unsigned long long)time, (unsigned long long)covered);
    fflush(stdout);
  }
  return 0;
}
