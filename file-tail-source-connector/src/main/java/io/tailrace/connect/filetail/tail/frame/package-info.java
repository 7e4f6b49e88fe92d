/** Cuts bytes into lines. Pure. */
package io.tailrace.connect.filetail.tail.frame;
