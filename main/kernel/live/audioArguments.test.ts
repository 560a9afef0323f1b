import { describe, expect, it } from 'vitest';
import { audioTranscoderArguments, soundWayOf } from './audioArguments';

const sound = (codec: string, sampleRate = 8000, channels = 1) => soundWayOf({ codec, sampleRate, channels });

describe('the way of a sound', () => {
  it('is a copy where WebRTC plays it', () => {
    expect(sound('pcm_alaw')).toEqual({ way: 'copy', sound: 'pcma' });
    expect(sound('pcm_mulaw')).toEqual({ way: 'copy', sound: 'pcmu' });
    expect(sound('opus', 48_000, 2)).toEqual({ way: 'copy', sound: 'opus' });
  });

  it('leads through the transcoder where the hand-over carries it', () => {
    expect(sound('aac', 48_000)).toEqual({ way: 'convert' });
  });

  it('ends with a reason for people where there is none', () => {
    expect(soundWayOf(null)).toMatchObject({ way: 'none', reason: expect.stringContaining('no sound') });
    // WebRTC's A-law is 8 kHz mono; played as that it would be noise.
    expect(sound('pcm_alaw', 16_000).way).toBe('none');
    expect(sound('adpcm_g726')).toMatchObject({ way: 'none', reason: expect.stringContaining('adpcm_g726') });
  });
});

it('the transcoder listens and sends on loopback only', () => {
  const args = audioTranscoderArguments(20_000, {
    ...{ mode: 'rtp', ip: '127.0.0.1', rtpPort: 20_002, rtcpPort: 20_003, localRtpPort: 20_004 },
    ...{ localRtcpPort: 20_005, ssrc: 7, payloadType: 97, firstSequence: 9 },
  });
  const addresses = args.filter((argument) => argument.includes('://'));
  expect(addresses).toHaveLength(2);
  for (const address of addresses)
    expect(address).toMatch(/^(udp|rtp):\/\/127\.0\.0\.1:.*localaddr=127\.0\.0\.1/);
  expect(args.join(' ')).toContain('-payload_type 97 -ssrc 7 -seq 9');
});
