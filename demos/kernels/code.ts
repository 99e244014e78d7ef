import { linkedWgsl } from "wgrad/kernels";
import { make } from "../shared/dom.ts";
import * as words from "../words/en/kernels/page.ts";
import type { KernelModule } from "./entries.ts";
import {
  bindingRows,
  type CasePlan,
  type File,
  type Fill,
  filesOf,
  type ParamValue,
  paramComment,
} from "./shader_text.ts";
import { card, table } from "./tables.ts";
import { highlight } from "./wgsl.ts";

type Shader = KernelModule["kernel"]["shader"];

/** The first values of a parameter; structs with the names of their members. */
function few(value: ParamValue): string {
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) {
    return Object.entries(value)
      .map(([name, each]) => `${name} ${few(each)}`)
      .join(", ");
  }
  const first = value.slice(0, 8).map(few);
  const apart = typeof value[0] === "object" ? "; " : ", ";
  return first.join(apart) + (value.length > 8 ? ", …" : "");
}

/** Bindings, parameters and slots for the selected case. `fill` is called when another file is chosen for a slot. */
export function interfaceCard(
  shader: Shader,
  fill: Fill,
  plan: CasePlan | undefined,
  choose: (fill: Fill) => void,
): HTMLElement {
  const bindings = bindingRows(shader, fill, plan).map(
    ({ index, name, access, type, shape, here }) => [index, name, access, type, shape, here],
  );
  const params = shader.params.map((field) => {
    const { name, count } = field;
    const type = "fields" in field ? field.struct : field.type;
    const shown = count > 1 ? `${type} × ${count}` : type;
    return [name, shown, few(plan?.params[name] ?? []), paramComment(shader, name)];
  });
  const slots = Object.entries(shader.slots).map(([slot, choices]) => [
    slot,
    picker(slot, Object.keys(choices), fill[slot] ?? "", (choice) =>
      choose({ ...fill, [slot]: choice }),
    ),
  ]);
  const declared = filesOf(shader, fill).flatMap(({ text }) =>
    [...text.matchAll(/^override (\w+)/gm)].map(([, name = ""]) => name),
  );
  const overrides = [...new Set(declared)]
    .filter((name) => plan?.overrides[name] !== undefined)
    .map((name) => [name, String(plan?.overrides[name])]);
  const workgroups = plan?.workgroups.join(" × ");
  const grid = words.inCaseChosen(workgroups);
  return card(
    words.whatIsGiven,
    make("p", { class: "hint", text: grid }),
    table(
      [words.binding, words.name, words.access, words.type, words.shape, words.inThisCase],
      bindings,
      { texts: 6 },
    ),
    ...(slots.length ? [table([words.slot, words.filledWith], slots, { texts: 2 })] : []),
    ...(params.length ? [paramTable(params)] : []),
    ...(overrides.length
      ? [table([words.override, words.inThisCase], overrides, { texts: 2 })]
      : []),
  );
}

/** The parameters, with the shader's comments on them. */
function paramTable(params: readonly (readonly string[])[]): HTMLElement {
  const told = params.some(([, , , meaning]) => meaning);
  const columns = told ? 4 : 3;
  const head = [words.parameter, words.type, words.inThisCase, words.meaning].slice(0, columns);
  const rows = params.map((row) => row.slice(0, columns));
  return table(head, rows, { texts: columns });
}

function picker(
  slot: string,
  choices: readonly string[],
  chosen: string,
  choose: (choice: string) => void,
): HTMLElement {
  const options = choices.map((text) => make("option", { text, attributes: { value: text } }));
  const select = make(
    "select",
    { attributes: { "aria-label": words.fileForSlot(slot) } },
    ...options,
  );
  select.value = chosen;
  select.addEventListener("change", () => choose(select.value));
  return select;
}

/** The shader, file by file; `folder`: where their paths begin. */
export function codeCard(shader: Shader, fill: Fill, folder: string): HTMLElement {
  const copy = make("button", { text: words.copyAllOf, attributes: { type: "button" } });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(linkedWgsl(shader, fill));
    copy.textContent = words.copied;
  });
  const files = filesOf(shader, fill);
  return card("WGSL", ...files.map((file, i) => codeOf(file, folder, i === 0)), copy);
}

function codeOf({ file, text }: File, folder: string, open: boolean): HTMLElement {
  const code = make("code", {}, highlight(text.trimEnd()));
  const pre = make("pre", { class: "wgsl", attributes: { tabindex: "0" } }, code);
  const details = make("details", {}, make("summary", { text: folder + file }), pre);
  details.open = open;
  return details;
}
