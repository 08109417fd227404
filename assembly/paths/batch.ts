// Betweenness over all pairs of a graph without lengths: eight sources at once, consecutive in the plan's order.
//
// Brandes (A faster algorithm for betweenness centrality, 2001) in the algebra of observe.ts; levels.ts goes out. On the way
// back, betas of a level are written when the level is finished, so that the sum over all of a node's neighbours is the sum
// over the next level. Masses of folded trees weigh the ends of paths (fold.ts).

import { Status, alloc, inside, mark, release } from "../abi";
import { isPlan } from "./fold";
import { lanesStart, mergeLanes, pullBack } from "./lanes";
import { runLevels, workspaceAlloc } from "./levels";

const LANES: u32 = 8;
/** f64[8]: half the sources' masses. */
const weights = memory.data(64, 16);

/**
 * betweenness_sources for a graph without lengths, over core nodes [first, first + count) of its plan; the range that begins
 * with 0 brings the folded trees' closed form. out: f64[nodes], overwritten. O(core arcs) a source.
 */
export function betweenness_batch(plan: usize, first: u32, count: u32, out: usize): i32 {
  if (!isPlan(plan, 1)) return Status.BAD_MAGIC;
  const n = load<u32>(plan, 4);
  const core = load<u32>(plan, 8);
  if (first > core || count > core - first) return Status.BAD_PARAMETER;
  if (!inside(out, n, 8)) return Status.OUT_OF_BOUNDS;
  const before = mark();
  const workspace = workspaceAlloc(core);
  const sums = alloc(core << 3);
  release(before);
  if (workspace == 0 || sums == 0) return Status.OUT_OF_MEMORY;
  lanesStart();
  memory.fill(sums, 0, (<usize>core) << 3);
  for (let s = first; s < first + count; s += LANES) {
    startBatch(plan, workspace, s, min(LANES, first + count - s));
    const status = runLevels<u64>(plan, workspace, 0);
    if (status != Status.OK) return status;
    backward(plan, workspace, sums);
  }
  if (first == 0) memory.copy(out, <usize>load<u32>(plan, 32), (<usize>n) << 3);
  else memory.fill(out, 0, (<usize>n) << 3);
  const names = <usize>load<u32>(plan, 24);
  for (let i: u32 = 0; i < core; i++) {
    const at = out + ((<usize>load<u32>(names + ((<usize>i) << 2))) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(sums + ((<usize>i) << 3)));
  }
  return Status.OK;
}

function startBatch(plan: usize, workspace: usize, first: u32, count: u32): void {
  const core = load<u32>(plan, 8);
  const masses = <usize>load<u32>(plan, 28);
  const sigma = <usize>load<u32>(workspace);
  memory.fill(sigma, 0, (<usize>core) << 6);
  memory.fill(<usize>load<u32>(workspace, 4), 0, (<usize>core) << 6);
  // Lanes without a source count as visited.
  memory.fill(<usize>load<u32>(workspace, 28), <u8>((<u32>0xff) << count), core);
  memory.fill(<usize>load<u32>(workspace, 32), 0, core);
  memory.fill(weights, 0, 64);
  for (let l: u32 = 0; l < count; l++) {
    const s = <usize>(first + l);
    store<f64>(sigma + (s << 6) + ((<usize>l) << 3), 1);
    store<f64>(weights + ((<usize>l) << 3), 0.5 * load<f64>(masses + (s << 3)));
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

function backward(plan: usize, workspace: usize, sums: usize): void {
  const offsets = <usize>load<u32>(plan, 16);
  const arcs = <usize>load<u32>(plan, 20);
  const masses = <usize>load<u32>(plan, 28);
  const sigma = <usize>load<u32>(workspace);
  const betas = <usize>load<u32>(workspace, 4);
  const results = <usize>load<u32>(workspace, 8);
  const visits = <usize>load<u32>(workspace, 12);
  const lanes = <usize>load<u32>(workspace, 16);
  const levels = <usize>load<u32>(workspace, 20);
  const divided = <usize>load<u32>(workspace, 24);
  // The last level is empty; the first holds the sources, through which no path of theirs runs.
  for (let level = load<u32>(workspace, 40) - 1; level > 0; level--) {
    const begin = load<u32>(levels + ((<usize>level) << 2));
    const end = load<u32>(levels + ((<usize>level) << 2), 4);
    const scaled = <u32>load<u8>(divided + <usize>level);
    let result = results;
    for (let i = begin; i < end; i++, result += 64) {
      const v = <usize>load<u32>(visits + ((<usize>i) << 2));
      const offset = offsets + (v << 2);
      const sum = sums + (v << 3);
      const added = pullBack(
        arcs + ((<usize>load<u32>(offset)) << 2),
        arcs + ((<usize>load<u32>(offset, 4)) << 2),
        betas,
        sigma + (v << 6),
        load<f64>(masses + (v << 3)),
        weights,
        <u32>load<u8>(lanes + <usize>i),
        scaled,
        result,
      );
      store<f64>(sum, load<f64>(sum) + added);
    }
    result = results;
    for (let i = begin; i < end; i++, result += 64) {
      mergeLanes(betas + ((<usize>load<u32>(visits + ((<usize>i) << 2))) << 6), result);
    }
  }
}
