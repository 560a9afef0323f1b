import { command } from '../../../data/call';
import type { KeyPicture } from './decodeKeys';
import type { FeedEvents } from './HlsFeed';
import { HlsFeed } from './HlsFeed';
import { KeyReel } from './KeyReel';
import type { MappedPart } from './mediaMap';
import { smallPicture } from './smallPicture';

/** What the page decodes besides H.264, by FFmpeg's names: the rest is converted for it. */
const DECODES = ['hevc', 'av1', 'vp9'].filter((codec) =>
  MediaSource.isTypeSupported(
    `video/mp4; codecs="${{ hevc: 'hvc1.1.6.L93.B0', av1: 'av01.0.08M.08', vp9: 'vp09.00.40.08' }[codec] ?? codec}"`,
  ),
);

/** Footage of one camera that a tile plays: its video, its key frames, and where what lies in time. */
export class TileSession {
  /** Of what it plays. */
  readonly address: string;
  /** Where it begins, milliseconds since the epoch. */
  readonly start: number;
  readonly reel: KeyReel;
  readonly #id: string;
  readonly #feed: HlsFeed;
  #parts: readonly MappedPart[] = [];

  private constructor(
    opened: Awaited<ReturnType<typeof opening>>,
    video: HTMLVideoElement,
    onFailure: FeedEvents['onFailure'],
  ) {
    const { id, playlist, keys, start, media } = opened;
    this.#id = id;
    this.address = playlist.slice(0, playlist.lastIndexOf('/'));
    this.start = Date.parse(start);
    this.reel = new KeyReel(keys);
    this.#feed = new HlsFeed(video, playlist, media, {
      onParts: (parts) => {
        this.#parts = parts;
      },
      onFailure,
    });
  }

  /**
   * @param at milliseconds since the epoch; without footage there it begins at the next footage
   * @param isWanted asked when there is an answer; a session that is not wanted any more is closed
   * @returns null when it was not wanted any more
   * @throws CallError with status 404 where nothing follows
   */
  static async open(
    options: { readonly cameraId: string; readonly at: number; readonly video: HTMLVideoElement },
    isWanted: () => boolean,
    onFailure: FeedEvents['onFailure'],
  ): Promise<TileSession | null> {
    const opened = await opening(options.cameraId, options.at);
    if (isWanted()) return new TileSession(opened, options.video, onFailure);
    closing(opened.id);
    return null;
  }

  /** What its list holds by now, in order. */
  get parts(): readonly MappedPart[] {
    return this.#parts;
  }

  /** @see smallPicture */
  preview(at: number, isExact: boolean): Promise<KeyPicture | null> {
    return smallPicture(this.address, at, isExact);
  }

  close(): void {
    this.#feed.destroy();
    this.reel.close();
    closing(this.#id);
  }
}

const opening = (cameraId: string, at: number) =>
  command('playback.open', { camera_id: cameraId, at: new Date(at).toISOString(), decodes: DECODES });

/** Ends what is converted for it, too. */
const closing = (id: string): void => void command('playback.close', { id }).catch(() => undefined);
