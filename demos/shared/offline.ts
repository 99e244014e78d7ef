/** At the top of the built site, beside the folder of this chunk; scripts/offline.mjs writes it. */
const WORKER = "service_worker.js";

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(text: string): string },
  ): { createScriptURL(text: string): unknown };
}

declare global {
  interface Window {
    /** The API of browsers that have trusted types. */
    readonly trustedTypes?: TrustedTypes;
  }
}

/**
 * Stores the page and all files it may load for use without a network, once it is loaded. Only in the built site, and
 * if the browser has service workers (https and localhost). `document.body.dataset.offline` is then "kept", or the
 * reason why not.
 */
export async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  if (document.readyState !== "complete") {
    await new Promise((loaded) => window.addEventListener("load", loaded, { once: true }));
  }
  const here = import.meta.url; // this chunk is in assets/; with a literal path Vite would look for a file
  const site = new URL("..", here);
  document.body.dataset.offline = await kept(site).catch((error: unknown) => String(error));
}

async function kept(site: URL): Promise<string> {
  const registration = await navigator.serviceWorker.register(trusted(new URL(WORKER, site).href));
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<string>((resolve) => {
    port1.onmessage = ({ data }) => resolve(String(data));
  });
  const page = location.pathname.slice(site.pathname.length).replace(/index\.html$/, "");
  worker?.postMessage(page, [port2]);
  return answer;
}

/** The only address that the pages' policy accepts as a script address. */
function trusted(address: string): string {
  const policy = window.trustedTypes?.createPolicy("service-worker", {
    createScriptURL(text) {
      if (text === address) return text;
      throw new Error(`service-worker: expected ${address}, got ${text}`);
    },
  });
  return policy ? (policy.createScriptURL(address) as string) : address;
}
