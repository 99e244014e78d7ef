import { fitting } from "./fitting.ts";
import { machines } from "./machines.ts";
import { optimisers } from "./optimisers.ts";
import { training } from "./training.ts";

/** Every term that a page explains. A test fails for a term that no page uses. */
export const glossary = { ...training, ...machines, ...optimisers, ...fitting } as const;

export type TermName = keyof typeof glossary;
