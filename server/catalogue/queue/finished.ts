/** Tasks are deleted in groups of this size, or after this time. */
const GROUP = 100;
const GROUP_MS = 200;

/**
 * Collects the ids of finished tasks and has them deleted in groups. Our own tables say what became of a task, so
 * pg-boss need not keep it; one that a kill leaves behind is claimed again and found to be done.
 */
export function openFinished(remove: (ids: string[]) => Promise<void>) {
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
