import { openPage } from "../shared/page.ts";

// the kernels come later: what the page says while they load does not wait for them
await openPage(async (engine) => {
  const { browse } = await import("./browse.ts");
  await browse(engine);
});
