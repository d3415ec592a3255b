/**
 * What crosses a wall between two rooms; the Python twin is rolefit/records.py.
 *
 *     bytes -> Document -> tokens -> Encoding -> Features -> Match
 *
 * Units: offsets count UTF-16 code units of `Document.text` (what JavaScript slices by; Python counts
 * code points), end exclusive; pages count from 1; scores run from 0 to 100, cosines from -1 to 1.
 */

export interface Notice {
  readonly code: string; // stable, for programs
  readonly message: string; // for people
}

/** One visible line: `text.slice(start, end)`, without its line break. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly page: number; // from 1; always 1 where the format has no pages
}

export type Kind = "pdf" | "docx" | "html" | "rtf" | "text";

export interface Document {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly Line[]; // in reading order; blank lines are left out
  readonly kind: Kind;
  readonly pages: number;
  readonly sha256: string; // of the bytes that were read
  readonly notices: readonly Notice[];
}

/** A text as the encoder reads it, special tokens included. */
export interface Tokens {
  readonly ids: Int32Array; // (n,)
  readonly starts: Int32Array; // (n,) offsets; special tokens are 0, 0
  readonly ends: Int32Array; // (n,)
  readonly dropped: number; // tokens beyond the encoder's limit that were cut off
}

/** A document as vectors. All rows have unit length. */
export interface Encoding {
  readonly vector: Float32Array; // (512,)
  readonly lines: readonly Float32Array[]; // (512,) each; zero for lines cut off by the limit
  readonly nTokens: number; // tokens encoded, special tokens included
  readonly dropped: number;
}

/** Named numbers of one pair, in the order the mapper was fitted on. */
export interface Features {
  readonly names: readonly string[];
  readonly values: readonly number[];
}

/** How well one resume fits one job. */
export interface Match {
  readonly resume: string; // Document.name
  readonly job: string;
  readonly score: number; // 0-100
  readonly band: readonly [number, number]; // where the judge's score lies 9 times in 10
  readonly features: Features;
  readonly notices: readonly Notice[];
}
