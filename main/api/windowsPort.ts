import type { RequestOf, ResponseOf } from '../../contract';
import type { OwnerId } from './api';

/** The windows of the application, which only the shell knows. */
export interface WindowsPort {
  /** Pushes what is open at once and on each change; returns how to stop. */
  subscribe(push: (state: ResponseOf<'windows.state'>) => void): () => void;
  subscribeRequests(push: (request: ResponseOf<'windows.requests'>) => void): () => void;
  /** @throws VasError conflict when there are too many, not_found for an unknown monitor */
  openWall(request: RequestOf<'windows.open-wall'>): { id: string };
  /** @throws VasError not_found */
  closeWall(id: string): void;
  /** @throws VasError not_found when the caller has no window any more */
  setFullScreen(owner: OwnerId, on: boolean): void;
  showMain(request: RequestOf<'windows.show-main'>): void;
}
