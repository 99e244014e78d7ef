const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => console.log("weights", data);
worker.onerror = ({ message }) => console.error(message);
worker.postMessage({ steps: 200 });
