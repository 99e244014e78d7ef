import type { Part, Shader } from "../shader/shader.ts";
import { type Mutation, mutate } from "./mutations.ts";

/** A mutation of one file of a shader. */
export interface Mutant extends Mutation {
  readonly file: string;
}

/** The shader with the mutation applied wherever the file occurs; its path distinguishes it in the pipeline cache. */
export function mutatedShader(shader: Shader, mutant: Mutant): Shader {
  const change = (parts: readonly Part[]) =>
    parts.map(({ file, text }) => ({
      file,
      text: file === mutant.file ? mutate(text, mutant) : text,
    }));
  const slots = Object.fromEntries(
    Object.entries(shader.slots).map(([slot, choices]) => [
      slot,
      Object.fromEntries(
        Object.entries(choices).map(([name, choice]) => [
          name,
          { ...choice, parts: change(choice.parts) },
        ]),
      ),
    ]),
  );
  const path = `${shader.path} with ${mutant.file}@${mutant.at}→${mutant.to}`;
  return { ...shader, path, parts: change(shader.parts), slots };
}
