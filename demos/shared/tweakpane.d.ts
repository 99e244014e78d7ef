// The part of tweakpane that the demos use. Its own declarations require a second package that contains nothing else.
declare module "tweakpane" {
  export interface BindingOptions<T> {
    label?: string;
    min?: number;
    max?: number;
    step?: number;
    options?: readonly { readonly text: string; readonly value: T }[];
  }

  export interface Binding {
    disabled: boolean;
    readonly element: HTMLElement;
    refresh(): void;
    dispose(): void;
    on(event: "change", listener: () => void): this;
  }

  export class Pane {
    constructor(options: { container: HTMLElement; title?: string });
    disabled: boolean;
    readonly element: HTMLElement;
    addBinding<S extends object, K extends keyof S>(
      settings: S,
      key: K,
      options?: BindingOptions<S[K]>,
    ): Binding;
    refresh(): void;
    on(event: "change", listener: () => void): this;
    dispose(): void;
  }
}
