import path from 'node:path';
import Database from 'better-sqlite3';

/** Puts an hour of plausible minutes into a closed data folder, as the application keeps them. */
export function seedHealth(dataDir: string, cameraId: string, minutes = 60): void {
  const db = new Database(path.join(dataDir, 'vas.db'));
  const names = [
    ...['cpu_percent', 'main_cpu_percent', 'memory_bytes', 'main_memory_bytes', 'event_loop_delay_ms'],
    ...['cameras_running', 'ingest_total_bytes_per_s', 'reconnects_total', 'store_latency_ms', 'store_queue'],
    ...['wal_bytes', 'sfu_producers', 'sfu_consumers', 'sfu_in_bytes_per_s', 'sfu_out_bytes_per_s'],
    ...['disk_free_bytes', 'recorded_bytes', `camera_fps|${cameraId}`, `ingest_bytes_per_s|${cameraId}`],
    `reconnects|${cameraId}`,
  ];
  db.prepare('INSERT INTO health_layouts (id, names) VALUES (1, ?) ON CONFLICT DO NOTHING').run(
    JSON.stringify(names),
  );
  const layout = db
    .prepare('SELECT id FROM health_layouts WHERE names = ?')
    .pluck()
    .get(JSON.stringify(names));
  const insert = db.prepare('INSERT OR REPLACE INTO health_minutes VALUES (?, ?, ?)');
  const lastS = Math.floor(Date.now() / 60_000) * 60 - 60;
  for (let index = 0; index < minutes; index++) {
    const wave = Math.sin(index / 6);
    const lost = index % 23 === 22 ? 1 : 0;
    const values = [
      ...[14 + 4 * wave, 6 + 2 * wave, 720e6 + 12e6 * wave, 310e6 + 1e6 * index, 2 + 6 * Math.abs(wave)],
      ...[1 - lost, 510_000 + 60_000 * wave, lost, 3 + 2 * Math.abs(wave), index % 9 === 0 ? 2 : 0],
      ...[400_000 + 40_000 * (index % 12), 1, index % 20 < 8 ? 1 : 0, 510_000 + 60_000 * wave],
      ...[index % 20 < 8 ? 510_000 : 0, 73e9 - 30e6 * index, 2e9 + 30e6 * index, 25 - 25 * lost],
      ...[510_000 + 60_000 * wave, lost],
    ];
    insert.run(lastS - (minutes - 1 - index) * 60, layout, Buffer.from(Float32Array.from(values).buffer));
  }
  db.close();
}
