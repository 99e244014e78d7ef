// The public address of the sources: package.json's `repository`. Without it, pages have no link to their source.

/**
 * The address of a folder of the repository; undefined where package.json names no repository.
 * @param {unknown} repository package.json's: an https address, "github:owner/name", or { url }
 * @param {string} folder
 */
export function sourceAddress(repository, folder) {
  if (repository === undefined) return undefined;
  const named = /** @type {{ url?: unknown } | null} */ (repository);
  const given = typeof repository === "string" ? repository : named?.url;
  const short = typeof given === "string" ? /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(given) : null;
  const address = short
    ? `https://github.com/${short[1]}`
    : String(given)
        .replace(/^git\+/, "")
        .replace(/\.git$/, "");
  if (!/^https:\/\/[\w.-]+\/[\w./-]+$/.test(address))
    throw new Error(
      `package.json: expected an https address or "github:owner/name" as repository, got ${JSON.stringify(repository)}; leave it out if there is none`,
    );
  return `${address}/tree/HEAD/${folder}`;
}
