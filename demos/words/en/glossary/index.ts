import { fitting } from "./fitting.ts";
import { machines } from "./machines.ts";
import { optimisers } from "./optimisers.ts";
import { training } from "./training.ts";

/** Every term that a page explains. One that no page uses fails a test. */
export const glossary = { ...training, ...machines, ...optimisers, ...fitting } as const;

export type TermName = keyof typeof glossary;
