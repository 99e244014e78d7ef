/** An option of kernels whose work a software adapter wants in another shape. */
export interface OnSoftware {
  /** The CPU emulates a GPU: few long lanes, and no barriers where rows are many enough. Default false. */
  readonly software?: boolean | undefined;
}
