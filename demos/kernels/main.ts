import { openPage } from "../shared/page.ts";

// the kernels are loaded later, so that the page shows something before they arrive
await openPage(async (engine) => {
  const { browse } = await import("./browse.ts");
  const { library } = await import("./library.ts");
  await browse(engine, library(engine));
});
