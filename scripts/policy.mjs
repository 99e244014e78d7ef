// The Content-Security-Policy of the built pages, and the changes to a package that violates it.

/**
 * Code, styles and pictures come from the site only: no inline script or style, and no text is turned into code or
 * markup (the only trusted-types policy is for the address of the service worker). Pictures may also be files of the
 * visitor's.
 */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types service-worker",
].join("; ");

/**
 * The policy of the documentation: scripts of the site and inline scripts with these hashes, nothing from elsewhere.
 * TypeDoc's search writes markup and its filters write a style, so trusted types are not required and inline styles are
 * allowed.
 * @param {readonly string[]} hashes SHA-256 in base64 of the page's inline scripts
 */
export const docsPolicy = (hashes) =>
  [
    "default-src 'none'",
    ["script-src 'self'", ...hashes.map((hash) => `'sha256-${hash}'`)].join(" "),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/**
 * Puts the policy into every page of the built site.
 * @returns {import("vite").Plugin}
 */
export function contentSecurityPolicy() {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: policy },
        injectTo: "head-prepend", // before any element that it applies to
      },
    ],
  };
}

/** Code of tweakpane that violates the policy, and its replacement, which does not turn text into styles or markup. */
const replacements = /** @type {const} */ ([
  [
    /const styleElem = doc\.createElement\('style'\);\s*styleElem\.dataset\.tpStyle = id;\s*styleElem\.textContent = css;\s*doc\.head\.appendChild\(styleElem\);/,
    "const sheet = new CSSStyleSheet(); sheet.replaceSync(css); doc.adoptedStyleSheets.push(sheet);",
  ],
  [
    /elem\.innerHTML = (ICON_ID_TO_INNER_HTML_MAP\[iconId\]);/,
    `for (const [, name, attributes] of $1.matchAll(/<(\\w+) ([^>]*)\\/>/g)) {
      const part = document.createElementNS(SVG_NS, name);
      for (const [, key, value] of attributes.matchAll(/(\\w+)="([^"]*)"/g)) part.setAttribute(key, value);
      elem.appendChild(part);
    }`,
  ],
]);

/**
 * Tweakpane adds a style element and writes markup: in the built site both are done with DOM calls.
 * @returns {import("vite").Plugin}
 */
export function strictTweakpane() {
  return {
    name: "strict-tweakpane",
    apply: "build",
    transform(code, id) {
      if (!/\/tweakpane\/dist\/tweakpane(\.min)?\.js$/.test(id)) return null;
      let text = code;
      for (const [pattern, instead] of replacements) {
        if (!pattern.test(text)) this.error(`strict-tweakpane: expected ${pattern} in ${id}`);
        text = text.replace(pattern, instead);
      }
      return { code: text, map: null };
    },
  };
}
