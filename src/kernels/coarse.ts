/** An option of kernels that spread work over lanes. */
export interface Coarse {
  /** Few lanes with much work each, and no barriers where there are rows enough: for software adapters. Default false. */
  readonly coarse?: boolean | undefined;
}
