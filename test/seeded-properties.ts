/** Before every file of tests: properties draw the same examples in every run. FAST_CHECK_SEED tries others. */
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
