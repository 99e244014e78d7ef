/** What `plan()` of a captured step tells: resources of its program, known before any is allocated. */
export interface StepPlan {
  /** Dispatches of a replay, `constant` ones included. */
  readonly dispatches: number;
  /** Commands left out because their results are not read. */
  readonly removed: number;
  /** Dispatches that were fused into another one. */
  readonly fused: number;
  /** Copies into parts of a larger tensor that are left out because the source is computed there directly. */
  readonly inPlace: number;
  /** Number of buffers for the storages that live within the step. */
  readonly buffers: number;
  /** Bytes of those buffers. */
  readonly bytes: number;
  /** Maximum of the bytes alive at one command: a lower bound for every plan. */
  readonly leastBytes: number;
  /** Number of dispatches that run again only when their sources have changed. */
  readonly constant: number;
  /** Bytes of tensors that the step shares with code outside it: parameters, moments, running statistics. */
  readonly sharedBytes: number;
}
