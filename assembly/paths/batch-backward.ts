// A batch's levels back: by how much rate each node's paths are met.
//
// With w the rates to a node and S the sum of its neighbours' betas, beta = w / sigma + S. Betas of a level are written when the
// level is finished, so that the sum over all of a node's neighbours is the sum over the next level.

import { addF64, at4, at8, f64At, setF64, u32At, u8At } from "../array";
import { Batch, lanesAt } from "./batch";
import { factorsOf, has, maskOf, mergeLanes, sumRow } from "./lanes";

/**
 * Runs a batch's levels back. Adds to gains, f64[core], the sum over lanes of what a node is to the sources: of eight, their
 * weights times sigma S, the paths that end beyond the node; of four, tau beta.
 */
export function backward<T>(batch: Batch, gains: usize): void {
  const rows = batch.rows;
  const values = batch.values;
  const betas = batch.betas;
  const visits = batch.visits;
  const lanes = batch.lanes;
  const allRates = batch.rates;
  const weights = batch.weights;
  const removed = batch.removed;
  // Betweenness leaves out ends: the first level holds the sources, through which no path of theirs runs.
  const lastLevel: u32 = sizeof<T>() == 8 ? 1 : 0;
  for (let level = batch.depth; level-- > lastLevel;) {
    const begin = u32At(batch.levels, level);
    const end = u32At(batch.levels, level + 1);
    const scaled = u8At(batch.divided, level);
    let out = batch.results;
    for (let i = begin; i < end; i++, out += 64) {
      const v = u32At(visits, i);
      if (sizeof<T>() == 4 && u8At(removed, v) != 0) {
        memory.fill(out, 0, 64);
        continue;
      }
      const own = lanesAt(values, v);
      const set = u8At(lanes, i);
      const mask = maskOf(set);
      // One rate for eight sources, one each for four.
      const rates = sizeof<T>() == 8 ? at8(allRates, v) : allRates + ((<usize>v) << 5);
      const rowAt = at4(rows, v);
      let row = <usize>load<u32>(rowAt);
      const last = <usize>load<u32>(rowAt, 4);
      if (ASC_FEATURE_SIMD) {
        const zero = f64x2.splat(0);
        let a = zero;
        let b = zero;
        let c = zero;
        let d = zero;
        for (; row < last; row += 4) {
          const at = betas + <usize>load<u32>(row);
          a = f64x2.add(a, v128.load(at));
          b = f64x2.add(b, v128.load(at, 16));
          if (sizeof<T>() == 4) continue;
          c = f64x2.add(c, v128.load(at, 32));
          d = f64x2.add(d, v128.load(at, 48));
        }
        if (scaled != 0) {
          const factor = factorsOf(scaled);
          a = f64x2.mul(a, v128.load(factor));
          b = f64x2.mul(b, v128.load(factor, 16));
          c = f64x2.mul(c, v128.load(factor, 32));
          d = f64x2.mul(d, v128.load(factor, 48));
        }
        const sa = v128.load(own);
        const sb = v128.load(own, 16);
        const ma = v128.load(mask);
        const mb = v128.load(mask, 16);
        let sum: v128;
        if (sizeof<T>() == 8) {
          const rate = v128.load64_splat(rates);
          const sc = v128.load(own, 32);
          const sd = v128.load(own, 48);
          const mc = v128.load(mask, 32);
          const md = v128.load(mask, 48);
          v128.store(out, v128.and(f64x2.add(f64x2.div(rate, sa), a), ma));
          v128.store(out, v128.and(f64x2.add(f64x2.div(rate, sb), b), mb), 16);
          v128.store(out, v128.and(f64x2.add(f64x2.div(rate, sc), c), mc), 32);
          v128.store(out, v128.and(f64x2.add(f64x2.div(rate, sd), d), md), 48);
          sum = f64x2.mul(v128.and(f64x2.mul(sa, a), ma), v128.load(weights));
          sum = f64x2.add(sum, f64x2.mul(v128.and(f64x2.mul(sb, b), mb), v128.load(weights, 16)));
          sum = f64x2.add(sum, f64x2.mul(v128.and(f64x2.mul(sc, c), mc), v128.load(weights, 32)));
          sum = f64x2.add(sum, f64x2.mul(v128.and(f64x2.mul(sd, d), md), v128.load(weights, 48)));
        } else {
          a = v128.and(f64x2.add(f64x2.div(v128.load(rates), sa), a), ma);
          b = v128.and(f64x2.add(f64x2.div(v128.load(rates, 16), sb), b), mb);
          v128.store(out, a);
          v128.store(out, b, 16);
          v128.store(out, zero, 32);
          v128.store(out, zero, 48);
          sum = f64x2.add(f64x2.mul(v128.load(own, 32), a), f64x2.mul(v128.load(own, 48), b));
        }
        addF64(gains, v, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
      } else {
        sumRow<T>(row, last, betas, out);
        let even: f64 = 0;
        let odd: f64 = 0;
        for (let l: u32 = 0; l < sizeof<T>(); l++) {
          let beyond = f64At(out, l);
          if (scaled != 0) beyond *= f64At(factorsOf(scaled), l);
          const rate = sizeof<T>() == 8 ? load<f64>(rates) : f64At(rates, l);
          const beta = has(set, l) ? rate / f64At(own, l) + beyond : 0;
          setF64(out, l, beta);
          let term: f64;
          if (sizeof<T>() == 8) term = (has(set, l) ? f64At(own, l) * beyond : 0) * f64At(weights, l);
          else term = f64At(own, l + 4) * beta;
          if ((l & 1) == 0) even += term;
          else odd += term;
        }
        addF64(gains, v, even + odd);
      }
    }
    out = batch.results;
    for (let i = begin; i < end; i++, out += 64) mergeLanes(lanesAt(betas, u32At(visits, i)), out);
  }
}
