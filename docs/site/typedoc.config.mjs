// The documentation: the reference from the docstrings of all entry points, the guides from docs/guides.
import { resolve } from "node:path";
import { entries } from "../../scripts/entries.mjs";

const root = resolve(import.meta.dirname, "../..");
/** @param {string} path */
const at = (path) => resolve(root, path);

/** @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  name: "wgrad",
  plugin: [at("docs/site/plugin.mjs")],
  entryPoints: entries().map(({ source }) => at(source)),
  tsconfig: at("docs/site/tsconfig.json"),
  readme: at("docs/README.md"),
  projectDocuments: ["guides/*.md", "[a-z]*.md", "decisions/*.md"].map((path) =>
    at(`docs/${path}`),
  ),
  out: at("dist/site/docs"),
  customCss: at("docs/site/pages.css"),
  customJs: at("docs/site/pages.js"),
  navigationLinks: { "Demo pages": "site:index.html" },
  hideGenerator: true,
  disableSources: true, // the repository has no public address yet
  disableGit: true,
  excludePrivate: true,
  excludeInternal: true,
  skipErrorChecking: true, // tsc has
  highlightLanguages: ["ts", "tsx", "js", "svelte", "json", "html", "wgsl", "sh", "mermaid"],
  searchInComments: true,
  searchInDocuments: true,
  navigation: { includeCategories: false, includeGroups: false, includeFolders: false },
  requiredToBeDocumented: ["Enum", "Variable", "Function", "Class", "Interface", "TypeAlias"],
  intentionallyNotDocumented: [
    // members of types without a name: the text of the type around them says what they do
    "wgrad/data.BatchTransform.__type.forward",
    "wgrad/data.CsvParser.__type.dsvFormat",
    "wgrad/data.CsvParser.__type.dsvFormat.__type.parseRows",
    "wgrad/data.CsvParser.__type.parse",
    "wgrad/ml.FittedOf.__type.fit",
    "wgrad/ml.Predicted.__type.predict",
    "wgrad/train.FitCommon.average.__type.update",
    "wgrad/train.LossStep.optimizer.__type.step",
    "wgrad/train.LossStep.optimizer.__type.zeroGrad",
    "wgrad/train.TunableStep.__type.questions",
  ],
  validation: { notExported: false, invalidLink: true, invalidPath: true, notDocumented: true },
};
