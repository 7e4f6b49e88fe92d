/** Makes source records of lines. */
package io.tailrace.connect.filetail.tail.record;
