/** What figures of speed depend on, for the head of every bench. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { env } from 'onnxruntime-node';
import sharp from 'sharp';

/** Processor, cores that this process may use, memory, versions, and how busy the machine is at the moment. */
export function describeMachine(): string {
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `${cpus()[0]?.model.trim() ?? process.arch}, ${availableParallelism()} cores, ${gib} GiB`,
    `Node ${process.versions.node}, onnxruntime ${env.versions.node}, sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`,
    `load ${loadavg()[0]!.toFixed(2)} at the start`,
  ].join('\n');
}
