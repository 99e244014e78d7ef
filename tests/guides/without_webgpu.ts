import { init, NoAdapterError } from "wgrad";

/** The engine, or a sentence for the visitor. */
async function start() {
  try {
    return await init();
  } catch (error) {
    if (error instanceof NoAdapterError) return error.message; // says what to do
    throw error;
  }
}

const started = await start();
if (typeof started === "string") console.log(started);
else console.log(started.gpu.adapter.software); // true for a software adapter
