/* The paths kernel's betweenness in C, for comparison: trees folded, the core relabelled breadth-first, eight sources at
   once as four 128-bit vectors, levels pulled both ways, counts past 2^512 divided. Commands on standard input, one a line:
     load FILE          nodes, arcs, offsets, neighbours, u32 each; answers "<nanoseconds of folding> <core nodes>"
     run FIRST COUNT    betweenness from these core nodes; answers "<CPU nanoseconds> <sum over nodes, rounded>"
   FIRST = 0 brings the folded trees' closed form, as in the kernel. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define V 4
#define LANES 8
#define LARGE 0x1p512
#define SWEEP 12.0
#define FOLDED 0xfffffffeu
#define NONE 0xffffffffu

typedef double v2 __attribute__((vector_size(16)));
typedef int64_t m2 __attribute__((vector_size(16)));

static uint32_t nodes, core, arcs;
static uint32_t *offsets, *row, *names;
static double *masses, *closed, *sums;
static v2 *sigma, *betas, *results;
static uint32_t *visits, *levels, *list;
static uint8_t *lanes, *divided, *visited, *marks;
static m2 masks[256][V];
static v2 factors[256][V];

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

/* A bit for each lane of a comparison's result. */
static inline uint32_t bits_of(m2 x) {
#ifdef __SSE2__
  return (uint32_t)_mm_movemask_pd((__m128d)x);
#else
  return (uint32_t)((x[0] & 1) | (x[1] & 2));
#endif
}

static void *room(size_t bytes) {
  void *p = aligned_alloc(64, (bytes + 127) & ~(size_t)63);
  if (p == NULL) exit(1);
  return p;
}

static uint32_t label_from(const uint32_t *from, const uint32_t *to, uint32_t *labels, uint32_t start, uint32_t first) {
  uint32_t end = first;
  labels[start] = end;
  names[end++] = start;
  for (uint32_t i = first; i < end; i++) {
    for (uint32_t e = from[names[i]]; e < from[names[i] + 1]; e++) {
      if (labels[to[e]] != NONE) continue;
      labels[to[e]] = end;
      names[end++] = to[e];
    }
  }
  return end;
}

static void fold(const uint32_t *from, const uint32_t *to) {
  uint32_t *labels = room(nodes * 4ull), *parents = room(nodes * 4ull), *removed = room(nodes * 4ull);
  uint32_t *degrees = room(nodes * 4ull), listed = 0, folded = 0;
  double *size = room(nodes * 8ull), *squares = room(nodes * 8ull), *all = room(nodes * 8ull);
  for (uint32_t v = 0; v < nodes; v++) {
    degrees[v] = from[v + 1] - from[v];
    labels[v] = NONE;
    size[v] = 1;
    squares[v] = 0;
    if (degrees[v] == 1) removed[listed++] = v;
  }
  for (uint32_t i = 0; i < listed; i++) {
    const uint32_t v = removed[i];
    if (degrees[v] != 1) continue;
    uint32_t e = from[v];
    while (labels[to[e]] == FOLDED) e++;
    const uint32_t p = to[e];
    size[p] += size[v];
    squares[p] += size[v] * size[v];
    labels[v] = FOLDED;
    parents[v] = p;
    removed[folded++] = v;
    if (--degrees[p] == 1) removed[listed++] = p;
  }
  core = 0;
  for (uint32_t v = 0; v < nodes; v++) {
    if (labels[v] != NONE) continue;
    uint32_t end = label_from(from, to, labels, v, core), start = v;
    for (uint32_t i = core; i < end; i++) {
      if (degrees[names[i]] > degrees[start]) start = names[i];
      labels[names[i]] = NONE;
    }
    end = label_from(from, to, labels, start, core);
    double total = 0;
    for (uint32_t i = core; i < end; i++) total += masses[i] = size[names[i]];
    for (uint32_t i = core; i < end; i++) all[names[i]] = total;
    core = end;
  }
  for (uint32_t i = folded; i-- > 0;) all[removed[i]] = all[parents[removed[i]]];
  for (uint32_t v = 0; v < nodes; v++) {
    const double out = all[v] - size[v], rest = size[v] - 1;
    if (labels[v] == FOLDED) closed[v] = ((all[v] - 1) * (all[v] - 1) - squares[v] - out * out) / 2;
    else closed[v] = (rest * rest - squares[v]) / 2 + rest * out;
  }
  arcs = 0;
  offsets[0] = 0;
  for (uint32_t i = 0; i < core; i++) {
    for (uint32_t e = from[names[i]]; e < from[names[i] + 1]; e++) arcs += labels[to[e]] < FOLDED;
    offsets[i + 1] = arcs;
  }
  uint32_t *cursors = room((core + 1) * 4ull);
  memcpy(cursors, offsets, (core + 1) * 4ull);
  for (uint32_t i = 0; i < core; i++) {
    for (uint32_t e = from[names[i]]; e < from[names[i] + 1]; e++) {
      if (labels[to[e]] < FOLDED) row[cursors[labels[to[e]]]++] = i;
    }
  }
}

static int load(const char *file) {
  uint32_t head[2];
  FILE *f = fopen(file, "rb");
  if (f == NULL || fread(head, 4, 2, f) != 2) return 1;
  nodes = head[0];
  uint32_t *from = room((nodes + 1) * 4ull), *to = room(head[1] * 4ull);
  if (fread(from, 4, nodes + 1, f) != nodes + 1 || fread(to, 4, head[1], f) != head[1]) return 1;
  fclose(f);
  offsets = room((nodes + 1) * 4ull);
  row = room(head[1] * 4ull);
  names = room(nodes * 4ull);
  masses = room(nodes * 8ull);
  closed = room(nodes * 8ull);
  sums = room(nodes * 8ull);
  sigma = room(nodes * 64ull);
  betas = room(nodes * 64ull);
  results = room(nodes * 64ull);
  visits = room(nodes * 32ull + 4);
  lanes = room(nodes * 8ull + 1);
  levels = room(nodes * 4ull + 12);
  divided = room(nodes + 3ull);
  visited = room(nodes);
  marks = room(nodes);
  list = room(nodes * 4ull + 4);
  fold(from, to);
  return 0;
}

static uint32_t pull(const v2 *base, uint32_t u, uint32_t scaled, v2 *out) {
  v2 a[V] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
  const v2 *own = base + (size_t)u * V;
  uint32_t set = 0;
  for (const uint32_t *p = row + offsets[u], *end = row + offsets[u + 1]; p < end; p++) {
    const v2 *x = base + (size_t)*p * V;
    for (int i = 0; i < V; i++) a[i] += x[i];
  }
  if (scaled) for (int i = 0; i < V; i++) a[i] *= factors[scaled][i];
  for (int i = 0; i < V; i++) {
    out[i] = (v2)((m2)a[i] & (m2)(own[i] == (v2){0, 0}));
    set |= bits_of(out[i] > (v2){0, 0}) << 2 * i;
  }
  return set;
}

static uint32_t large(uint32_t count) {
  v2 most[V] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
  uint32_t set = 0;
  for (uint32_t k = 0; k < count; k++) {
    for (int i = 0; i < V; i++) {
      const v2 x = results[(size_t)k * V + i];
      const m2 more = x > most[i];
      most[i] = (v2)(((m2)x & more) | ((m2)most[i] & ~more));
    }
  }
  for (int i = 0; i < V; i++) set |= bits_of(most[i] > (v2){LARGE, LARGE}) << 2 * i;
  return set;
}

static uint32_t forward(void) {
  double unvisited = arcs;
  uint32_t level = 0, begin = 0, end = levels[1], scaled = 0;
  while (begin < end) {
    double border = 0;
    uint32_t looks = 0, next = end;
    for (uint32_t i = begin; i < end; i++) border += offsets[visits[i] + 1] - offsets[visits[i]];
    if (border * SWEEP > unvisited) {
      for (uint32_t v = 0; v < core; v++) {
        list[looks] = v;
        looks += visited[v] != 0xff;
      }
    } else {
      for (uint32_t i = begin; i < end; i++) {
        for (uint32_t e = offsets[visits[i]]; e < offsets[visits[i] + 1]; e++) {
          list[looks] = row[e];
          looks += !marks[row[e]];
          marks[row[e]] = 1;
        }
      }
    }
    for (uint32_t i = 0; i < looks; i++) {
      const uint32_t u = list[i], set = pull(sigma, u, scaled, results + (size_t)(next - end) * V);
      marks[u] = 0;
      visits[next] = u;
      lanes[next] = (uint8_t)set;
      next += set != 0;
    }
    for (uint32_t i = end; i < next; i++) {
      const uint32_t u = visits[i];
      for (int k = 0; k < V; k++) {
        v2 *s = sigma + (size_t)u * V + k;
        *s = (v2)((m2)*s | (m2)results[(size_t)(i - end) * V + k]);
      }
      visited[u] |= lanes[i];
      if (visited[u] == 0xff) {
        marks[u] = 1;
        unvisited -= offsets[u + 1] - offsets[u];
      }
    }
    scaled = large(next - end);
    level++;
    divided[level] = (uint8_t)scaled;
    begin = end;
    end = next;
    levels[level + 1] = end;
  }
  return level;
}

static void backward(uint32_t level, const v2 *weights) {
  while (--level > 0) {
    const uint32_t begin = levels[level], end = levels[level + 1], scaled = divided[level];
    for (uint32_t i = begin; i < end; i++) {
      const uint32_t v = visits[i];
      v2 a[V] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}}, sum = {0, 0};
      for (const uint32_t *p = row + offsets[v], *stop = row + offsets[v + 1]; p < stop; p++) {
        const v2 *x = betas + (size_t)*p * V;
        for (int k = 0; k < V; k++) a[k] += x[k];
      }
      if (scaled) for (int k = 0; k < V; k++) a[k] *= factors[scaled][k];
      for (int k = 0; k < V; k++) {
        const v2 s = sigma[(size_t)v * V + k], mass = {masses[v], masses[v]};
        const m2 mask = masks[lanes[i]][k];
        results[(size_t)(i - begin) * V + k] = (v2)((m2)(mass / s + a[k]) & mask);
        sum += (v2)((m2)(s * a[k]) & mask) * weights[k];
      }
      sums[v] += sum[0] + sum[1];
    }
    for (uint32_t i = begin; i < end; i++) {
      for (int k = 0; k < V; k++) {
        v2 *b = betas + (size_t)visits[i] * V + k;
        *b = (v2)((m2)*b | (m2)results[(size_t)(i - begin) * V + k]);
      }
    }
  }
}

static double run(uint32_t first, uint32_t count) {
  double total = 0;
  memset(sums, 0, core * 8ull);
  for (uint32_t s = first; s < first + count; s += LANES) {
    const uint32_t width = first + count - s < LANES ? first + count - s : LANES;
    v2 weights[V] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
    memset(sigma, 0, core * 64ull);
    memset(betas, 0, core * 64ull);
    memset(visited, (uint8_t)(0xff << width), core);
    memset(marks, 0, core);
    for (uint32_t l = 0; l < width; l++) {
      ((double *)(sigma + (size_t)(s + l) * V))[l] = 1;
      ((double *)weights)[l] = 0.5 * masses[s + l];
      visits[l] = s + l;
      lanes[l] = (uint8_t)(1 << l);
      visited[s + l] |= lanes[l];
    }
    levels[0] = 0;
    levels[1] = width;
    divided[0] = 0;
    backward(forward(), weights);
  }
  if (first == 0) for (uint32_t v = 0; v < nodes; v++) total += closed[v];
  for (uint32_t i = 0; i < core; i++) total += sums[i];
  return total;
}

int main(void) {
  char line[1024], file[1000];
  uint32_t first, count;
  for (int set = 0; set < 256; set++) {
    for (int k = 0; k < V; k++) {
      const int low = set >> 2 * k & 1, high = set >> (2 * k + 1) & 1;
      masks[set][k] = (m2){-low, -high};
      factors[set][k] = (v2){low ? 0x1p-512 : 1, high ? 0x1p-512 : 1};
    }
  }
  while (fgets(line, sizeof line, stdin)) {
    const uint64_t start = now();
    double answer;
    if (sscanf(line, "load %999s", file) == 1) {
      if (load(file)) return 1;
      answer = core;
    } else {
      if (sscanf(line, "run %u %u", &first, &count) != 2 || first > core) return 1;
      answer = run(first, count < core - first ? count : core - first);
    }
    printf("%llu %.0f\n", (unsigned long long)(now() - start), answer);
    fflush(stdout);
  }
  return 0;
}
