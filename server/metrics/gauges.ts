import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { Vision } from '../vision/contract.ts';
import { countWork, type WorkRow } from './work.sql.ts';

/** However often it is asked, the database counts the waiting work at most so often. */
const KEPT_MS = 5000;

interface Parts {
  readonly db: Database;
  readonly vision: Pick<Vision, 'serving' | 'embeddingModel'>;
}

/** What is looked up when somebody asks. */
export function addGauges(registry: Registry, { db, vision }: Parts): void {
  const registers = [registry];
  const work = keepFor(KEPT_MS, () => db.asOwner(countWork));
  new Gauge({
    name: 'armoire_import_tasks',
    help: 'Tasks of imports, of all shops and servers.',
    labelNames: ['state'],
    registers,
    async collect() {
      const row = await work();
      // A figure that nobody knows is missing; it is not zero.
      if (!row) return this.reset();
      this.set({ state: 'waiting' }, row.waiting);
      this.set({ state: 'running' }, row.running);
    },
  });
  gauge(
    'armoire_import_oldest_task_seconds',
    'How long the oldest task has waited.',
    (row) => row.oldestSeconds,
  );
  gauge('armoire_webhook_deliveries_waiting', 'Deliveries of webhooks that wait.', (row) => row.deliveries);
  new Gauge({
    name: 'armoire_database_connections',
    help: 'Connections of this server to its database; waiting: those who want one.',
    labelNames: ['state'],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = db.pool;
      this.set({ state: 'in_use' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  const { replica } = db;
  if (replica) {
    new Gauge({
      name: 'armoire_replica_usable',
      help: '1 while the read replica answers and does not lag, else 0.',
      registers,
      collect() {
        this.set(Number(replica.isUsable()));
      },
    });
  }
  new Gauge({
    name: 'armoire_model_info',
    help: 'Always 1.',
    labelNames: ['embedding_model', 'provider'],
    registers,
  }).set({ embedding_model: vision.embeddingModel, provider: vision.serving.provider }, 1);

  function gauge(name: string, help: string, read: (row: WorkRow) => number): void {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const row = await work();
        if (row) this.set(read(row));
        else this.remove();
      },
    });
  }
}

/** The result of at most `milliseconds` ago; null if it failed. Callers at the same time share one. */
function keepFor<T>(milliseconds: number, find: () => Promise<T>): () => Promise<T | null> {
  let kept: { at: number; found: Promise<T | null> } | null = null;
  return () => {
    if (!kept || Date.now() - kept.at > milliseconds) {
      kept = { at: Date.now(), found: find().catch(() => null) };
    }
    return kept.found;
  };
}
