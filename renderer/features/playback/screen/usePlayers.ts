import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { KeyPicture } from '../player/decodeKeys';
import type { TilePlayer } from '../player/TilePlayer';

/** The players of the tiles that are shown; they come and go with them. */
export interface Players {
  readonly onPlayer: (cameraId: string, player: TilePlayer | null) => void;
  readonly all: () => readonly TilePlayer[];
  /** Id of the camera whose tile is selected. */
  readonly selectedId: () => string | null;
  /** Whose sound is heard: the selected one, or the only one. */
  readonly heard: () => TilePlayer | null;
  /** A small picture of a camera (null: the selected or the first one) at about a moment. */
  readonly preview: (cameraId: string | null, at: number) => Promise<KeyPicture | null>;
  /** The key frame of a camera at a moment. */
  readonly exactPreview: (cameraId: string, at: number) => Promise<KeyPicture | null>;
}

/** @param selectedId of the camera whose tile is selected */
export function usePlayers(selectedId: string | null): Players {
  const players = useRef(new Map<string, TilePlayer>());
  const selected = useRef<string | null>(null);
  useEffect(() => {
    selected.current = selectedId;
  }, [selectedId]);
  const onPlayer = useCallback((cameraId: string, player: TilePlayer | null) => {
    if (player === null) players.current.delete(cameraId);
    else players.current.set(cameraId, player);
  }, []);
  return useMemo(() => {
    const all = () => [...players.current.values()];
    return {
      ...{ onPlayer, all, selectedId: () => selected.current },
      heard: () =>
        players.current.get(selected.current ?? '') ??
        (players.current.size === 1 ? (all()[0] ?? null) : null),
      preview: (cameraId, at) => {
        const player =
          players.current.get(cameraId ?? selected.current ?? '') ??
          (cameraId === null ? all()[0] : undefined);
        return player?.preview(at) ?? Promise.resolve(null);
      },
      exactPreview: (cameraId, at) =>
        players.current.get(cameraId)?.preview(at, true) ?? Promise.resolve(null),
    };
  }, [onPlayer]);
}
