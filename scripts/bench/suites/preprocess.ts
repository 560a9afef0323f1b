import { measured, median, ratio } from '../lib/nativePrograms';
import type { Run } from '../measure';

interface Measured {
  readonly width: number;
  readonly height: number;
  readonly largest_error: number;
  readonly ours_us: number[];
  readonly swscale_us: number[];
  readonly swscale_fast_us: number[];
}

/** A frame of the ring to a model's input, against swscale. */
export async function preprocess(run: Run): Promise<void> {
  const figures = await measured<Record<'u8' | 'f32', Measured>>('preprocess_bench.cpp', 15);
  for (const kind of ['u8', 'f32'] as const) {
    const { width, height, largest_error, ours_us, swscale_us, swscale_fast_us } = figures[kind];
    run.note(
      `${kind} ${width}x${height}: ${median(ours_us).toFixed(0)} us, swscale bilinear ${median(swscale_us).toFixed(0)} us, ` +
        `fast_bilinear ${median(swscale_fast_us).toFixed(0)} us, largest error ${largest_error} of 255`,
    );
    run.result({
      id: `preprocess.${kind}_ratio`,
      value: ratio(ours_us, swscale_us),
      unit: 'x',
      samples: { ...figures[kind], ratio_to_fast_bilinear: ratio(ours_us, swscale_fast_us) },
      method:
        `CPU time of one thread for NV12 1080p letterboxed to ${kind === 'u8' ? 'uint8 NHWC' : 'float32 NCHW'} ${width}x${height}, ` +
        `against FFmpeg's own libswscale in the same process, SWS_BILINEAR, into the same place of a ` +
        `${kind === 'u8' ? 'packed RGB24' : 'planar float (GBRPF32)'} target, borders not filled; 15 interleaved batches of 24 frames ` +
        'from six pictures. Ours samples the four neighbours (as OpenCV INTER_LINEAR does); SWS_BILINEAR widens its filter when it ' +
        'scales down, fast_bilinear (in the samples) does not. Largest error: against the definitions in double precision, of 255.',
    });
  }
}
