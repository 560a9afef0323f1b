import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import type { Child } from '../process/child';
import { spawnChild } from '../process/child';
import type { AudioInfo, LiveAudioTarget } from '../streams';
import { LiveFixture } from './testing/fixture';
import { runtime } from './testing/runtime';
import { waitFor } from './testing/waitFor';

const CAMERA = '33333333-3333-4333-8333-333333333333';
const PCMA: AudioInfo = { codec: 'pcm_alaw', sampleRate: 8000, channels: 1 };
const AAC: AudioInfo = { codec: 'aac', sampleRate: 48_000, channels: 1 };
let fixture: LiveFixture;

beforeEach(() => {
  fixture = new LiveFixture();
});

afterEach(() => fixture.dispose());

/** Sends a tone as an ingest would. */
function sing(target: LiveAudioTarget): Child {
  const [encoder, output] =
    target.mode === 'rtp'
      ? [
          [
            '-c:a',
            'pcm_alaw',
            '-ar',
            '8000',
            '-ac',
            '1',
            '-f',
            'rtp',
            '-payload_type',
            String(target.payloadType),
          ],
          [
            ...['-ssrc', String(target.ssrc), '-seq', String(target.firstSequence)],
            `rtp://${target.ip}:${target.rtpPort}?rtcpport=${target.rtcpPort}&localrtpport=${target.localRtpPort}` +
              `&localrtcpport=${target.localRtcpPort}&localaddr=127.0.0.1&pkt_size=1200`,
          ],
        ]
      : [
          ['-c:a', 'aac', '-ar', '48000', '-ac', '1', '-f', 'mpegts', '-flush_packets', '1'],
          [target.mode === 'handover' ? `udp://${target.ip}:${target.port}?pkt_size=1316` : '-'],
        ];
  return fixture.keep(
    spawnChild({
      file: runtime().ffmpegPath,
      args: [
        '-hide_banner',
        '-nostdin',
        '-v',
        'error',
        '-re',
        '-f',
        'lavfi',
        '-i',
        'sine=r=48000',
        ...encoder,
        ...output,
      ],
      label: 'sender',
      log: silentLogger(),
    }),
  );
}

async function listen(owner = 'window') {
  const { id: transportId } = await fixture.live.openTransport(owner);
  const rtpCapabilities = await fixture.live.capabilities();
  return fixture.live.consume(owner, { transportId, streamId: CAMERA, kind: 'audio', rtpCapabilities });
}

/** Packets of the sound arrive in the SFU. */
async function whenHeard(producerId: string): Promise<void> {
  const receiver = await fixture.receive(producerId);
  await waitFor('packets of the sound', () => receiver.packets.length > 5, 15_000);
}

const converters = () => fixture.live.stats().transcoders.length;

describe('live sound', () => {
  it('that WebRTC plays is passed on unchanged, and nothing exists until somebody listens', async () => {
    const target = await fixture.live.prepareAudio(CAMERA, PCMA);
    expect(target).toMatchObject({ mode: 'rtp', payloadType: 8, ip: '127.0.0.1' });
    expect(fixture.live.stats()).toMatchObject({ workers: [], consumers: 0 });
    sing(target);
    const offer = await listen();
    expect(offer.kind).toBe('audio');
    expect(offer.rtpParameters.codecs[0]?.mimeType).toBe('audio/PCMA');
    expect(fixture.live.stats().consumers).toBe(1);
    expect(converters()).toBe(0);
    await whenHeard(offer.producerId);
  });

  it('in AAC is converted to Opus from the first listener to the last', async () => {
    const target = await fixture.live.prepareAudio(CAMERA, AAC);
    expect(target.mode).toBe('handover');
    sing(target);
    const first = await listen('one');
    const second = await listen('two');
    expect(second.producerId).toBe(first.producerId);
    expect(first.rtpParameters.codecs[0]?.mimeType).toBe('audio/opus');
    await whenHeard(first.producerId);
    expect(converters()).toBe(1);
    fixture.live.closeOwner('one');
    expect(fixture.live.stats().consumers).toBe(1);
    fixture.live.closeOwner('two');
    await waitFor('the transcoder to end', () => converters() === 0, 10_000);
  });

  it('ends with its run, and the next run is heard anew', async () => {
    const before = sing(await fixture.live.prepareAudio(CAMERA, PCMA));
    const first = await listen('one');
    await whenHeard(first.producerId);
    await before.stop(0);
    fixture.live.ended(CAMERA);
    await waitFor('the consumer to go', () => fixture.live.stats().consumers === 0);
    await expect(listen('two')).rejects.toMatchObject({ kind: 'unavailable' });
    sing(await fixture.live.prepareAudio(CAMERA, PCMA));
    const next = await listen('three');
    expect(next.producerId).not.toBe(first.producerId);
    await whenHeard(next.producerId);
  });

  it('that cannot be had says why', async () => {
    expect(await fixture.live.prepareAudio(CAMERA, null)).toMatchObject({ mode: 'none' });
    await expect(listen()).rejects.toThrow('sends no sound');
    await fixture.live.prepareAudio(CAMERA, { codec: 'adpcm_g726', sampleRate: 8000, channels: 1 });
    await expect(listen('other')).rejects.toThrow('adpcm_g726');
  });

  it('whose port was taken meanwhile is refused, and can be had when the port is free', async () => {
    const target = await fixture.live.prepareAudio(CAMERA, PCMA);
    if (target.mode !== 'rtp') throw new Error('expected RTP');
    const thief = createSocket('udp4');
    await new Promise<void>((resolve) => thief.bind(target.rtpPort, '127.0.0.1', resolve));
    await expect(listen('one')).rejects.toMatchObject({ kind: 'unavailable' });
    await new Promise<void>((resolve) => thief.close(() => resolve()));
    sing(target);
    await whenHeard((await listen('two')).producerId);
  });

  it('survives the death of its worker: who listens again hears it again', async () => {
    sing(await fixture.live.prepareAudio(CAMERA, AAC));
    const first = await listen('one');
    await whenHeard(first.producerId);
    process.kill(fixture.live.stats().workers[0]?.pid ?? 0, 'SIGKILL');
    await waitFor('the loss', () => fixture.live.stats().consumers === 0);
    const next = await listen('two');
    expect(next.producerId).not.toBe(first.producerId);
    await whenHeard(next.producerId);
  });
});
