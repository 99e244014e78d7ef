/** Promise rejections that nothing catches while `work` runs and shortly after. */
export async function uncaught(work: () => Promise<void>): Promise<unknown[]> {
  const found: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => {
    found.push(event.reason);
    event.preventDefault();
  };
  addEventListener("unhandledrejection", note);
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 50));
  } finally {
    removeEventListener("unhandledrejection", note);
  }
  return found;
}
