import { StreamAgent } from './streamAgent';

/** Every agent, one a camera (INV-35). An agent lives as long as it has subscriptions. */
export class AgentRegistry {
  readonly #agents = new Map<string, StreamAgent>();

  get(cameraId: string): StreamAgent | null {
    return this.#agents.get(cameraId) ?? null;
  }

  /** The camera's running agent, made when there is none. */
  obtain(cameraId: string): StreamAgent {
    const known = this.#agents.get(cameraId);
    if (known !== undefined) return known;
    const agent = new StreamAgent(cameraId);
    agent.start();
    this.#agents.set(cameraId, agent);
    return agent;
  }

  /** Stops and forgets the agent; nothing happens when there is none. */
  remove(cameraId: string): void {
    const agent = this.#agents.get(cameraId);
    if (agent === undefined) return;
    for (const { modelId } of agent.subscriptions()) agent.removeSubscription(modelId);
    if (agent.state === 'running') agent.stop();
    this.#agents.delete(cameraId);
  }

  list(): StreamAgent[] {
    return [...this.#agents.values()];
  }
}
