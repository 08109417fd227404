import type { FigureSpec, Series } from "../../report/figure/spec.ts";
import { defineExperiment, type TrialOf } from "../experiment.ts";
import { PUBLISHED } from "./configurations.ts";
import { type Drawing, pointsTask, traceInput } from "./tasks.ts";
import { samplePoints } from "./trace-trials.ts";

const DRAWING: Drawing = { preset: "fitted", trial: 0 };
/** Sources drawn a row of Table 1: about 1200 a panel. */
const MOST = 120;

/** Figure 4: estimate against true spread, one panel a configuration. */
export const fig4 = defineExperiment({
  id: "spread/fig4",
  paper: "spread",
  title: "Figure 4, estimate against true spread",
  result: samplePoints.result,
  plan: (run) => ({
    tasks: PUBLISHED.map((configuration) => pointsTask(run, DRAWING, configuration, MOST)),
    inputs: [traceInput(run, DRAWING)],
  }),
  summarise: (trials) => {
    const spec = specOf(trials);
    return {
      tables: [],
      figures: [{ id: "fig4", title: spec.title, spec }],
      claims: [],
      errata: [],
      parameters: { sourcesDrawnPerRowOfTable1: MOST, sourcesDrawn: trials[0].result.spreads.length },
    };
  },
});

function specOf(trials: readonly TrialOf<typeof samplePoints>[]): FigureSpec {
  return {
    title: "Estimate against true spread, 8.4M contacts in 1 MB",
    subtitle: `Dao, Nyang, Lee, Figure 4: a seeded sample of at most ${MOST} sources a power of two; estimates of 0 are not drawn`,
    x: { label: "true spread", scale: "log" },
    y: { label: "estimate", scale: "log" },
    series: trials.map(
      ({ result }, i): Series => ({
        name: "source",
        mark: "points",
        facet: PUBLISHED[i].name,
        x: result.spreads,
        y: result.estimates,
      }),
    ),
    references: [{ kind: "diagonal", label: "estimate = spread" }],
  };
}
