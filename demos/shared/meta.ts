/** What the gallery shows of a demo. Every demo's meta.ts exports one as `meta`. */
export interface DemoMeta {
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Place in the gallery, smallest first. */
  readonly order: number;
  /** Address parameters of a version of its work that takes seconds: what tests run. */
  readonly short: string;
  readonly picture: {
    readonly url: string;
    /** What the picture shows. */
    readonly alt: string;
  };
}
