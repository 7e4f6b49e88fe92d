/** Joins lines into events, such as a stack trace. Pure. */
package io.tailrace.connect.filetail.tail.join;
