/** Entry of a demo in the gallery. Every demo's meta.ts exports one as `meta`. */
export interface DemoMeta {
  readonly title: string;
  /** Description in one sentence. */
  readonly summary: string;
  /** Place in the gallery, smallest first. */
  readonly order: number;
  /** Parameters of the address for a short version of its work, which takes seconds: the tests use them. */
  readonly short: string;
  readonly picture: {
    readonly url: string;
    /** Alternative text of the picture. */
    readonly alt: string;
  };
}
