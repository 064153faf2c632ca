/** A clock at five o'clock, for `makeShape`: the meeting is not somebody's active window. */
export const clockShape =
  'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8zM7.2 4.4h1.6v3.3l1.9 2.8-1.4.9-2.1-3.1z';
