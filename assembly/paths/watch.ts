// What monitors observe in a graph without lengths: observe.ts's pass for four sources at once, levels.ts going out.
//
// Sources are the access nodes in the plan's order, so that the four of a batch lie together. The plan is not folded: every
// node may be an end, a monitor or a candidate.

import { Status, alloc, inside, mark, release } from "../abi";
import { isPlan } from "./fold";
import { lanesStart, mergeLanes } from "./lanes";
import { runLevels, workspaceAlloc } from "./levels";
import { MAX_PER_PAIR } from "./traffic";
import { pullBackWatched } from "./watch-lanes";

const LANES: u32 = 4;

// What a call works on: 0 u32 access, as labels u32[A]  4 u32 A  8 u32 rates  12 u32 per pair  16 u32 sources in label order,
// numbers of access nodes u32[A]  20 u32 rates to a node f64[nodes * 4]  24 u32 removed u8[nodes], by label
// 28 u32 gains f64[nodes], by label  32 u32 totals f64[3]
const CALL: u32 = 48;

/**
 * observe for a graph without lengths, by its unfolded plan; the range [first, first + count) is of the access nodes in the
 * plan's order. Parameters and results as observe's.
 */
export function observe_batch(
  plan: usize,
  access: usize,
  accessCount: u32,
  rates: usize,
  perPair: bool,
  removed: usize,
  first: u32,
  count: u32,
  gains: usize,
  totals: usize,
): i32 {
  if (!isPlan(plan, 0)) return Status.BAD_MAGIC;
  const n = load<u32>(plan, 4);
  if (first > accessCount || count > accessCount - first || accessCount > n) return Status.BAD_PARAMETER;
  if (perPair && accessCount > MAX_PER_PAIR) return Status.BAD_PARAMETER;
  const cells = perPair ? accessCount * accessCount : accessCount;
  if (!inside(access, accessCount, 4) || !inside(rates, cells, 8)) return Status.OUT_OF_BOUNDS;
  if (!inside(gains, n, 8) || !inside(totals, 3, 8)) return Status.OUT_OF_BOUNDS;
  if (removed != 0 && !inside(removed, n, 1)) return Status.OUT_OF_BOUNDS;
  const before = mark();
  const workspace = workspaceAlloc(n);
  const call = alloc(CALL);
  const lists = alloc((n + 2 * accessCount) << 2);
  const toNodes = alloc(n << 5);
  const byLabel = alloc(n << 3);
  const marks = alloc(n);
  release(before);
  if (workspace == 0 || call == 0 || lists == 0 || toNodes == 0 || byLabel == 0 || marks == 0) {
    return Status.OUT_OF_MEMORY;
  }
  store<u32>(call, <u32>lists);
  store<u32>(call, accessCount, 4);
  store<u32>(call, <u32>rates, 8);
  store<u32>(call, perPair ? 1 : 0, 12);
  store<u32>(call, <u32>(lists + ((<usize>accessCount) << 2)), 16);
  store<u32>(call, <u32>toNodes, 20);
  store<u32>(call, <u32>marks, 24);
  store<u32>(call, <u32>byLabel, 28);
  store<u32>(call, <u32>totals, 32);
  const labels = lists + ((<usize>accessCount) << 3);
  if (!orderAccess(plan, call, access, labels, removed)) return Status.BAD_PARAMETER;
  lanesStart();
  memory.fill(totals, 0, 24);
  memory.fill(byLabel, 0, (<usize>n) << 3);
  memory.fill(toNodes, 0, (<usize>n) << 5);
  for (let i = first; i < first + count; i += LANES) {
    startBatch(plan, workspace, call, i, min(LANES, first + count - i));
    const status = runLevels<u32>(plan, workspace, marks);
    if (status != Status.OK) return status;
    countTotals(workspace, call);
    backward(plan, workspace, call);
  }
  for (let v: u32 = 0; v < n; v++) {
    const label = <usize>load<u32>(labels + ((<usize>v) << 2));
    store<f64>(gains + ((<usize>v) << 3), load<f64>(byLabel + (label << 3)));
  }
  return Status.OK;
}

/** Turns nodes into labels and lists the access nodes by label; false where one is no node or comes twice. */
function orderAccess(plan: usize, call: usize, access: usize, labels: usize, removed: usize): bool {
  const n = load<u32>(plan, 4);
  const names = <usize>load<u32>(plan, 24);
  const count = load<u32>(call, 4);
  const marks = <usize>load<u32>(call, 24);
  // Which access node has a label, plus 1; lies where the gains will.
  const numbers = <usize>load<u32>(call, 28);
  memory.fill(numbers, 0, (<usize>n) << 2);
  for (let label: u32 = 0; label < n; label++) {
    const v = load<u32>(names + ((<usize>label) << 2));
    store<u32>(labels + ((<usize>v) << 2), label);
    store<u8>(marks + <usize>label, removed == 0 ? 0 : load<u8>(removed + <usize>v));
  }
  for (let i: u32 = 0; i < count; i++) {
    const x = load<u32>(access + ((<usize>i) << 2));
    if (x >= n) return false;
    const label = load<u32>(labels + ((<usize>x) << 2));
    if (load<u32>(numbers + ((<usize>label) << 2)) != 0) return false;
    store<u32>(numbers + ((<usize>label) << 2), i + 1);
    store<u32>(<usize>load<u32>(call) + ((<usize>i) << 2), label);
  }
  let at = <usize>load<u32>(call, 16);
  for (let label: u32 = 0; label < n; label++) {
    const number = load<u32>(numbers + ((<usize>label) << 2));
    if (number == 0) continue;
    store<u32>(at, number - 1);
    at += 4;
  }
  return true;
}

function startBatch(plan: usize, workspace: usize, call: usize, first: u32, count: u32): void {
  const n = load<u32>(plan, 4);
  const values = <usize>load<u32>(workspace);
  const access = <usize>load<u32>(call);
  const removed = <usize>load<u32>(call, 24);
  memory.fill(values, 0, (<usize>n) << 6);
  memory.fill(<usize>load<u32>(workspace, 4), 0, (<usize>n) << 6);
  memory.fill(<usize>load<u32>(workspace, 28), <u8>(((<u32>0xff) << count) | 0xf0), n);
  memory.fill(<usize>load<u32>(workspace, 32), 0, n);
  for (let l: u32 = 0; l < LANES; l++) {
    const i = l < count ? load<u32>(<usize>load<u32>(call, 16) + ((<usize>(first + l)) << 2)) : u32.MAX_VALUE;
    spreadLane(call, i, l);
    if (l >= count) continue;
    const s = <usize>load<u32>(access + ((<usize>i) << 2));
    store<f64>(values + (s << 6) + ((<usize>l) << 3), 1);
    store<f64>(values + (s << 6) + ((<usize>l) << 3), load<u8>(removed + s) != 0 ? 0 : 1, 32);
    store<u32>(<usize>load<u32>(workspace, 12) + ((<usize>l) << 2), <u32>s);
    store<u8>(<usize>load<u32>(workspace, 16) + <usize>l, <u8>((<u32>1) << l));
    const visited = <usize>load<u32>(workspace, 28) + s;
    store<u8>(visited, <u8>((<u32>load<u8>(visited)) | (1 << l)));
  }
  const levels = <usize>load<u32>(workspace, 20);
  store<u32>(levels, 0);
  store<u32>(levels, count, 4);
  store<u8>(<usize>load<u32>(workspace, 24), 0);
}

/** Writes lane l of the rates to every access node: those of access node i, or 0 where there is none. */
function spreadLane(call: usize, i: u32, l: u32): void {
  const access = <usize>load<u32>(call);
  const count = load<u32>(call, 4);
  const rates = <usize>load<u32>(call, 8);
  const perPair = load<u32>(call, 12) != 0;
  const toNodes = <usize>load<u32>(call, 20) + ((<usize>l) << 3);
  const none = i == u32.MAX_VALUE;
  const each = none || perPair || count < 2 ? 0 : load<f64>(rates + ((<usize>i) << 3)) / <f64>(count - 1);
  const row = rates + ((<usize>(i * count)) << 3);
  for (let j: u32 = 0; j < count; j++) {
    let rate = each;
    if (none || j == i) rate = 0;
    else if (perPair) rate = load<f64>(row + ((<usize>j) << 3));
    store<f64>(toNodes + ((<usize>load<u32>(access + ((<usize>j) << 2))) << 5), rate);
  }
}

function countTotals(workspace: usize, call: usize): void {
  const access = <usize>load<u32>(call);
  const count = load<u32>(call, 4);
  const values = <usize>load<u32>(workspace);
  const toNodes = <usize>load<u32>(call, 20);
  const totals = <usize>load<u32>(call, 32);
  for (let l: usize = 0; l < 32; l += 8) {
    let connected: f64 = 0;
    let unconnected: f64 = 0;
    let observed: f64 = 0;
    for (let j: u32 = 0; j < count; j++) {
      const t = <usize>load<u32>(access + ((<usize>j) << 2));
      const rate = load<f64>(toNodes + (t << 5) + l);
      const sigma = load<f64>(values + (t << 6) + l);
      if (sigma > 0) {
        connected += rate;
        observed += rate * ((sigma - load<f64>(values + (t << 6) + l, 32)) / sigma);
      } else {
        unconnected += rate;
      }
    }
    store<f64>(totals, load<f64>(totals) + connected);
    store<f64>(totals, load<f64>(totals, 8) + unconnected, 8);
    store<f64>(totals, load<f64>(totals, 16) + observed, 16);
  }
}

function backward(plan: usize, workspace: usize, call: usize): void {
  const offsets = <usize>load<u32>(plan, 16);
  const arcs = <usize>load<u32>(plan, 20);
  const values = <usize>load<u32>(workspace);
  const betas = <usize>load<u32>(workspace, 4);
  const results = <usize>load<u32>(workspace, 8);
  const visits = <usize>load<u32>(workspace, 12);
  const lanes = <usize>load<u32>(workspace, 16);
  const levels = <usize>load<u32>(workspace, 20);
  const divided = <usize>load<u32>(workspace, 24);
  const toNodes = <usize>load<u32>(call, 20);
  const removed = <usize>load<u32>(call, 24);
  const gains = <usize>load<u32>(call, 28);
  // The last level is empty.
  for (let level = load<u32>(workspace, 40); level-- > 0;) {
    const begin = load<u32>(levels + ((<usize>level) << 2));
    const end = load<u32>(levels + ((<usize>level) << 2), 4);
    const scaled = <u32>load<u8>(divided + <usize>level);
    let result = results;
    for (let i = begin; i < end; i++, result += 64) {
      const v = <usize>load<u32>(visits + ((<usize>i) << 2));
      if (load<u8>(removed + v) != 0) {
        memory.fill(result, 0, 64);
        continue;
      }
      const offset = offsets + (v << 2);
      const gain = gains + (v << 3);
      const added = pullBackWatched(
        arcs + ((<usize>load<u32>(offset)) << 2),
        arcs + ((<usize>load<u32>(offset, 4)) << 2),
        betas,
        values + (v << 6),
        toNodes + (v << 5),
        <u32>load<u8>(lanes + <usize>i),
        scaled,
        result,
      );
      store<f64>(gain, load<f64>(gain) + added);
    }
    result = results;
    for (let i = begin; i < end; i++, result += 64) {
      mergeLanes(betas + ((<usize>load<u32>(visits + ((<usize>i) << 2))) << 6), result);
    }
  }
}
