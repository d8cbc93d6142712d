// To come.
export class Saved {}
