/** What a captured step needs, known before any of it is allocated. */
export interface StepPlan {
  /** Dispatches of a replay, `constant` ones included. */
  readonly dispatches: number;
  /** Commands left out because their results are not read. */
  readonly removed: number;
  /** Dispatches that became part of another one. */
  readonly fused: number;
  /** Copies into parts of a larger tensor that are left out, since what they copy is computed there. */
  readonly inPlace: number;
  /** Buffers for everything that lives within the step, and their bytes. */
  readonly buffers: number;
  /** Bytes of those buffers. */
  readonly bytes: number;
  /** Peak of the bytes alive at one command: a lower bound for every plan. */
  readonly leastBytes: number;
  /** Of the dispatches, those that run again only when what they are computed from has changed. */
  readonly constant: number;
  /** Bytes of tensors the step shares with the rest of the world: parameters, moments, running statistics. */
  readonly sharedBytes: number;
}
