/** An option of kernels that distribute work over lanes. */
export interface Coarse {
  /** Fewer lanes with more work each, and no barriers if there are enough rows: for software adapters. Default false. */
  readonly coarse?: boolean | undefined;
}
