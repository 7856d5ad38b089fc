// The embedded database's files, synced. PGlite's own file system answers fsync without doing anything, so that what
// PostgreSQL takes for written may still be lost by a power cut. Plain JavaScript, for the database's thread.
import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

export class SyncedFiles extends NodeFS {
  async init(pg, options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [...emscriptenOpts.preRun, ({ FS }) => sync(FS)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function sync(FS) {
  const { NODEFS } = FS.filesystems;
  NODEFS.stream_ops.fsync = ({ node, nfd }) => {
    NODEFS.tryFSOperation(() =>
      FS.isDir(node.mode) ? syncFolder(NODEFS.realPath(node)) : fdatasyncSync(nfd),
    );
    return 0;
  };
}

/** Makes names that were given or taken in a folder last. Windows has no such call, and needs none. */
function syncFolder(path) {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
