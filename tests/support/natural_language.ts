import { type ESTree, parseSync } from "vite";

type Node = ESTree.Node;

/** A string or template literal in a program and its text; `☐` stands for each inserted value. */
export interface Said {
  readonly text: string;
  readonly line: number;
  /** The enclosing syntax nodes, innermost first. */
  readonly around: readonly Node[];
  readonly node: Node;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

function children(node: Node): Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** Every string and template of a TypeScript file that contains letters; types and module names are left out. */
export function said(path: string, code: string): Said[] {
  const found: Said[] = [];
  const visit = (node: Node, around: readonly Node[]): void => {
    if (
      /^(TS(?!AsExpression|SatisfiesExpression|NonNull)|ImportDecl|Export(All|Named)Decl)/.test(
        node.type,
      )
    )
      if (node.type !== "ExportNamedDeclaration" || !node.declaration) return;
    const text = textOf(node);
    if (text !== undefined && /\p{L}/u.test(text)) {
      const line = code.slice(0, node.start).split("\n").length;
      found.push({ text, line, around, node });
    }
    for (const child of children(node)) visit(child, [node, ...around]);
  };
  visit(parseSync(path, code).program, []);
  return found;
}

function textOf(node: Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral")
    return node.quasis.map(({ value }) => value.cooked ?? value.raw).join("☐");
  return undefined;
}

/** Functions whose arguments are read by programs. */
const forPrograms =
  /^(byId|query|querySelector(All)?|closest|matches|matchMedia|addEventListener|removeEventListener|getContext|setProperty|getPropertyValue|colour|URL|RegExp|term|fetch)$/;

/** Functions whose arguments are keys if they are a single word. */
const ofKeys =
  /^(startsWith|endsWith|includes|split|replace(All)?|match(All)?|get|has|set|getAll|delete|toggle|add|remove|setStatus|hasOwn|indexOf|toLocaleString)$/;

/** Object keys whose values are read by programs. */
const keysForPrograms =
  /^(class|className|id|type|role|demo|href|rel|src|url|code|style|kind|mode|format|for|colou?r|shape|font|textAlign|textBaseline|lineCap|lineJoin|cursor|accept|data-.*|aria-(?!label|valuetext|roledescription).*)$/;

/** Whether a text has words (two in a row, or one with a capital) and a visitor may read it. */
export function isLanguage({ text, around, node }: Said): boolean {
  const [parent] = around;
  if (
    !/\p{L}{2,}[^\p{L}<>=(){}]*\s[^\p{L}<>=(){}]*\p{L}+/u.test(text) &&
    !/^\s*\p{Lu}\p{Ll}+/u.test(text)
  )
    return false;
  if (!parent || isKey(parent, node) || isCompared(parent)) return false;
  if (/px system-ui|Error$/.test(text)) return false; // a CSS font; the name of an error class
  if (isDeveloperError(text, around)) return false;
  return !isForPrograms(parent, node, text);
}

const isKey = (parent: Node, node: Node) =>
  (parent.type === "Property" && parent.key === node) ||
  (parent.type === "MemberExpression" && parent.property === node) ||
  parent.type === "SwitchCase";

const isCompared = (parent: Node) =>
  parent.type === "BinaryExpression" && /^(===|!==|in)$/.test(parent.operator);

/** Visitors read errors that name a part of the address or are full sentences; other errors report bugs of the page. */
function isDeveloperError(text: string, around: readonly Node[]): boolean {
  if (/^(\?|☐|\p{Lu})/u.test(text)) return false;
  const end = around.findIndex(({ type }) => type === "BlockStatement");
  return around.slice(0, end < 0 ? undefined : end).some(({ type }) => type === "ThrowStatement");
}

function isForPrograms(parent: Node, node: Node, text: string): boolean {
  if (parent.type === "Property") return keysForPrograms.test(nameOf(parent.key));
  if (parent.type !== "CallExpression" && parent.type !== "NewExpression")
    return parent.type === "ImportExpression";
  const name = nameOf(parent.callee);
  const first = parent.arguments[0];
  if (name === "setAttribute")
    return (
      first === node || !/^(aria-label|aria-valuetext|title|alt|placeholder)$/.test(nameOf(first))
    );
  if (ofKeys.test(name)) return !/\s/.test(text.trim());
  return forPrograms.test(name) || (name === "make" && first === node);
}

/** The last name of an expression, or the text of a literal. */
function nameOf(node: Node | undefined): string {
  if (node?.type === "Identifier" || node?.type === "PrivateIdentifier") return node.name;
  if (node?.type === "MemberExpression") return nameOf(node.property);
  return node?.type === "Literal" ? String(node.value) : "";
}
