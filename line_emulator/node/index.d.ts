export interface Entry {
  id: string;
  from: "user" | "bot" | "notice";
  name: string;
  at: number;
  via: string;
  message: { type: string; text?: string; altText?: string; [field: string]: unknown };
}

export interface Delivery {
  id: string;
  status: number | null;
  outcome: "ok" | "error_status_code" | "request_timeout" | "could_not_connect" | "unclassified";
  detail: string;
  [field: string]: unknown;
}

export interface Done {
  entry: Entry | null;
  delivery: Delivery | null;
}

export interface Tap extends Done {
  did: string;
  action: { type: string; [field: string]: unknown };
}

export interface Problem {
  property: string;
  message: string;
}

export interface Call {
  id: string;
  method: string;
  path: string;
  status: number;
  verdict: "accepted" | "refused" | "fault" | "uncovered";
  reasons: Problem[];
  hints: Problem[];
  request: unknown;
  response: unknown;
}

export declare class LineEmulatorError extends Error {
  readonly status: number;
}

export declare class LineEmulator {
  readonly url: string;
  constructor(url?: string);
  newUser(name: string, options?: { follows?: boolean }): Promise<string>;
  newGroup(name: string, members: string[], options?: { invite?: boolean; kind?: "group" | "room" }): Promise<string>;
  says(user: string, text: string, options?: { chat?: string; mention_bot?: boolean; quote?: string }): Promise<Done>;
  send(user: string, what: { kind: string; [field: string]: unknown }): Promise<Done>;
  taps(user: string, label: string, options?: { chat?: string; params?: Record<string, string> }): Promise<Tap>;
  waitFor(user: string, options?: { count?: number; text?: string; chat?: string; timeout?: number }): Promise<Entry[]>;
  control(switches: Record<string, unknown>): Promise<Record<string, unknown>>;
  advance(seconds: number): Promise<void>;
  reset(): Promise<void>;
  calls(): Promise<Call[]>;
  refusals(): Promise<Call[]>;
  conversation(user: string, chat?: string): Promise<string>;
  story(): Promise<string>;
}
