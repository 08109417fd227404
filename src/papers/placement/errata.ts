import type { Erratum } from "../../results/comparison.ts";

/** Of Sections III to IV and Fig. 3. */
export const MODEL_ERRATA: readonly Erratum[] = [
  {
    place: "Algorithm 1",
    text: "adds to the attack observe rate of access nodes too, which can hold no monitor; they are not counted here",
  },
  {
    place: "Algorithm 1",
    text: "lists all shortest paths, of which there can be exponentially many; numbers of paths suffice",
  },
  {
    place: "Algorithm 2",
    text: "takes sets of whole events, but traffic splits over shortest paths: coverage has to be weighed by fractions",
  },
  {
    place: "Algorithm 2",
    text: "where no node adds anything, it uses the index of the node before again; here it stops",
  },
  {
    place: "Section III.C",
    text: "the reduction makes elements access nodes, but an attack event is a pair of them: it proves no NP-completeness",
  },
  { place: "Fig. 3", text: "prints K-max's five nodes sorted, while Greedy's rows are in the order of selection" },
];

/** Of Section VI. */
export const BIDIRECTIONAL_ERRATA: readonly Erratum[] = [
  { place: "Section VI", text: '"In Sections 3 and 6, we assume all routing is symmetric" means Sections 3 to 5' },
  {
    place: "Section VI, after Fig. 7",
    text: '"60-65 % of attacks observed" is 60.32 to 65.92 % by Fig. 7 itself',
  },
  {
    place: "Fig. 7",
    text: "60.32 and 62.68 % are odd numbers of 105 x 104 routes (6587, 6845), so they cannot count pairs in both directions unless pairs are missing",
  },
  {
    place: "Algorithm 3",
    text: "does not say what happens when no node is left on any path of B: here it goes back to A, and stops where A has none either",
  },
];

/** Of Fig. 6. */
export const SITES_ERRATA: readonly Erratum[] = [
  {
    place: "Fig. 6",
    text: "73.33, 76.67 and 83.33 % are 22, 23 and 25 of 30: ordered pairs with one route each",
  },
];
