// The Content-Security-Policy of the built pages, and what a package needs to work under it.

/**
 * Code, styles and pictures come from the site alone: no inline script or style, no text made code or markup (the one policy of
 * trusted types is for the address of the service worker). Pictures may also be of a visitor's own files.
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
 * The policy of the documentation: scripts of the site and inline ones of these hashes, nothing from elsewhere. TypeDoc's
 * search writes markup and its filters write a style, so types are not trusted, and styles may be inline.
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
        injectTo: "head-prepend", // before anything that it is about
      },
    ],
  };
}
