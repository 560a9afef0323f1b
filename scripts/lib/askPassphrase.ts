import { createInterface } from 'node:readline';

/**
 * At a terminal the passphrase is typed and not shown; otherwise it is the first line of standard input. Never an
 * argument or a variable, which others on the computer can read.
 */
export async function askPassphrase(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) {
    stderr.write(question);
    stdin.setRawMode(true);
  }
  try {
    return await (stdin.isTTY ? typed(stdin) : firstLine(stdin));
  } finally {
    if (stdin.isTTY) {
      stdin.setRawMode(false);
      stderr.write('\n');
    }
    stdin.pause();
  }
}

async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  return '';
}

function typed(input: NodeJS.ReadStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const onData = (data: Buffer) => {
      for (const key of data.toString('utf8')) {
        if (key === '\r' || key === '\n') return finish(() => resolve(text));
        if (key === '\u0003') return finish(() => reject(new Error('Cancelled.')));
        if (key === '\u007f' || key === '\b') text = [...text].slice(0, -1).join('');
        else text += key;
      }
    };
    const finish = (end: () => void) => {
      input.off('data', onData);
      end();
    };
    input.on('data', onData);
  });
}
