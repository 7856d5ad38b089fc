/** The thread on which previews are drawn. */
import { Worker } from 'node:worker_threads';
import { type Thread, talkTo } from '../vision/runtime/thread.ts';
import type { Refusal } from './refusals.ts';
import type { Answers, Questions, Step } from './steps.ts';

export interface Drawing {
  run<S extends Step>(step: S, question: Questions[S]): Promise<Answers[S] | Refusal>;
  close(): Promise<void>;
}

/** It is started when it is first asked, since few servers draw previews, and anew if it has failed. */
export function openDrawing(): Drawing {
  let thread: Thread<unknown> | undefined;
  const start = () => {
    // The worker needs none of the main thread's loaders.
    const worker = new Worker(new URL('./drawing-worker.mjs', import.meta.url), { execArgv: [] });
    return talkTo<unknown>(worker, 'The drawing of previews');
  };
  return {
    run<S extends Step>(step: S, question: Questions[S]) {
      if (!thread || thread.isGone) thread = start();
      return thread.ask({ step, question }) as Promise<Answers[S] | Refusal>;
    },
    close: async () => thread?.close(),
  };
}
