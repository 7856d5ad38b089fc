import type { JobTask } from '../queue/tasks.ts';

/** How far this process has looked through a shop's items for jobs whose turn was over. Others, and the next start, begin anew. */
export interface Places {
  /** The last item that was looked at; undefined if there is none. It is forgotten, so that only a reading that leaves it again has it. */
  take(task: JobTask): string | undefined;
  leave(task: JobTask, itemId: string): void;
}

/** Of jobs that another process has ended. */
const MOST_KEPT = 1000;

export function makePlaces(): Places {
  // In the order in which they were left.
  const places = new Map<string, string>();
  const keyOf = ({ jobId, attempt }: JobTask) => `${jobId}/${attempt}`;
  return {
    take(task) {
      const place = places.get(keyOf(task));
      places.delete(keyOf(task));
      return place;
    },
    leave(task, itemId) {
      places.set(keyOf(task), itemId);
      for (const oldest of places.keys()) if (places.size > MOST_KEPT) places.delete(oldest);
    },
  };
}
