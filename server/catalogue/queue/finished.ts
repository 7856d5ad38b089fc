/** Tasks are deleted in batches of this size, or after this time. */
const GROUP = 100;
const GROUP_MS = 200;

/**
 * Collects the ids of finished tasks and deletes them in batches. The outcome of a task is in our own tables, so
 * pg-boss need not keep it. A task that survives a kill is claimed again and found to be done.
 */
export function openFinishedTasks(remove: (ids: string[]) => Promise<void>) {
  const finished: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const ids = finished.splice(0);
    if (ids.length > 0) await remove(ids);
  }
  return {
    flush,
    async add(id: string): Promise<void> {
      finished.push(id);
      if (finished.length >= GROUP) await flush();
      else timer ??= setTimeout(flush, GROUP_MS);
    },
  };
}
