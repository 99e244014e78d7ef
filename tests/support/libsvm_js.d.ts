declare module "libsvm-js/asm" {
  /** The functions of libsvm-js that the comparisons use. */
  export default class SVM {
    constructor(
      options: Readonly<Record<string, number | boolean | Readonly<Record<number, number>>>>,
    );
    train(samples: readonly (readonly number[])[], labels: readonly number[]): void;
    predict(samples: readonly (readonly number[])[]): number[];
    serializeModel(): string;
    free(): void;
  }
}
