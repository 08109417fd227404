// Successive group betweenness (Puzis, Elovici, Dolev, Fast algorithm for successive computation of group betweenness
// centrality, Physical Review E 76, 2007), over access pairs and their rates.
//
// Three n x n matrices: D(x, y), distance; S(x, y), shortest paths that avoid M; B(x, y), rate of the pairs whose paths that
// avoid M run through x and later, or at once, through y. A node is on its own paths, so that B(x, x) is what x would add
// to M. B is summed by sources: B(x, y) = S(x, y) sum over s of S(s, x) beta_s(y), over s with x on a shortest path s to y.
// Taking v into M removes the paths through v from S and B. Where S falls to 0 so does B; a difference of sums keeps an
// error of about 1e-16 of the total rate. Path counts must be whole doubles: beyond 2^53, OUT_OF_RANGE.

import { Status, alloc, inside, mark, release } from "../abi";
import { addF64, f64At, setF64, setU32, u32At } from "../array";
import { Graph, isGraph } from "./graph";
import { Pass, backward, flowAt, forward, newPass, startPass } from "./pass";
import { Search, TIE, lengthInto, searchClear, searchFrom } from "./search";
import { Traffic, checkTraffic, newTraffic } from "./traffic";

const MAGIC: u32 = 0x5350564e; // "NVPS"
/** Three matrices of more than this many nodes squared do not fit 32-bit memory. */
const MAX_NODES: u32 = 13000;
const EXACT: f64 = 9007199254740992;

/** A state's head; the matrices D, S and B follow, f64[nodes nodes] each, row x, column y. */
@unmanaged
class State {
  magic: u32;
  nodes: u32;
  weighted: u32;
  reserved: u32;

  // @ts-ignore: decorator
  @inline
  get distances(): usize {
    return changetype<usize>(this) + offsetof<State>();
  }

  // @ts-ignore: decorator
  @inline
  get paths(): usize {
    return this.distances + this.nodes * this.nodes * 8;
  }

  // @ts-ignore: decorator
  @inline
  get through(): usize {
    return this.distances + this.nodes * this.nodes * 16;
  }
}

/** Before anything changes: what lies between the node v that is taken into M and a node y. To: from v to y; from: y to v. */
@unmanaged
class Cross {
  distanceTo: f64;
  pathsTo: f64;
  throughTo: f64;
  throughFrom: f64;
  distanceFrom: f64;
  pathsFrom: f64;
}

/** Where a walk back from y has been, u32[nodes]: the last y that saw a node; and what it is to look at, u32[nodes]. */
@unmanaged
class Walk {
  seen: usize;
  stack: usize;
}

/** Bytes of a state; 0 where it is too large. */
export function successive_bytes(nodes: u32): u32 {
  return nodes > MAX_NODES ? 0 : offsetof<State>() + 24 * nodes * nodes;
}

function isState(state: State): bool {
  return inside(changetype<usize>(state), offsetof<State>(), 1) && state.magic == MAGIC;
}

/**
 * Fills in the three matrices for an empty M and traffic as traffic_check takes it: a search a node, and for A access
 * nodes O(A n m) at worst (the paper's bound is O(n^3)), near A n where paths are short and few.
 */
export function successive_init(
  state: State,
  graph: Graph,
  access: usize,
  accessCount: u32,
  rates: usize,
  perPair: bool,
): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  const before = mark();
  const traffic = newTraffic(access, accessCount, rates, perPair);
  let status = checkTraffic(traffic, graph.nodes);
  if (status == Status.OK) status = fill(state, graph, traffic);
  release(before);
  return status;
}

function fill(state: State, graph: Graph, traffic: Traffic): i32 {
  const n = graph.nodes;
  if (n > MAX_NODES) return Status.BAD_PARAMETER;
  if (!inside(changetype<usize>(state), successive_bytes(n), 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(changetype<usize>(state), 0, successive_bytes(n));
  state.nodes = n;
  state.weighted = graph.lengths != 0 ? 1 : 0;
  const pass = newPass(graph, 0);
  const walk = changetype<Walk>(alloc(offsetof<Walk>()));
  const lists = alloc(n << 3);
  if (changetype<usize>(pass) == 0 || changetype<usize>(walk) == 0 || lists == 0) return Status.OUT_OF_MEMORY;
  walk.seen = lists;
  walk.stack = lists + ((<usize>n) << 2);
  let status = Status.OK;
  for (let s: u32 = 0; s < n && status == Status.OK; s++) status = fillRow(state, pass, s);
  for (let i: u32 = 0; i < traffic.count && status == Status.OK; i++) {
    startPass(pass, traffic, i);
    searchFrom(pass.search, u32At(traffic.access, i));
    status = forward(pass);
    if (status == Status.OK) {
      // The gains are not asked for.
      backward(pass, true, lists);
      addSource(state, pass, walk);
    }
    searchClear(pass.search);
  }
  if (status != Status.OK) return status;
  for (let i: u32 = 0; i < n * n; i++) setF64(state.through, i, f64At(state.through, i) * f64At(state.paths, i));
  state.magic = MAGIC;
  return Status.OK;
}

/** Distances and path counts from s; an unreached node has distance Infinity and no paths. */
function fillRow(state: State, pass: Pass, s: u32): i32 {
  const n = state.nodes;
  const distances = state.distances + ((<usize>(s * n)) << 3);
  const paths = state.paths + ((<usize>(s * n)) << 3);
  const search = pass.search;
  for (let v: u32 = 0; v < n; v++) setF64(distances, v, Infinity);
  searchFrom(search, s);
  const status = forward(pass);
  if (status != Status.OK) return status;
  for (let i: u32 = 0; i < search.reached; i++) {
    const v = u32At(search.order, i);
    const sigma = flowAt(pass.flows, v).sigma;
    if (sigma > EXACT) return Status.OUT_OF_RANGE;
    setF64(distances, v, f64At(search.distances, v));
    setF64(paths, v, sigma);
  }
  searchClear(search);
  return Status.OK;
}

/**
 * Adds S(s, x) beta_s(y) to cell (x, y) wherever x is on a shortest path from s to y: walks back from every y. O(n m) at worst,
 * and near n where paths are short and few.
 */
function addSource(state: State, pass: Pass, walk: Walk): void {
  const n = state.nodes;
  const search = pass.search;
  const flows = pass.flows;
  const through = state.through;
  const stack = walk.stack;
  memory.fill(walk.seen, 0xff, (<usize>n) << 2);
  for (let j: u32 = 0; j < search.reached; j++) {
    const y = u32At(search.order, j);
    const flow = flowAt(flows, y);
    const beta = flow.beta + flow.rate / flow.sigma;
    if (beta == 0) continue;
    setU32(stack, 0, y);
    setU32(walk.seen, y, y);
    for (let waiting: u32 = 1; waiting > 0;) {
      waiting--;
      const x = u32At(stack, waiting);
      addF64(through, x * n + y, flowAt(flows, x).sigma * beta);
      waiting = pushPredecessors(search, walk, x, y, waiting);
    }
  }
}

/** Puts the predecessors of x that y's walk has not seen on the stack; returns its new height. */
function pushPredecessors(search: Search, walk: Walk, x: u32, y: u32, waiting: u32): u32 {
  const positions = search.positions;
  const distances = search.distances;
  const neighbours = search.graph.neighbours;
  const opposite = search.graph.opposite;
  const position = u32At(positions, x);
  const limit = f64At(distances, x) * TIE;
  const end = search.graph.firstArc(x + 1);
  for (let e = search.graph.firstArc(x); e < end; e++) {
    const u = u32At(neighbours, e);
    if (u32At(positions, u) >= position) continue;
    if (f64At(distances, u) + lengthInto(opposite, e) > limit) continue;
    if (u32At(walk.seen, u) == y) continue;
    setU32(walk.seen, u, y);
    setU32(walk.stack, waiting, u);
    waiting++;
  }
  return waiting;
}

/** Writes B(x, x), what each node would add to M's rate; f64[nodes]. */
export function successive_gains(state: State, gains: usize): i32 {
  if (!isState(state)) return Status.BAD_MAGIC;
  const n = state.nodes;
  if (!inside(gains, n, 8)) return Status.OUT_OF_BOUNDS;
  for (let x: u32 = 0; x < n; x++) setF64(gains, x, f64At(state.through, x * n + x));
  return Status.OK;
}

/** Takes node v into M. O(n^2) */
export function successive_add(state: State, v: u32): i32 {
  if (!isState(state)) return Status.BAD_MAGIC;
  const n = state.nodes;
  if (v >= n) return Status.BAD_PARAMETER;
  const before = mark();
  const crosses = alloc(n * offsetof<Cross>());
  if (crosses == 0) return Status.OUT_OF_MEMORY;
  copyCrosses(state, v, crosses);
  for (let x: u32 = 0; x < n; x++) updateRow(state, v, x, crosses);
  release(before);
  return Status.OK;
}

// @ts-ignore: decorator
@inline
function crossAt(crosses: usize, y: u32): Cross {
  return changetype<Cross>(crosses + <usize>(y * offsetof<Cross>()));
}

function copyCrosses(state: State, v: u32, crosses: usize): void {
  const n = state.nodes;
  for (let y: u32 = 0; y < n; y++) {
    const cross = crossAt(crosses, y);
    const to = v * n + y;
    const from = y * n + v;
    cross.distanceTo = f64At(state.distances, to);
    cross.pathsTo = f64At(state.paths, to);
    cross.throughTo = f64At(state.through, to);
    cross.throughFrom = f64At(state.through, from);
    cross.distanceFrom = f64At(state.distances, from);
    cross.pathsFrom = f64At(state.paths, from);
  }
}

/** Removes from row x what runs through v: x, v, y; x, y, v; and v, x, y. */
function updateRow(state: State, v: u32, x: u32, crosses: usize): void {
  const n = state.nodes;
  const tie = state.weighted != 0 ? TIE : 1.0;
  const row = (<usize>(x * n)) << 3;
  const distances = state.distances + row;
  const paths = state.paths + row;
  const through = state.through + row;
  const own = crossAt(crosses, x);
  const vx = own.distanceTo;
  const svx = own.pathsTo;
  const bxv = own.throughFrom;
  const xv = own.distanceFrom;
  const sxv = own.pathsFrom;
  for (let y: u32 = 0; y < n; y++) {
    const sxy = f64At(paths, y);
    if (sxy == 0) continue;
    const cross = crossAt(crosses, y);
    const xy = f64At(distances, y);
    const vy = cross.distanceTo;
    const svy = cross.pathsTo;
    let b = f64At(through, y);
    let left = sxy;
    if (xv + vy <= xy * tie) {
      left = sxy - sxv * svy;
      b -= (b * (sxv * svy)) / sxy;
    }
    // Of the rate through x and later v, the share that passes y between; of that through v and later y, x between.
    if (y != v && sxv > 0 && xy + cross.distanceFrom <= xv * tie) b -= (bxv * (sxy * cross.pathsFrom)) / sxv;
    if (x != v && svy > 0 && vx + xy <= vy * tie) b -= (cross.throughTo * (svx * sxy)) / svy;
    setF64(paths, y, left);
    setF64(through, y, left == 0 ? 0 : max(b, 0));
  }
}
