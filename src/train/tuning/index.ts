export { DatabaseError } from "../database.ts";
export type { TunableStep } from "./problems.ts";
export {
  exportTuning,
  importTuning,
  loadTuning,
  saveTuning,
  type TuningStore,
  type TuningTable,
} from "./store.ts";
export {
  type CandidateTime,
  type TunedProblem,
  type TuneOptions,
  type TuneProgress,
  type TuneReport,
  tune,
} from "./tune.ts";
