/** Patterns of paths, matched in a time that no pattern can blow up. Pure. */
package io.tailrace.connect.filetail.glob;
