import { makeInHand } from '../../server/watchdog/in-hand.ts';
import { startWatchdog } from '../../server/watchdog/watchdog.ts';

// A process with a watchdog of two seconds, whose event loop turns, slowly, until it is told to hang.
const inHand = makeInHand();
startWatchdog(2, inHand);
inHand.begin('reading "gone.csv"')();
inHand.begin('reading "a.csv"');
inHand.begin('reading "b\n.csv"');
const work = setInterval(() => block(900), 950);
process.once('SIGUSR2', () => block(Number.POSITIVE_INFINITY));
process.once('SIGTERM', () => clearInterval(work));
console.log('Ready.');

function block(ms: number): void {
  for (const from = Date.now(); Date.now() - from < ms; );
}
