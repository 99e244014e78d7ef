/** What helps to train: early stopping, checkpoints. */
export {
  type Checkpoint,
  CheckpointError,
  type CheckpointParts,
  loadCheckpoint,
  readCheckpoint,
  type Stateful,
  saveCheckpoint,
} from "./checkpoint.ts";
export {
  EarlyStopping,
  type EarlyStoppingOptions,
  type EarlyStoppingState,
} from "./early_stopping.ts";
export { ModelSnapshot } from "./snapshot.ts";
export type { State } from "./state_tree.ts";
