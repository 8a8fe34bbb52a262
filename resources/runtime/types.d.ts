/** What the runtime's modules hand to each other; types only, nothing of it ships. */

/** [tag, attributes] of SVG shapes on a 24 × 24 view box. */

export type Mode = "popup" | "inline" | "fullpage" | "portal";
export type Face = "n8n" | "chatkit";

/** `exporter.runtime_config.runtime_config`: the widget's own sections and names. */
export interface Config {
  key: string;
  name: string;
  provider: string;
  icons: Record<string, string>;
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

/** What `Vitrine.get(key).on(name, fn)` tells an owner. */
export interface OwnerEvents {
  ready: [];
  open: [];
  close: [];
  /** The tag now spoken. */
  language: [string];
  /** The visitor sent something; the real ChatKit does not say what. */
  message: [{ text?: string; files?: string[] }];
  reply: [{ id?: string; text?: string }];
  error: [{ code: string; status?: number; detail?: string; message?: string }];
  /** n8n's session id; ChatKit's thread, or when the real one's secret runs out (ms since 1970). */
  session: [{ session?: string; thread?: string | null; expires_at?: number }];
  /** A button of a workflow's or of a ChatKit widget's was pressed. */
  action: [{ link?: string; type?: string; payload?: unknown; item?: string; handler?: string }];
  feedback: [{ id?: string; value?: number; text?: string; rating?: number }];
}

/** Besides, an owner names events of the header's buttons, and ChatKit's have their own. */
export type DetailOf<Name extends string> = Name extends keyof OwnerEvents ? OwnerEvents[Name] : [detail?: any];

/** What the loader gives to the face that comes later. */
export interface Seat {
  config: Config;
  isOpen: boolean;
  readonly host: Host;
  readonly root: ShadowRoot;
  /** The host element in the page. */
  readonly element: HTMLElement;
  /** `.vt`: carries theme and state for everything in the shadow root. */
  readonly frame: HTMLElement;
  readonly launcher: HTMLElement;
  readonly script: HTMLScriptElement | null;
  readonly mode: Mode;
  /** Aborted when the widget is destroyed. */
  readonly signal: AbortSignal;
  /** An absolute address for a path of the widget's host ("api/events"). */
  url(path: string): string;
  load(name: string): Promise<any>;
  emit<Name extends string>(name: Name, ...detail: DetailOf<Name>): void;
  listen<Name extends string>(name: Name, fn: (detail: DetailOf<Name>[0]) => void): () => void;
  open(): void;
  close(): void;
  /** Show the launcher and the place as the config has them. */
  draw(): void;
}

/** What every part of the chat works with; read `config` when needed, never keep it. */
export interface Ctx extends Readonly<Seat> {
  /** For presence.js alone: the loader's own, whose config and state it changes. */
  readonly seat: Seat;
  readonly voice: HTMLElement;
  /** Names of the sheets that came besides. */
  readonly looks: Set<unknown>;
  /** Bundles that `bring` of later.js has brought, by their names. */
  readonly here: Record<string, any>;
  /** Loads a bundle into `here` and adopts its sheets. */
  bring(name: string): Promise<any>;
  readonly face: Face;
  /** BCP 47 tag in force, and its direction. */
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
  t(name: string): string;
  /** Until the visitor's language is there; then nothing. */
  readonly coming: Promise<unknown> | undefined;
  /** One of ours, else the widget's own of that name. */
  icon(name: string): SVGSVGElement;
  /** A name the owner chose: prompts, tools, header buttons. */
  ownIcon(name: string): SVGSVGElement;
  announce(text: string): void;
  /** Bring the texts up to date. */
  refresh(touches: Touches): void;
}

/** The inside of a widget: our chat, or the real ChatKit. */
export interface Widgetry {
  update(touches: Touches): void;
  /** `focus`: a person opened it, so the field may take the focus. Settles when all of it is there. */
  opened(focus: boolean): void | Promise<void>;
  closed(): void;
  /** Settles when the answer is there. */
  send(text: string): void | Promise<void>;
  destroy(): void;
}

/** What a face answers to the loader. */
export interface Mounted {
  mounted(): void;
  open(focus?: boolean): void;
  close(): void;
  toggle(): void;
  patch(change: any): void;
  /** Settles when the answer is there. */
  send(text: string): void | Promise<void>;
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
  /** The word for more of them than `threads` gave, if there are; and all with the next page. */
  readonly more?: string;
  moreThreads?(): Promise<Thread[]>;
  openThread(id: string): void | Promise<void>;
  renameThread(id: string, title: string): void | Promise<void>;
  deleteThread(id: string): void | Promise<void>;
  /** A button of the workflow's waits, so nothing may be written. */
  readonly blocked: boolean;
  /** Thumb up 1, down −1, neither 0. */
  rate(id: string, value: 1 | -1 | 0): void;
  press(id: string, link: string): void | Promise<void>;
  /** Somebody writes, so a question may follow. */
  foresee?(): void;
  subscribe(fn: () => void): () => void;
  update(touches: Touches): void;
  destroy(): void;
}

export interface Composer extends Part {
  focus(): void;
  setText(text: string): void;
}
