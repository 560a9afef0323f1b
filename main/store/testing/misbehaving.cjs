// Speaks the store's protocol on a worker thread and misbehaves as the argument of the call says.
const { parentPort, workerData } = require('node:worker_threads');

// Set by the test: Int32Array of [a hanging call goes on, the next start fails, calls begun].
const flags = new Int32Array(workerData.shared);

function serve({ kind, seq, call }) {
  const answer = (value, elapsedUs = 1) => parentPort.postMessage({ kind: 'answer', seq, value, elapsedUs });
  if (kind === 'close') {
    answer(null);
    parentPort.close();
    return;
  }
  Atomics.add(flags, 2, 1);
  Atomics.notify(flags, 2);
  switch (call.args[0]) {
    case 'throw':
      throw new Error('poison');
    case 'exit':
      process.exit(3);
      break;
    case 'hang':
      // As a stuck disk does: the thread does not come back.
      Atomics.wait(flags, 0, 0);
      answer('late');
      break;
    case 'slow':
      answer('slow', 41_000);
      break;
    default:
      answer(call.args[0]);
  }
}

if (Atomics.load(flags, 1) !== 0) {
  const error = { kind: 'unavailable', message: 'the disk is gone' };
  parentPort.postMessage({ kind: 'refused', error });
} else {
  parentPort.on('message', serve);
  parentPort.postMessage({ kind: 'ready', schemaVersion: 40, migrated: null });
}
