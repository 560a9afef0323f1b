import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PROGRAM = `
import os, sqlite3, sys, time, uuid
file, camera, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
folder = os.path.join(os.path.dirname(file), "snapshots")
picture = os.path.join(folder, next(name for name in os.listdir(folder) if name.endswith(".jpg")))
db = sqlite3.connect(file)
db.execute("PRAGMA foreign_keys = ON")
user = db.execute("SELECT id FROM users ORDER BY created_us LIMIT 1").fetchone()[0]
now = int(time.time() * 1e6) - 86400 * 10**6
for n in range(count):
    name = str(uuid.uuid4())
    at = now - n * 60 * 10**6
    os.link(picture, os.path.join(folder, name + ".jpg"))
    db.execute(
        "INSERT INTO snapshots (id, device_id, file, timestamp_us, source, bytes, width, height, user_id, created_us, label)"
        " VALUES (?, ?, ?, ?, 'live', 1000, 640, 360, ?, ?, ?)",
        (name, camera, name + ".jpg", at, user, at, "Round %d" % n if n % 5 == 0 else None))
    if n % 3 == 0:
        db.execute("INSERT INTO capture_tags VALUES (?, ?)", (name, "round"))
db.commit()
`;

/** More of the first snapshot that is there, a minute apart; only while the application does not run. */
export async function seedCaptures(dataDir: string, cameraId: string, count: number): Promise<void> {
  await run('/usr/bin/python3', ['-c', PROGRAM, path.join(dataDir, 'vas.db'), cameraId, String(count)]);
}
