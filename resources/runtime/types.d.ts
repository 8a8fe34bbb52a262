/** What the runtime's modules hand to each other; types only, nothing of it ships. */

/** [tag, attributes] of SVG shapes on a 24 × 24 view box. */
export type Drawing = [string, Record<string, string>][];

export type Mode = "popup" | "inline" | "fullpage" | "portal";
export type Face = "n8n" | "chatkit";

/** `exporter.runtime_config.runtime_config`: the widget's own sections and names. */
export interface Config {
  key: string;
  name: string;
  provider: string;
  icons: Record<string, Drawing>;
  [section: string]: any;
}

/** Where this page runs. */
export interface Host {
  kind: "hosted" | "static" | "preview";
  base: string;
  runtime: Record<string, string>;
  simulated?: string;
  scenario?: any;
  frame?: string;
  token?: string;
}

/** Whether the last patch changed something at, below or above a dotted path. */
export type Touches = (path: string) => boolean;

export interface Part {
  node: HTMLElement;
  update(touches: Touches): void;
  destroy(): void;
}

/** What the loader gives to the face that comes later. */
export interface Seat {
  readonly config: Config;
  readonly host: Host;
  readonly root: ShadowRoot;
  /** `.vt`: carries theme and state for everything in the shadow root. */
  readonly frame: HTMLElement;
  readonly mode: Mode;
  readonly isOpen: boolean;
  /** Aborted when the widget is destroyed. */
  readonly signal: AbortSignal;
  /** An absolute address for a path of the widget's host ("api/events"). */
  url(path: string): string;
  load(name: string): Promise<any>;
  emit(name: string, detail?: unknown): void;
  open(): void;
  close(): void;
  listen(name: string, fn: (detail: any) => void): () => void;
}

/** What every part of the chat works with. */
export interface Ctx extends Seat {
  readonly face: Face;
  t(name: string): string;
  /** BCP 47 tag in force, and its direction. */
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
  /** One of ours, else the widget's own of that name. */
  icon(name: string): SVGSVGElement;
  /** A name the owner chose: prompts, tools, header buttons. */
  ownIcon(name: string): SVGSVGElement;
  announce(text: string): void;
}

/** What a face answers to the loader. */
export interface Mounted {
  update(touches: Touches): void;
  /** `focus`: a person opened it, so the field may take the focus. */
  opened(focus: boolean): void;
  closed(): void;
  send(text: string): void;
  destroy(): void;
}

export interface Message {
  id: string;
  role: "user" | "assistant";
  text: string;
  [more: string]: any;
}

export interface Thread {
  id: string;
  title: string;
  /** Milliseconds since 1970. */
  updated: number;
}

export interface SendOptions {
  files?: File[];
  tool?: string;
  model?: string;
}

export interface Conversation {
  readonly messages: readonly Message[];
  readonly status: "idle" | "waiting" | "streaming";
  readonly empty: boolean;
  start(): void;
  send(text: string, options?: SendOptions): void | Promise<void>;
  stop(): void;
  retry(id?: string): void;
  restart(): void;
  threads(): Promise<Thread[]>;
  openThread(id: string): void | Promise<void>;
  renameThread(id: string, title: string): void | Promise<void>;
  deleteThread(id: string): void | Promise<void>;
  transcript(): string;
  subscribe(fn: () => void): () => void;
  update(touches: Touches): void;
  destroy(): void;
}

export interface Composer extends Part {
  focus(): void;
  setText(text: string): void;
}
