/** Malformed pictures, sent to the server as it is run: each must be answered, with a photo or with one of four codes. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServingProcess, startServingProcess } from '../helpers/serving-process.ts';
import { type CampaignOptions, type Report, UNLIMITED } from './campaign.ts';
import { makePictures } from './malformed-picture.ts';

type Cases = Pick<CampaignOptions, 'seed' | 'count'>;

const ANSWERS = ['ok', 'NOT_AN_IMAGE', 'IMAGE_TRUNCATED', 'IMAGE_TOO_LARGE', 'IMAGE_FORMAT_UNSUPPORTED'];
const AT_ONCE = 8;
const SLOW_MS = 10_000;
const MOST_MIB = 1024;

export async function malformedPictures({ seed, count }: Cases): Promise<Report> {
  const makePicture = await makePictures(seed);
  const server = await startServingProcess(UNLIMITED);
  const counts = new Map<string, number>();
  const findings: string[] = [];
  let folder: string | undefined;
  const find = (index: number, bytes: Buffer, what: string) => {
    folder ??= mkdtempSync(join(tmpdir(), 'armoire-fuzz-'));
    const file = join(folder, `${seed}-${index}`);
    writeFileSync(file, bytes);
    findings.push(`${index}: ${what} (${file})`);
  };
  const send = async (index: number) => {
    const { bytes, made } = makePicture(index);
    const outcome = await ask(server, bytes);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (!ANSWERS.includes(outcome)) find(index, bytes, `${outcome}: ${made}`);
  };
  try {
    let next = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next < count && server.running()) await send(next++);
      }),
    );
    const answered = [...counts.values()].reduce((a, b) => a + b, 0);
    if (answered !== count) findings.push(`${count - answered} were not answered.`);
    if (!server.running()) findings.push(`The server ended: ${server.output().slice(-500)}`);
    else {
      const peak = Math.round(server.peak());
      console.log(`The server held at most ${peak} MiB.`);
      if (peak > MOST_MIB) findings.push(`The server held ${peak} MiB.`);
    }
    return { counts, findings };
  } finally {
    await server.stop();
  }
}

/** A slow answer may be the others' doing, so a picture is slow only where it is so alone. */
async function ask(server: ServingProcess, bytes: Buffer): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const start = performance.now();
    const answer = await server.parse(bytes).catch((error: unknown) => String(error));
    if (typeof answer === 'string') return answer;
    if (answer.code === 'BUSY' && attempt < 50) continue;
    if (performance.now() - start > SLOW_MS) {
      if (attempt > 2) return `took over ${SLOW_MS / 1000} s`;
      continue;
    }
    return answer.code ?? 'ok';
  }
}
