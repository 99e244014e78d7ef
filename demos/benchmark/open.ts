/** Starts wgrad and TensorFlow.js; its `adapter` and whether that is a software one. */
export async function openLibraries() {
  const [{ init }, tf] = await Promise.all([import("wgrad"), import("@tensorflow/tfjs-core")]);
  const engine = await init();
  await tf.setBackend("webgpu");
  await tf.ready();
  const { name: adapter, software } = engine.gpu.adapter;
  return { adapter, software };
}
