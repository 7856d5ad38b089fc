/** npm run bench [-- NAME ARGUMENTS…]: one of the benches below; without a name, `parse`. */
import { anchorsBench } from './anchors.ts';
import { batch } from './batch.ts';
import { closer } from './closer.ts';
import { colours } from './colours.ts';
import { embed } from './embed.ts';
import { feedsBench } from './feeds.ts';
import { importBench } from './import.ts';
import { insights } from './insights.ts';
import { describeMachine } from './machine.ts';
import { memory } from './memory.ts';
import { outfits } from './outfits.ts';
import { parse } from './parse.ts';
import { queueBench } from './queue.ts';
import { recall } from './recall.ts';
import { refine } from './refine.ts';
import { retrieval } from './retrieval.ts';
import { soak } from './soak.ts';
import { tryOnBench } from './try-on.ts';
import { widget } from './widget.ts';

const BENCHES: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  anchors: anchorsBench,
  batch,
  closer,
  colours,
  embed,
  feeds: feedsBench,
  import: importBench,
  insights,
  memory,
  outfits,
  parse,
  queue: queueBench,
  recall,
  refine,
  retrieval,
  soak,
  'try-on': tryOnBench,
  widget,
};

const [name = 'parse', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`There is no bench "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}
console.log(`${describeMachine()}\n`);
await bench(args);
