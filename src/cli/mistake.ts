/** A mistake in how the command was called, or in what it was given. */
export class Mistake extends Error {}
