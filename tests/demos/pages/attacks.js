// Attacks that code injected through a stranger's text could try in a page; policy.test.ts evaluates them in one. Each
// resolves to whether it succeeded.

/** @param {string} tag @param {(node: HTMLElement) => void} change */
function appended(tag, change) {
  const node = document.createElement(tag);
  change(node);
  document.body.append(node);
}

Object.assign(globalThis, {
  /** @param {string} url of another origin @returns {Record<string, () => unknown>} */
  attacks: (url) => ({
    "inline script": () => {
      appended("script", (node) => {
        node.textContent = "globalThis.ran = 1";
      });
      return "ran" in globalThis;
    },
    "a script of another origin": () =>
      new Promise((resolve) => {
        appended("iframe", (node) => {
          node.onload = () => resolve(false); // the browser shows an error page of its own in the frame
          node.setAttribute("srcdoc", `<script src="${url}script.js"></script>`);
        });
      }),
    "markup from text": () => {
      document.body.innerHTML = '<img src="" onerror="globalThis.ran = 1">';
      return true;
    },
    "code from text": () => {
      // biome-ignore lint/security/noGlobalEval: it has to be refused
      // biome-ignore lint/complexity/noCommaOperator: not the eval of this function
      (0, eval)("globalThis.ran = 1");
      return true;
    },
    "a module in the address": () => import(`data:text/javascript,${"globalThis.ran=1"}`),
    "a module of another origin": () => import(`${url}module.js`),
    "a request to another origin": async () => (await fetch(url)).ok,
    "a worker of its own code": () => new Worker(URL.createObjectURL(new Blob(["1"]))),
    "a picture of another origin": () =>
      new Promise((resolve) => {
        const picture = new Image();
        picture.onload = () => resolve(true);
        picture.onerror = () => resolve(false);
        picture.src = `${url}picture.png`;
      }),
    "inline style": () => {
      appended("style", (node) => {
        node.textContent = "body { border-top: 7px solid }";
      });
      return getComputedStyle(document.body).borderTopWidth === "7px";
    },
    "style in an attribute": () => {
      appended("p", (node) => {
        node.id = "styled";
        node.setAttribute("style", "border-top: 7px solid");
      });
      const styled = document.querySelector("#styled");
      return styled !== null && getComputedStyle(styled).borderTopWidth === "7px";
    },
    "a policy of trusted types": () => {
      Reflect.get(globalThis, "trustedTypes").createPolicy("default", {});
      return true;
    },
    "another policy of the same name": () => {
      Reflect.get(globalThis, "trustedTypes").createPolicy("service-worker", {});
      return true;
    },
    "another base": () => {
      appended("base", (node) => node.setAttribute("href", url));
      return document.baseURI === url;
    },
  }),
});
