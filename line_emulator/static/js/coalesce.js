/** One run at a time; calls that come while it runs become a single run after it. */
export function coalesce(run) {
  let running = null;
  let again = false;
  const loop = async () => {
    do {
      again = false;
      await run();
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = loop().finally(() => { running = null; });
    return running;
  };
}
