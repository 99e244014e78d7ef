/** Rejections that nobody has caught, while `work` runs and a little longer. */
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
