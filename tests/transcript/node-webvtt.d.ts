declare module 'node-webvtt' {
  interface Cue {
    readonly identifier: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly styles: string;
  }
  function parse(
    file: string,
    options: { readonly strict: boolean },
  ): { readonly valid: boolean; readonly cues: readonly Cue[] };
}
